"""The parts of an organisation: made, named, closed and opened again."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sealwright.web.core.refusals import CONFLICT, NOT_FOUND, Refusal
from sealwright.web.organisations.actors import Actor
from sealwright.web.organisations.events import UnitClosed, UnitMade, UnitRenamed, UnitReopened
from sealwright.web.organisations.models import Unit
from sealwright.web.organisations.permissions import Permission
from sealwright.web.organisations.services.telling import tell


@transaction.atomic
def make_unit(*, name: str, parent: str = "", actor: Actor) -> Unit:
    """A new unit, below the unit with the public id `parent` or directly below the whole.

    Raises `Refusal`: 404 for a parent elsewhere, 409 for a name that is taken or a closed
    parent.
    """
    actor.require(Permission.ORGANISATION_EDIT)
    above = _locked(parent, actor) if parent else None
    if above is not None and above.closed_at is not None:
        raise Refusal(CONFLICT, _("“%s” is closed and takes up nothing new.") % above.name)
    try:
        with transaction.atomic():
            unit = Unit.objects.create(organisation=actor.organisation, parent=above, name=name)
    except IntegrityError as problem:
        raise _name_taken(name) from problem
    tell(UnitMade, unit.public_id, actor=actor, name=name, parent=parent)
    return unit


@transaction.atomic
def rename_unit(public_id: str, *, name: str, actor: Actor) -> Unit:
    """Give a unit another name; an empty one leaves it as it is.

    Raises `Refusal`: 404 elsewhere, 409 for a name that is taken.
    """
    actor.require(Permission.ORGANISATION_EDIT)
    unit = _locked(public_id, actor)
    before = unit.name
    if name and name != before:
        unit.name = name
        try:
            with transaction.atomic():
                unit.save(update_fields=["name"])
        except IntegrityError as problem:
            raise _name_taken(name) from problem
        tell(UnitRenamed, unit.public_id, actor=actor, before=before, now=name)
    return unit


@transaction.atomic
def close_unit(public_id: str, *, reason: str = "", actor: Actor) -> Unit:
    """Have a unit take up nothing new. Its programmes, awards and people stay as they are.

    Raises `Refusal`: 404 elsewhere, 409 while a unit below it is open.
    """
    actor.require(Permission.ORGANISATION_EDIT)
    unit = _locked(public_id, actor)
    if Unit.objects.filter(parent=unit, closed_at=None).exists():
        raise Refusal(CONFLICT, _("Units below “%s” are open. Close them first.") % unit.name)
    if unit.closed_at is None:
        unit.closed_at = timezone.now()
        unit.save(update_fields=["closed_at"])
        tell(UnitClosed, unit.public_id, actor=actor, reason=reason)
    return unit


@transaction.atomic
def reopen_unit(public_id: str, *, actor: Actor) -> Unit:
    """Undo `close_unit`. Raises `Refusal`: 404 elsewhere, 409 while the unit above is closed."""
    actor.require(Permission.ORGANISATION_EDIT)
    unit = _locked(public_id, actor)
    if unit.parent is not None and unit.parent.closed_at is not None:
        raise Refusal(CONFLICT, _("“%s” is closed. Open it first.") % unit.parent.name)
    if unit.closed_at is not None:
        unit.closed_at = None
        unit.save(update_fields=["closed_at"])
        tell(UnitReopened, unit.public_id, actor=actor)
    return unit


def _locked(public_id: str, actor: Actor) -> Unit:
    units = Unit.objects.visible_to(actor).select_for_update(no_key=True)
    unit = units.filter(public_id=public_id).first()
    if unit is None:
        raise Refusal(NOT_FOUND, _("There is no such unit."))
    return unit


def _name_taken(name: str) -> Refusal:
    return Refusal(CONFLICT, _("There is a unit with the name “%s” already.") % name)
