"""Addresses and names as they are looked up: a number for each, sorted, with who goes by it.

A name is kept as eight bytes of a checksum of its words, so a hundred thousand names take a
megabyte and are mapped from the file of the index. That any two names in the world share a
number is as likely as guessing one of 64 bits.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from sealwright.skills.matching.wordpiece import words_of


class By(StrEnum):
    """What led to a skill, the surest first."""

    ADDRESS = "address"
    LABEL = "label"
    ALTERNATIVE = "alternative label"


@dataclass(frozen=True, slots=True)
class Names:
    """Who goes by which name; `owners` are places in the index."""

    numbers: NDArray[np.int64]
    """Sorted."""
    owners: NDArray[np.int32]

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, int]]) -> Names:
        """From names as they are compared, each with its owner; empty ones are left out."""
        rows = sorted({(_number(name), owner) for name, owner in pairs if name})
        numbers = np.array([number for number, _ in rows], np.int64)
        return cls(numbers, np.array([owner for _, owner in rows], np.int32))

    def owners_of(self, name: str) -> list[int]:
        """Who goes by this name, the first of the index first."""
        number = _number(name)
        start, stop = np.searchsorted(self.numbers, (number, number + 1))
        return [int(owner) for owner in self.owners[start:stop]]

    def fits(self, size: int) -> bool:
        """Whether it is in order and all owners are among the `size` that there are."""
        return (
            len(self.numbers) == len(self.owners)
            and bool((self.numbers[:-1] <= self.numbers[1:]).all())
            and bool(((self.owners >= 0) & (self.owners < size)).all())
        )


def same(address: str) -> str:
    """An address without what two spellings of one address differ in.

    >>> same("https://x.example/1/ ") == same("http://x.example/1")
    True
    """
    return address.strip().removeprefix("https://").removeprefix("http://").rstrip("/")


def plain(name: str) -> str:
    """A name as it is compared: its words alone.

    >>> plain("Prepare  MEALS!")
    'prepare meals'
    """
    return " ".join(words_of(name))


def _number(name: str) -> int:
    # One less than the highest, so that the number after it is one, too.
    digest = blake2b(name.encode("utf-8", "replace"), digest_size=8).digest()
    return min(int.from_bytes(digest, "little", signed=True), 2**63 - 2)
