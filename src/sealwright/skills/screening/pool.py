"""The best of very many: everybody's held skills in memory, by skill, as small numbers.

For each skill there is a list of who holds it, at which level and how much the proof weighs
(strength times currency, in ten-thousandths), seven bytes a holding. A question adds up the
lists of its skills and takes the highest sums, all of them: nothing is sampled or cut off, so
the answer is that of a plain loop over everybody.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sealwright.skills.errors import UnfitRequest

WHOLE: Final = 10_000
"""How the weight of a proof that counts in full is written."""

LEVELS: Final = 256


@dataclass(frozen=True, slots=True)
class Wanted:
    """One skill that is asked for: its level, its weight, and whether nobody passes without."""

    skill: str
    level: int = 1
    weight: float = 1.0
    must: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody's place in an answer. Equal scores share a rank; `person` is a row's number."""

    rank: int
    person: int
    score: float


@dataclass(frozen=True, slots=True)
class Holders:
    """Who holds one skill: numbers of people in ascending order, levels and weights beside them.

    Levels go from 0 to 255, weights from 0 to `WHOLE`; a person is there once.
    """

    people: NDArray[np.int32]
    levels: NDArray[np.uint8]
    weights: NDArray[np.uint16]


class PoolBuilder:
    """Takes holdings one by one, person after person, and makes a pool of them."""

    def __init__(self) -> None:
        self._columns: dict[str, tuple[array[int], array[int], array[int]]] = {}
        self._size = 0

    def add(self, person: int, skill: str, level: int, weight: int) -> None:
        """Add a holding. Raises `UnfitRequest` for numbers out of range or out of order."""
        if not (0 <= level < LEVELS and 0 <= weight <= WHOLE):
            raise UnfitRequest("A level or a weight lies outside of its range.", "pool-range")
        columns = self._columns.get(skill)
        if columns is None:
            columns = self._columns[skill] = array("i"), array("B"), array("H")
        people, levels, weights = columns
        if person < 0 or (people and person <= people[-1]):
            raise UnfitRequest("People come in ascending order, with a skill once.", "pool-order")
        people.append(person)
        levels.append(level)
        weights.append(weight)
        self._size = max(self._size, person + 1)

    def build(self, size: int = 0) -> Pool:
        """The pool of everybody added; `size` counts people without a skill as well."""
        return Pool(
            max(size, self._size),
            {
                skill: Holders(
                    np.frombuffer(people, np.int32),
                    np.frombuffer(levels, np.uint8),
                    np.frombuffer(weights, np.uint16),
                )
                for skill, (people, levels, weights) in self._columns.items()
            },
        )


class Pool:
    """The held skills of `size` people, numbered from 0, by skill."""

    def __init__(self, size: int, holders: Mapping[str, Holders]) -> None:
        self.size = size
        self._holders = dict(holders)

    @property
    def nbytes(self) -> int:
        """The bytes that the lists take."""
        return sum(
            each.people.nbytes + each.levels.nbytes + each.weights.nbytes
            for each in self._holders.values()
        )

    def scores(self, wanted: Sequence[Wanted]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """Everybody's score from 0 to 1, and who has every must.

        A score is the sum of weight x min(level held / level asked, 1) x weight of the proof,
        over the sum of the weights.
        """
        whole = sum(each.weight for each in wanted)
        if not wanted or whole <= 0 or any(each.weight < 0 or each.level < 1 for each in wanted):
            raise UnfitRequest("Ask for one skill at least, with a weight and a level.", "wanted")
        scores = np.zeros(self.size)
        passes = np.ones(self.size, dtype=bool)
        for each in wanted:
            holders = self._holders.get(each.skill)
            if holders is not None:
                fit = np.minimum(np.arange(LEVELS) / each.level, 1.0)
                share = each.weight / whole
                scores[holders.people] += share * (fit[holders.levels] * (holders.weights / WHOLE))
            if each.must:
                passes &= self._has(each, holders)
        return scores, passes

    def best(self, wanted: Sequence[Wanted], number: int) -> list[Place]:
        """The `number` highest scores among those with every must, ties at the end included.

        Nobody without a score is in it.
        """
        scores, passes = self.scores(wanted)
        scores[~passes] = 0.0
        candidates = np.flatnonzero(scores)
        if len(candidates) > number:
            least = np.partition(scores[candidates], -number)[-number]
            candidates = candidates[scores[candidates] >= least]
        order = np.lexsort((candidates, -scores[candidates]))
        return _ranked([(int(n), float(scores[n])) for n in candidates[order]])

    def _has(self, wanted: Wanted, holders: Holders | None) -> NDArray[np.bool_]:
        found = np.zeros(self.size, dtype=bool)
        if holders is not None:
            enough = (holders.levels >= wanted.level) & (holders.weights > 0)
            found[holders.people[enough]] = True
        return found


def _ranked(rows: Sequence[tuple[int, float]]) -> list[Place]:
    places: list[Place] = []
    for position, (person, score) in enumerate(rows, start=1):
        tied = bool(places) and places[-1].score == score
        places.append(Place(places[-1].rank if tied else position, person, score))
    return places
