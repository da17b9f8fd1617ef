"""Saying on the trail what an actor did."""

from __future__ import annotations

from typing import Any

from sealwright.web.core.events import Event, publish
from sealwright.web.organisations.actors import Actor


def tell(
    kind: type[Event], subject: str, /, *, actor: Actor, reason: str = "", **details: Any
) -> None:
    """Publish that the actor did this to `subject` (a public id) in their organisation."""
    publish(
        kind(
            organisation=actor.organisation.public_id,
            actor=actor.label,
            subject=subject,
            reason=reason,
            details=details,
        )
    )
