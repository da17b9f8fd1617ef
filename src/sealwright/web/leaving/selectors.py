"""What there is to know before leaving."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from sealwright.web.issuing.models import Award
from sealwright.web.leaving.models import Bundle
from sealwright.web.organisations.actors import Actor

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Loose:
    """What can be settled on the site alone, and never after leaving."""

    awards: int
    unclaimed: int
    suspended: int


def loose_ends(actor: Actor) -> Loose:
    """The numbers of what is still open, in one query."""
    counted = Award.objects.visible_to(actor).aggregate(
        awards=Count("pk"),
        unclaimed=Count("pk", filter=Q(claimed_at=None, revoked_at=None, erased_at=None)),
        suspended=Count("pk", filter=Q(suspended_at__isnull=False, revoked_at=None)),
    )
    return Loose(**counted)


def bundles(actor: Actor) -> list[Bundle]:
    """The newest bundles of the organisation."""
    return list(Bundle.objects.visible_to(actor).order_by("-created_at", "-pk")[:SHOWN])
