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
            for following in stock.onwards(partial):
                found[following.mask.bit_count()].setdefault(following.mask, following)
        seen += beam
    return seen


def _improved(partial: Partial, stock: Stock) -> Partial:
    """The route after every exchange of one programme that makes it better, and keeps the quota."""
    while True:
        better = [
            each
            for rest in stock.less_one(partial)
            for each in stock.onwards(rest)
            if each.balanced >= partial.balanced and each.value > partial.value + LEAST
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

    @property
    def wider(self) -> int:
        """How many times wider the search may be, because there is little to search."""
        return max(FEW // max(len(self._additions[0]), 1), 1)

    def nothing(self) -> Partial:
        """The route without programmes."""
        empty = np.zeros(self.worth.shape[1])
        return Partial(0, empty, empty, 0.0, 0.0, 0.0, 1.0, 0.0)

    def less_one(self, partial: Partial) -> Iterator[Partial]:
        """The route as it is, and without each programme that no other of it needs."""
        yield partial
        for number in _bits(partial.mask):
            mask = partial.mask ^ (1 << number)
            if self._has_an_order(mask):
                rows = _bits(mask)
                best = self.worth[rows].argmax(0) if rows else []
                columns = np.arange(self.worth.shape[1])
                worth = self.worth[rows][best, columns] if rows else self.nothing().worth
                parts = self.parts[rows][best, columns] if rows else self.nothing().parts
                price, hours, cost, _ = self.takes[rows].sum(0)
                yield Partial(mask, worth, parts, price, hours, cost, 1.0, 0.0)

    def _has_an_order(self, mask: int) -> bool:
        there, waiting = 0, mask
        while waiting:
            ready = [n for n in _bits(waiting) if self._is_ready(1 << n, there)]
            if not ready:
                return False
            for n in ready:
                there |= 1 << n
                waiting ^= 1 << n
        return True

    def onwards(self, partial: Partial) -> Iterator[Partial]:
        """The best routes with one programme more, or with what must come before it as well."""
        masks, members, takes, gains, parts = self._additions
        if not masks:
            return
        there = _bits(partial.mask)
        taken = takes - members[:, there] @ self.takes[there]
        taken += (partial.price, partial.hours, partial.cost, len(there))
        bounds = (np.inf, self.request.hours + 1e-9, self.request.money + 1e-9, self.request.steps)
        able = np.flatnonzero((taken <= bounds).all(1) & (taken[:, 3] > len(there)))
        better = gains[able] > partial.worth
        worth = np.where(better, gains[able], partial.worth)
        closed = np.where(better, parts[able], partial.parts)
        value = worth.sum(1) - taken[able, 0]
        human, whole = closed @ self._human, closed.sum(1)
        low, high = self.request.quota
        share = human / np.where(whole > 0, whole, np.inf)
        off = np.maximum(np.maximum(low - 1e-9 - share, share - high - 1e-9), 0.0)
        off[whole <= 0] = 1.0
        ways = np.lexsort((able, -value)), np.lexsort((able, -value, off))
        tried: dict[int, None] = {}
        for order in ways:
            ready = (n for n in order if self._is_ready(masks[able[n]], partial.mask))
            tried |= dict.fromkeys(islice(ready, TRIED * self.wider))
        for n in tried:
            price, hours, cost, _ = taken[able[n]].tolist()
            yield Partial(
                partial.mask | masks[able[n]],
                worth[n],
                closed[n],
                price,
                hours,
                cost,
                float(off[n]),
                round(float(value[n]), 12),
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
        for row, mask in enumerate(masks):
            rows = _bits(mask)
            members[row, rows] = 1.0
            best = self.worth[rows].argmax(0)
            columns = np.arange(self.worth.shape[1])
            gains[row] = self.worth[rows][best, columns]
            parts[row] = self.parts[rows][best, columns]
        return masks, members, members @ self.takes, gains, parts

    def _is_ready(self, mask: int, there: int) -> bool:
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
        found = self._found_ways.get((number, deep))
        if found is None:
            found = list(self._look_for_ways(number, deep)) if deep else []
            self._found_ways[number, deep] = found
        return found

    def _look_for_ways(self, number: int, deep: int) -> list[int]:
        choices = []
        for any_of in self._wanting[number]:
            able = nsmallest(2 * WAYS, _bits(any_of), key=lambda n: (self._net[n], n))
            ways = {way for n in able for way in self._ways(n, deep - 1)}
            # What needs this programme itself cannot prepare for it.
            ways = {way for way in ways if not way >> number & 1}
            choices.append(nsmallest(WAYS, ways, key=self._taking))
        joined = {reduce(or_, chosen, 1 << number) for chosen in product(*choices)}
        return nsmallest(WAYS, joined, key=self._taking)

    def _taking(self, mask: int) -> tuple[float, int]:
        return round(sum(self._net[n] for n in _bits(mask)), 12), mask


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
