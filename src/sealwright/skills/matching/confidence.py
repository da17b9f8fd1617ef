"""How sure a match is, as the share of such matches that people found right.

A logistic curve over what is known of a match, fitted by `training/` on sentences that people
labelled. Its numbers hold for one token table only, and name it.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

from sealwright.skills.matching.windows import LITTLE
from sealwright.skills.matching.wordpiece import words_of

SHIPPED: Final = "matching-calibration.json"
LIKENESSES: Final = ("sentence", "window", "names in a window")
_ASIDE: Final = re.compile(r"\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Calibration:
    """The curve, and the confidence from which a match is taken without asking.

    Made without arguments it accepts nothing.
    """

    intercept: float = 0.0
    slopes: tuple[float, ...] = ()
    threshold: float = 1.0

    @classmethod
    def shipped(cls, table: str) -> Calibration:
        """The one that comes with Sealwright, if it is for the table with this checksum."""
        path = files("sealwright.skills") / "data" / SHIPPED
        said = json.loads(path.read_text("utf-8"))
        if said["table"] != table:
            return cls()
        return cls(said["intercept"], tuple(said["slopes"]), said["threshold"])

    def confidence(self, known: Sequence[float]) -> float:
        """Between 0 and 1, from the `features` of a match.

        >>> Calibration(-2, (4.0,)).confidence([0.5])
        0.5
        """
        height = self.intercept + sum(a * b for a, b in zip(self.slopes, known, strict=False))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, height))))


def features(
    terms: Mapping[str, float], margin: float, label: str, window: str
) -> tuple[float, ...]:
    """What the curve is over: three likenesses, the margin, and whether the words are the same.

    `margin` is the distance to the best other match of the text; below 0 for all but the first.
    """
    same = min(spelled(label, window), spelled(window, label))
    return (*(terms[name] for name in LIKENESSES), margin, same**3)


def spelled(label: str, window: str) -> float:
    """The share of the words of `label` that stand in `window`; endings may differ.

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
