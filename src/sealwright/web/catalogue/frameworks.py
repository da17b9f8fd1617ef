"""The one seam to frameworks of skills, such as ESCO.

The skills engine will answer here. Until then nothing is suggested, and providers write names,
or paste the address of a skill that they know.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SkillAddress:
    """A skill of a framework, with its stable address."""

    url: str
    name: str
    framework: str
    code: str = ""


def suggest(text: str) -> list[SkillAddress]:
    """The skills that `text` may mean, the best first.

    >>> suggest("passage planning")
    []
    """
    return []
