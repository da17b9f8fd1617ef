"""What a job asks for: skills found in an advert, for a person to confirm."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from sealwright.skills.evidence import Kind
from sealwright.skills.frameworks import Concept
from sealwright.skills.frameworks.picker import folded
from sealwright.skills.gap import kind_of
from sealwright.skills.matching import read as read_text
from sealwright.skills.matching.documents import asked, passages
from sealwright.web.hiring.sources import Source

MOST: Final = 30
"""Skills of one screening."""

LONGEST: Final = 120
"""Letters of a skill's name."""

LEAST: Final = 0.2
"""Confidence below which a skill is not proposed. A person confirms whatever is."""

OWN: Final = "label:"
"""Begins the address of a skill that no framework here has: its name in small letters."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A skill that an advert seems to ask for, and the words that said so."""

    skill: str
    label: str
    kind: Kind = Kind.METHOD
    found: str = ""


def find_skills(text: str, source: Source) -> list[Asked]:
    """The skills that a text seems to ask for, in its order; a person confirms them.

    Of prose, those that it names or describes. A list of a few words a line is taken at its
    word: each line is a skill, a known one where it is exactly called so.
    """
    lines = [line.strip(" \t-*•·.") for line in text.splitlines() if line.strip(" \t-*•·.")]
    is_list = bool(lines) and all(len(line.split()) <= 6 for line in lines)
    if not is_list:
        return _described(text, source)
    found = skills_called([(line[:LONGEST], "") for line in lines], source)
    by_skill = {each.skill: each for each in reversed(found)}
    return list(reversed(by_skill.values()))[:MOST]


def own_skill(label: str) -> str:
    """The address of a skill that is known by its name alone.

    >>> own_skill("  Threat   Modelling ")
    'label:threat modelling'
    """
    return OWN + folded(label)


def skills_called(called: Iterable[tuple[str, str]], source: Source) -> list[Asked]:
    """For each (name, address) the known skill, or one of its own; called as it was called.

    The address tells apart what goes by one name, and is passed over where the name has been
    changed since.
    """
    told = [(label.strip(), _address_of(label, skill, source)) for label, skill in called]
    concepts = source.concepts({uri for _, uri in told if uri})
    return [Asked(uri or own_skill(label), label, _kind(uri, concepts)) for label, uri in told]


def _address_of(label: str, skill: str, source: Source) -> str:
    resolver = source.finder.resolver
    if skill and folded(resolver.label_of(skill) or "") == folded(label):
        return skill
    found = resolver.resolve(name=label)
    return found.uri if found is not None else ""


def _kind(uri: str, concepts: Mapping[str, Concept]) -> Kind:
    return kind_of(concepts[uri]) if uri in concepts else Kind.METHOD


def _described(text: str, source: Source) -> list[Asked]:
    """What prose describes, by likeness, and what it names, which likeness may pass over."""
    finder = source.finder
    found = {
        match.uri: (match.start, match.label, match.window)
        for match in read_text(finder.matcher, text, most=MOST, least=LEAST)
    }
    for passage in passages(text):
        words = asked(passage.text)
        for each in finder.resolver.named_in(words):
            called = (passage.start + each.start, each.label, words[each.start : each.stop])
            found.setdefault(each.uri, called)
    fitting = {uri: it for uri, it in found.items() if len(it[1]) <= LONGEST}
    ordered = sorted(fitting, key=lambda uri: fitting[uri][:2])[:MOST]
    concepts = source.concepts(ordered)
    return [
        Asked(uri, label, _kind(uri, concepts), words)
        for uri in ordered
        for _, label, words in (fitting[uri],)
    ]
