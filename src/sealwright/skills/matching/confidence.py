"""How sure a match is, as the share of such matches that people found right.

A logistic curve over the `signs` of a match, fitted by `training/` on sentences of adverts that
people labelled or we judged. To its height comes what was learnt of single skills: that
“energy” in adverts is mostly another energy, and “cloud” mostly the technology. Its numbers hold
for one token table only, and name it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Final

SHIPPED: Final = "matching-calibration.json"


@dataclass(frozen=True, slots=True)
class Calibration:
    """The curve, and the confidence from which a match is taken without asking.

    Made without arguments it accepts nothing.
    """

    intercept: float = 0.0
    slopes: Mapping[str, float] = field(default_factory=dict)
    """How much each sign adds."""
    learnt: Mapping[str, float] = field(default_factory=dict)
    """What single skills add, by `signs.naming`."""
    threshold: float = 1.0

    @classmethod
    def shipped(cls, table: str) -> Calibration:
        """The one that comes with Sealwright, if it is for the table with this checksum."""
        path = files("sealwright.skills") / "data" / SHIPPED
        said = json.loads(path.read_text("utf-8"))
        if said["table"] != table:
            return cls()
        return cls(said["intercept"], said["slopes"], said["learnt"], said["threshold"])

    def confidence(self, known: Mapping[str, float], naming: str) -> float:
        """Between 0 and 1, from the signs of a match and what it was found by.

        >>> curve = Calibration(-2, {"same words": 4.0}, {"urn:1": 2.0})
        >>> curve.confidence({"same words": 0.5}, "urn:2")
        0.5
        >>> round(curve.confidence({"same words": 0.5}, "urn:1"), 2)
        0.88
        """
        height = self.intercept + self.learnt.get(naming, 0.0)
        height += sum(slope * known[name] for name, slope in self.slopes.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, height))))
