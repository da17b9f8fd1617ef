"""What a job asks for: skills found in an advert, for a person to confirm."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Final

from sealwright.skills.evidence import Kind
from sealwright.skills.frameworks import demo
from sealwright.skills.frameworks.picker import folded
from sealwright.skills.gap import Skill, skills_of
from sealwright.skills.matching import (
    Index,
    Resolver,
    StaticMatcher,
    Target,
    TokenTable,
    held,
    named,
)
from sealwright.skills.matching import read as read_text
from sealwright.skills.matching.documents import asked, passages

MOST: Final = 30
"""Skills of one screening."""

LEAST: Final = 0.2
"""Confidence below which a skill is not proposed. A person confirms whatever is."""

OWN: Final = "label:"
"""Begins the address of a skill that no framework here has: its name in small letters."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A skill that an advert seems to ask for, and the words that said so."""

    skill: str
    label: str
    kind: Kind
    found: str = ""


def find_skills(text: str) -> list[Asked]:
    """The skills that a text seems to ask for, in its order; a person confirms them.

    Of prose, those that it names or describes. A list of a few words a line is taken at its
    word: each line is a skill, a known one where it is exactly called so.
    """
    lines = [line.strip(" \t-*•·.") for line in text.splitlines() if line.strip(" \t-*•·.")]
    is_list = bool(lines) and all(len(line.split()) <= 6 for line in lines)
    if not is_list:
        return _described(text)
    by_skill = {each.skill: each for each in map(skill_called, reversed(lines))}
    return list(reversed(by_skill.values()))[:MOST]


def own_skill(label: str) -> str:
    """The address of a skill that is known by its name alone.

    >>> own_skill("  Threat   Modelling ")
    'label:threat modelling'
    """
    return OWN + folded(label)


def skill_called(label: str) -> Asked:
    """The known skill of this name, or one of its own; called as it was called."""
    known = _resolver().resolve(name=label)
    if known is None:
        return Asked(own_skill(label), label.strip(), Kind.METHOD)
    return replace(_asked(known.uri), label=label.strip())


@lru_cache(maxsize=4096)
def known_skill(name: str, address: str = "") -> str:
    """The address of the known skill that a credential names; empty where that is open.

    By its address, by its name, or by so much likeness that nobody needs to be asked. Many
    credentials name the same few skills, so what was found is kept.
    """
    found = _resolver().resolve(address, name)
    if found is not None:
        return found.uri
    (likeliest,) = _matcher().match(name, top=1) or (None,)
    return likeliest.uri if likeliest is not None and likeliest.accepted else ""


def labels() -> list[str]:
    """The names to choose from."""
    return [skill.label for skill in _skills().values()]


def _described(text: str) -> list[Asked]:
    """What prose describes, by likeness, and what it names, which likeness may pass over."""
    found = {
        match.uri: (match.start, replace(_asked(match.uri), found=match.window))
        for match in read_text(_matcher(), text, most=MOST, least=LEAST)
    }
    for passage in passages(text):
        padded = f" {folded(asked(passage.text))} "
        for name, uri in _by_name().items():
            if f" {name} " in padded:
                found.setdefault(uri, (passage.start, replace(_asked(uri), found=name)))
    ordered = sorted(found.values(), key=lambda each: (each[0], each[1].label))
    return [each for _, each in ordered][:MOST]


def _asked(uri: str) -> Asked:
    skill = _skills()[uri]
    return Asked(uri, skill.label, skill.kind)


@cache
def _skills() -> dict[str, Skill]:
    return skills_of(demo())


@cache
def _by_name() -> dict[str, str]:
    known: dict[str, str] = {}
    for each in named(demo())[Target.SKILLS]:
        for name in (each.label, *each.alternatives):
            known.setdefault(folded(name), each.uri)
    return known


@cache
def _resolver() -> Resolver:
    return Resolver(_index())


@cache
def _matcher() -> StaticMatcher:
    return StaticMatcher(_index())


@cache
def _index() -> Index:
    return held(named(demo()), TokenTable.shipped())
