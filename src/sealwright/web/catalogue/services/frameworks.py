"""Bringing frameworks of skills into the site. Whoever runs it does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from itertools import islice
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sealwright.skills.frameworks import (
    Bond,
    Concept,
    Entry,
    Framework,
    Occupation,
    index,
    members,
)
from sealwright.skills.frameworks.model import GROUPS
from sealwright.skills.frameworks.picker import folded
from sealwright.web.catalogue.content import LONGEST, is_web_address
from sealwright.web.catalogue.events import FrameworkBrought, FrameworkPutFirst, FrameworkRemoved
from sealwright.web.catalogue.indexes import forget, make_index
from sealwright.web.catalogue.models import FrameworkEntry, SameSkill, SkillFramework
from sealwright.web.core.events import SITE, publish
from sealwright.web.core.refusals import CONFLICT, NOT_FOUND, Refusal

AT_ONCE: Final = 1_000
OTHERS: Final = 3
"""How many others may bring a framework in at the same moment before we give up."""
LONGEST_WORDS: Final = 250
LONGEST_VERSION: Final = 40

Progress = Callable[[int], None]


def bring_framework(
    framework: Framework,
    *,
    by: str,
    at: datetime,
    progress: Progress = lambda rows: None,
) -> SkillFramework:
    """Take a framework in whole, as the version to pick from.

    Brought again, a version is replaced. Skills without a web address, or with one or a label
    too long for a programme, cannot be signed and are not offered. `by` is what the trail
    calls who did it; `progress` is told the rows that are in.

    The index comes before the rows, so that there is no time in which the one is without the
    other, and nothing slow is within the transaction.
    """
    digest = index.digest(framework)
    make_index(framework, digest)
    for _again in range(OTHERS):
        with suppress(IntegrityError):  # somebody else brought one in meanwhile
            return _keep(framework, digest, by, at, progress)
    return _keep(framework, digest, by, at, progress)


@transaction.atomic
def put_first(public_id: str, *, by: str) -> SkillFramework:
    """Offer a framework before the others."""
    kept = SkillFramework.objects.filter(public_id=public_id, is_current=True).first()
    if kept is None:
        raise Refusal(NOT_FOUND, _("There is no such framework."))
    if not kept.is_first:
        SkillFramework.objects.filter(is_first=True).update(is_first=False)
        kept.is_first = True
        kept.save(update_fields=["is_first"])
        _tell(FrameworkPutFirst, kept, by)
    return kept


@transaction.atomic
def remove_framework(public_id: str, *, by: str, even_current: bool = False) -> SkillFramework:
    """Remove a version. What is published keeps its skills as they were signed.

    Where skills are picked from it, `even_current` says that this is known; the version brought
    before it takes its place, if there is one.
    """
    every = SkillFramework.objects.select_for_update(no_key=True).order_by("pk")
    kept = next((each for each in every if each.public_id == public_id), None)
    if kept is None:
        raise Refusal(NOT_FOUND, _("There is no such framework."))
    if kept.is_current and not even_current:
        raise Refusal(
            CONFLICT, _("Skills are picked from this version. Read first what that means.")
        )
    successor, first, digest = kept.successor, kept.next_first, kept.digest
    _tell(FrameworkRemoved, kept, by)
    kept.delete()
    if successor is not None:
        SkillFramework.objects.filter(pk=successor.pk).update(is_current=True)
    if first is not None:
        SkillFramework.objects.filter(pk=first.pk).update(is_first=True)
    transaction.on_commit(lambda: forget(digest))
    return kept


@transaction.atomic
def _keep(
    framework: Framework, digest: str, by: str, at: datetime, progress: Progress
) -> SkillFramework:
    about = framework.about
    version = about.version[:LONGEST_VERSION]
    same = SkillFramework.objects.filter(address=about.address)
    firsts = SkillFramework.objects.filter(is_first=True)
    is_first = not firsts.exists() or firsts.filter(address=about.address).exists()
    same.filter(version=version).delete()
    same.update(is_current=False, is_first=False)
    kept = SkillFramework.objects.create(
        address=about.address,
        version=version,
        title=(about.title[0][1] if about.title else about.address)[:200],
        attribution=about.attribution,
        about=members.of_about(about),
        digest=digest,
        is_first=is_first,
        brought_at=at,
        brought_by=by,
    )
    counts: Counter[str] = Counter()
    rows = _rows(framework, kept)
    while some := list(islice(rows, AT_ONCE)):
        FrameworkEntry.objects.bulk_create(some)
        SameSkill.objects.bulk_create(_same_skills(some))
        counts.update(_counted(some))
        progress(sum(counts[sort] for sort in FrameworkEntry.Sort))
    kept.counts = dict(counts)
    kept.save(update_fields=["counts"])
    _tell(FrameworkBrought, kept, by)
    return kept


def _rows(framework: Framework, kept: SkillFramework) -> Iterator[FrameworkEntry]:
    for entry in framework.entries():
        label, sort = entry.label("en"), _sort(entry)
        is_skill = sort is FrameworkEntry.Sort.SKILL
        yield FrameworkEntry(
            framework=kept,
            sort=sort,
            url=entry.uri,
            label=label,
            code=entry.code[: LONGEST["skill_code"]],
            kind=_kind(entry) if is_skill else "",
            is_pickable=is_skill and _can_be_signed(entry.uri, label),
            label_words=folded(label)[:LONGEST_WORDS],
            words=_words(entry),
            members=members.of_entry(entry),
        )


def _same_skills(rows: Iterable[FrameworkEntry]) -> Iterator[SameSkill]:
    for row in rows:
        if row.sort == FrameworkEntry.Sort.SKILL:
            for other in members.relations_in(row.members):
                if other.bond is Bond.SAME:
                    yield SameSkill(framework=row.framework, url=row.url, other=other.uri)


def _sort(entry: Entry) -> FrameworkEntry.Sort:
    if isinstance(entry, Occupation):
        return FrameworkEntry.Sort.OCCUPATION
    return FrameworkEntry.Sort.GROUP if entry.kind in GROUPS else FrameworkEntry.Sort.SKILL


def _kind(entry: Entry) -> str:
    return "human" if isinstance(entry, Concept) and entry.transversal else "technical"


def _can_be_signed(url: str, label: str) -> bool:
    fits = len(label) <= LONGEST["skill_name"] and len(url) <= LONGEST["skill_url"]
    return fits and is_web_address(url)


def _words(entry: Entry) -> str:
    texts = (text for _, text in (*entry.labels, *entry.alternatives))
    return " " + " ".join(dict.fromkeys(map(folded, texts)))


def _counted(rows: Iterable[FrameworkEntry]) -> Iterator[str]:
    """What people ask of a framework: how many of each sort, and what ties them."""
    for row in rows:
        yield row.sort
        yield from ["pickable"] * row.is_pickable
        yield from ["levels"] * len(row.members.get("levels", ()))
        yield from ["needs"] * len(row.members.get("needs", ()))
        for relation in ("broader", "related"):
            yield from ["relations"] * len(row.members.get(relation, ()))


def _tell(
    kind: type[FrameworkBrought | FrameworkPutFirst | FrameworkRemoved],
    kept: SkillFramework,
    by: str,
) -> None:
    details = {"address": kept.address, "title": kept.title, "version": kept.version,
               "digest": kept.digest}  # fmt: skip
    publish(kind(organisation=SITE, actor=by, subject=kept.public_id, details=details))
