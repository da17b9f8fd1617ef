"""The one seam to frameworks of skills, such as ESCO: what can be picked from them.

Frameworks are brought in by whoever runs the site (`sealwright frameworks import --site`).
A skill is never taken by itself: a person picks it.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.db.models.functions import Length

from sealwright.skills.frameworks.picker import folded
from sealwright.web.catalogue.content import LONGEST
from sealwright.web.catalogue.models import FrameworkSkill

MOST: int = 8
MOST_WORDS: int = 8


@dataclass(frozen=True, slots=True)
class SkillAddress:
    """A skill of a framework, with its stable address."""

    url: str
    name: str
    framework: str
    code: str = ""
    kind: str = "technical"
    attribution: str = ""


def suggest(text: str) -> list[SkillAddress]:
    """The skills whose labels hold these words or their beginnings, the best first.

    First labels that begin as `text` does, then any that hold all its words, shorter ones
    first. None where no framework was brought in.
    """
    typed = folded(text)[:200]
    if not typed:
        return []
    skills = FrameworkSkill.objects.filter(framework__is_current=True).select_related("framework")
    found = _shortest(skills.filter(label_words__startswith=typed), MOST)
    if len(found) < MOST:
        holding = skills.exclude(pk__in=[skill.pk for skill in found])
        for word in typed.split()[:MOST_WORDS]:
            holding = holding.filter(words__contains=f" {word}")
        found += _shortest(holding, MOST - len(found))
    return [_address(skill) for skill in found]


def picked(url: str) -> SkillAddress | None:
    """The skill with this address, if it can be picked."""
    skills = FrameworkSkill.objects.filter(framework__is_current=True, url=url)
    found = skills.select_related("framework").order_by("pk").first()
    return _address(found) if found else None


def has_frameworks() -> bool:
    """Whether there is anything to pick from."""
    return FrameworkSkill.objects.filter(framework__is_current=True).exists()


def _shortest(skills: QuerySet[FrameworkSkill], most: int) -> list[FrameworkSkill]:
    return list(skills.order_by(Length("label_words"), "label_words", "url")[:most])


def _address(skill: FrameworkSkill) -> SkillAddress:
    return SkillAddress(
        url=skill.url,
        name=skill.label,
        framework=str(skill.framework)[: LONGEST["skill_framework"]],
        code=skill.code,
        kind=skill.kind,
        attribution=skill.framework.attribution,
    )
