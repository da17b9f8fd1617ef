"""The one seam to frameworks of skills, such as ESCO: what can be picked from them.

Frameworks are brought in by whoever runs the site (`sealwright frameworks import --site`).
A skill is never taken by itself: a person picks it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from django.db.models import QuerySet
from django.db.models.functions import Length
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy

from sealwright.skills.frameworks import GROUPS, Bond, Concept, Framework, members
from sealwright.skills.frameworks.picker import folded
from sealwright.skills.matching import Index, Match, Resolver, StaticMatcher, read
from sealwright.skills.matching.reading import merged
from sealwright.web.audit.models import Entry
from sealwright.web.catalogue.content import LONGEST
from sealwright.web.catalogue.indexes import index_of, place_of
from sealwright.web.catalogue.models import FrameworkEntry, SameSkill, SkillFramework
from sealwright.web.core.events import SITE
from sealwright.web.organisations.selectors import names_of

COUNTED: Final = {
    "skill": gettext_lazy("skills"),
    "pickable": gettext_lazy("of them can be picked"),
    "group": gettext_lazy("groups"),
    "levels": gettext_lazy("levels"),
    "occupation": gettext_lazy("occupations"),
    "needs": gettext_lazy("needs of occupations"),
    "relations": gettext_lazy("relations"),
}
"""What a framework has, by what `bring_framework` counts."""

MOST: int = 8
MOST_WORDS: int = 8
AT_ONCE: Final = 10_000
"""Addresses in one query."""
FARTHEST: Final = 12
"""Steps to a broader skill that are followed; in ESCO there are five at most."""


@dataclass(frozen=True, slots=True)
class SkillAddress:
    """A skill of a framework, with its stable address."""

    url: str
    name: str
    framework: str
    code: str = ""
    kind: str = "technical"
    attribution: str = ""


@dataclass(frozen=True, slots=True)
class Brought:
    """A version of a framework as whoever runs the site sees it."""

    kept: SkillFramework
    by: str
    """Who brought it in, as people call them; empty for somebody who has left."""
    is_ready: bool
    """Whether texts can be matched with it."""

    @property
    def counts(self) -> list[tuple[str, str]]:
        """How many there are of what, in words and figures; nothing of what there is none."""
        told = [(name, self.kept.counts.get(key, 0)) for key, name in COUNTED.items()]
        return [(str(name), number_format(number, force_grouping=True))
                for name, number in told if number]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Done:
    """What somebody did with a framework, as the trail of the site has it."""

    entry: Entry
    by: str

    @property
    def about(self) -> str:
        told = self.entry.details
        return f"{told['title']} {told['version']}".strip()


def brought() -> list[Brought]:
    """Every version that is here, those that skills are picked from first."""
    kept = list(SkillFramework.objects.order_by("-is_current", "-is_first", "title", "-pk"))
    names = names_of({each.brought_by for each in kept})
    return [
        Brought(each, names.get(each.brought_by, ""), place_of(each.digest).exists())
        for each in kept
    ]


def done(*, most: int = 20) -> list[Done]:
    """What was done with frameworks, the newest first."""
    entries = Entry.objects.filter(organisation=SITE, event__startswith="framework.")
    found = list(entries.order_by("-number")[:most])
    names = names_of({each.actor for each in found})
    return [Done(each, names.get(each.actor, "")) for each in found]


def suggest(text: str, *, of: SkillFramework | None = None) -> list[SkillAddress]:
    """The skills whose labels hold these words or their beginnings, the best first.

    First labels that begin as `text` does, then any that hold all its words, shorter ones
    first. None where no framework was brought in.
    """
    typed = folded(text)[:200]
    if not typed:
        return []
    skills = _pickable() if of is None else _pickable().filter(framework=of)
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
    if not text.strip():
        return []
    found: list[Match] = []
    for each in _indexes():
        found += read(StaticMatcher(each), text)
    urls = [match.uri for match in merged(found) if match.uri not in but]
    by_url = _pickable_at(urls)
    return [_address(by_url[url]) for url in urls if url in by_url][:MOST]


def picked(url: str) -> SkillAddress | None:
    """The skill with this address, if it can be picked."""
    found = _pickable().filter(url=url).order_by("framework_id").first()
    return _address(found) if found else None


def resolved(alignments: Sequence[tuple[str, str]]) -> list[SkillAddress | None]:
    """For each (address, name) of a foreign credential the skill here that it means, if one.

    What that is, `skills.matching.Resolver` says. Nothing is guessed.
    """
    resolver = Resolver(*_indexes())
    found = [resolver.resolve(address, name) for address, name in alignments]
    by_url = _pickable_at({each.uri for each in found if each is not None})
    return [
        _address(by_url[each.uri]) if each is not None and each.uri in by_url else None
        for each in found
    ]


def current() -> list[SkillFramework]:
    """The frameworks that skills are picked from, the one to offer first before the others."""
    return list(SkillFramework.objects.filter(is_current=True))


def concepts_of(framework: SkillFramework, urls: Collection[str]) -> dict[str, Concept]:
    """The concepts of a framework with these addresses, by address."""
    found: dict[str, Concept] = {}
    for some in _batched(urls):
        rows = FrameworkEntry.objects.filter(framework=framework, url__in=some)
        rows = rows.exclude(sort=FrameworkEntry.Sort.OCCUPATION)
        told = rows.values_list("url", "members")
        found |= {url: members.concept_from(each) for url, each in told}
    return found


def part_around(framework: SkillFramework, urls: Collection[str]) -> Framework:
    """The part of a framework that tells for which other skills these speak.

    It has them, what their publishers call the same as one of them, and all that is broader, up
    to `FARTHEST` steps. It takes one query and one more a step, however many skills there are.
    """
    waiting = set(urls) | _calling_same(framework, urls)
    found: dict[str, Concept] = {}
    for step in range(FARTHEST + 1):
        read = concepts_of(framework, waiting - found.keys())
        found |= read
        waiting = {
            above for each in read.values() if each.kind not in GROUPS for above in each.broader
        }
        if step == 0:
            related = (it for each in read.values() for it in each.related)
            waiting |= {it.uri for it in related if it.bond is Bond.SAME}
        if waiting <= found.keys():
            break
    concepts = tuple(found[uri] for uri in sorted(found))
    return Framework(members.about_from(framework.about), concepts)


def _calling_same(framework: SkillFramework, urls: Collection[str]) -> set[str]:
    """The skills of a framework that call one of these the same as themselves."""
    found: set[str] = set()
    for some in _batched(urls):
        links = SameSkill.objects.filter(framework=framework, other__in=some)
        found.update(links.values_list("url", flat=True))
    return found


def known_to(frameworks: Collection[SkillFramework], urls: Collection[str]) -> set[str]:
    """Which of these addresses are skills of one of the frameworks."""
    skills = FrameworkEntry.objects.filter(framework__in=frameworks, sort=FrameworkEntry.Sort.SKILL)
    found: set[str] = set()
    for some in _batched(urls):
        found.update(skills.filter(url__in=some).values_list("url", flat=True))
    return found


def _batched(urls: Collection[str]) -> Iterator[list[str]]:
    """Not more at once than every database takes in one query."""
    rest = iter(urls)
    while some := list(islice(rest, AT_ONCE)):
        yield some


def is_being_prepared() -> bool:
    """Whether texts cannot be matched yet with a framework that skills are picked from."""
    return any(index_of(each) is None for each in current())


def has_frameworks() -> bool:
    """Whether there is anything to pick from."""
    return _pickable().exists()


def _indexes() -> list[Index]:
    return [found for each in current() if (found := index_of(each)) is not None]


def _pickable() -> QuerySet[FrameworkEntry]:
    skills = FrameworkEntry.objects.filter(is_pickable=True, framework__is_current=True)
    return skills.select_related("framework").defer("members", "words", "framework__about")


def _pickable_at(urls: Collection[str]) -> dict[str, FrameworkEntry]:
    """What can be picked, by address; of two frameworks that have one, the first counts."""
    return {
        skill.url: skill for skill in _pickable().filter(url__in=urls).order_by("-framework_id")
    }


def _shortest(skills: QuerySet[FrameworkEntry], most: int) -> list[FrameworkEntry]:
    return list(skills.order_by(Length("label_words"), "label_words", "url")[:most])


def _address(skill: FrameworkEntry) -> SkillAddress:
    return SkillAddress(
        url=skill.url,
        name=skill.label,
        framework=str(skill.framework)[: LONGEST["skill_framework"]],
        code=skill.code,
        kind=skill.kind,
        attribution=skill.framework.attribution,
    )
