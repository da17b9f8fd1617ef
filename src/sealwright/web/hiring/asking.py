"""What a job asks for: skills found in an advert, for a person to confirm."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from sealwright.skills.evidence import Kind
from sealwright.skills.frameworks import Concept, demo
from sealwright.skills.frameworks.model import Kind as ConceptKind
from sealwright.skills.frameworks.picker import folded

MOST: Final = 30
"""Skills of one screening."""

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
    """The skills that a text asks for, in its order.

    Of prose, those whose names stand in it. A list of a few words a line is taken at its word:
    each line is a skill, a known one where it is exactly called so.
    """
    lines = [line.strip(" \t-*•·.") for line in text.splitlines() if line.strip(" \t-*•·.")]
    is_list = bool(lines) and all(len(line.split()) <= 6 for line in lines)
    if not is_list:
        return _spotted(folded(text))[:MOST]
    asked = {each.skill: each for each in map(skill_called, reversed(lines))}
    return list(reversed(asked.values()))[:MOST]


def own_skill(label: str) -> str:
    """The address of a skill that is known by its name alone.

    >>> own_skill("  Threat   Modelling ")
    'label:threat modelling'
    """
    return OWN + folded(label)


def skill_called(label: str) -> Asked:
    """The known skill of this name, or one of its own; called as it was called."""
    known = _by_name().get(folded(label))
    if known is None:
        return Asked(own_skill(label), label.strip(), Kind.METHOD)
    return replace(known, label=label.strip())


def names_of(skill: str) -> frozenset[str]:
    """Every name of a known skill as it is compared; empty for one that is not known."""
    concept = _concepts().get(skill)
    if concept is None:
        return frozenset()
    return frozenset(folded(text) for _, text in (*concept.labels, *concept.alternatives))


def labels() -> list[str]:
    """The names to choose from."""
    return [concept.label("en") for concept in _concepts().values()]


def kind_of(concept: Concept) -> Kind:
    """How proof of the skill ages."""
    if concept.transversal:
        return Kind.TRANSVERSAL
    return Kind.TECHNOLOGY if concept.kind is ConceptKind.TECHNOLOGY else Kind.METHOD


def _spotted(text: str) -> list[Asked]:
    """The skills whose names stand in the text; of names within each other the longest."""
    padded = f" {text} "
    found: dict[str, tuple[int, Asked]] = {}
    taken: list[tuple[int, int]] = []
    for name, asked in sorted(_by_name().items(), key=lambda each: (-len(each[0]), each[0])):
        start = padded.find(f" {name} ")
        end = start + len(name)
        if start >= 0 and not any(start < stop and end > begin for begin, stop in taken):
            taken.append((start, end))
            found.setdefault(asked.skill, (start, replace(asked, found=name)))
    return [asked for _, asked in sorted(found.values(), key=lambda each: each[0])]


@cache
def _concepts() -> dict[str, Concept]:
    return {concept.uri: concept for concept in demo().skills()}


@cache
def _by_name() -> dict[str, Asked]:
    known: dict[str, Asked] = {}
    for concept in _concepts().values():
        asked = Asked(concept.uri, concept.label("en"), kind_of(concept))
        for _, text in (*concept.labels, *concept.alternatives):
            known.setdefault(folded(text), asked)
    known.pop("", None)
    return known
