"""Entries while their rows are still coming in."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sealwright.skills.frameworks.model import (
    About,
    Concept,
    Extra,
    Framework,
    Kind,
    Level,
    Need,
    Occupation,
    Related,
    Relation,
    Reuse,
    Tool,
)
from sealwright.skills.frameworks.reading import bad


@dataclass(slots=True)
class Draft:
    """What a concept and an occupation have in common. Dictionaries keep the order of rows."""

    uri: str
    labels: dict[str, str] = field(default_factory=dict)
    alternatives: dict[tuple[str, str], None] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    code: str = ""
    broader: dict[str, None] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)

    def name(self, language: str, label: str, others: Iterable[str] = ()) -> None:
        """Take a preferred label and its alternatives; each text counts once."""
        self.labels[language] = label
        for other in others:
            if other and other != label:
                self.alternatives[language, other] = None

    def describe(self, language: str, text: str) -> None:
        """Take a description, if there is one."""
        if text:
            self.descriptions[language] = text

    def keep(self, member: str, value: Any) -> None:
        """Keep what has no place here, unless it is empty."""
        if value not in ("", [], None):
            self.extra[member] = as_json(value)

    def kept(self) -> Extra:
        """What has no place here, by name."""
        return tuple(sorted(self.extra.items()))


@dataclass(slots=True)
class ConceptDraft(Draft):
    """A concept in the making."""

    kind: Kind = Kind.SKILL
    related: dict[tuple[str, str], Relation] = field(default_factory=dict)
    reuse: Reuse | None = None
    transversal: bool = False
    collections: dict[str, None] = field(default_factory=dict)
    levels: list[Level] = field(default_factory=list)

    def done(self) -> Concept:
        """The finished value."""
        return Concept(
            uri=self.uri,
            labels=tuple(self.labels.items()),
            alternatives=tuple(self.alternatives),
            descriptions=tuple(self.descriptions.items()),
            kind=self.kind,
            code=self.code,
            broader=tuple(self.broader),
            related=tuple(self.related.values()),
            reuse=self.reuse,
            transversal=self.transversal,
            collections=tuple(self.collections),
            levels=tuple(sorted(self.levels, key=lambda level: level.value)),
            extra=self.kept(),
        )


@dataclass(slots=True)
class OccupationDraft(Draft):
    """An occupation in the making."""

    needs: dict[str, Need] = field(default_factory=dict)
    zone: int | None = None
    related: list[tuple[float, Related]] = field(default_factory=list)
    tools: dict[str, Tool] = field(default_factory=dict)
    tasks: dict[tuple[str, str], None] = field(default_factory=dict)

    def done(self) -> Occupation:
        """The finished value, its related occupations nearest first."""
        return Occupation(
            uri=self.uri,
            labels=tuple(self.labels.items()),
            alternatives=tuple(self.alternatives),
            descriptions=tuple(self.descriptions.items()),
            code=self.code,
            broader=tuple(self.broader),
            needs=tuple(self.needs.values()),
            zone=self.zone,
            related=tuple(other for _, other in sorted(self.related, key=lambda pair: pair[0])),
            tools=tuple(self.tools.values()),
            tasks=tuple(self.tasks),
            extra=self.kept(),
        )


@dataclass(slots=True)
class Drafts:
    """A framework in the making."""

    concepts: dict[str, ConceptDraft] = field(default_factory=dict)
    occupations: dict[str, OccupationDraft] = field(default_factory=dict)

    def concept(self, uri: str, column: str) -> ConceptDraft:
        """The concept that a row speaks of.

        Raises:
            BadCell: there is none.
        """
        return self.concepts.get(uri) or bad(column, "no concept in these files has this address")

    def occupation(self, uri: str, column: str) -> OccupationDraft:
        """The occupation that a row speaks of.

        Raises:
            BadCell: there is none.
        """
        return self.occupations.get(uri) or bad(
            column, "no occupation in these files has this address"
        )

    def entry(self, uri: str, column: str) -> Draft:
        """Either of them."""
        return self.occupations.get(uri) or self.concept(uri, column)

    def done(self, about: About) -> Framework:
        """The finished framework."""
        return Framework(
            about,
            tuple(draft.done() for draft in self.concepts.values()),
            tuple(draft.done() for draft in self.occupations.values()),
        )


def as_json(value: Any) -> str:
    """A JSON value as the same plain ASCII each time."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"))
