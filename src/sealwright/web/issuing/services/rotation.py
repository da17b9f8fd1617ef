"""Keys through their lives: added, used, retired; and the switch that stops all issuing.

A new key is published a day before it is used, so that no verifier has a copy of the issuer's
document in which it is missing. A retired key stays published without a date, because what
it signed stays good.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sealwright.credentials.keys import KeyKind, PublicKey
from sealwright.web.core.events import SITE, Event, publish
from sealwright.web.core.refusals import CONFLICT, NOT_FOUND, UNFIT, Refusal
from sealwright.web.core.transactions import in_transaction, within_transaction
from sealwright.web.issuing.events import (
    IssuingResumed,
    IssuingStopped,
    KeyActivated,
    KeyAdded,
    KeyRetired,
)
from sealwright.web.issuing.models import IssuerRecord, SigningKey, SigningKeyQuerySet
from sealwright.web.issuing.services.kek import key_encryption_keys
from sealwright.web.issuing.services.keys import add_key, bound_to, ensure_issuer, signer_of
from sealwright.web.organisations.actors import Actor
from sealwright.web.organisations.models import Organisation
from sealwright.web.organisations.permissions import Permission
from sealwright.web.transparency.services.handing_over import hand_over

Purpose = SigningKey.Purpose
State = SigningKey.State

PUBLISHED_BEFORE_USE: Final = timedelta(hours=24)
"""How long others may keep a copy of an issuer's document."""


def rotate_key(
    purpose: SigningKey.Purpose = Purpose.ASSERTION,
    *,
    at_once: bool = False,
    kind: KeyKind = KeyKind.ED25519,
    reason: str = "",
    actor: Actor,
) -> SigningKey:
    """Publish a new key now; it takes over in a day, or `at_once`. Raises a `Refusal`.

    At once is for demos and emergencies: a verifier that has fetched the issuer's document
    lately does not know the key, and refuses what it signed until it asks again.
    """
    actor.require(Permission.KEY_MANAGE)
    ensure_issuer(actor.organisation)
    return within_transaction(
        lambda: add_successor(
            actor.organisation,
            purpose,
            at_once=at_once,
            kind=kind,
            by=actor.label,
            reason=reason.strip(),
        )
    )


def add_successor(
    organisation: Organisation | None,
    purpose: SigningKey.Purpose,
    *,
    at_once: bool,
    by: str,
    kind: KeyKind = KeyKind.ED25519,
    reason: str = "",
) -> SigningKey:
    """The next key for a purpose, within the caller's transaction. Raises a `Refusal`."""
    waiting = locked_keys(organisation).filter(purpose=purpose, state=State.PENDING).first()
    if waiting is not None:
        said = _("%(name)s waits to be used already. Retire it first, or let it come.")
        raise Refusal(CONFLICT, said % {"name": waiting.name})
    key = add_key(organisation, purpose, state=State.PENDING, kind=kind)
    publish(_event(KeyAdded, key, by, {"purpose": purpose, "at_once": at_once}, reason=reason))
    if at_once:
        activate(key, by=by)
    return key


def retire_key(name: str, *, reason: str = "", actor: Actor) -> SigningKey:
    """Take back a key that is published and not in use yet. Raises a `Refusal`."""
    actor.require(Permission.KEY_MANAGE)

    def retire() -> SigningKey:
        key = locked_keys(actor.organisation).filter(name=name).first()
        if key is None:
            raise Refusal(NOT_FOUND, _("There is no such key."))
        if key.state != State.PENDING:
            said = _("Only a key that waits can be retired. The one in use is, by a new one.")
            raise Refusal(CONFLICT, said)
        key.state, key.retired_at = State.RETIRED, timezone.now()
        key.save(update_fields=["state", "retired_at"])
        publish(_event(KeyRetired, key, actor.label, {}, reason=reason))
        return key

    return within_transaction(retire)


def activate_due() -> bool:
    """Take keys into use that have been published for a day; the worker's duty."""
    since = timezone.now() - PUBLISHED_BEFORE_USE
    due = SigningKey.objects.filter(state=State.PENDING, created_at__lte=since).order_by("pk")
    key = due.select_related("organisation").first()
    if key is None:
        return False
    in_transaction(lambda: _activate_if_pending(key))
    return True


def rotate_log_key(*, at_once: bool = False, by: str) -> SigningKey:
    """Publish the next key of the log; it takes over in a day, or `at_once`. Raises a `Refusal`.

    Told again with `at_once`, the key that waits is used. Who checks the log and keeps its key
    learns the new one from the handover; programs that know no handovers have the day.
    """

    def rotate() -> SigningKey:
        waiting = locked_keys(None).filter(purpose=Purpose.LOG, state=State.PENDING).first()
        if waiting is None or not at_once:
            return add_successor(None, Purpose.LOG, at_once=at_once, by=by)
        activate(waiting, by=by)
        return waiting

    return within_transaction(rotate)


def activate(key: SigningKey, *, by: str) -> None:
    """Have the key sign from now on, within the caller's transaction."""
    now = timezone.now()
    before = locked_keys(key.organisation).filter(purpose=key.purpose, state=State.ACTIVE)
    if key.purpose == Purpose.LOG:
        for old in before:
            hand_over(signer_of(old), PublicKey.from_multikey(key.public_multikey), at=now)
    before.update(state=State.RETIRED, retired_at=now)
    key.state, key.activated_at = State.ACTIVE, now
    key.save(update_fields=["state", "activated_at"])
    publish(_event(KeyActivated, key, by, {"purpose": key.purpose}))


def stop_issuing(*, reason: str, actor: Actor) -> IssuerRecord:
    """Sign nothing more for this organisation until further notice. Raises a `Refusal`.

    Every piece of work looks at this before it is stored, in every process. Lists are still
    published, and awards can be revoked.
    """
    actor.require(Permission.KEY_MANAGE)
    if not reason.strip():
        raise Refusal(UNFIT, _("Please say why, for those who come after you."))
    ensure_issuer(actor.organisation)

    def stop() -> IssuerRecord:
        record = _locked_record(actor.organisation)
        if record.stopped_at is None:
            record.stopped_at, record.stop_reason = timezone.now(), reason.strip()[:300]
            record.save(update_fields=["stopped_at", "stop_reason"])
            publish(_about(IssuingStopped, actor, reason))
        return record

    return within_transaction(stop)


def resume_issuing(*, reason: str = "", actor: Actor) -> IssuerRecord:
    """Sign again. What was paused meanwhile is resumed by hand. Raises a `Refusal`."""
    actor.require(Permission.KEY_MANAGE)
    ensure_issuer(actor.organisation)

    def resume() -> IssuerRecord:
        record = _locked_record(actor.organisation)
        if record.stopped_at is not None:
            record.stopped_at, record.stop_reason = None, ""
            record.save(update_fields=["stopped_at", "stop_reason"])
            publish(_about(IssuingResumed, actor, reason))
        return record

    return within_transaction(resume)


def rewrap_next() -> SigningKey | None:
    """Wrap one key anew that an older version of the key-encryption key wraps, if there is one.

    Interrupted and begun again, it goes on where it was. Raises `WrongKey`.
    """
    versions = key_encryption_keys()
    old = SigningKey.objects.exclude(wrapped_by=versions.current).order_by("pk")
    key = old.select_related("organisation").first()
    if key is None:
        return None

    def rewrap() -> SigningKey:
        locked = SigningKey.objects.select_for_update(no_key=True, of=("self",))
        row = locked.select_related("organisation").get(pk=key.pk)
        if row.wrapped_by != versions.current:
            row.wrapped_private = versions.rewrap(
                bytes(row.wrapped_private), by=row.wrapped_by, bound_to=bound_to(row)
            )
            row.wrapped_by = versions.current
            row.save(update_fields=["wrapped_private", "wrapped_by"])
        return row

    return within_transaction(rewrap)


def locked_keys(organisation: Organisation | None) -> SigningKeyQuerySet:
    """The keys of an organisation, or of the log, which nobody else changes meanwhile."""
    if organisation is not None:
        Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    keys = SigningKey.objects.filter(organisation=organisation).order_by("pk")
    list(keys.select_for_update(no_key=True, of=("self",)))
    return keys.select_related("organisation")


@transaction.atomic
def _activate_if_pending(key: SigningKey) -> None:
    row = locked_keys(key.organisation).filter(pk=key.pk, state=State.PENDING).first()
    if row is not None:
        activate(row, by="worker")


def _locked_record(organisation: Organisation) -> IssuerRecord:
    records = IssuerRecord.objects.select_for_update(no_key=True)
    return records.get(organisation=organisation)


def _event(
    kind: type[Event], key: SigningKey, by: str, details: dict[str, Any], *, reason: str = ""
) -> Event:
    return kind(
        organisation=key.organisation.public_id if key.organisation else SITE,
        actor=by,
        subject=key.name,
        reason=reason,
        details=details,
    )


def _about(kind: type[Event], actor: Actor, reason: str) -> Event:
    organisation = actor.organisation.public_id
    return kind(
        organisation=organisation, actor=actor.label, subject=organisation, reason=reason.strip()
    )
