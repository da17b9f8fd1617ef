"""What every change of a programme begins and ends with."""

from __future__ import annotations

from typing import Any

from sealwright.web.catalogue.models import Programme
from sealwright.web.organisations.actors import Actor
from sealwright.web.organisations.permissions import Permission


def locked(programme_id: str, permission: Permission, *, actor: Actor) -> Programme:
    """The programme, locked for a change that needs `permission`.

    Raises `Http404` for a programme of somebody else, `Refusal` (403) without the permission.
    """
    visible = Programme.objects.visible_to(actor)
    # The lock first, the reading after it: a row that was waited for would otherwise be joined
    # with versions as they were before the wait.
    visible.select_for_update(no_key=True).filter(public_id=programme_id).first()
    programme = visible.named(programme_id)
    actor.require(permission, unit_id=programme.unit_id)
    return programme


def about(programme: Programme, actor: Actor) -> dict[str, Any]:
    """The members that every event about a programme has."""
    return {
        "organisation": actor.organisation.public_id,
        "actor": actor.label,
        "subject": programme.public_id,
    }
