"""From a draft to a version that never changes; retiring a programme and reopening it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sealwright.web.catalogue.content import (
    Content,
    Link,
    mark_of,
    missing,
    rigour_facts,
    unfit,
)
from sealwright.web.catalogue.events import (
    ProgrammePublished,
    ProgrammeReopened,
    ProgrammeRetired,
)
from sealwright.web.catalogue.models import Programme, Version, VersionSkill
from sealwright.web.catalogue.services.locked import about, locked
from sealwright.web.catalogue.words import search_text
from sealwright.web.core.events import publish as tell
from sealwright.web.core.refusals import UNFIT, Refusal
from sealwright.web.organisations.actors import Actor
from sealwright.web.organisations.permissions import Permission


@transaction.atomic
def publish(programme_id: str, *, actor: Actor, seen: str = "") -> Version:
    """The draft as the next version. `seen` is `mark_of` the draft that was looked at.

    Raises `Refusal`: 403 without the permission, 422 for a draft that lacks what is needed,
    says the same as the newest version, or changed since it was looked at; `Http404` for a
    programme of somebody else.
    """
    programme = locked(programme_id, Permission.PROGRAMME_PUBLISH, actor=actor)
    content = as_published(programme.content)
    _refuse_unready(content)
    if seen and seen != mark_of(programme.content):
        raise Refusal(
            UNFIT, _("The draft was changed while you looked. Please look at it once more.")
        )
    before = programme.current
    if before is not None and before.content == content:
        raise Refusal(
            UNFIT, _("Version %(number)d says the same already.") % {"number": before.number}
        )
    version = write_version(
        programme, content, number=before.number + 1 if before else 1, by=actor.label
    )
    details = {"version": version.number, "title": version.title}
    tell(ProgrammePublished(**about(programme, actor), details=details))
    return version


def write_version(
    programme: Programme,
    content: Content,
    *,
    number: int,
    by: str,
    at: datetime | None = None,
) -> Version:
    """Write a version with everything the catalogue finds it by, and make it the current one.

    No question is asked; `publish` is the way for people and programs.
    """
    version = Version.objects.create(
        programme=programme,
        number=number,
        content_json=content.as_json(),
        title=content.title,
        summary=content.summary,
        field=content.field,
        language=content.language,
        hours=content.hours,
        cost=content.cost,
        currency=content.currency,
        eqf=content.eqf,
        participation=content.participation,
        assessment_type=content.assessment.type,
        stacks=bool(content.stacks_into),
        rigour_told=sum(fact.is_told for fact in rigour_facts(content)),
        search_text=search_text(content, programme.organisation.name),
        published_by=by,
        published_at=at or timezone.now(),
    )
    VersionSkill.objects.bulk_create(
        VersionSkill(
            version=version,
            position=position,
            name=skill.name,
            kind=skill.kind,
            level=skill.level,
            url=skill.url,
        )
        for position, skill in enumerate(content.skills)
    )
    programme.current = version
    programme.save(update_fields=["current"])
    return version


def as_published(content: Content) -> Content:
    """The content as a version would say it: links name titles and versions of today.

    A link to a programme that has no published version keeps its words only.
    """
    links = (*content.prerequisites, *content.stacks_into)
    ids = {link.programme for link in links if link.programme}
    found = Programme.objects.filter(public_id__in=ids, current__isnull=False)
    current = {one.public_id: one.current for one in found.select_related("current")}
    return replace(
        content,
        prerequisites=tuple(_exact(link, current) for link in content.prerequisites),
        stacks_into=tuple(_exact(link, current) for link in content.stacks_into),
    )


@transaction.atomic
def retire(programme_id: str, *, reason: str, actor: Actor) -> Programme:
    """Offer the programme no longer. What was awarded stays as it is."""
    programme = locked(programme_id, Permission.PROGRAMME_PUBLISH, actor=actor)
    if programme.retired_at is None:
        programme.retired_at = timezone.now()
        programme.save(update_fields=["retired_at"])
        tell(ProgrammeRetired(**about(programme, actor), reason=reason))
    return programme


@transaction.atomic
def reopen(programme_id: str, *, actor: Actor) -> Programme:
    """Offer a retired programme again."""
    programme = locked(programme_id, Permission.PROGRAMME_PUBLISH, actor=actor)
    if programme.retired_at is not None:
        programme.retired_at = None
        programme.save(update_fields=["retired_at"])
        tell(ProgrammeReopened(**about(programme, actor)))
    return programme


def _refuse_unready(content: Content) -> None:
    if missing(content):
        raise Refusal(
            UNFIT,
            _("Before it can be published a programme needs a title, a description, criteria "
              "and at least one skill."),
        )  # fmt: skip
    if wrong := unfit(content):
        raise Refusal(
            UNFIT,
            _("These are too long, too many, or not among what can be said: %(names)s.")
            % {"names": ", ".join(wrong)},
        )


def _exact(link: Link, current: dict[str, Version | None]) -> Link:
    version = current.get(link.programme)
    if version is None:
        return replace(link, version=0, programme="") if link.programme else link
    return replace(link, version=version.number, text=link.text or version.title)
