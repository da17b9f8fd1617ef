"""The one door through which everything is issued: intents recorded, then carried out.

`make_batch` commits what is to be issued; `carry_out` issues it piece by piece, each piece in
one transaction: award, credential, log leaf, mail and audit row, or none of them. A process
that is killed anywhere leaves rows that the next one carries on from, to the same bytes.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import islice
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from sealwright.credentials.errors import CredentialError
from sealwright.credentials.model.instants import format_instant
from sealwright.web.catalogue.models import Programme, Version
from sealwright.web.core import mail
from sealwright.web.core.events import publish, publish_all
from sealwright.web.core.ids import new_id, new_token, token_hash
from sealwright.web.core.models import Message
from sealwright.web.core.points import reached
from sealwright.web.core.refusals import CONFLICT, Refusal
from sealwright.web.core.transactions import in_transaction
from sealwright.web.issuing.events import AwardIssued, BatchMade
from sealwright.web.issuing.models import (
    Award,
    Batch,
    Credential,
    Intent,
    Recipient,
    SigningKey,
)
from sealwright.web.issuing.services import documents, keys
from sealwright.web.issuing.services.places import take_places
from sealwright.web.issuing.services.recipients import normalised, recipient_key
from sealwright.web.organisations.actors import Actor
from sealwright.web.organisations.permissions import Permission
from sealwright.web.transparency.services import append, leaf_data

PIECE: Final = 250
LEASE: Final = timedelta(seconds=60)
CLAIMABLE: Final = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Person:
    """Who is to be awarded, and what differs for them.

    `identifier` is what tells them apart where there is no address (a student number).
    `values` may have `grade`, `evidence_url`, `evidence_name`, `awarded` and `valid_until`
    (RFC 3339). `revision` counts on where an earlier award was corrected or revoked.
    """

    address: str = ""
    name: str = ""
    identifier: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    revision: int = 0

    @property
    def key(self) -> str:
        return recipient_key(self.address or self.identifier)


def make_batch(
    version: Version,
    people: Iterable[Person],
    *,
    actor: Actor,
    source: Batch.Source,
    why: str = "",
    key: str = "",
    period: str = "",
    options: Mapping[str, Any] | None = None,
    held: bool = False,
) -> Batch:
    """Record what is to be issued, to whom; nothing is signed yet.

    `key` names the request: asked again with the same key, the batch of the first time comes
    back, completed if it was cut off. `held` leases it to the caller, who carries it out at
    once. Raises a `Refusal` for what may not be issued at all.
    """
    programme = version.programme
    actor.require(Permission.AWARD_ISSUE, unit_id=programme.unit_id)
    _check_can_issue(version, actor)
    batch = _batch(version, actor, source, why=why, key=key, options=options, held=held)
    if batch.state != Batch.State.TAKING_IN:
        return batch
    known = set(batch.intents.values_list("number", flat=True))
    rows = ((n, p) for n, p in enumerate(people, start=1) if n not in known)
    while piece := list(islice(rows, 1000)):
        in_transaction(lambda piece=piece: _record(batch, piece, period))  # type: ignore[misc]
        reached("intent")
    return _opened(batch)


def award_one(
    version: Version, person: Person, *, actor: Actor, source: Batch.Source, **more: Any
) -> Award:
    """Issue to one person now. Raises a `Refusal` that says why it could not be done."""
    batch = make_batch(version, [person], actor=actor, source=source, held=True, **more)
    while carry_out(batch.pk, held=True):
        pass
    intent = batch.intents.get()
    if intent.state == Intent.State.REFUSED:
        raise Refusal(CONFLICT, intent.refusal_detail or intent.refusal)
    return Award.objects.get(public_id=intent.award_id)


def carry_out_next() -> bool:
    """Carry out a piece of a batch that waits or was left behind; the worker's duty."""
    now = timezone.now()
    waiting = Batch.objects.filter(state__in=(Batch.State.READY, Batch.State.RUNNING))
    free = waiting.filter(Q(lease_until=None) | Q(lease_until__lte=now))
    number = free.order_by("created_at").values_list("pk", flat=True).first()
    return False if number is None else carry_out(number)


def carry_out(number: int, *, held: bool = False) -> bool:
    """Issue a piece of the batch; whether there is more of it to do.

    `held` says that the caller has the lease already.
    """
    batch = in_transaction(lambda: _lease(number, held))
    if batch is None:
        return False
    intents = list(
        batch.intents.filter(state=Intent.State.PENDING)
        .select_related("block")
        .order_by("number")[:PIECE]
    )
    if intents:
        signed = _sign_all(batch, intents)
        in_transaction(lambda: _store(batch, signed))
        reached("commit")
    return in_transaction(lambda: _release(number, finished=len(intents) < PIECE))


# --- Recording ------------------------------------------------------------------------------


def _check_can_issue(version: Version, actor: Actor) -> None:
    programme = version.programme
    if programme.organisation_id != actor.organisation.pk:
        raise Refusal(CONFLICT, _("This programme belongs to another organisation."))
    if programme.retired_at is not None:
        raise Refusal(CONFLICT, _("This programme was retired. Open it again to issue."))
    keys.key_in_use(actor.organisation, SigningKey.Purpose.ASSERTION)


@transaction.atomic
def _batch(
    version: Version,
    actor: Actor,
    source: Batch.Source,
    *,
    why: str,
    key: str,
    options: Mapping[str, Any] | None,
    held: bool,
) -> Batch:
    now = timezone.now().replace(microsecond=0)
    fields: dict[str, Any] = {
        "version": version,
        "source": source,
        "state": Batch.State.TAKING_IN,
        "made_by": actor.label,
        "made_by_name": actor.name,
        "why": why,
        "options": dict(options or {}),
        "created_at": now,
        "lease_until": now + LEASE if held else None,
    }
    if not key:
        batch = Batch.objects.create(organisation=actor.organisation, **fields)
        made = True
    else:
        batch, made = Batch.objects.get_or_create(
            organisation=actor.organisation, key=key, defaults=fields
        )
    if made:
        publish(
            BatchMade(
                organisation=actor.organisation.public_id,
                actor=actor.label,
                subject=batch.public_id,
                reason=why,
                details={"version": version.path, "source": source.value},
            )
        )
    return batch


def _record(batch: Batch, rows: Sequence[tuple[int, Person]], period: str) -> None:
    places = take_places(batch.organisation, len(rows))
    Intent.objects.bulk_create(
        Intent(
            batch=batch,
            number=number,
            award_id=new_id(),
            subject=uuid.uuid4(),
            salt=new_id(),
            recipient_key=person.key,
            period=period,
            revision=person.revision,
            address=normalised(person.address),
            name=person.name.strip(),
            values=dict(person.values),
            block=block,
            index=index,
            created_at=batch.created_at,
        )
        for (number, person), (block, index) in zip(rows, places, strict=True)
    )


@transaction.atomic
def _opened(batch: Batch) -> Batch:
    batch = Batch.objects.select_for_update(no_key=True).get(pk=batch.pk)
    if batch.state == Batch.State.TAKING_IN:
        batch.state = Batch.State.READY
        batch.total = batch.intents.count()
        batch.save(update_fields=["state", "total"])
    return batch


# --- Carrying out ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Signed:
    """An intent and what came of it: a document, or why there is none."""

    intent: Intent
    document: str = ""
    refusal: str = ""
    detail: str = ""


def _lease(number: int, held: bool) -> Batch | None:
    now = timezone.now()
    batches = Batch.objects.select_for_update(no_key=True, of=("self",))
    batch = batches.select_related("version__programme__organisation").get(pk=number)
    if batch.state not in (Batch.State.READY, Batch.State.RUNNING):
        return None
    if not held and batch.lease_until is not None and batch.lease_until > now:
        return None
    batch.state = Batch.State.RUNNING
    batch.started_at = batch.started_at or now
    batch.lease_until = now + LEASE
    batch.save(update_fields=["state", "started_at", "lease_until"])
    return batch


def _release(number: int, *, finished: bool) -> bool:
    batch = Batch.objects.select_for_update(no_key=True).get(pk=number)
    if finished and batch.state == Batch.State.RUNNING:
        batch.state = Batch.State.DONE
        batch.ended_at = timezone.now()
        reached("job end")
    batch.lease_until = None if finished else timezone.now() + LEASE
    batch.save(update_fields=["state", "ended_at", "lease_until"])
    return batch.state == Batch.State.RUNNING


def _sign_all(batch: Batch, intents: Sequence[Intent]) -> list[_Signed]:
    key = keys.key_in_use(batch.version.programme.organisation, SigningKey.Purpose.ASSERTION)
    signer = keys.signer_of(key)
    signed = []
    for intent in intents:
        shape = documents.shape_of(intent, batch.version)
        template = documents.template_of(
            batch.version, intent.block, shape, signer=signer, created=intent.created_at
        )
        reached("lint")
        try:
            document = template.issue(documents.values_of(intent, shape))
        except CredentialError as problem:
            signed.append(_Signed(intent, refusal=problem.code, detail=str(problem)[:300]))
        else:
            signed.append(_Signed(intent, document=document))
        reached("sign")
    return signed


def _store(batch: Batch, signed: Sequence[_Signed]) -> None:
    """All that a piece leaves behind, within the caller's transaction."""
    now = timezone.now()
    batch = Batch.objects.select_for_update(no_key=True).get(pk=batch.pk)
    if batch.state != Batch.State.RUNNING:
        return
    version = Version.objects.select_related("programme__organisation").get(pk=batch.version_id)
    Programme.objects.select_for_update(no_key=True).get(pk=version.programme_id)
    pending = set(
        batch.intents.filter(
            pk__in=[each.intent.pk for each in signed], state=Intent.State.PENDING
        ).values_list("pk", flat=True)
    )
    todo = [each for each in signed if each.intent.pk in pending]
    good, bad = _without_repeats(version.programme, todo)
    awards = _store_awards(batch, version, good)
    _store_credentials(version, awards, good, at=now)
    if batch.options.get("send_mail", True):
        _offer(batch, version, awards, good)
    reached("outbox")
    publish_all(_issued(batch, awards))
    _settle(batch, good, bad)


def _without_repeats(
    programme: Programme, signed: Sequence[_Signed]
) -> tuple[list[_Signed], list[_Signed]]:
    """Those whose person does not hold it yet, and those refused. The programme is locked."""
    wanted = [each.intent.recipient_key for each in signed]
    held = set(
        Award.objects.filter(programme=programme, recipient_key__in=wanted).values_list(
            "recipient_key", "period", "revision"
        )
    )
    good, bad = [], []
    for each in signed:
        mark = (each.intent.recipient_key, each.intent.period, each.intent.revision)
        if each.refusal:
            bad.append(each)
        elif mark in held:
            detail = _("This person holds it already.")
            bad.append(_Signed(each.intent, refusal="already-holds", detail=detail))
        else:
            held.add(mark)
            good.append(each)
    return good, bad


def _store_awards(batch: Batch, version: Version, signed: Sequence[_Signed]) -> list[Award]:
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
            awarded_at=_moment(each.intent.values.get("awarded"), each.intent.created_at),
            valid_until=_moment(each.intent.values.get("valid_until"), None),
            claim_until=batch.created_at + CLAIMABLE,
        )
        for each in signed
    )
    reached("insert")
    Recipient.objects.bulk_create(
        Recipient(award=award, address=each.intent.address, name=each.intent.name)
        for award, each in zip(awards, signed, strict=True)
    )
    return awards


def _store_credentials(
    version: Version, awards: Sequence[Award], signed: Sequence[_Signed], *, at: datetime
) -> None:
    documents_ = [each.document.encode() for each in signed]
    digests = [sha256(document) for document in documents_]
    salts = [os.urandom(16) for _ in signed]
    leaves = [leaf_data(salt, digest.digest()) for salt, digest in zip(salts, digests, strict=True)]
    year, first = append(leaves, at=at)
    key = keys.key_in_use(version.programme.organisation, SigningKey.Purpose.ASSERTION)
    Credential.objects.bulk_create(
        Credential(
            award=award,
            document=document,
            sha256=digest.hexdigest(),
            key=key,
            block=each.intent.block,
            index=each.intent.index,
            signed_at=each.intent.created_at,
            salt=salt,
            log_year=year,
            log_index=first + n,
        )
        for n, (award, each, document, digest, salt) in enumerate(
            zip(awards, signed, documents_, digests, salts, strict=True)
        )
    )
    reached("index")


def _offer(
    batch: Batch, version: Version, awards: Sequence[Award], signed: Sequence[_Signed]
) -> None:
    """A mail with a secret link for everybody who has an address."""
    messages = []
    for award, each in zip(awards, signed, strict=True):
        if not each.intent.address:
            continue
        token = new_token()
        award.claim_hash = token_hash(token)
        messages.append(offer_mail(award, version, each.intent, token, batch))
    Award.objects.bulk_update(awards, ["claim_hash"], batch_size=PIECE)
    mail.queue(messages)


def offer_mail(award: Award, version: Version, intent: Intent, token: str, batch: Batch) -> Message:
    """The mail that tells somebody of their award and lets them claim it."""
    provider = version.programme.organisation.name
    text = _(
        "Hello %(name)s,\n\n%(provider)s has awarded you “%(title)s”.\n\n%(note)s"
        "Open this link to see it and make it yours. No account is needed:\n%(link)s\n\n"
        "The link is yours alone: whoever opens it can claim the award.\n"
        "It works until %(until)s.\n"
    ) % {
        "name": intent.name or _("there"),
        "provider": provider,
        "title": version.title,
        "note": f"{batch.options['note']}\n\n" if batch.options.get("note") else "",
        "link": f"{settings.BASE_URL}/claim/{token}",
        "until": award.claim_until.date().isoformat() if award.claim_until else "",
    }
    return Message(
        key=f"offer:{award.public_id}",
        kind="offer",
        about=award.public_id,
        to=intent.address,
        subject=_("%(provider)s has awarded you “%(title)s”")
        % {"provider": provider, "title": version.title[:120]},
        text=text,
    )


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
    """Mark the intents, wipe what they knew of people, and count."""
    Intent.objects.filter(pk__in=[each.intent.pk for each in good]).update(
        state=Intent.State.ISSUED, address="", name="", values={}
    )
    for each in bad:
        Intent.objects.filter(pk=each.intent.pk).update(
            state=Intent.State.REFUSED, refusal=each.refusal, refusal_detail=each.detail
        )
    Batch.objects.filter(pk=batch.pk).update(
        issued=F("issued") + len(good), refused=F("refused") + len(bad)
    )


def _moment(text: Any, otherwise: datetime | None) -> Any:
    return datetime.fromisoformat(text) if text else otherwise


def as_instant(moment: datetime) -> str:
    """A moment as the values of a `Person` have it."""
    return format_instant(moment)
