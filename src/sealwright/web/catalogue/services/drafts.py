"""Beginning a programme, and working on its draft part by part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sealwright.web.catalogue.content import PARTS, Content, mark_of, members_of
from sealwright.web.catalogue.events import ProgrammeCreated, ProgrammeDrafted
from sealwright.web.catalogue.models import Picture, Programme
from sealwright.web.catalogue.services.locked import about, locked
from sealwright.web.core.events import publish as tell
from sealwright.web.core.refusals import NOT_FOUND, UNFIT, Refusal
from sealwright.web.organisations.actors import Actor
from sealwright.web.organisations.models import Unit
from sealwright.web.organisations.permissions import Permission


class DraftMoved(Exception):
    """Somebody saved the same part since the form was opened. Nothing was written.

    `programme` holds what they saved.
    """

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        super().__init__("the draft has moved on")


@transaction.atomic
def create_programme(
    content: Content = Content(),  # noqa: B008 - a frozen value
    *,
    actor: Actor,
    unit_id: str = "",
) -> Programme:
    """A new programme with `content` as its draft, in the unit of that public id."""
    unit = _unit(unit_id, actor)
    if unit is None and actor.units_with(Permission.PROGRAMME_EDIT):
        raise Refusal(UNFIT, _("Please choose the unit that the programme belongs to."))
    actor.require(Permission.PROGRAMME_EDIT, unit_id=unit.pk if unit else None)
    programme = Programme.objects.create(
        organisation=actor.organisation,
        unit=unit,
        draft=content.as_json(),
        draft_changed_by=actor.label,
    )
    tell(ProgrammeCreated(**about(programme, actor), details={"title": content.title}))
    return programme


@transaction.atomic
def copy_programme(programme_id: str, *, actor: Actor) -> Programme:
    """A new programme that begins with what another one of the organisation says now."""
    source = Programme.objects.visible_to(actor).named(programme_id)
    title = _("%(title)s (copy)") % {"title": source.title} if source.title else ""
    unit_id = source.unit.public_id if source.unit else ""
    return create_programme(replace(source.content, title=title), actor=actor, unit_id=unit_id)


@transaction.atomic
def save_part(
    programme_id: str, part: str, members: Mapping[str, Any], *, seen: str, actor: Actor
) -> Programme:
    """Put `members` (JSON values) into the draft. `seen` is `mark_of` the part as it was opened.

    Raises `DraftMoved` when the part was changed since by somebody else.
    """
    programme = locked(programme_id, Permission.PROGRAMME_EDIT, actor=actor)
    if set(members) - set(PARTS[part]):
        raise ValueError(f"not of the part {part}: {sorted(set(members) - set(PARTS[part]))}")
    changed = Content.from_json(programme.draft | dict(members))
    _check_picture(changed, actor)
    if members_of(changed, part) == members_of(programme.content, part):
        return programme
    if mark_of(programme.content, part) != seen:
        raise DraftMoved(programme)
    programme.draft = changed.as_json()
    programme.draft_changed_at = timezone.now()
    programme.draft_changed_by = actor.label
    programme.save(update_fields=["draft", "draft_changed_at", "draft_changed_by"])
    tell(ProgrammeDrafted(**about(programme, actor), details={"part": part}))
    return programme


def _unit(unit_id: str, actor: Actor) -> Unit | None:
    if not unit_id:
        return None
    unit = Unit.objects.filter(
        organisation=actor.organisation, public_id=unit_id, closed_at=None
    ).first()
    if unit is None:
        raise Refusal(NOT_FOUND, _("There is no such unit here, or it was closed."))
    return unit


def _check_picture(content: Content, actor: Actor) -> None:
    if content.picture and not (
        Picture.objects.filter(organisation=actor.organisation, public_id=content.picture).exists()
    ):
        raise Refusal(UNFIT, _("There is no such picture. Please bring it once more."))
