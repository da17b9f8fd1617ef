"""The one door through which everything is issued: intents recorded, then carried out.

`make_batch` commits what is to be issued; `carry_out` issues it piece by piece, each piece in
one transaction: award, credential, log leaf, mail and audit row, or none of them. A process
that is killed anywhere leaves rows that the next one carries on from, to the same bytes.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from sealwright.credentials.errors import CredentialError
from sealwright.credentials.issue import Template
from sealwright.credentials.jsonld import ContextStore
from sealwright.credentials.keys import PublicKey
from sealwright.credentials.proofs import verify_proof
from sealwright.web.catalogue.models import Programme, Version
from sealwright.web.core import mail
from sealwright.web.core.events import publish, publish_all
from sealwright.web.core.models import Message
from sealwright.web.core.points import reached
from sealwright.web.core.refusals import CONFLICT, NOT_FOUND, Refusal
from sealwright.web.core.transactions import in_transaction
from sealwright.web.issuing.errors import SignatureWrong
from sealwright.web.issuing.events import AwardIssued, BatchCancelled, BatchPaused, BatchResumed
from sealwright.web.issuing.models import (
    Award,
    Batch,
    Credential,
    Intent,
    Recipient,
    SigningKey,
)
from sealwright.web.issuing.services import documents, keys
from sealwright.web.issuing.services.dates import moment
from sealwright.web.issuing.services.intake import LEASE, Person, make_batch
from sealwright.web.issuing.services.offers import CLAIMABLE, claim_hash, offer_mail
from sealwright.web.organisations.actors import Actor
from sealwright.web.organisations.permissions import Permission
from sealwright.web.transparency.services import append, leaf_data

__all__ = ["Person", "award_one", "cancel_batch", "carry_out", "carry_out_next", "make_batch",
           "pause_batch", "resume_batch", "sweep"]  # fmt: skip

PIECE: Final = 250
STUMBLES: Final = 5
"""After so many failures in a row a batch is paused, and people are told."""

CUT_OFF: Final = timedelta(hours=1)
"""A batch whose taking in stopped this long ago will not be completed by anybody."""

_OPEN: Final = (Batch.State.READY, Batch.State.RUNNING)
_NOT_OVER: Final = (*_OPEN, Batch.State.PAUSED, Batch.State.TAKING_IN)


def award_one(
    version: Version,
    person: Person,
    *,
    actor: Actor,
    source: Batch.Source,
    why: str = "",
    key: str = "",
    options: Mapping[str, Any] | None = None,
) -> Award:
    """Issue to one person now. Raises a `Refusal` that says why it could not be done.

    Not within a transaction: what is signed must be stored before anybody hears of it.
    """
    batch = make_batch(
        version, [person], actor=actor, source=source, why=why, key=key, options=options, held=True
    )
    while carry_out(batch.pk, held=True):
        pass
    intent = batch.intents.get()
    if intent.state != Intent.State.ISSUED:
        Batch.objects.filter(pk=batch.pk).update(key="")  # so that it may be asked again
        raise Refusal(CONFLICT, intent.refusal_detail or intent.refusal or batch.trouble)
    return Award.objects.get(public_id=intent.award_id)


def carry_out_next() -> bool:
    """Carry out a piece of a batch that waits or was left behind; the worker's duty.

    The batch that waited longest is next, so a large one does not keep small ones waiting.
    """
    free = Q(lease_until=None) | Q(lease_until__lte=timezone.now())
    waiting = Batch.objects.filter(free, state__in=_OPEN)
    longest = waiting.order_by(F("lease_until").asc(nulls_first=True), "pk")
    number = longest.values_list("pk", flat=True).first()
    if number is not None:
        carry_out(number)
    return number is not None


def carry_out(number: int, *, held: bool = False) -> bool:
    """Issue a piece of the batch; whether there is more of it to do.

    `held` says that the caller has the lease already, and is told of a `Refusal`, which
    cancels the batch; otherwise it pauses it and people are told by `Batch.trouble`.
    """
    batch = in_transaction(lambda: _lease(number, held))
    if batch is None:
        return False
    try:
        piece = _signed(batch)
        if piece.signed:
            in_transaction(lambda: _store(piece))
        reached("commit")
    except (Refusal, CredentialError, SignatureWrong) as problem:
        trouble = str(problem.detail if isinstance(problem, Refusal) else problem)
        in_transaction(lambda: _put_off(number, trouble, cancel=held))
        if held:
            raise
        return False
    except Exception:
        in_transaction(lambda: _stumbled(number))
        raise
    return in_transaction(lambda: _released(number, held))


# --- What people do to a batch --------------------------------------------------------------


def pause_batch(public_id: str, *, reason: str = "", actor: Actor) -> Batch:
    """Stop a batch after the piece that is being issued. Raises a `Refusal`."""
    return in_transaction(lambda: _moved(public_id, Batch.State.PAUSED, _OPEN, reason, actor))


def resume_batch(public_id: str, *, reason: str = "", actor: Actor) -> Batch:
    """Let a paused batch go on. Raises a `Refusal`."""
    paused = (Batch.State.PAUSED,)
    return in_transaction(lambda: _moved(public_id, Batch.State.READY, paused, reason, actor))


def cancel_batch(public_id: str, *, reason: str = "", actor: Actor) -> Batch:
    """Issue no more of a batch; what was issued stays. Raises a `Refusal`."""
    over = Batch.State.CANCELLED
    return in_transaction(lambda: _moved(public_id, over, _NOT_OVER, reason, actor))


def sweep() -> bool:
    """Cancel batches that were cut off while being taken in; the worker's duty.

    Their key is free again, so the same request makes a new one. Tables complete their own.
    """
    late = timezone.now() - CUT_OFF
    left = Batch.objects.filter(state=Batch.State.TAKING_IN, lease_until__lt=late)
    number = left.exclude(source=Batch.Source.CSV).values_list("pk", flat=True).first()
    if number is None:
        return False
    trouble = _("The request broke off before all of it had arrived. Nothing was issued.")
    in_transaction(lambda: _put_off(number, trouble, cancel=True))
    return True


_MOVES: Final = {
    Batch.State.PAUSED: BatchPaused,
    Batch.State.READY: BatchResumed,
    Batch.State.CANCELLED: BatchCancelled,
}


def _moved(
    public_id: str, to: Batch.State, come_from: Collection[str], reason: str, actor: Actor
) -> Batch:
    batches = Batch.objects.visible_to(actor).select_for_update(no_key=True, of=("self",))
    batch = batches.select_related("version__programme").filter(public_id=public_id).first()
    if batch is None:
        raise Refusal(NOT_FOUND, _("There is no such batch."))
    actor.require(Permission.AWARD_ISSUE, unit_id=batch.version.programme.unit_id)
    if batch.state not in come_from:
        said = _("This batch cannot be changed like that any more. It is: %(state)s.")
        raise Refusal(CONFLICT, said % {"state": batch.get_state_display()})
    _move(batch, to, actor=actor.label, reason=reason)
    return batch


def _move(batch: Batch, to: Batch.State, *, actor: str, reason: str, trouble: str = "") -> None:
    """Set the state of a batch that is locked, and say so."""
    batch.state, batch.trouble = to, trouble[:300]
    batch.stumbles, batch.lease_until = 0, None
    if to == Batch.State.CANCELLED:
        batch.ended_at, batch.key = timezone.now(), ""
        pending = batch.intents.filter(state=Intent.State.PENDING)
        pending.update(state=Intent.State.DROPPED, address="", name="", values={})
    batch.save(update_fields=["state", "trouble", "stumbles", "lease_until", "ended_at", "key"])
    publish(
        _MOVES[to](
            organisation=batch.organisation.public_id,
            actor=actor,
            subject=batch.public_id,
            reason=reason or trouble,
        )
    )


# --- A piece --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Signed:
    """An intent and what came of it: a document, or why there is none."""

    intent: Intent
    document: bytes = b""
    refusal: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Signed documents that are not stored yet, and the key that signed them."""

    batch: Batch
    key: SigningKey
    signed: Sequence[_Signed]


def _locked(number: int) -> Batch:
    batches = Batch.objects.select_for_update(no_key=True, of=("self",))
    return batches.select_related("version__programme__organisation", "organisation").get(pk=number)


def _lease(number: int, held: bool) -> Batch | None:
    now = timezone.now()
    batch = _locked(number)
    if batch.state not in _OPEN:
        return None
    if not held and batch.lease_until is not None and batch.lease_until > now:
        return None
    batch.state = Batch.State.RUNNING
    batch.started_at = batch.started_at or now
    batch.lease_until = now + LEASE
    batch.save(update_fields=["state", "started_at", "lease_until"])
    return batch


def _released(number: int, held: bool) -> bool:
    """Give the lease back; whether there is more to do."""
    now = timezone.now()
    batch = _locked(number)
    if batch.state != Batch.State.RUNNING:
        return False
    more = batch.intents.filter(state=Intent.State.PENDING).exists()
    if not more:
        batch.state, batch.ended_at = Batch.State.DONE, now
        reached("job end")
    batch.stumbles = 0
    batch.lease_until = now + LEASE if held and more else now
    batch.save(update_fields=["state", "ended_at", "stumbles", "lease_until"])
    return more


def _put_off(number: int, trouble: str, *, cancel: bool) -> None:
    batch = _locked(number)
    if batch.state in _NOT_OVER:
        to = Batch.State.CANCELLED if cancel else Batch.State.PAUSED
        _move(batch, to, actor="worker", reason="", trouble=trouble)


def _stumbled(number: int) -> None:
    """Count a failure that nobody foresaw. The lease stays, so the next try is not at once."""
    batch = _locked(number)
    batch.stumbles += 1
    batch.save(update_fields=["stumbles"])
    if batch.stumbles >= STUMBLES and batch.state in _OPEN:
        trouble = _(
            "Something failed here %(number)d times in a row. The log of the site says what."
        )
        _move(
            batch, Batch.State.PAUSED, actor="worker", reason="",
            trouble=trouble % {"number": batch.stumbles},
        )  # fmt: skip


def _signed(batch: Batch) -> _Piece:
    """The next piece, signed. Nothing is stored, so it may be done again, to the same bytes."""
    organisation = batch.version.programme.organisation
    if organisation.closed_at is not None:
        raise Refusal(CONFLICT, _("The organisation is closed."))
    key = keys.key_in_use(organisation, SigningKey.Purpose.ASSERTION)
    pending = batch.intents.filter(state=Intent.State.PENDING).select_related("block")
    intents = pending.order_by("number")[:PIECE]
    content = batch.version.content
    templates: dict[Any, Template] = {}
    signed = []
    for intent in intents:
        shape = documents.shape_of(intent, content)
        template = templates.get((intent.block_id, shape))
        is_first = template is None
        if template is None:
            template = templates[intent.block_id, shape] = documents.template_of(
                batch.version, intent.block, shape, signer=keys.signer_of(key),
                created=intent.created_at,
            )  # fmt: skip
        reached("lint")
        try:
            document = template.issue(documents.values_of(intent, shape))
        except CredentialError as problem:
            signed.append(_Signed(intent, refusal=problem.code, detail=str(problem)[:300]))
        else:
            if is_first:
                check_signature(document, key)
            signed.append(_Signed(intent, document=document.encode()))
        reached("sign")
    return _Piece(batch, key, signed)


def check_signature(document: str, key: SigningKey) -> None:
    """See whether a signature is good before it leaves the house.

    Ed25519 and ECDSA fail as a whole or not at all, so one of a piece tells for all of it.
    Raises `SignatureWrong`.
    """
    members = json.loads(document)
    (proof,) = members["proof"]
    try:
        if proof["verificationMethod"] != keys.method_of(key):
            raise SignatureWrong(_("The signer signed with another key than it was asked to."))
        verify_proof(
            members,
            proof,
            PublicKey.from_multikey(key.public_multikey),
            contexts=ContextStore.shipped(),
            at=timezone.now(),
        )
    except CredentialError as problem:
        said = _("The signer made a signature that does not hold: %(problem)s")
        raise SignatureWrong(said % {"problem": problem}) from problem


def _store(piece: _Piece) -> None:
    """All that a piece leaves behind, within the caller's transaction.

    What was done by somebody else meanwhile is left out, and a piece is dropped, to be signed
    anew, where the batch is not running any more or the key was replaced.
    """
    now = timezone.now()
    batch = _locked(piece.batch.pk)
    if batch.state != Batch.State.RUNNING:
        return
    version = batch.version
    if not keys.is_still_in_use(piece.key):
        return
    Programme.objects.select_for_update(no_key=True).get(pk=version.programme_id)
    numbers = [each.intent.pk for each in piece.signed]
    pending = batch.intents.filter(pk__in=numbers, state=Intent.State.PENDING)
    still = set(pending.values_list("pk", flat=True))
    good, bad = _without_repeats(
        version.programme, [each for each in piece.signed if each.intent.pk in still]
    )
    if good:
        _store_awards(batch, version, good, key=piece.key, at=now)
    _settle(batch, good, bad)


def _without_repeats(
    programme: Programme, signed: Sequence[_Signed]
) -> tuple[list[_Signed], list[_Signed]]:
    """Those whose person does not hold it yet, and those refused. The programme is locked.

    An offer that was cancelled before anybody claimed it counts as never made: its person
    may be awarded again, as the next revision.
    """
    wanted = [each.intent.recipient_key for each in signed]
    held = set()
    cancelled: defaultdict[tuple[str, str], int] = defaultdict(int)
    for key, period, revision, cancelled_at in Award.objects.filter(
        programme=programme, recipient_key__in=wanted
    ).values_list("recipient_key", "period", "revision", "cancelled_at"):
        held.add((key, period, revision))
        if cancelled_at is not None:
            cancelled[key, period] = max(cancelled[key, period], revision + 1)
    good, bad = [], []
    for each in signed:
        intent = each.intent
        person = (intent.recipient_key, intent.period)
        if (*person, intent.revision) in held and (*person, cancelled[person]) not in held:
            intent.revision = cancelled[person]
        if each.refusal:
            bad.append(each)
        elif (*person, intent.revision) in held:
            detail = _("This person holds it already.")
            bad.append(_Signed(intent, refusal="already-holds", detail=detail))
        else:
            held.add((*person, intent.revision))
            good.append(each)
    return good, bad


def _store_awards(
    batch: Batch, version: Version, signed: Sequence[_Signed], *, key: SigningKey, at: datetime
) -> None:
    mails = batch.options.get("send_mail", True)
    awards = Award.objects.bulk_create(
        Award(
            public_id=each.intent.award_id,
            organisation_id=batch.organisation_id,
            programme_id=version.programme_id,
            version=version,
            batch=batch,
            recipient_key=each.intent.recipient_key,
            period=each.intent.period,
            revision=each.intent.revision,
            awarded_at=moment(each.intent.values.get("awarded")) or each.intent.created_at,
            valid_until=moment(each.intent.values.get("valid_until")),
            claim_hash=claim_hash(each.intent.award_id) if mails and each.intent.address else "",
            claim_until=batch.created_at + CLAIMABLE,
        )
        for each in signed
    )
    reached("insert")
    Recipient.objects.bulk_create(
        Recipient(award=award, address=each.intent.address, name=each.intent.name)
        for award, each in zip(awards, signed, strict=True)
    )
    _store_credentials(awards, signed, key=key, at=at)
    if mails:
        mail.queue(_offers(batch, version, awards, signed))
    reached("outbox")
    publish_all(_issued(batch, awards))


def _store_credentials(
    awards: Sequence[Award], signed: Sequence[_Signed], *, key: SigningKey, at: datetime
) -> None:
    digests = [sha256(each.document) for each in signed]
    salts = [os.urandom(16) for _each in signed]
    leaves = [leaf_data(salt, digest.digest()) for salt, digest in zip(salts, digests, strict=True)]
    year, first = append(leaves, at=at)
    Credential.objects.bulk_create(
        Credential(
            award=award,
            document=each.document,
            sha256=digest.hexdigest(),
            key=key,
            block=each.intent.block,
            index=each.intent.index,
            signed_at=each.intent.created_at,
            salt=salt,
            log_year=year,
            log_index=first + n,
        )
        for n, (award, each, digest, salt) in enumerate(
            zip(awards, signed, digests, salts, strict=True)
        )
    )
    reached("index")


def _offers(
    batch: Batch,
    version: Version,
    awards: Sequence[Award],
    signed: Sequence[_Signed],
) -> list[Message]:
    provider, note = version.programme.organisation.name, batch.options.get("note", "")
    return [
        offer_mail(
            award,
            provider=provider,
            title=version.title,
            to=each.intent.address,
            name=each.intent.name,
            note=note,
        )
        for award, each in zip(awards, signed, strict=True)
        if each.intent.address
    ]


def _issued(batch: Batch, awards: Sequence[Award]) -> list[AwardIssued]:
    organisation = batch.organisation.public_id
    return [
        AwardIssued(
            organisation=organisation,
            actor=batch.made_by,
            subject=award.public_id,
            reason=batch.why,
            details={"batch": batch.public_id},
        )
        for award in awards
    ]


def _settle(batch: Batch, good: Sequence[_Signed], bad: Sequence[_Signed]) -> None:
    """Mark the intents, wipe what those that are done knew of people, and count."""
    Intent.objects.filter(pk__in=[each.intent.pk for each in good]).update(
        state=Intent.State.ISSUED, address="", name="", values={}
    )
    by_reason: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for each in bad:
        by_reason[each.refusal, each.detail].append(each.intent.pk)
    for (refusal, detail), numbers in by_reason.items():
        Intent.objects.filter(pk__in=numbers).update(
            state=Intent.State.REFUSED, refusal=refusal, refusal_detail=detail
        )
    Batch.objects.filter(pk=batch.pk).update(
        issued=F("issued") + len(good), refused=F("refused") + len(bad)
    )
