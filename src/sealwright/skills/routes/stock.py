"""The programmes of an offer that come into question for a route, and what they add to one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from sealwright.skills.routes.catalogue import Flags, Floats, Ints, Programme
from sealwright.skills.routes.drafts import Drafts
from sealwright.skills.routes.offer import Closing, Offer
from sealwright.skills.routes.preparing import DEEP, WAYS
from sealwright.skills.routes.request import Request

MANY: Final = 60
"""How many programmes come into question for all they close."""

EACH: Final = 3
"""How many more for each skill; and one that closes most of it for its money, and for its time."""


@dataclass(frozen=True)
class Stock:
    """The programmes that come into question for a request, as numbers in the order of rows.

    One row more, after the last, stands for no programme.
    """

    request: Request
    programmes: list[Programme]
    worth: Floats
    parts: Floats
    """What each closes (rows) of each missing skill (columns), with and without discounts."""
    takes: Floats
    """What each takes: the price in score, hours, money, and one step."""
    nets: Floats
    """What each takes beyond what it closes by itself."""
    wants: dict[int, list[list[int]]]
    """For programmes that need something first and each thing that they need: who brings it.

    Those that take least beyond what they close come first.
    """

    @classmethod
    def of(cls, offer: Offer, request: Request) -> Stock:
        """Those that close most by themselves or of one skill, and what must come before them."""
        price = offer.prices(request)
        weights = offer.weights(request)
        found = [_of_worth(each, weights) for each in offer.closings]
        chosen, alone = _chosen(offer, price, found)
        places = np.array(sorted(chosen | _before(chosen, offer, alone)), np.intp)
        number_of = np.full(len(price), -1, np.intp)
        number_of[places] = np.arange(len(places))
        worth, parts = np.zeros((2, len(places) + 1, len(found)))
        for column, each in enumerate(found):
            numbers = number_of[each.places]
            there = np.flatnonzero(numbers >= 0)
            worth[numbers[there], column] = each.worth[there]
            parts[numbers[there], column] = each.parts[there]
        takes = np.zeros((len(places) + 1, 4))
        taken = price[places], offer.hours[places], offer.costs[places], np.ones(len(places))
        takes[:-1] = np.column_stack(taken)
        nets = (takes[:, 0] - worth.sum(1)).round(12)
        wants = _wants(places, offer, number_of, nets)
        programmes = [offer.catalogue.programmes[n] for n in places.tolist()]
        return cls(request, programmes, worth, parts, takes, nets, wants)

    def drafts(self, numbers: Ints) -> Drafts:
        """Routes of these programmes, a row each."""
        rows, size = np.arange(len(numbers))[:, None], len(self.programmes)
        members = np.zeros((len(numbers), 64 * (size // 64 + 1)), bool)
        members[rows, numbers] = True
        members[:, size] = False
        best = self.worth[numbers].argmax(1), np.arange(self.worth.shape[1])
        chosen = numbers[rows, best[0]], best[1]
        words = np.packbits(members, axis=1, bitorder="little").view("<u8")
        worth, parts = self.worth[chosen], self.parts[chosen]
        takes = self.takes[numbers].sum(1)
        value = (worth.sum(1) - takes[:, 0]).round(12)
        off = self.off(parts @ self.human, parts.sum(1))
        return Drafts(words, worth, parts, takes, value, off)

    def off(self, human: Floats, whole: Floats) -> Floats:
        """How far the share of human skills in what is closed is from the quota."""
        low, high = self.request.quota
        share = human / np.maximum(whole, 1e-300)
        off: Floats = np.maximum(low - 1e-9 - share, share - high - 1e-9)
        np.maximum(off, 0.0, out=off)
        off[whole <= 0] = 1.0
        return off

    def members(self, drafts: Drafts) -> Flags:
        """Which programmes (columns) each route has."""
        found = np.unpackbits(drafts.words.view(np.uint8), axis=1, bitorder="little")
        return found[:, : len(self.programmes)].view(bool)

    def has_an_order(self, numbers: Sequence[int]) -> bool:
        """Can these programmes be taken one after the other, each prepared for?"""
        there: set[int] = set()
        waiting = [n for n in numbers if n in self.wants]
        there.update(n for n in numbers if n not in self.wants)
        while waiting:
            ready = {n for n in waiting if all(not there.isdisjoint(w) for w in self.wants[n])}
            if not ready:
                return False
            there |= ready
            waiting = [n for n in waiting if n not in ready]
        return True

    @cached_property
    def human(self) -> Floats:
        """Which of the missing skills are human, as 1 and 0."""
        return np.array([float(line.asked.skill.human) for line in self.request.lines])


@dataclass(frozen=True, slots=True)
class Closed:
    """What programmes close of one missing skill after all that is taken back: those with some."""

    places: Ints
    worth: Floats
    parts: Floats


def _of_worth(closing: Closing, weights: Floats) -> Closed:
    worth = closing.worth(weights)
    rows = np.flatnonzero(worth > 0)
    return Closed(closing.places[rows], worth[rows], closing.parts[rows])


def _chosen(offer: Offer, price: Floats, found: Sequence[Closed]) -> tuple[set[int], Floats]:
    """The places of those that close most, and what each of the catalogue is worth by itself."""
    alone = -price
    closing = np.zeros(len(price), bool)
    chosen: set[int] = set()
    for each in found:
        alone[each.places] += each.worth
        closing[each.places] = True
        net = each.worth - price[each.places]
        chosen |= _top(each.places, net, EACH)
        if len(net):
            # The first among equals, too.
            chosen.add(int(each.places[(net / (1 + offer.costs[each.places])).argmax()]))
            chosen.add(int(each.places[(net / (1 + offer.hours[each.places])).argmax()]))
    useful = np.flatnonzero(closing)
    return chosen | _top(useful, alone[useful], MANY), alone


def _before(chosen: set[int], offer: Offer, alone: Floats) -> set[int]:
    """What must come before the chosen ones and is not among them, through a few steps."""
    found: set[int] = set()
    waiting = chosen
    for _ in range(DEEP - 1):
        following: set[int] = set()
        for place in waiting:
            if offer.catalogue.waits[place]:
                for able in offer.first(place):
                    following |= _top(able, alone[able], WAYS)
        waiting = following - found - chosen
        found |= waiting
    return found


def _wants(places: Ints, offer: Offer, number_of: Ints, nets: Floats) -> dict[int, list[list[int]]]:
    wants = {}
    for place in places[offer.catalogue.waits[places]].tolist():
        first = [number_of[able] for able in offer.first(place)]
        there = [numbers[numbers >= 0] for numbers in first]
        if there:
            wants[int(number_of[place])] = [
                numbers[np.argsort(nets[numbers], kind="stable")].tolist() for numbers in there
            ]
    return wants


def _top(places: Ints, scores: Floats, number: int) -> set[int]:
    """The places with the highest scores, the first ones among equals; they come in order."""
    if len(scores) <= number:
        return set(places.tolist())
    among = at_the_top(scores, number)
    order = among[np.argsort(-scores[among], kind="stable")[:number]]
    return set(places[order].tolist())


def at_the_top(scores: Floats, number: int) -> Ints:
    """Which scores are among so many of the highest; all that are equal to the last of them."""
    if len(scores) <= number:
        return np.arange(len(scores))
    least = np.partition(scores, len(scores) - number)[len(scores) - number]
    return np.flatnonzero(scores >= least)
