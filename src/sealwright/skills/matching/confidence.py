"""How sure a match is, as the share of such matches that people found right.

A logistic curve over what is known of a match, fitted by `training/` on sentences that people
labelled; its numbers are stored with the token table, because they hold for that table only.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sealwright.skills.matching.windows import LITTLE
from sealwright.skills.matching.wordpiece import words_of

_ASIDE: Final = re.compile(r"\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Calibration:
    """The curve, and the confidence from which a match is taken without asking."""

    intercept: float = 0.0
    slopes: Sequence[float] = ()
    threshold: float = 1.0

    @classmethod
    def of(cls, about: Mapping[str, Any]) -> Calibration:
        """What the table says of itself; a table without it accepts nothing."""
        said = about.get("calibration", {})
        return cls(
            float(said.get("intercept", 0.0)),
            tuple(map(float, said.get("slopes", ()))),
            float(said.get("threshold", 1.0)),
        )

    def confidence(self, known: Sequence[float]) -> float:
        """Between 0 and 1, from the `features` of a match.

        >>> Calibration(-2, (4.0,)).confidence([0.5])
        0.5
        """
        height = self.intercept + sum(a * b for a, b in zip(self.slopes, known, strict=False))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, height))))


def features(
    likenesses: Iterable[float], margin: float, label: str, window: str
) -> tuple[float, ...]:
    """What the curve is over: the likenesses, the margin, how much of the label is spelled out.

    `margin` is the distance to the best other match of the text; below 0 for all but the first.
    """
    return (*map(float, likenesses), margin, spelled(label, window))


def spelled(label: str, window: str) -> float:
    """The share of the words of the label that stand in the window; endings may differ.

    >>> spelled("lead a team", "leading the team"), spelled("design wind turbines", "wind turbine")
    (1.0, 0.6666666666666666)
    >>> spelled("Java (computer programming)", "java"), spelled("JavaScript", "java")
    (1.0, 0.0)
    """
    wanted = [word for word in words_of(_ASIDE.sub(" ", label)) if word not in LITTLE]
    there = words_of(window)
    found = [word for word in wanted if any(_alike(word, other) for other in there)]
    return len(found) / max(len(wanted), 1)


def _alike(one: str, other: str) -> bool:
    shorter, longer = sorted((len(one), len(other)))
    stem = max(4, shorter - 3)
    near = shorter >= 4 and longer - shorter <= 3
    return one == other or (near and one[:stem] == other[:stem])
