"""Looks for the best set of programmes within bounds: a beam over routes in the making."""

from __future__ import annotations

from itertools import combinations
from typing import Final

import numpy as np

from sealwright.skills.routes.catalogue import Programme
from sealwright.skills.routes.drafts import Drafts
from sealwright.skills.routes.offer import Offer
from sealwright.skills.routes.onwards import Additions
from sealwright.skills.routes.request import Request
from sealwright.skills.routes.stock import Stock

WIDTH: Final = 16
"""How many drafts are kept at each length: so many for their worth, so many for quota.

Where little can be added, more are kept, so that small catalogues are searched nearly in full.
"""

FEW: Final = 240
"""How many ways on there may be for the search to be wider."""

STARTS: Final = 3
"""How many routes are taken apart and put together again, to make them better."""

LEFT_OUT: Final = (1, 2)
"""How many of their programmes are taken out for that."""

LEAST: Final = 1e-9
"""What a route must be worth, and what it must gain when it is put together again."""


def search(offer: Offer, request: Request) -> tuple[list[Programme], bool]:
    """The best programmes to take, and whether they meet the quota of human skills.

    None where nothing is worth what it takes. What does not meet the quota is only given where
    nothing that does was found.
    """
    stock = Stock.of(offer, request)
    if not stock.programmes:
        return [], True
    search = Search(stock)
    seen = search.grown(stock.drafts(np.array([[len(stock.programmes)]])))
    for enough in (seen.off == 0, seen.off >= 0):
        able = seen.rows(np.flatnonzero(enough & (seen.value > LEAST)))
        if len(able):
            best = search.improved(able.first(STARTS))
            numbers = np.flatnonzero(stock.members(best)[0])
            return [stock.programmes[n] for n in numbers], bool(best.off[0] == 0)
    return [], True


class Search:
    """A search for routes among the programmes of a stock."""

    def __init__(self, stock: Stock) -> None:
        self._stock = stock
        self._additions = Additions(stock)
        self._width = WIDTH * max(FEW // len(self._additions), 1)

    def grown(self, seeds: Drafts) -> Drafts:
        """The best routes of every length that come of some drafts, and these themselves."""
        steps = self._stock.request.steps
        found: list[list[Drafts]] = [[] for _ in range(steps + 1)]
        seen = []
        for length, there in enumerate(found):
            drafts = seeds.rows(np.flatnonzero(seeds.takes[:, 3] == length))
            if there:
                drafts = Drafts.joined([drafts, Drafts.joined(there).best(self._width)])
            seen.append(drafts)
            if len(drafts) and length < steps:
                onwards = self._additions.to(drafts)
                for size in range(1, steps - length + 1):
                    # More than are kept, for the same set may come of any of its programmes.
                    found[length + size].append(onwards.best(size, 3 * self._width))
        return Drafts.joined(seen)

    def improved(self, starts: Drafts) -> Drafts:
        """The best route that comes of some, which are within the quota or all beyond it.

        They are taken apart in part and put together again, as long as that makes the best of
        them better.
        """
        while True:
            seen = Drafts.joined([starts, self.grown(self._parts(starts))])
            kept = np.flatnonzero((seen.off == 0) | (starts.off[0] > 0))
            best = seen.rows(kept).first(STARTS)
            if best.value[0] <= starts.value[0] + LEAST:
                return best
            starts = best

    def _parts(self, routes: Drafts) -> Drafts:
        """What is left of some routes without any one or two of their programmes."""
        found: dict[tuple[int, ...], None] = {}
        for members in self._stock.members(routes):
            route = np.flatnonzero(members).tolist()
            for number in LEFT_OUT:
                left = combinations(route, max(len(route) - number, 0))
                found |= dict.fromkeys(filter(self._stock.has_an_order, left))
        nothing, steps = len(self._stock.programmes), self._stock.request.steps
        rows = [(*numbers, *(nothing,) * (steps - len(numbers))) for numbers in found]
        return self._stock.drafts(np.array(rows, np.intp))
