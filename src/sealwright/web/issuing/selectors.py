"""What there is to know about awards and batches."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from sealwright.web.catalogue.models import Programme, ProgrammeQuerySet
from sealwright.web.core.addresses import normalised_address
from sealwright.web.core.models import Message
from sealwright.web.core.refusals import NOT_FOUND, Refusal
from sealwright.web.issuing.models import Award, AwardQuerySet, Batch, BatchQuerySet
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


def made(programmes: Collection[int]) -> Mapping[int, int]:
    """How many awards were made of each programme, those revoked since left out."""
    awards = Award.objects.filter(programme__in=programmes, revoked_at=None)
    counted = awards.order_by().values_list("programme").annotate(number=Count("pk"))
    return dict(counted)


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


@dataclass(frozen=True, slots=True)
class AwardFilter:
    """Which awards are wanted; what is empty does not count.

    `state` is "waiting", "claimed", "suspended", "revoked" or "cancelled".
    """

    programme: str = ""
    batch: str = ""
    email: str = ""
    state: str = ""

    def of(self, awards: AwardQuerySet) -> AwardQuerySet:
        """Those of the awards."""
        if self.programme:
            awards = awards.filter(programme__public_id=self.programme)
        if self.batch:
            awards = awards.filter(batch__public_id=self.batch)
        if self.email:
            awards = awards.filter(recipient__address=normalised_address(self.email))
        return awards.filter(_STATES[self.state]) if self.state else awards


_STATES: Final = {
    "waiting": Q(claimed_at=None, revoked_at=None),
    "claimed": Q(claimed_at__isnull=False, revoked_at=None),
    "suspended": Q(suspended_at__isnull=False, revoked_at=None),
    "revoked": Q(revoked_at__isnull=False, cancelled_at=None),
    "cancelled": Q(cancelled_at__isnull=False),
}


def awards_after(actor: Actor, chosen: AwardFilter, *, after: str = "", limit: int) -> list[Award]:
    """Awards that the actor may see, the newest first, that come after the award `after`."""
    awards = with_all(chosen.of(Award.objects.visible_to(actor))).order_by("-pk")
    if after:
        awards = awards.filter(pk__lt=_number(Award.objects.visible_to(actor), after))
    return list(awards[:limit])


def programmes_after(actor: Actor, *, after: str = "", limit: int) -> list[Programme]:
    """Programmes that the actor may see, the newest first, that come after that one."""
    visible = Programme.objects.visible_to(actor)
    programmes = visible.select_related("current").order_by("-pk")
    if after:
        programmes = programmes.filter(pk__lt=_number(visible, after))
    return list(programmes[:limit])


def award_of(awards: AwardQuerySet, public_id: str) -> Award:
    """The one of these awards, with all that belongs to it. Raises a `Refusal` (404)."""
    found = with_all(awards).filter(public_id=public_id).first()
    if found is None:
        raise Refusal(NOT_FOUND, _("There is no such award here."))
    return found


def batch_of(batches: BatchQuerySet, public_id: str) -> Batch:
    """The one of these batches. Raises a `Refusal` (404)."""
    wanted = batches.select_related("version__programme", "organisation")
    found = wanted.filter(public_id=public_id).first()
    if found is None:
        raise Refusal(NOT_FOUND, _("There is no such batch here."))
    return found


def with_all(awards: AwardQuerySet) -> AwardQuerySet:
    """The awards with everything that a page or an answer says of them."""
    return awards.select_related(
        "organisation", "programme", "version__programme", "batch", "recipient", "superseded_by"
    )


def _number(rows: AwardQuerySet | ProgrammeQuerySet, public_id: str) -> int:
    """The number of a row; beyond the end for one that is not there."""
    return rows.filter(public_id=public_id).values_list("pk", flat=True).first() or 0
