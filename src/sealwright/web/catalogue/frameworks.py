"""The one seam to frameworks of skills, such as ESCO: what can be picked from them.

Frameworks are brought in by whoever runs the site (`sealwright frameworks import --site`).
A skill is never taken by itself: a person picks it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import QuerySet
from django.db.models.functions import Length

from sealwright.skills.frameworks.picker import folded
from sealwright.skills.matching import Named, StaticMatcher, Target, TokenTable, held, read
from sealwright.web.catalogue.content import LONGEST
from sealwright.web.catalogue.models import FrameworkSkill, SkillFramework

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


def suggest_from(text: str, *, but: Collection[str] = ()) -> list[SkillAddress]:
    """The skills that a description seems to be about, the likeliest first, without `but`.

    None where no framework was brought in. They are proposals: a person picks.
    """
    kept = SkillFramework.objects.filter(is_current=True).order_by("pk")
    which = tuple(kept.values_list("pk", "brought_at"))
    if not which or not text.strip():
        return []
    urls = [found.uri for found in read(_matcher(which), text) if found.uri not in but][:MOST]
    skills = FrameworkSkill.objects.filter(framework__is_current=True, url__in=urls)
    by_url = {skill.url: skill for skill in skills.select_related("framework").order_by("-pk")}
    return [_address(by_url[url]) for url in urls if url in by_url]


@lru_cache(maxsize=1)
def _matcher(which: tuple[tuple[int, datetime], ...]) -> StaticMatcher:
    """Made when first asked for; bringing a framework in changes what `which` says."""
    kept = FrameworkSkill.objects.filter(framework__in=[number for number, _ in which])
    rows = kept.values_list("url", "label", "words")
    entries = [Named(url, label, (words.strip(),)) for url, label, words in rows.iterator()]
    return StaticMatcher(held({Target.SKILLS: entries}, TokenTable.shipped()))


def picked(url: str) -> SkillAddress | None:
    """The skill with this address, if it can be picked."""
    skills = FrameworkSkill.objects.filter(framework__is_current=True, url=url)
    found = skills.select_related("framework").order_by("pk").first()
    return _address(found) if found else None


def resolved(alignments: Sequence[tuple[str, str]]) -> list[SkillAddress | None]:
    """For each (address, name) of a foreign credential the skill here that it means, if one.

    By its address, as an address is meant to be exact; else by its name, where only one skill
    is called so. Nothing is guessed.
    """
    skills = FrameworkSkill.objects.filter(framework__is_current=True).select_related("framework")
    addresses = [each for address, _ in alignments for each in _spellings(address)]
    by_url = {skill.url: skill for skill in skills.filter(url__in=addresses).order_by("-pk")}
    by_name: dict[str, list[FrameworkSkill]] = {}
    for skill in skills.filter(label_words__in={folded(name) for _, name in alignments} - {""}):
        by_name.setdefault(skill.label_words, []).append(skill)
    found: list[SkillAddress | None] = []
    for address, name in alignments:
        exact = next((by_url[each] for each in _spellings(address) if each in by_url), None)
        called = by_name.get(folded(name), [])
        meant = exact or (called[0] if len(called) == 1 else None)
        found.append(_address(meant) if meant else None)
    return found


def _spellings(address: str) -> list[str]:
    """An address with either scheme, with and without a slash at its end."""
    scheme, mark, rest = address.strip().partition("://")
    if scheme not in ("http", "https") or not mark:
        return [address] if address else []
    bare = rest.rstrip("/")
    return [f"{each}://{bare}{end}" for each in ("http", "https") for end in ("", "/")]


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
