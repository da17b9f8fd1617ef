"""Frameworks of skills: reading, comparing, searching and exporting them.

ESCO, O*NET and everybody else's are read into one graph of `Concept`s and `Occupation`s.
"""

from sealwright.skills.frameworks.demonstration import demo
from sealwright.skills.frameworks.model import (
    About,
    Bond,
    Concept,
    Framework,
    Kind,
    Level,
    Need,
    Occupation,
    Related,
    Relation,
    Reuse,
    Stage,
    Tier,
    Tool,
)
from sealwright.skills.frameworks.picker import Hit, Picker

__all__ = [
    "About",
    "Bond",
    "Concept",
    "Framework",
    "Hit",
    "Kind",
    "Level",
    "Need",
    "Occupation",
    "Picker",
    "Related",
    "Relation",
    "Reuse",
    "Stage",
    "Tier",
    "Tool",
    "demo",
]
