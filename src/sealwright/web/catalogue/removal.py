"""What removing a version of a framework would mean, for who thinks of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from sealwright.web.catalogue.frameworks import current, known_to
from sealwright.web.catalogue.models import (
    FrameworkEntry,
    Programme,
    SkillFramework,
    VersionSkill,
)
from sealwright.web.core.refusals import NOT_FOUND, Refusal

SHOWN: Final = 20
"""Programmes that are named; the others are counted."""


@dataclass(frozen=True, slots=True)
class Naming:
    """A programme that names skills of the framework, published or in its draft."""

    programme: Programme
    skills: int
    lost: tuple[str, ...]
    """Those of them that no framework of this site would know any longer."""


@dataclass(frozen=True, slots=True)
class Removal:
    """A version, and what would be without it."""

    kept: SkillFramework
    successor: SkillFramework | None
    """The version that skills would be picked from again."""
    next_first: SkillFramework | None
    """What would be offered first instead."""
    others: Sequence[SkillFramework]
    """What skills could be picked from besides."""
    namings: Sequence[Naming]
    """Some of the programmes, those that lose most first."""
    programmes: int
    losing: int
    """How many of them name a skill that nothing here would know."""

    @property
    def more(self) -> int:
        """Programmes that are not among `namings`."""
        return self.programmes - len(self.namings)


def removal_of(public_id: str) -> Removal:
    """What removing a version would mean. Raises a `Refusal` where there is none."""
    kept = SkillFramework.objects.filter(public_id=public_id).first()
    if kept is None:
        raise Refusal(NOT_FOUND, _("There is no such framework."))
    successor = kept.successor
    others = [each for each in current() if each.pk != kept.pk]
    staying = [*others, *([successor] if successor else [])]
    named = _named(kept)
    lost = _lost({url for skills in named.values() for url in skills}, staying)
    losing = {pk: [name for url, name in each.items() if url in lost] for pk, each in named.items()}
    first = sorted(named, key=lambda pk: (-len(losing[pk]), pk))[:SHOWN]
    programmes = Programme.objects.select_related("organisation").in_bulk(first)
    return Removal(
        kept=kept,
        successor=successor,
        next_first=kept.next_first,
        others=others,
        namings=[Naming(programmes[pk], len(named[pk]), tuple(sorted(losing[pk]))) for pk in first],
        programmes=len(named),
        losing=sum(map(bool, losing.values())),
    )


def _named(kept: SkillFramework) -> dict[int, dict[str, str]]:
    """For each programme the skills of a framework that it names, by address."""
    own = FrameworkEntry.objects.filter(framework=kept, url=OuterRef("url"))
    published = VersionSkill.objects.filter(Exists(own)).order_by("version_id", "position")
    found: dict[int, dict[str, str]] = {}
    for programme, url, name in published.values_list("version__programme_id", "url", "name"):
        found.setdefault(programme, {})[url] = name
    drafted = list(_drafted())
    known = known_to([kept], {url for _, url, _ in drafted})
    for programme, url, name in drafted:
        if url in known:
            found.setdefault(programme, {})[url] = name
    return found


def _drafted() -> Iterator[tuple[int, str, str]]:
    """The programme, address and name of each skill in a draft that has an address."""
    drafts = Programme.objects.order_by("pk").values_list("pk", "draft__skills")
    for programme, skills in drafts.iterator():
        for skill in skills or ():
            if skill.get("url"):
                yield programme, skill["url"], skill.get("name", "")


def _lost(urls: Collection[str], staying: Collection[SkillFramework]) -> set[str]:
    return set(urls) - known_to(staying, urls)
