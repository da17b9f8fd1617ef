"""What can be added to routes in the making, and what comes of it: all at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from sealwright.skills.routes.catalogue import Flags, Floats, Ints
from sealwright.skills.routes.drafts import Drafts
from sealwright.skills.routes.preparing import Ways
from sealwright.skills.routes.stock import Stock, at_the_top

AT_ONCE: Final = 128
"""How many additions are reckoned at once."""


class Additions:
    """What may be added at once: a programme alone, or with all that must come before it.

    Those of one programme come first, then those of two. What closes nothing is not among them,
    but for what it prepares for.
    """

    def __init__(self, stock: Stock) -> None:
        self.stock = stock
        masks = _masks(stock)
        self.sets = stock.drafts(_numbers(masks, len(stock.programmes)))
        self.sizes = self.sets.takes[:, 3].astype(np.intp)
        self._members = stock.members(self.sets).astype(float)
        # What each closes, skill by skill.
        rows, self._skills = np.nonzero(self.sets.worth)
        self._worth = self.sets.worth[rows, self._skills, None]
        self._parts = self.sets.parts[rows, self._skills, None]
        self._human = stock.human[self._skills, None]
        self._starts = np.searchsorted(rows, np.arange(len(masks) + 1))
        alone = [mask.bit_length() - 1 for mask in masks[: self.up_to(1)]]
        self._waiting = [row for row, n in enumerate(alone) if n in stock.wants]
        self._wanted, self._bringing = _needs([alone[row] for row in self._waiting], stock)

    def __len__(self) -> int:
        return len(self.sets)

    def up_to(self, size: int) -> int:
        """How many there are of so many programmes and fewer."""
        return int(np.searchsorted(self.sizes, size, side="right"))

    def to(self, drafts: Drafts) -> Onwards:
        """What can be added to some drafts."""
        request, takes = self.stock.request, drafts.takes
        most = self.up_to(request.steps - int(takes[:, 3].min()))
        sets = self.sets.takes[:most]
        able = sets[:, 3, None] + takes[:, 3] <= request.steps
        able &= sets[:, 1, None] + takes[:, 1] <= request.hours + 1e-9
        able &= sets[:, 2, None] + takes[:, 2] <= request.money
        members = self.stock.members(drafts)
        there = np.flatnonzero(members.any(0))
        held = members[:, there].T.astype(float)
        able &= self._members[:most, there] @ held == 0
        missing = self._wanted @ (self._bringing[:, there] @ held == 0)
        able[self._waiting] &= missing == 0
        value, whole, human = self._gains(drafts, most)
        value += (drafts.worth.sum(1) - takes[:, 0]) - sets[:, 0, None]
        return Onwards(self, drafts, able, value, self.stock.off(human, whole))

    def _gains(self, drafts: Drafts, most: int) -> Floats:
        """What each addition gains, and what is closed then: in all, and of human skills."""
        found = np.empty((3, most, len(drafts)))
        worth, parts = drafts.worth.T, drafts.parts.T
        # In place and a few rows at a time, because memory takes longer than the sums.
        for first in range(0, most, AT_ONCE):
            last = min(first + AT_ONCE, most)
            pairs = slice(self._starts[first], self._starts[last])
            starts = self._starts[first:last] - self._starts[first]
            more = worth.take(self._skills[pairs], 0)
            np.subtract(self._worth[pairs], more, out=more)
            closed = parts.take(self._skills[pairs], 0)
            np.subtract(self._parts[pairs], closed, out=closed)
            closed *= more > 0
            np.maximum(more, 0.0, out=more)
            np.add.reduceat(more, starts, out=found[0, first:last])
            np.add.reduceat(closed, starts, out=found[1, first:last])
            closed *= self._human[pairs]
            np.add.reduceat(closed, starts, out=found[2, first:last])
        found[1] += drafts.parts.sum(1)
        found[2] += drafts.parts @ self.stock.human
        return found


def _masks(stock: Stock) -> list[int]:
    """What may be added at once, as bits; fewer programmes first."""
    ways = Ways(stock.wants, stock.nets.tolist())
    found = {
        mask for n in np.flatnonzero(stock.worth.any(1)).tolist() for mask in (1 << n, *ways.to(n))
    }
    return sorted(found, key=lambda mask: (mask.bit_count(), mask))


def _needs(waiting: Sequence[int], stock: Stock) -> tuple[Floats, Floats]:
    """Which of the waiting has each need (columns), and what brings each need (rows): 1 and 0."""
    needs = [(row, each) for row, n in enumerate(waiting) for each in stock.wants[n]]
    wanted = np.zeros((len(waiting), len(needs)))
    bringing = np.zeros((len(needs), len(stock.programmes)))
    for number, (row, programmes) in enumerate(needs):
        wanted[row, number] = 1.0
        bringing[number, programmes] = 1.0
    return wanted, bringing


def _numbers(masks: Sequence[int], size: int) -> Ints:
    """The bits that are set in each mask, filled up with what stands for no programme."""
    length = size // 8 + 1
    packed = b"".join(mask.to_bytes(length, "little") for mask in masks)
    each = np.frombuffer(packed, np.uint8).reshape(len(masks), length)
    rows, found = np.nonzero(np.unpackbits(each, axis=1, bitorder="little"))
    counts = np.bincount(rows)
    numbers = np.full((len(masks), counts.max()), size)
    numbers[rows, np.arange(len(rows)) - (np.cumsum(counts) - counts)[rows]] = found
    return numbers


@dataclass(frozen=True, slots=True)
class Onwards:
    """What comes of the first additions (rows), each to each of some drafts (columns)."""

    additions: Additions
    drafts: Drafts
    able: Flags
    """Is it ready, within the bounds, and all new?"""
    value: Floats
    off: Floats

    def best(self, size: int, number: int) -> Drafts:
        """About so many of the best with so many programmes more, for their worth and for quota."""
        first, last = self.additions.up_to(size - 1), self.additions.up_to(size)
        among = np.flatnonzero(self.able[first:last]) + first * len(self.drafts)
        value, off = self.value.ravel()[among], self.off.ravel()[among]
        balanced = np.flatnonzero(off == 0)
        if len(balanced) > number:
            nearest = balanced[at_the_top(value[balanced], number)]
        else:
            nearest = at_the_top(-off, number)
        return self.drawn(among[np.concatenate([at_the_top(value, number), nearest])])

    def drawn(self, cells: Ints) -> Drafts:
        """Some of them as drafts."""
        rows, columns = np.divmod(cells, len(self.drafts))
        sets, drafts = self.additions.sets, self.drafts
        gained, worth = sets.worth.take(rows, 0), drafts.worth.take(columns, 0)
        parts = drafts.parts.take(columns, 0)
        np.copyto(parts, sets.parts.take(rows, 0), where=gained > worth)
        return Drafts(
            sets.words.take(rows, 0) | drafts.words.take(columns, 0),
            np.maximum(gained, worth),
            parts,
            sets.takes.take(rows, 0) + drafts.takes.take(columns, 0),
            self.value.take(cells).round(12),
            self.off.take(cells),
        )
