"""Looks for the best set of programmes within bounds: a beam over routes in the making."""

from __future__ import annotations

from typing import Final

import numpy as np

from sealwright.skills.routes.catalogue import Ints, Programme
from sealwright.skills.routes.drafts import Drafts
from sealwright.skills.routes.offer import Offer
from sealwright.skills.routes.onwards import Additions
from sealwright.skills.routes.request import Request
from sealwright.skills.routes.stock import Stock

WIDTH: Final = 24
"""How many drafts are kept at each length: so many for their worth, so many for quota.

Where little can be added, more are kept, so that small catalogues are searched nearly in full.
"""

FEW: Final = 240
"""How many ways on there may be for the search to be wider."""

STARTS: Final = 4
"""How many routes are improved by exchanging one programme after the other."""

LEAST: Final = 1e-9
"""What a route must be worth, and what an exchange must bring."""


def search(offer: Offer, request: Request) -> tuple[list[Programme], bool]:
    """The best programmes to take, and whether they meet the quota of human skills.

    None where nothing is worth what it takes. What does not meet the quota is only given where
    nothing that does was found.
    """
    stock = Stock.of(offer, request)
    if not stock.programmes:
        return [], True
    additions = Additions(stock)
    seen = _beam(stock, additions)
    for enough in (seen.off == 0, seen.off >= 0):
        able = seen.rows(np.flatnonzero(enough & (seen.value > LEAST)))
        if len(able):
            best = _improved(able.rows(able.by_value()[:STARTS]), stock, additions)
            numbers = np.flatnonzero(stock.members(best)[0])
            return [stock.programmes[n] for n in numbers], bool(best.off[0] == 0)
    return [], True


def _beam(stock: Stock, additions: Additions) -> Drafts:
    """The best routes of every length, for their worth and nearest to the quota."""
    steps = stock.request.steps
    width = WIDTH * max(FEW // max(len(additions), 1), 1)
    found: list[list[Drafts]] = [[] for _ in range(steps + 1)]
    found[0] = [stock.drafts(np.array([[len(stock.programmes)]]))]
    seen = []
    for length, there in enumerate(found):
        if there:
            drafts = Drafts.joined(there).best(width)
            seen.append(drafts)
            if length < steps:
                onwards = additions.to(drafts)
                for size in range(1, steps - length + 1):
                    # The same set may come of any of its programmes.
                    children = onwards.best(size, width * 3)
                    if len(children):
                        found[length + size].append(children)
    return Drafts.joined(seen)


def _improved(starts: Drafts, stock: Stock, additions: Additions) -> Drafts:
    """The best route after all exchanges of one programme that make one better.

    One that is within the quota stays so.
    """
    while True:
        bases, start_of = _bases(starts, stock)
        onwards = additions.to(bases)
        kept = (onwards.off == 0) | (starts.off > 0)[start_of]
        more = np.round(onwards.value, 12) - starts.value[start_of]
        better = np.where(onwards.able & kept & (more > LEAST), more, 0.0)
        found = []
        for n in range(len(starts)):
            these = np.where(start_of == n, better, 0.0)
            most = these.max()
            if most > 0:
                children = onwards.drawn(np.flatnonzero(these == most))
                found.append(children.rows(children.by_value()[:1]))
            else:
                found.append(starts.rows(np.array([n])))
        if not better.any():
            return starts.rows(starts.by_value()[:1])
        starts = Drafts.joined(found)


def _bases(starts: Drafts, stock: Stock) -> tuple[Drafts, Ints]:
    """Each of some routes, and without each programme that no other of it needs."""
    nothing = len(stock.programmes)
    numbers, start_of = [], []
    for n, members in enumerate(stock.members(starts)):
        route = np.flatnonzero(members).tolist()
        for without in [nothing, *route]:
            left = [each for each in route if each != without]
            if stock.has_an_order(left):
                numbers.append(left + [nothing] * (stock.request.steps - len(left)))
                start_of.append(n)
    return stock.drafts(np.array(numbers, np.intp)), np.array(start_of, np.intp)
