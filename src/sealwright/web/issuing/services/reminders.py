"""Awards that wait to be claimed: reminding, sending again, and taking back in the end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import Exists, Max, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from sealwright.web.core import mail
from sealwright.web.core.addresses import normalised_address
from sealwright.web.core.events import publish, publish_all
from sealwright.web.core.models import Message
from sealwright.web.core.refusals import CONFLICT, NOT_FOUND, UNFIT, Refusal
from sealwright.web.core.transactions import in_transaction
from sealwright.web.issuing.events import OfferReaddressed, OfferReminded
from sealwright.web.issuing.models import Award, AwardQuerySet, Reason
from sealwright.web.issuing.services.offers import (
    CLAIMABLE,
    OFFER,
    REMINDER,
    claim_hash,
    claim_link,
    offer_mail,
    reminder_mail,
)
from sealwright.web.issuing.services.recipients import recipient_key
from sealwright.web.issuing.services.standing import cancel_offers
from sealwright.web.organisations.actors import Actor, worker
from sealwright.web.organisations.permissions import Permission

AFTER: Final = (timedelta(days=7), timedelta(days=30))
"""When we remind of our own accord, counted from the offer."""

NOT_AGAIN_WITHIN: Final = timedelta(days=1)
PIECE: Final = 200


@dataclass(frozen=True, slots=True)
class Reminded:
    """How many people were reminded, and how many not: claimed, bounced, or just reminded."""

    reminded: int
    passed_over: int


def remind(award_ids: Iterable[str], *, actor: Actor) -> Reminded:
    """Remind people now of awards that wait for them, at most once a day each.

    Raises a `Refusal`: 404 if one of the awards is not there, 403 without the permission.
    """
    ids = list(dict.fromkeys(award_ids))
    reminded = 0
    for start in range(0, len(ids), PIECE):
        reminded += in_transaction(partial(_reminded, ids[start : start + PIECE], actor))
    return Reminded(reminded, len(ids) - reminded)


def remind_due() -> bool:
    """Remind a piece of those who were not reminded in time; the worker's duty."""
    return in_transaction(_remind_piece)


def expire_due() -> bool:
    """Take back a piece of the awards whose time to be claimed is over; the worker's duty."""
    over = _waiting().filter(claim_until__lte=timezone.now()).order_by("claim_until", "pk")
    first = over.select_related("organisation").first()
    if first is None:
        return False
    of_one = over.filter(organisation=first.organisation).values_list("public_id", flat=True)
    cancel_offers(
        list(of_one[:PIECE]), reason=Reason.NEVER_CLAIMED, actor=worker(first.organisation)
    )
    return True


def readdress_offer(award_id: str, address: str, *, actor: Actor) -> Award:
    """Send an award that nobody has claimed to another address of the same person.

    Links in earlier mails stop working, and the time to claim starts anew. Raises a `Refusal`:
    409 once it was claimed, where the other address holds the award already, and where the
    old address is part of what was signed.
    """
    address = _checked(address)
    try:
        return in_transaction(lambda: _readdressed(award_id, address, actor))
    except IntegrityError:
        raise _holds_it() from None


@transaction.atomic
def claim_link_of(award_id: str, *, actor: Actor) -> str:
    """The link by which an award is claimed, to be handed over by other means than mail."""
    award = _one(award_id, actor)
    if not award.claim_hash:
        award.claim_hash = claim_hash(award.public_id, award.claim_round)
        award.save(update_fields=["claim_hash"])
    return claim_link(award)


def _waiting() -> AwardQuerySet:
    """Awards that nobody has claimed and that stand."""
    return Award.objects.filter(claimed_at=None, revoked_at=None, suspended_at=None, erased_at=None)


def _bounced() -> Exists:
    """Did the last mail to this award's address come back?"""
    mails = Message.objects.filter(about=OuterRef("public_id"), kind__in=(OFFER, REMINDER))
    return Exists(mails.filter(state=Message.State.BOUNCED, to=OuterRef("recipient__address")))


def _remind_piece() -> bool:
    now = timezone.now()
    first, second = (now + CLAIMABLE - after for after in AFTER)
    due = Q(reminders=0, claim_until__lte=first) | Q(reminders=1, claim_until__lte=second)
    rested = Q(reminded_at=None) | Q(reminded_at__lte=now - NOT_AGAIN_WITHIN)
    awards = _reachable(now).filter(due, rested).exclude(claim_hash="").order_by("claim_until")
    piece = list(awards[:PIECE])
    _send(piece, at=now, actor="worker")
    return len(piece) == PIECE


def _reminded(award_ids: Sequence[str], actor: Actor) -> int:
    actor.require_somewhere(Permission.AWARD_ISSUE)
    visible = Award.objects.visible_to(actor).filter(public_id__in=award_ids)
    units = list(visible.values_list("programme__unit_id", flat=True))
    if len(units) < len(award_ids):
        raise Refusal(NOT_FOUND, _("There is no such award here."))
    for unit in set(units):
        actor.require(Permission.AWARD_ISSUE, unit_id=unit)
    now = timezone.now()
    rested = Q(reminded_at=None) | Q(reminded_at__lte=now - NOT_AGAIN_WITHIN)
    awards = list(_reachable(now).filter(rested, public_id__in=award_ids).order_by("pk"))
    _send(awards, at=now, actor=actor.label)
    return len(awards)


def _reachable(now: datetime) -> AwardQuerySet:
    """Awards whose people can still be written to, locked."""
    awards = _waiting().filter(claim_until__gt=now).exclude(recipient__address="")
    awards = awards.filter(~_bounced(), recipient__isnull=False)
    return awards.select_related(
        "version__programme__organisation", "organisation", "recipient"
    ).select_for_update(no_key=True, of=("self",))


def _send(awards: Sequence[Award], *, at: datetime, actor: str) -> None:
    for award in awards:
        award.reminders += 1
        award.reminded_at = at
        award.claim_hash = award.claim_hash or claim_hash(award.public_id, award.claim_round)
    Award.objects.bulk_update(awards, ["reminders", "reminded_at", "claim_hash"])
    mail.queue(
        reminder_mail(
            award,
            provider=award.organisation.name,
            title=award.version.title,
            to=award.recipient.address,
            name=award.recipient.name,
        )
        for award in awards
    )
    publish_all(
        OfferReminded(
            organisation=award.organisation.public_id,
            actor=actor,
            subject=award.public_id,
            details={"times": award.reminders},
        )
        for award in awards
    )


def _one(award_id: str, actor: Actor) -> Award:
    """An award that nobody has claimed, locked, which the actor may send."""
    awards = Award.objects.visible_to(actor).select_for_update(no_key=True, of=("self",))
    award = (
        awards.select_related("version__programme__organisation", "organisation", "recipient")
        .filter(public_id=award_id)
        .first()
    )
    if award is None:
        raise Refusal(NOT_FOUND, _("There is no such award here."))
    actor.require(Permission.AWARD_ISSUE, unit_id=award.version.programme.unit_id)
    if award.revoked_at is not None:
        raise Refusal(CONFLICT, _("This award was revoked or taken back. Award it again."))
    if award.claimed_at is not None:
        raise Refusal(CONFLICT, _("This award was claimed already."))
    if award.erased_at is not None:
        raise Refusal(CONFLICT, _("The data of this award's person was erased."))
    return award


def _checked(address: str) -> str:
    address = normalised_address(address)
    try:
        validate_email(address)
    except ValidationError:
        raise Refusal(UNFIT, _("This is no e-mail address.")) from None
    return address


def _readdressed(award_id: str, address: str, actor: Actor) -> Award:
    award = _one(award_id, actor)
    recipient = award.recipient
    if recipient.address == address:
        raise Refusal(CONFLICT, _("The award was sent to this very address."))
    if award.version.content.email_hashed:
        said = _(
            "The old address is part of what was signed. Take this award back and issue it to "
            "the right address."
        )
        raise Refusal(CONFLICT, said)
    award.recipient_key = recipient_key(address)
    award.revision = _free_revision(award)
    award.claim_round += 1
    award.claim_hash = claim_hash(award.public_id, award.claim_round)
    award.claim_until = timezone.now() + CLAIMABLE
    award.reminders, award.reminded_at = 0, None
    award.save()
    recipient.address = address
    recipient.save(update_fields=["address"])
    mail.cancel([award.public_id], [OFFER, REMINDER])
    mail.queue(
        [
            offer_mail(
                award,
                provider=award.organisation.name,
                title=award.version.title,
                to=address,
                name=recipient.name,
                note=award.batch.options.get("note", ""),
            )
        ]
    )
    publish(
        OfferReaddressed(
            organisation=award.organisation.public_id,
            actor=actor.label,
            subject=award.public_id,
        )
    )
    return award


def _free_revision(award: Award) -> int:
    """The revision under which the person of the new address gets this award.

    As when issuing, offers that were cancelled count as never made; anything else they hold
    already.
    """
    others = Award.objects.filter(
        programme=award.programme_id, recipient_key=award.recipient_key, period=award.period
    ).exclude(pk=award.pk)
    if others.filter(cancelled_at=None).exists():
        raise _holds_it()
    last: int | None = others.aggregate(last=Max("revision"))["last"]
    return 0 if last is None else last + 1


def _holds_it() -> Refusal:
    return Refusal(CONFLICT, _("The person with this address holds the award already."))
