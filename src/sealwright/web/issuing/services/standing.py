"""Whether awards stand: revoked, suspended, put back, taken back, corrected.

A revocation cannot be undone, a suspension can. Each change is one transaction of all its
traces: the award, a fact for each status list place, an audit row, a mail to the holder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from sealwright.web.core import mail
from sealwright.web.core.events import Event, publish_all
from sealwright.web.core.refusals import CONFLICT, NOT_FOUND, Refusal
from sealwright.web.issuing.events import (
    AwardIssued,
    AwardReinstated,
    AwardRevoked,
    AwardSuperseded,
    AwardSuspended,
    OfferCancelled,
)
from sealwright.web.issuing.models import (
    Award,
    AwardQuerySet,
    Batch,
    Credential,
    Reason,
    StandingOrder,
    StatusList,
)
from sealwright.web.issuing.services import notices
from sealwright.web.issuing.services.batches import Person, award_one
from sealwright.web.issuing.services.orders import make_order
from sealwright.web.issuing.services.status import set_bits
from sealwright.web.organisations.actors import Actor
from sealwright.web.organisations.permissions import Permission

Kind = StandingOrder.Kind
Chosen = Iterable[str] | Batch
"""Public ids of awards, or a whole batch."""

CORRECTS = "corrects"
"""Option of a batch: the public id of the award that its one award takes the place of."""


def revoke_awards(
    chosen: Chosen, *, reason: Reason, note: str = "", public: bool = False, actor: Actor
) -> StandingOrder:
    """Withdraw awards for good. `public` lets everybody read the reason and the note.

    Up to 500 are revoked when this returns, more in the background. Raises a `Refusal`.
    """
    return _order(
        Kind.REVOKE, chosen, actor, reason=reason, note=note, is_public=public,
        possible=lambda award: award.revoked_at is None,
        otherwise=_("What you chose is revoked already."),
    )  # fmt: skip


def suspend_awards(
    chosen: Chosen, *, note: str = "", public: bool = False, actor: Actor
) -> StandingOrder:
    """Put awards out of force until they are reinstated. Raises a `Refusal`."""
    return _order(
        Kind.SUSPEND, chosen, actor, note=note, is_public=public,
        possible=lambda award: award.revoked_at is None and award.suspended_at is None,
        otherwise=_("What you chose is suspended or revoked already."),
    )  # fmt: skip


def reinstate_awards(chosen: Chosen, *, note: str = "", actor: Actor) -> StandingOrder:
    """Put suspended awards back in force. Raises a `Refusal`."""
    return _order(
        Kind.REINSTATE, chosen, actor, note=note,
        possible=lambda award: award.revoked_at is None and award.suspended_at is not None,
        otherwise=_(
            "What you chose is not suspended. A revocation cannot be undone: award it again."
        ),
    )  # fmt: skip


def cancel_offers(
    chosen: Chosen,
    *,
    reason: Reason = Reason.ISSUED_IN_ERROR,
    note: str = "",
    actor: Actor,
) -> StandingOrder:
    """Take awards back that nobody has claimed: revoked, the link dead, mails held back.

    Raises a `Refusal`.
    """
    return _order(
        Kind.CANCEL, chosen, actor, reason=reason, note=note,
        possible=lambda award: award.claimed_at is None and award.revoked_at is None,
        otherwise=_("What you chose was claimed or revoked already. Revoke it instead."),
    )  # fmt: skip


def correct_award(award_id: str, *, person: Person, actor: Actor, why: str) -> Award:
    """Award again with what was wrong put right; the award it replaces is revoked with it.

    `person` is as it should have been. A holder who claimed the old one holds the new one,
    as long as it is the same person by their address or identifier. Raises a `Refusal`.
    """
    old = _visible(actor).filter(public_id=award_id).first()
    if old is None:
        raise _not_found()
    actor.require(Permission.AWARD_REVOKE, unit_id=old.programme.unit_id)
    if old.revoked_at is not None:
        raise Refusal(CONFLICT, _("A revoked award cannot be corrected. Award it again."))
    corrected = _counted_on(person, old)
    is_held = old.claimed_at is not None and corrected.key == old.recipient_key
    return award_one(
        old.version,
        corrected,
        actor=actor,
        source=Batch.Source.CORRECTION,
        why=why,
        key=f"correction:{old.public_id}",
        options={CORRECTS: old.public_id, "send_mail": not is_held},
    )


def supersede_corrected(events: Sequence[AwardIssued]) -> None:
    """When a correction is issued, revoke what it corrects, in the same transaction."""
    batches = {str(event.details.get("batch")) for event in events}
    corrections = Batch.objects.filter(public_id__in=batches, source=Batch.Source.CORRECTION)
    for batch in corrections.select_related("organisation"):
        for new in Award.objects.filter(batch=batch, public_id__in=[e.subject for e in events]):
            _supersede(batch, new)


# --- The work on a piece --------------------------------------------------------------------


def revoke(order: StandingOrder, awards: Sequence[Award]) -> int:
    """Revoke those that are not revoked yet."""
    todo = [award for award in awards if award.revoked_at is None]
    _revoke(todo, order.reason, order.note, public=order.is_public)
    publish_all(_events(AwardRevoked, order, todo, {"reason": order.reason}))
    mail.queue(notices.revoked(todo))
    return len(todo)


def suspend(order: StandingOrder, awards: Sequence[Award]) -> int:
    """Suspend those that are in force."""
    now = timezone.now()
    todo = [each for each in awards if each.revoked_at is None and each.suspended_at is None]
    _change(todo, suspended_at=now, suspension_note=order.note)
    _set(todo, StatusList.Purpose.SUSPENSION, True, at=now)
    publish_all(_events(AwardSuspended, order, todo, {}))
    mail.queue(notices.suspended(todo, occasion=order.public_id))
    return len(todo)


def reinstate(order: StandingOrder, awards: Sequence[Award]) -> int:
    """Put those back in force that are suspended."""
    todo = [each for each in awards if each.revoked_at is None and each.suspended_at is not None]
    _change(todo, suspended_at=None, suspension_note="")
    _set(todo, StatusList.Purpose.SUSPENSION, False, at=timezone.now())
    publish_all(_events(AwardReinstated, order, todo, {}))
    mail.queue(notices.reinstated(todo, occasion=order.public_id))
    return len(todo)


def cancel(order: StandingOrder, awards: Sequence[Award]) -> int:
    """Take those back that nobody has claimed."""
    todo = [each for each in awards if each.claimed_at is None and each.revoked_at is None]
    told = notices.told_of(todo)
    _revoke(todo, order.reason, order.note, cancelled_at=timezone.now())
    publish_all(_events(OfferCancelled, order, todo, {"reason": order.reason}))
    if order.reason != Reason.NEVER_CLAIMED:
        mail.queue(notices.cancelled([award for award in todo if award.public_id in told]))
    return len(todo)


# --- Choosing -------------------------------------------------------------------------------


def _order(
    kind: StandingOrder.Kind,
    chosen: Chosen,
    actor: Actor,
    *,
    possible: Callable[[Award], bool],
    otherwise: str,
    **fields: Any,
) -> StandingOrder:
    fields |= {"kind": kind, "note": fields["note"].strip()}
    if isinstance(chosen, Batch):
        return make_order(actor, batch=_settled_batch(chosen, actor), **fields)
    awards = _chosen_awards(list(dict.fromkeys(chosen)), actor)
    if not any(possible(award) for award in awards):
        raise Refusal(CONFLICT, otherwise)
    return make_order(actor, picked=[award.pk for award in awards], **fields)


def _chosen_awards(public_ids: Sequence[str], actor: Actor) -> list[Award]:
    """All of them. Raises a `Refusal` if one is not there, or not the actor's to change."""
    actor.require_somewhere(Permission.AWARD_REVOKE)
    awards: list[Award] = []
    for start in range(0, len(public_ids), 500):
        awards += _visible(actor).filter(public_id__in=public_ids[start : start + 500])
    if not awards or len(awards) < len(public_ids):
        raise _not_found()
    for unit in {award.programme.unit_id for award in awards}:
        actor.require(Permission.AWARD_REVOKE, unit_id=unit)
    return awards


def _settled_batch(chosen: Batch, actor: Actor) -> Batch:
    """The batch, if nothing more will be issued of it for now. Raises a `Refusal`."""
    found = Batch.objects.visible_to(actor).select_related("version__programme")
    batch = found.filter(pk=chosen.pk).first()
    if batch is None:
        raise _not_found()
    actor.require(Permission.AWARD_REVOKE, unit_id=batch.version.programme.unit_id)
    if batch.state not in (Batch.State.DONE, Batch.State.CANCELLED, Batch.State.PAUSED):
        raise Refusal(
            CONFLICT, _("This batch is still being issued. Pause or cancel it first, then go on.")
        )
    return batch


def _counted_on(person: Person, old: Award) -> Person:
    """The person as they come after all earlier awards of the same thing."""
    same = Award.objects.filter(
        programme=old.programme, recipient_key=person.key, period=old.period
    )
    last = same.aggregate(last=Max("revision"))["last"]
    revision = 0 if last is None else last + 1
    return replace(person, period=old.period, revision=revision)


def _visible(actor: Actor) -> AwardQuerySet:
    return Award.objects.visible_to(actor).select_related("programme", "version")


def _not_found() -> Refusal:
    return Refusal(NOT_FOUND, _("There is no such award here."))


# --- Changing -------------------------------------------------------------------------------


def _revoke(
    awards: Sequence[Award], reason: str, note: str, *, public: bool = False, **more: Any
) -> None:
    """Revoked for good: their links say so, and no mail offers them any more."""
    now = timezone.now()
    _change(
        awards, revoked_at=now, revocation_reason=reason, revocation_note=note,
        reason_is_public=public, **more,
    )  # fmt: skip
    _set(awards, StatusList.Purpose.REVOCATION, True, at=now)
    mail.cancel([award.public_id for award in awards], notices.OFFERING)


def _change(awards: Sequence[Award], **values: Any) -> None:
    """The same new values for all of them."""
    Award.objects.filter(pk__in=[award.pk for award in awards]).update(**values)
    for award in awards:
        for name, value in values.items():
            setattr(award, name, value)


def _set(
    awards: Sequence[Award], purpose: StatusList.Purpose, value: bool, *, at: datetime
) -> None:
    """The bits of everything that was signed for these awards."""
    credentials = Credential.objects.filter(award__in=[award.pk for award in awards])
    set_bits(credentials.values_list("block_id", "index"), purpose, value, at=at)


def _events(
    kind: type[Event], order: StandingOrder, awards: Sequence[Award], details: Mapping[str, Any]
) -> list[Event]:
    return [
        kind(
            organisation=order.organisation.public_id,
            actor=order.made_by,
            subject=award.public_id,
            reason=order.note,
            details={**details, "order": order.public_id},
        )
        for award in awards
    ]


def _supersede(batch: Batch, new: Award) -> None:
    awards = Award.objects.select_for_update(no_key=True, of=("self",)).select_related(
        "version__programme", "organisation", "holder", "recipient"
    )
    old = awards.get(organisation=batch.organisation, public_id=batch.options[CORRECTS])
    if old.claimed_at is not None and old.recipient_key == new.recipient_key:
        _change(
            [new], holder=old.holder, holder_proof=old.holder_proof, visibility=old.visibility,
            claimed_at=timezone.now(),
        )  # fmt: skip
    if old.revoked_at is None:
        _revoke([old], Reason.SUPERSEDED, batch.why)
    _change([old], superseded_by=new)
    publish_all(
        [
            AwardSuperseded(
                organisation=batch.organisation.public_id,
                actor=batch.made_by,
                subject=old.public_id,
                reason=batch.why,
                details={"by": new.public_id},
            )
        ]
    )
    mail.queue(notices.superseded(old, new))
