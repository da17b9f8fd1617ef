"""Reading programmes and their versions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet
from django.http import Http404

from sealwright.web.accounts.models import User
from sealwright.web.catalogue.facts import numbers_of
from sealwright.web.catalogue.models import Picture, Programme, Version
from sealwright.web.catalogue.telling import Telling


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


def telling_of_draft(programme: Programme) -> Telling:
    """The draft as people would read it, were it published now."""
    return Telling(
        content=programme.content,
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


def picture_of(picture_id: str) -> bytes:
    """A badge picture, as PNG. Raises `Http404` if there is none of that id."""
    for png in Picture.objects.filter(public_id=picture_id).values_list("png", flat=True):
        return bytes(png)
    raise Http404
