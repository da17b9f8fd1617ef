"""The frameworks in which a screening knows skills: those of the site, else the one shipped."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from sealwright.skills.evidence import Kin
from sealwright.skills.frameworks import Concept, Picker, demo
from sealwright.skills.frameworks.index import digest
from sealwright.skills.kinship import kinship_of
from sealwright.skills.matching import (
    Index,
    Resolver,
    StaticMatcher,
    Target,
    TokenTable,
    held,
    named,
)
from sealwright.web.catalogue.frameworks import (
    MOST,
    concepts_of,
    current,
    part_around,
    suggest,
)
from sealwright.web.catalogue.indexes import MAPPED, index_of
from sealwright.web.catalogue.models import SkillFramework

FEW: Final = 300
"""Skills whose names a page can offer all at once."""
REMEMBERED: Final = 8_192


class Finder:
    """Finds the skills of one index in texts and in credentials."""

    def __init__(self, index: Index) -> None:
        self.labels: Sequence[str] = index.sections[Target.SKILLS].labels
        self.matcher = StaticMatcher(index)
        self.resolver = Resolver(index)
        self.meant = lru_cache(REMEMBERED)(self._meant)

    def _meant(self, name: str) -> str:
        """The address of the skill that a credential names; empty where that is open.

        By its name, or by so much likeness that nobody needs to be asked. Many credentials
        name the same few skills, so what was found is kept.
        """
        found = self.resolver.resolve(name=name)
        if found is not None:
            return found.uri
        (likeliest,) = self.matcher.match(name, top=1) or (None,)
        return likeliest.uri if likeliest is not None and likeliest.accepted else ""


@dataclass(frozen=True, slots=True)
class Source:
    """A framework that can be screened with. `key` is its address, whichever its version."""

    key: str
    version: str
    digest: str
    title: str
    attribution: str
    finder: Finder
    kept: SkillFramework | None = None
    """None for the one that is shipped."""

    def as_json(self) -> dict[str, str]:
        """What a record says of it: with these alone credentials mean the same skills again."""
        engine = self.finder.matcher.engine
        return {
            "address": self.key, "version": self.version, "digest": self.digest, "engine": engine,
        }  # fmt: skip

    @property
    def few_labels(self) -> Sequence[str]:
        """The names of all its skills, where they are few."""
        return self.finder.labels if len(self.finder.labels) <= FEW else ()

    def concepts(self, uris: Collection[str]) -> Mapping[str, Concept]:
        """Its concepts with these addresses, by address."""
        if self.kept is not None:
            return concepts_of(self.kept, uris)
        return {uri: demo().concept(uri) for uri in uris if demo().has_concept(uri)}

    def kinship(
        self, held: Mapping[str, str], meant: Mapping[str, str]
    ) -> Mapping[str, Sequence[Kin]]:
        """For which of its skills those that are held speak too.

        `held` are their names by address; `meant` says which skill an address stands for.
        """
        around = demo()
        if self.kept is not None:
            around = part_around(self.kept, {*held, *meant.values()})
        return kinship_of(held, around, names=held, meant=meant)

    def search(self, text: str) -> list[tuple[str, str]]:
        """The address and the label of the skills that have these words in a name."""
        if self.kept is not None:
            return [(each.url, each.name) for each in suggest(text, of=self.kept)]
        return [(hit.entry.uri, hit.entry.label("en")) for hit in _picker().find(text, most=MOST)]


@dataclass(frozen=True, slots=True)
class Choice:
    """What can be screened with, the first choice first, and what is not ready yet."""

    sources: Sequence[Source]
    """Never none."""
    waiting: Sequence[str]
    """What the frameworks are called whose indexes are still to be made."""


def choice() -> Choice:
    """The frameworks of the site that have skills; the one that is shipped where there is none."""
    found: list[Source] = []
    waiting: list[str] = []
    for kept in current():
        index = index_of(kept)
        if index is None:
            waiting.append(str(kept))
        elif Target.SKILLS in index.sections:
            found.append(_of_site(kept, index))
    return Choice(found or [_shipped()], waiting)


def source_called(key: str) -> Source:
    """The one with this address, else the first choice."""
    ready = choice().sources
    return next((each for each in ready if each.key == key), ready[0])


def _of_site(kept: SkillFramework, index: Index) -> Source:
    return Source(
        key=kept.address,
        version=kept.version,
        digest=kept.digest,
        title=str(kept),
        attribution=kept.attribution,
        finder=_finder_of(index),
        kept=kept,
    )


@lru_cache(MAPPED)
def _finder_of(index: Index) -> Finder:
    return Finder(index)


@cache
def _shipped() -> Source:
    about = demo().about
    return Source(
        key=about.address,
        version=about.version,
        digest=digest(demo()),
        title=about.title[0][1],
        attribution=about.attribution,
        finder=Finder(held(named(demo()), TokenTable.shipped())),
    )


@cache
def _picker() -> Picker:
    return Picker(demo().skills())
