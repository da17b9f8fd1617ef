"""What there is to know about awards on their way to people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from sealwright.web.core.models import Message
from sealwright.web.issuing.models import Award, AwardQuerySet
from sealwright.web.organisations.actors import Actor

OFFERING = ("offer", "reminder")
"""The kinds of mail that bring an award to somebody."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of the newest mail about an award."""

    state: Message.State
    kind: str
    at: datetime
    problem: str

    @property
    def has_come_back(self) -> bool:
        """Will another mail to the same address be in vain, as far as we know?"""
        return self.state in (Message.State.BOUNCED, Message.State.FAILED)


def deliveries(awards: Iterable[Award]) -> Mapping[str, Delivery]:
    """The delivery of each award that was mailed, by its public id; one query for all."""
    mails = Message.objects.filter(
        about__in=[award.public_id for award in awards], kind__in=OFFERING
    )
    return {
        mail.about: Delivery(
            Message.State(mail.state), mail.kind, mail.sent_at or mail.created_at, mail.problem
        )
        for mail in mails.order_by("pk")
    }


def unclaimed(actor: Actor) -> AwardQuerySet:
    """Awards that wait for somebody to claim them, the soonest to run out first."""
    awards = Award.objects.visible_to(actor).filter(
        claimed_at=None, revoked_at=None, erased_at=None, claim_until__gt=timezone.now()
    )
    return awards.order_by("claim_until", "pk")


def come_back(actor: Actor) -> AwardQuerySet:
    """Of these, the ones whose newest mail could not be delivered."""
    mails = Message.objects.filter(about=OuterRef("public_id"), kind__in=OFFERING)
    newest = Subquery(mails.order_by("-pk").values("state")[:1])
    failed = (Message.State.BOUNCED, Message.State.FAILED)
    return unclaimed(actor).annotate(mailed=newest).filter(mailed__in=failed)
