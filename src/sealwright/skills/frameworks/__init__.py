"""Frameworks of skills: reading, comparing, searching and exporting them.

ESCO, O*NET and everybody else's are read into one graph of `Concept`s and `Occupation`s.
"""

from sealwright.skills.frameworks.demonstration import demo
from sealwright.skills.frameworks.importing import Format, Imported, load
from sealwright.skills.frameworks.migration import compare
from sealwright.skills.frameworks.model import (
    GROUPS,
    About,
    Bond,
    Concept,
    Entry,
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
from sealwright.skills.frameworks.promotion import Promotion, Promotions
from sealwright.skills.frameworks.reading import Problem, Progress

__all__ = [
    "GROUPS",
    "About",
    "Bond",
    "Concept",
    "Entry",
    "Format",
    "Framework",
    "Hit",
    "Imported",
    "Kind",
    "Level",
    "Need",
    "Occupation",
    "Picker",
    "Problem",
    "Progress",
    "Promotion",
    "Promotions",
    "Related",
    "Relation",
    "Reuse",
    "Stage",
    "Tier",
    "Tool",
    "compare",
    "demo",
    "load",
]
