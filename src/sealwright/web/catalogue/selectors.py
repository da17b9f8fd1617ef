"""Reading programmes and their versions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.db.models import F, QuerySet
from django.http import Http404
from django.utils.translation import gettext

from sealwright.web.accounts.models import User
from sealwright.web.catalogue.content import Content, Link, missing
from sealwright.web.catalogue.facts import numbers_of
from sealwright.web.catalogue.models import Picture, Programme, Version
from sealwright.web.catalogue.telling import Telling
from sealwright.web.organisations.actors import Actor


@dataclass(frozen=True, slots=True)
class Past:
    """A version in a list of versions."""

    number: int
    published_at: datetime
    published_by: str
    title: str


def published() -> QuerySet[Version]:
    """Every published version, with the programme and the organisation behind it."""
    return Version.objects.select_related("programme__organisation", "programme__current")


def offered() -> QuerySet[Version]:
    """What the catalogue offers: current versions that were not retired, of open providers."""
    return published().filter(
        programme__current=F("pk"),
        programme__retired_at=None,
        programme__organisation__closed_at=None,
    )


def version_of(programme_id: str, number: int | None = None) -> Version:
    """A published version by its number, or the current one. Raises `Http404` if there is none."""
    found = published().filter(programme__public_id=programme_id)
    wanted = found.filter(programme__current=F("pk")) if number is None else found
    for version in wanted if number is None else wanted.filter(number=number):
        return version
    raise Http404


def telling_of(version: Version) -> Telling:
    """A published version as people read it, with what was counted about its programme."""
    programme = version.programme
    return Telling(
        content=version.content,
        organisation=programme.organisation,
        programme_id=programme.public_id,
        number=version.number,
        published_at=version.published_at,
        numbers=numbers_of([programme.pk])[programme.pk],
    )


def telling_of_draft(programme: Programme, content: Content | None = None) -> Telling:
    """The draft, or `content` in its place, as people would read it, were it published now."""
    return Telling(
        content=content or programme.content,
        organisation=programme.organisation,
        programme_id=programme.public_id,
    )


def versions_of(programme: Programme) -> list[Past]:
    """All versions of a programme, the newest first, without what they say."""
    rows = programme.versions.order_by("-number").values_list(
        "number", "published_at", "published_by", "title"
    )
    return [Past(*row) for row in rows]


def names_of(labels: Iterable[str]) -> dict[str, str]:
    """Names of the people behind labels of the trail, for members of their organisation."""
    ids = {label.removeprefix("person:") for label in labels if label.startswith("person:")}
    people = User.objects.filter(public_id__in=ids)
    return {person.label: str(person) for person in people}


def title_of(programme_id: str) -> str:
    """What a published programme is called today; empty where there is none of that id."""
    current = Programme.objects.filter(public_id=programme_id, current__isnull=False)
    for title in current.values_list("current__title", flat=True):
        return str(title)
    return ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A programme in the console's list."""

    programme: Programme
    telling: Telling
    has_changes: bool
    """Does the draft say something that no version says yet?"""
    needed: tuple[str, ...]
    awards: int | None


STATES: Final = ("draft", "published", "retired")


def programmes_for(actor: Actor, *, state: str = "", words: str = "") -> QuerySet[Programme]:
    """The programmes that the actor may read, the one worked on last first."""
    found = Programme.objects.visible_to(actor).select_related("organisation", "unit", "current")
    match state:
        case "draft":
            found = found.filter(current=None)
        case "published":
            found = found.filter(current__isnull=False, retired_at=None)
        case "retired":
            found = found.filter(retired_at__isnull=False)
    if words:
        found = found.filter(draft__title__icontains=words.replace("\0", "")[:100])
    return found.order_by("-draft_changed_at", "-pk")


def listed(programmes: Iterable[Programme]) -> list[Listed]:
    """The programmes with what the console's list says of them."""
    every = list(programmes)
    numbers = numbers_of([programme.pk for programme in every])
    return [
        Listed(
            programme,
            telling_of_draft(programme),
            has_changes(programme),
            missing(programme.content),
            numbers[programme.pk].awards,
        )
        for programme in every
    ]


def has_changes(programme: Programme) -> bool:
    """Does the draft say something that the newest version does not?

    Links are compared by what they point to: publishing fills in versions.
    """
    if programme.current is None:
        return True
    return _unlinked(programme.content) != _unlinked(programme.current.content)


def own_choices(actor: Actor, *, without: Programme | None = None) -> list[tuple[str, str]]:
    """Programmes of the organisation to link to, by id and title."""
    own = Programme.objects.visible_to(actor).filter(retired_at=None)
    if without is not None:
        own = own.exclude(pk=without.pk)
    titles = own.order_by("draft__title").values_list("public_id", "draft__title")
    return [(public_id, title or gettext("Without a title")) for public_id, title in titles]


def _unlinked(content: Content) -> Content:
    def bare(links: tuple[Link, ...]) -> tuple[Link, ...]:
        return tuple(replace(link, version=0) for link in links)

    return replace(
        content,
        prerequisites=bare(content.prerequisites),
        stacks_into=bare(content.stacks_into),
    )


def picture_of(picture_id: str, *, small: bool = False) -> bytes:
    """A badge picture, as PNG. Raises `Http404` if there is none of that id."""
    found = Picture.objects.filter(public_id=picture_id)
    for png in found.values_list("small" if small else "png", flat=True):
        return bytes(png)
    raise Http404
