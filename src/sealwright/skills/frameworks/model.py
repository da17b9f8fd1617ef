"""A framework of skills as one graph: what can be learnt, and which occupation asks for it.

Every framework, whoever publishes it, is read into these values. Concepts and occupations
keep the order of the publisher's file, so the same file gives the same order every day.

Levels are on the scale of the framework: O*NET's runs from 0 to 7, importance from 1 to 5;
our own has the four named levels 1 foundation, 2 working, 3 skilled, 4 expert.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, TypeVar

from sealwright.skills.errors import UnknownSkill, UnreadableFramework

T = TypeVar("T")

Texts = tuple[tuple[str, str], ...]
"""(language tag, text) pairs; the first is the text to show where no language fits."""

Extra = tuple[tuple[str, str], ...]
"""(member, JSON text) pairs: what a publisher says that has no place here, kept for export."""

ANY_LANGUAGE: Final = "und"
"""The tag of a text whose file names no language."""


class Kind(StrEnum):
    """What sort of thing a concept is."""

    SKILL = "skill"
    KNOWLEDGE = "knowledge"
    ABILITY = "ability"
    STYLE = "style"
    LANGUAGE = "language"
    TECHNOLOGY = "technology"
    GROUP = "group"  # holds skills; nobody is certified in it
    FIELD = "field"  # holds occupations: an ISCO group, a career field


GROUPS: Final = frozenset({Kind.GROUP, Kind.FIELD})


class Reuse(StrEnum):
    """How far a skill carries, the furthest first."""

    TRANSVERSAL = "transversal"
    CROSS_SECTOR = "cross-sector"
    SECTOR = "sector-specific"
    OCCUPATION = "occupation-specific"


class Stage(StrEnum):
    """A stage of a career."""

    EARLY = "early"
    MID = "mid"
    SENIOR = "senior"


class Tier(StrEnum):
    """How near a related occupation is; O*NET's three, and a step up within one's field."""

    NEXT = "next"
    PRIMARY_SHORT = "primary-short"
    PRIMARY_LONG = "primary-long"
    SUPPLEMENTAL = "supplemental"


class Bond(StrEnum):
    """What another skill is to this one."""

    ESSENTIAL = "essential"
    OPTIONAL = "optional"
    RELATED = "related"
    SAME = "same"
    """The same skill in another framework or version."""


@dataclass(frozen=True, slots=True)
class Relation:
    """Another skill, perhaps of another framework, and what it is to this one."""

    uri: str
    bond: Bond = Bond.RELATED


@dataclass(frozen=True, slots=True)
class Level:
    """One step of a proficiency scale, with what somebody at it can do."""

    value: float
    name: Texts = ()
    anchor: Texts = ()


@dataclass(frozen=True, slots=True)
class Concept:
    """A skill, a piece of knowledge, a technology, or a group of them."""

    uri: str
    labels: Texts
    """Preferred labels, one a language, at least one."""
    alternatives: Texts = ()
    descriptions: Texts = ()
    kind: Kind = Kind.SKILL
    code: str = ""
    broader: tuple[str, ...] = ()
    related: tuple[Relation, ...] = ()
    reuse: Reuse | None = None
    transversal: bool = False
    """A human skill, beside the technical ones."""
    collections: tuple[str, ...] = ()
    levels: tuple[Level, ...] = ()
    extra: Extra = ()

    def label(self, language: str = "") -> str:
        """The preferred label in this language, or in the nearest one there is.

        >>> Concept("urn:x:1", (("en", "colour"), ("de", "Farbe"))).label("de-AT")
        'Farbe'
        """
        return text_in(self.labels, language)

    def description(self, language: str = "") -> str:
        """The description in this language or the nearest; empty where there is none."""
        return text_in(self.descriptions, language)


@dataclass(frozen=True, slots=True)
class Need:
    """That an occupation asks for a skill, and how much of it."""

    skill: str
    essential: bool = True
    importance: float | None = None
    """1 to 5, where the framework rates it."""
    level: float | None = None
    """On the framework's scale, where it says."""
    by_stage: tuple[float, float, float] | None = None
    """The level asked early, mid and senior, where the framework tells them apart; 0: not asked."""

    def at(self, stage: Stage) -> float | None:
        """The level asked at this stage; None where the framework names no level.

        >>> Need("urn:x:1", by_stage=(0, 2, 3)).at(Stage.SENIOR), Need("urn:x:1").at(Stage.MID)
        (3, None)
        """
        return self.level if self.by_stage is None else self.by_stage[STAGES.index(stage)]


STAGES: Final = tuple(Stage)


@dataclass(frozen=True, slots=True)
class Related:
    """An occupation near another one; the publisher's order says which is nearest."""

    uri: str
    tier: Tier


@dataclass(frozen=True, slots=True)
class Tool:
    """A technology used in an occupation."""

    uri: str
    hot: bool = False
    """Often asked for in adverts of all occupations."""
    in_demand: bool = False
    """Often asked for in adverts of this occupation."""


@dataclass(frozen=True, slots=True)
class Occupation:
    """A kind of job, with what it asks for."""

    uri: str
    labels: Texts
    alternatives: Texts = ()
    descriptions: Texts = ()
    code: str = ""
    """Its code in ISCO-08 or SOC."""
    broader: tuple[str, ...] = ()
    """Groups and, in ESCO, wider occupations."""
    needs: tuple[Need, ...] = ()
    zone: int | None = None
    """O*NET's job zone: 1 little preparation, to 5 extensive preparation."""
    related: tuple[Related, ...] = ()
    tools: tuple[Tool, ...] = ()
    tasks: Texts = ()
    extra: Extra = ()

    def label(self, language: str = "") -> str:
        """The preferred label in this language, or in the nearest one there is."""
        return text_in(self.labels, language)

    def description(self, language: str = "") -> str:
        """The description in this language or the nearest; empty where there is none."""
        return text_in(self.descriptions, language)


Entry = Concept | Occupation


@dataclass(frozen=True, slots=True)
class About:
    """Whose framework it is, and on which terms."""

    address: str
    title: Texts
    version: str = ""
    publisher: str = ""
    languages: tuple[str, ...] = ()
    licence: str = ""
    """The address of the licence, or its name where it has none."""
    attribution: str = ""
    """The sentence to show wherever the framework is shown."""
    description: Texts = ()
    flat: bool = False
    """Its file runs label, alternatives and description together; good for comparing only."""
    extra: Extra = ()


@dataclass(frozen=True, slots=True)
class Framework:
    """One version of one framework.

    An address may be named that is not in it: publishers point at each other's skills.

    Raises:
        UnreadableFramework: two concepts or occupations have one address.
    """

    about: About
    concepts: tuple[Concept, ...] = ()
    occupations: tuple[Occupation, ...] = ()
    _concepts: dict[str, Concept] = field(init=False, repr=False, compare=False)
    _occupations: dict[str, Occupation] = field(init=False, repr=False, compare=False)
    _narrower: dict[str, list[str]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        concepts = {concept.uri: concept for concept in self.concepts}
        occupations = {occupation.uri: occupation for occupation in self.occupations}
        distinct = len(concepts.keys() | occupations.keys())
        if distinct != len(self.concepts) + len(self.occupations):
            raise UnreadableFramework("two entries have one address", "address-twice")
        object.__setattr__(self, "_concepts", concepts)
        object.__setattr__(self, "_occupations", occupations)
        object.__setattr__(self, "_narrower", _turned(self.entries()))

    def __contains__(self, uri: object) -> bool:
        return uri in self._concepts or uri in self._occupations

    def concept(self, uri: str) -> Concept:
        """The concept at this address.

        Raises:
            UnknownSkill: there is none.
        """
        return _found(self._concepts, uri)

    def occupation(self, uri: str) -> Occupation:
        """The occupation at this address.

        Raises:
            UnknownSkill: there is none.
        """
        return _found(self._occupations, uri)

    def has_concept(self, uri: str) -> bool:
        """Whether a concept has this address."""
        return uri in self._concepts

    def has_occupation(self, uri: str) -> bool:
        """Whether an occupation has this address."""
        return uri in self._occupations

    def narrower(self, uri: str) -> tuple[str, ...]:
        """Addresses of what names this entry as broader, in the framework's order."""
        return tuple(self._narrower.get(uri, ()))

    def ancestors(self, uri: str) -> tuple[str, ...]:
        """Addresses of everything above this entry, the nearest first, each once."""
        above: dict[str, None] = {}
        waiting = list(self._broader(uri))
        for parent in waiting:
            if parent not in above and parent != uri:
                above[parent] = None
                waiting.extend(self._broader(parent))
        return tuple(above)

    def entries(self) -> tuple[Entry, ...]:
        """Concepts, then occupations."""
        return (*self.concepts, *self.occupations)

    def skills(self) -> tuple[Concept, ...]:
        """What somebody can hold: every concept that is no group."""
        return tuple(concept for concept in self.concepts if concept.kind not in GROUPS)

    def _broader(self, uri: str) -> tuple[str, ...]:
        entry = self._concepts.get(uri) or self._occupations.get(uri)
        return entry.broader if entry else ()


def text_in(texts: Texts, language: str) -> str:
    """The text in this language; else in its base language, in a variant of it, or the first.

    >>> text_in((("en-US", "color"), ("fr", "couleur")), "en-GB")
    'color'
    >>> text_in((), "en")
    ''
    """
    if not texts:
        return ""
    wanted = language.lower()
    base = wanted.partition("-")[0]
    ranks = {tag: _distance(tag.lower(), wanted, base) for tag, _ in texts}
    return min(texts, key=lambda pair: ranks[pair[0]])[1]


def _distance(tag: str, wanted: str, base: str) -> int:
    if tag == wanted:
        return 0
    if tag == base:
        return 1
    return 2 if tag.partition("-")[0] == base else 3


def _found(entries: Mapping[str, T], uri: str) -> T:
    entry = entries.get(uri)
    if entry is None:
        raise UnknownSkill(f"nothing in this framework has the address {uri}", uri=uri)
    return entry


def _turned(entries: Iterable[Entry]) -> dict[str, list[str]]:
    narrower: dict[str, list[str]] = {}
    for entry in entries:
        for parent in entry.broader:
            narrower.setdefault(parent, []).append(entry.uri)
    return narrower
