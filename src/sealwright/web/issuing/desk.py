"""Reading what was issued, as the console shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sealwright.web.audit.models import Entry
from sealwright.web.catalogue.models import Programme, ProgrammeQuerySet
from sealwright.web.core.models import Message
from sealwright.web.issuing.models import (
    Award,
    AwardQuerySet,
    Batch,
    BatchQuerySet,
    Credential,
    Intent,
    StandingOrder,
)
from sealwright.web.issuing.services.recipients import normalised
from sealwright.web.organisations.actors import Actor
from sealwright.web.organisations.permissions import Permission

Standing = Award.Standing

FILTERS: dict[str, tuple[Promise, Q]] = {
    "unclaimed": (_("Waiting to be claimed"), Q(claimed_at=None, revoked_at=None)),
    "claimed": (_("Claimed"), Q(claimed_at__isnull=False)),
    "in-force": (_("In force"), Q(revoked_at=None, suspended_at=None)),
    "suspended": (_("Suspended"), Q(suspended_at__isnull=False, revoked_at=None)),
    "revoked": (_("Revoked"), Q(revoked_at__isnull=False)),
}
"""What a list of awards can be narrowed to."""


@dataclass(frozen=True, slots=True)
class Overview:
    """The figures on the first page of a console."""

    programmes: int
    drafts: int
    awards: int
    unclaimed: int
    revoked: int
    bounced: int
    batches: Sequence[Batch]


def overview(actor: Actor) -> Overview:
    """What is going on, in a fixed number of queries."""
    awards = Award.objects.visible_to(actor)
    programmes = Programme.objects.visible_to(actor).filter(retired_at=None)
    counted = awards.aggregate(
        awards=Count("pk"),
        unclaimed=Count("pk", filter=FILTERS["unclaimed"][1]),
        revoked=Count("pk", filter=FILTERS["revoked"][1]),
    )
    return Overview(
        programmes=programmes.filter(current__isnull=False).count(),
        drafts=programmes.filter(current=None).count(),
        bounced=awards.filter(_bounced(), claimed_at=None, revoked_at=None).count(),
        batches=list(batches(actor)[:5]),
        **counted,
    )


def awards(
    actor: Actor, *, text: str = "", state: str = "", programme: str = "", batch: str = ""
) -> AwardQuerySet:
    """The awards within reach, newest first; `text` looks at names and addresses."""
    rows = Award.objects.visible_to(actor).select_related("version", "recipient", "programme")
    if text:
        rows = rows.filter(
            Q(recipient__name__icontains=text)
            | Q(recipient__address__icontains=normalised(text))
            | Q(public_id=text)
        )
    if state in FILTERS:
        rows = rows.filter(FILTERS[state][1])
    if state == "bounced":
        rows = rows.filter(_bounced(), claimed_at=None)
    if programme:
        rows = rows.filter(programme__public_id=programme)
    if batch:
        rows = rows.filter(batch__public_id=batch)
    return rows.annotate(has_bounced=_bounced()).order_by("-awarded_at", "-pk")


def award_of(actor: Actor, award_id: str) -> Award:
    """An award within reach. Raises `Http404`."""
    rows = Award.objects.visible_to(actor).select_related(
        "version__programme__organisation", "recipient", "batch", "holder", "superseded_by"
    )
    award = rows.annotate(has_bounced=_bounced()).filter(public_id=award_id).first()
    if award is None:
        raise Http404
    return award


def chosen(actor: Actor, public_ids: Sequence[str]) -> list[Award]:
    """These awards, as far as they are within reach."""
    rows = Award.objects.visible_to(actor).select_related("version", "recipient")
    return list(rows.filter(public_id__in=public_ids).order_by("-awarded_at", "-pk"))


def history(award: Award) -> list[Entry]:
    """What the trail says about an award, newest first."""
    rows = Entry.objects.filter(organisation=award.organisation.public_id, subject=award.public_id)
    return list(rows.order_by("-number")[:50])


def mails(award: Award) -> list[Message]:
    """The mails that were written because of an award, newest first."""
    return list(Message.objects.filter(about=award.public_id).order_by("-created_at")[:20])


def credentials_of(award: Award) -> list[Credential]:
    """What was signed for an award, without the documents."""
    rows = Credential.objects.filter(award=award).select_related("key").defer("document")
    return list(rows.order_by("-pk"))


def batches(actor: Actor) -> BatchQuerySet:
    """The batches within reach, newest first."""
    rows = Batch.objects.visible_to(actor).select_related("version__programme")
    return rows.order_by("-created_at", "-pk")


def batch_of(actor: Actor, batch_id: str) -> Batch:
    """A batch within reach. Raises `Http404`."""
    batch = batches(actor).filter(public_id=batch_id).first()
    if batch is None:
        raise Http404
    return batch


def refused(batch: Batch) -> QuerySet[Intent]:
    """The rows of a batch that could not be issued."""
    return batch.intents.filter(state=Intent.State.REFUSED).order_by("number")


def rate_of(batch: Batch) -> float | None:
    """Awards a second, while a batch is carried out; None before anything can be said."""
    if batch.started_at is None or not batch.issued:
        return None
    seconds = ((batch.ended_at or timezone.now()) - batch.started_at).total_seconds()
    return batch.issued / seconds if seconds > 0 else None


def orders(actor: Actor) -> QuerySet[StandingOrder]:
    """Changes of standing that were ordered, newest first."""
    return StandingOrder.objects.visible_to(actor).order_by("-created_at", "-pk")


def order_of(actor: Actor, order_id: str) -> StandingOrder:
    """One of them. Raises `Http404`."""
    order = orders(actor).filter(public_id=order_id).first()
    if order is None:
        raise Http404
    return order


def issuable(actor: Actor) -> ProgrammeQuerySet:
    """The programmes of which the actor may issue awards, by title."""
    rows = Programme.objects.visible_to(actor).filter(current__isnull=False, retired_at=None)
    units = actor.units_with(Permission.AWARD_ISSUE)
    rows = rows if units is None else rows.filter(unit__in=units)
    return rows.select_related("current", "unit").order_by(F("current__title").asc())


def _bounced() -> Exists:
    mails = Message.objects.filter(about=OuterRef("public_id"), state=Message.State.BOUNCED)
    return Exists(mails)
