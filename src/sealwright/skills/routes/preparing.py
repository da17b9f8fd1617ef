"""What has to come before a programme, and the least priced ways to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Final

WAYS: Final = 4
"""How many ways to prepare for a programme come into question."""

DEEP: Final = 4
"""How long a chain of programmes that prepare for each other may be."""


class Ways:
    """The sets of programmes that hold one and all that must come before it, as bits of a mask.

    `wants` are, for programmes that need something first and each thing that they need, those that
    bring it; the ones that take least come first. `nets` is what each programme takes beyond what
    it closes.
    """

    def __init__(self, wants: Mapping[int, Sequence[Sequence[int]]], nets: Sequence[float]) -> None:
        self._wants = wants
        self._nets = nets
        self._found: dict[tuple[int, int], dict[int, float]] = {}

    def to(self, number: int, deep: int = DEEP) -> Mapping[int, float]:
        """The least priced ways to a programme, itself included, with what each takes."""
        if not deep:
            return {}
        if number not in self._wants:
            return {1 << number: self._nets[number]}
        found = self._found.get((number, deep))
        if found is None:
            found = self._found[number, deep] = _least(self._joined(number, deep))
        return found

    def _joined(self, number: int, deep: int) -> Iterator[tuple[float, int]]:
        choices = []
        for bringing in self._wants[number]:
            # What needs this programme itself cannot prepare for it.
            ways = {
                way: taking
                for n in bringing[: 2 * WAYS]
                for way, taking in self.to(n, deep - 1).items()
                if not way >> number & 1
            }
            choices.append(_least((taking, way) for way, taking in ways.items()).items())
        for chosen in product(*choices):
            yield self._together(1 << number, self._nets[number], chosen)

    def _together(
        self, mask: int, taking: float, ways: Sequence[tuple[int, float]]
    ) -> tuple[float, int]:
        for way, more in ways:
            both = mask & way
            taking += more - sum(self._nets[n] for n in bits(both)) if both else more
            mask |= way
        return round(taking, 12), mask


def _least(ways: Iterator[tuple[float, int]]) -> dict[int, float]:
    return {way: taking for taking, way in sorted(ways)[:WAYS]}


def bits(mask: int) -> list[int]:
    """Which bits are set, from the lowest.

    >>> bits(0b1101)
    [0, 2, 3]
    """
    found = []
    while mask:
        lowest = mask & -mask
        found.append(lowest.bit_length() - 1)
        mask ^= lowest
    return found
