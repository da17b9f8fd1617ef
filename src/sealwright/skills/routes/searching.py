"""Looks for the best set of programmes within bounds: a beam over partial routes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, reduce
from heapq import nsmallest
from itertools import islice, product
from operator import or_
from typing import Final

import numpy as np

from sealwright.skills.routes.catalogue import Catalogue, Flags, Floats, Ints, Programme, Taught
from sealwright.skills.routes.request import Request, allowed, closings, prices

WIDTH: Final = 24
"""How many partial routes are kept at each step: so many for their worth, so many for quota.

Where little can be added, more are kept, so that small catalogues are searched nearly in full.
"""

FEW: Final = 240
"""How many ways on there may be for the search to be wider."""

TRIED: Final = 12
"""How many ways on are tried from each of them, for their worth and for quota each; more where
there are few."""

MANY: Final = 60
"""How many programmes come into question for all they close, and a tenth for each skill."""

WAYS: Final = 4
"""How many ways to prepare for a programme come into question."""

STARTS: Final = 4
"""How many routes are improved by exchanging one programme after the other."""

LEAST: Final = 1e-9
"""What a route must be worth, and what an exchange must bring."""

DEEP: Final = 4
"""How long a chain of programmes that prepare for each other may be."""


def search(catalogue: Catalogue, request: Request) -> tuple[list[Programme], bool]:
    """The best programmes to take, and whether they meet the quota of human skills.

    None where nothing is worth what it takes. What does not meet the quota is only given where
    nothing that does was found.
    """
    stock = Stock.of(catalogue, request)
    seen = _beam(stock)
    for wanted in (True, False):
        able = [each for each in seen if each.balanced >= wanted and each.value > LEAST]
        starts = nsmallest(STARTS, able, key=Partial.order)
        if starts:
            best = min((_improved(each, stock) for each in starts), key=Partial.order)
            return [stock.programmes[n] for n in _bits(best.mask)], best.balanced
    return [], True


def _beam(stock: Stock) -> list[Partial]:
    """The best routes of every length: for their worth, within the quota, and nearest to it."""
    seen: list[Partial] = []
    steps = stock.request.steps
    width = WIDTH * stock.wider
    found: list[dict[int, Partial]] = [{} for _ in range(steps + 1)]
    found[0] = {0: stock.nothing()}
    for length in range(steps + 1):
        there = found[length].values()
        kept = nsmallest(width, there, key=Partial.order)
        kept += nsmallest(width, (it for it in there if it.balanced), key=Partial.order)
        kept += nsmallest(width // 2, there, key=Partial.nearest)
        beam = {each.mask: each for each in kept}.values()
        for partial in beam:
            ways = stock.onwards(partial)
            for n, mask in ways.tried():
                longer = found[mask.bit_count()]
                if mask not in longer:
                    longer[mask] = ways.partial(n, mask)
        seen += beam
    return seen


def _improved(partial: Partial, stock: Stock) -> Partial:
    """The route after every exchange of one programme that makes it better, and keeps the quota."""
    while True:
        better = [
            ways.partial(n, mask)
            for ways in (stock.onwards(partial), *stock.exchanges(partial))
            for n, mask in ways.tried()
            if ways.is_better(n, partial)
        ]
        if not better:
            return partial
        partial = min(better, key=Partial.order)


@dataclass(frozen=True, slots=True)
class Partial:
    """Some programmes as bits of `mask`, with what they close of each skill and take in all."""

    mask: int
    worth: Floats
    parts: Floats
    price: float
    hours: float
    cost: float
    off: float
    """How far its share of human skills is from the quota; 0 within it."""
    value: float

    @property
    def balanced(self) -> bool:
        """Is it within the quota?"""
        return self.off == 0

    def nearest(self) -> tuple[float, float, int]:
        """The nearest to the quota first."""
        return self.off, -self.value, self.mask

    def order(self) -> tuple[float, int]:
        """The best first; the first programmes of the catalogue break a tie."""
        return -self.value, self.mask


@dataclass(frozen=True)
class Stock:
    """The programmes that come into question for a request, as numbers in the order of rows."""

    request: Request
    programmes: list[Programme]
    worth: Floats
    parts: Floats
    """What each closes (rows) of each missing skill (columns), with and without discounts."""
    takes: Floats
    """What each takes: the price in score, hours, money, and one step."""
    _found_ways: dict[tuple[int, int], list[int]] = field(default_factory=dict)
    _found_cheapest: dict[int, list[int]] = field(default_factory=dict)
    _found_takings: dict[int, float] = field(default_factory=dict)
    _found_onwards: dict[int, Ways] = field(default_factory=dict)

    @classmethod
    def of(cls, catalogue: Catalogue, request: Request) -> Stock:
        """Those that close most by themselves or of one skill, and what must come before them."""
        found = closings(catalogue, request)
        price = prices(catalogue, request)
        fits = allowed(catalogue, request)
        hours = _filled(catalogue.hours, request.defaults.untold["hours"])
        costs = _filled(catalogue.costs, request.defaults.untold["cost"])
        alone = -price
        for each in found:
            np.add.at(alone, each.places, np.maximum(each.worth, 0.0))
        closing = np.zeros(len(catalogue), bool)
        chosen: set[int] = set()
        for each in found:
            closing[each.places[each.worth > 0]] = True
            net = np.where(fits[each.places], each.worth - price[each.places], -np.inf)
            chosen |= _top(each.places, net, 3)
            chosen |= _top(each.places, net / (1 + costs[each.places]), 1)
            chosen |= _top(each.places, net / (1 + hours[each.places]), 1)
        useful = np.flatnonzero(closing & fits)
        chosen |= _top(useful, alone[useful], MANY)
        chosen |= _before(chosen, catalogue, request, fits, alone)
        places = np.array(sorted(chosen), np.intp)
        worth, parts = np.zeros((2, len(places), len(found)))
        row_of = np.full(len(catalogue), -1, np.intp)
        row_of[places] = np.arange(len(places))
        for column, each in enumerate(found):
            rows = row_of[each.places]
            worth[rows[rows >= 0], column] = np.maximum(each.worth, 0.0)[rows >= 0]
            parts[rows[rows >= 0], column] = np.where(each.worth > 0, each.parts, 0.0)[rows >= 0]
        return cls(
            request,
            [catalogue.programmes[n] for n in places],
            worth,
            parts,
            np.column_stack([price[places], hours[places], costs[places], places >= 0]),
        )

    @cached_property
    def wider(self) -> int:
        """How many times wider the search may be, because there is little to search."""
        return max(FEW // max(len(self._additions[0]), 1), 1)

    def nothing(self) -> Partial:
        """The route without programmes."""
        empty = np.zeros(self.worth.shape[1])
        return Partial(0, empty, empty, 0.0, 0.0, 0.0, 1.0, 0.0)

    def exchanges(self, partial: Partial) -> Iterator[Ways]:
        """The ways on from the route without each programme that no other of it needs."""
        for number in _bits(partial.mask):
            mask = partial.mask ^ (1 << number)
            if self._has_an_order(mask):
                found = self._found_onwards.get(mask)
                if found is None:
                    found = self._found_onwards[mask] = self.onwards(self._of(mask))
                yield found

    def _of(self, mask: int) -> Partial:
        """The route of these programmes."""
        rows = _bits(mask)
        if not rows:
            return self.nothing()
        worth, parts = self.worth[rows], self.parts[rows]
        best, columns = worth.argmax(0), np.arange(self.worth.shape[1])
        price, hours, cost, _ = self.takes[rows].sum(0)
        return Partial(
            mask, worth[best, columns], parts[best, columns], price, hours, cost, 1.0, 0.0
        )

    def _has_an_order(self, mask: int) -> bool:
        there, waiting = 0, mask
        while waiting:
            ready = [n for n in _bits(waiting) if self.is_ready(1 << n, there)]
            if not ready:
                return False
            for n in ready:
                there |= 1 << n
                waiting ^= 1 << n
        return True

    def onwards(self, partial: Partial) -> Ways:
        """What can be added to a route: one programme more, or with what must come before it."""
        masks, members, takes, gains, parts = self._additions
        there = _bits(partial.mask)
        taken = takes - members[:, there] @ self.takes[there]
        taken += (partial.price, partial.hours, partial.cost, len(there))
        _, hours, cost, steps = taken.T
        able = np.flatnonzero(
            (hours <= self.request.hours + 1e-9)
            & (cost <= self.request.money + 1e-9)
            & (steps <= self.request.steps)
            & (steps > len(there))
        )
        gained, closed = gains.take(able, 0), parts.take(able, 0)
        np.copyto(closed, partial.parts, where=gained <= partial.worth)
        worth = np.maximum(gained, partial.worth)
        taken = taken.take(able, 0)
        value = worth.sum(1) - taken[:, 0]
        human, whole = closed @ self._human, closed.sum(1)
        low, high = self.request.quota
        share = human / np.where(whole > 0, whole, np.inf)
        off = np.maximum(np.maximum(low - 1e-9 - share, share - high - 1e-9), 0.0)
        off[whole <= 0] = 1.0
        return Ways(
            self, partial, [masks[n] for n in able.tolist()], taken, worth, closed, value, off
        )

    @cached_property
    def _human(self) -> Floats:
        return np.array([float(line.asked.skill.human) for line in self.request.lines])

    @cached_property
    def _additions(self) -> tuple[list[int], Floats, Floats, Floats, Floats]:
        """What may be added at once.

        Masks; members as 1 and 0; what they take; worth and parts of each skill.
        """
        masks = list(
            dict.fromkeys(
                mask for n in range(len(self.programmes)) for mask in (1 << n, *self._ways(n))
            )
        )
        members = np.zeros((len(masks), len(self.programmes)))
        gains, parts = np.zeros((2, len(masks), self.worth.shape[1]))
        by_size: dict[int, list[tuple[int, list[int]]]] = {}
        for row, mask in enumerate(masks):
            numbers = _bits(mask)
            by_size.setdefault(len(numbers), []).append((row, numbers))
        for found in by_size.values():
            rows = np.array([row for row, _ in found], np.intp)
            chosen = np.array([numbers for _, numbers in found], np.intp)
            members[rows[:, None], chosen] = 1.0
            worth, closed = self.worth[chosen], self.parts[chosen]
            best = worth.argmax(1)[:, None]
            gains[rows] = np.take_along_axis(worth, best, 1)[:, 0]
            parts[rows] = np.take_along_axis(closed, best, 1)[:, 0]
        return masks, members, members @ self.takes, gains, parts

    def is_ready(self, mask: int, there: int) -> bool:
        """May these be added? More than one come with all that they need."""
        number = mask.bit_length() - 1
        if mask != 1 << number:
            return True
        return all(any_of & there for any_of in self._wanting[number])

    @cached_property
    def _wanting(self) -> list[list[int]]:
        """For each programme and each thing that must be there first: whoever brings it."""
        number_of = {each.address: n for n, each in enumerate(self.programmes)}
        teaching: dict[str, list[tuple[int, int]]] = {}
        for n, each in enumerate(self.programmes):
            for taught in each.teaches:
                teaching.setdefault(taught.skill, []).append((n, taught.level))
        wanting = []
        for each in self.programmes:
            first = [number_of.get(it) for it in lacking_programmes(each, self.request)]
            bringing = [0 if n is None else 1 << n for n in first]
            for need in lacking_skills(each, self.request):
                able = {n for n, level in teaching.get(need.skill, ()) if level >= need.level}
                bringing.append(sum(1 << n for n in able))
            wanting.append(bringing)
        return wanting

    @cached_property
    def _net(self) -> list[float]:
        """What each programme takes beyond what it closes by itself."""
        return [round(float(net), 12) for net in self.takes[:, 0] - self.worth.sum(1)]

    def _ways(self, number: int, deep: int = DEEP) -> list[int]:
        """The least priced sets that hold a programme and all that must come before it."""
        if not self._wanting[number]:
            return [1 << number] if deep else []
        found = self._found_ways.get((number, deep))
        if found is None:
            found = list(self._look_for_ways(number, deep)) if deep else []
            self._found_ways[number, deep] = found
        return found

    def _look_for_ways(self, number: int, deep: int) -> list[int]:
        choices = []
        for any_of in self._wanting[number]:
            ways = {way for n in self._cheapest(any_of) for way in self._ways(n, deep - 1)}
            # What needs this programme itself cannot prepare for it.
            ways = {way for way in ways if not way >> number & 1}
            choices.append(nsmallest(WAYS, ways, key=self._taking))
        joined = {reduce(or_, chosen, 1 << number) for chosen in product(*choices)}
        return nsmallest(WAYS, joined, key=self._taking)

    def _cheapest(self, any_of: int) -> list[int]:
        """Of some programmes those that take least beyond what they close."""
        found = self._found_cheapest.get(any_of)
        if found is None:
            found = nsmallest(2 * WAYS, _bits(any_of), key=lambda n: (self._net[n], n))
            self._found_cheapest[any_of] = found
        return found

    def _taking(self, mask: int) -> tuple[float, int]:
        taking = self._found_takings.get(mask)
        if taking is None:
            taking = round(sum(self._net[n] for n in _bits(mask)), 12)
            self._found_takings[mask] = taking
        return taking, mask


@dataclass(frozen=True, slots=True)
class Ways:
    """What can be added to a route, a row each: what it takes then, closes and is worth."""

    stock: Stock
    start: Partial
    masks: list[int]
    taken: Floats
    worth: Floats
    closed: Floats
    value: Floats
    off: Floats

    def tried(self) -> Iterator[tuple[int, int]]:
        """The rows worth trying, with all programmes of each: for their worth, and for quota."""
        by_value = np.argsort(-self.value, kind="stable")
        by_quota = by_value[np.argsort(self.off[by_value], kind="stable")]
        tried: dict[int, None] = {}
        there = self.start.mask
        for order in (by_value, by_quota):
            ready = (n for n in order.tolist() if self.stock.is_ready(self.masks[n], there))
            tried |= dict.fromkeys(islice(ready, TRIED * self.stock.wider))
        return ((n, there | self.masks[n]) for n in tried)

    def is_better(self, n: int, partial: Partial) -> bool:
        """Is it worth more than a route, and within the quota if that is?"""
        kept = self.off[n] == 0 or not partial.balanced
        return bool(kept and round(float(self.value[n]), 12) > partial.value + LEAST)

    def partial(self, n: int, mask: int) -> Partial:
        """One of them as a route; a copy, so that the rest of the rows can go."""
        price, hours, cost, _ = self.taken[n].tolist()
        value, off = round(float(self.value[n]), 12), float(self.off[n])
        return Partial(
            mask, self.worth[n].copy(), self.closed[n].copy(), price, hours, cost, off, value
        )


def _bits(mask: int) -> list[int]:
    """Which bits are set, from the lowest.

    >>> _bits(0b1101)
    [0, 2, 3]
    """
    found = []
    while mask:
        lowest = mask & -mask
        found.append(lowest.bit_length() - 1)
        mask ^= lowest
    return found


def _filled(told: Floats, untold: float) -> Floats:
    return np.where(np.isnan(told), untold, told)


def _top(places: Ints, scores: Floats, number: int) -> set[int]:
    """The places with the highest scores, the first ones among equals; none at minus infinity."""
    among = np.flatnonzero(scores > -np.inf)
    if len(among) > number:
        least = np.partition(scores[among], -number)[-number]
        among = among[scores[among] >= least]
    order = among[np.lexsort((places[among], -scores[among]))[:number]]
    return {int(place) for place in places[order]}


def _before(
    chosen: set[int], catalogue: Catalogue, request: Request, fits: Flags, alone: Floats
) -> set[int]:
    """What must come before the chosen ones and is not among them, through a few steps."""
    found: set[int] = set()
    waiting = sorted(chosen)
    for _ in range(DEEP - 1):
        following: set[int] = set()
        for place in waiting:
            each = catalogue.programmes[place]
            for address in lacking_programmes(each, request):
                following |= {catalogue.places[address]} if address in catalogue.places else set()
            for need in lacking_skills(each, request):
                places, levels = catalogue.certifying(need.skill)
                able = places[(levels >= need.level) & fits[places]]
                following |= _top(able, alone[able], WAYS)
        waiting = sorted(n for n in following - found - chosen if fits[n])
        found |= set(waiting)
    return found


def lacking_programmes(programme: Programme, request: Request) -> list[str]:
    """Which programmes must come first that the learner has not done."""
    return [address for address in programme.after if address not in request.done]


def lacking_skills(programme: Programme, request: Request) -> list[Taught]:
    """Which skills must be there first that the learner has not proven."""
    return [need for need in programme.needs if not request.proven(need)]


def shows(programme: Programme, need: Taught) -> bool:
    """Does a programme certify a skill at the level that is needed?"""
    return any(it.skill == need.skill and it.level >= need.level for it in programme.teaches)
