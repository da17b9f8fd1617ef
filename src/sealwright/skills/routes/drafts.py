"""Routes in the making, many at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Self

import numpy as np
from numpy.typing import NDArray

from sealwright.skills.routes.catalogue import Floats, Ints

Words = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Drafts:
    """Sets of programmes, a row each, with what they close of each missing skill and take."""

    words: Words
    """Which programmes, as bits; the first programme is the lowest bit of the first word."""
    worth: Floats
    parts: Floats
    """What they close of each missing skill, with and without discounts."""
    takes: Floats
    """What they take: the price in score, hours, money, and steps."""
    value: Floats
    off: Floats
    """How far the share of human skills is from the quota; 0 within it."""

    def __len__(self) -> int:
        return len(self.value)

    def rows(self, rows: Ints) -> Self:
        """Some of them."""
        return type(self)(*(getattr(self, each.name)[rows] for each in fields(self)))

    @classmethod
    def joined(cls, several: Sequence[Self]) -> Self:
        """Several one after the other."""
        return cls(
            *(np.concatenate([getattr(it, each.name) for it in several]) for each in fields(cls))
        )

    def by_value(self) -> Ints:
        """The best first, every set once; the first programmes of the catalogue break a tie."""
        order = np.lexsort((*self.words.T, -self.value))
        words = self.words[order]
        again = (words[1:] == words[:-1]).all(1)
        return np.concatenate([order[:1], order[1:][~again]])

    def first(self, number: int) -> Self:
        """So many of the best."""
        return self.rows(self.by_value()[:number])

    def best(self, number: int) -> Self:
        """So many of them for their worth, and so many of the nearest to the quota."""
        by_value = self.by_value()
        by_quota = by_value[np.argsort(self.off[by_value], kind="stable")]
        kept = dict.fromkeys([*by_value[:number].tolist(), *by_quota[:number].tolist()])
        return self.rows(np.array(list(kept), np.intp))
