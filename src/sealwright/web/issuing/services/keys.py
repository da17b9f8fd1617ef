"""The keys of issuers: made, used, replaced, and published for as long as awards stand."""

from __future__ import annotations

import json
import os
from collections.abc import Hashable
from functools import lru_cache
from typing import Any, Protocol

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sealwright.credentials.dids import VerificationMethod, did_web_document
from sealwright.credentials.keys import KeyKind, LocalSigner, PublicKey, Signer
from sealwright.web.core.ids import new_id
from sealwright.web.core.refusals import CONFLICT, Refusal
from sealwright.web.issuing.models import IssuerRecord, SigningKey
from sealwright.web.issuing.services.kek import KeyEncryptionKeys, key_encryption_keys
from sealwright.web.organisations.models import Organisation


class StoredSigner(Signer, Hashable, Protocol):
    """A signer that can be told from others, so that what it signs with can be kept."""


PUBLISHED = (SigningKey.Purpose.ASSERTION, SigningKey.Purpose.STATUS)


def ensure_issuer(organisation: Organisation) -> IssuerRecord:
    """What the organisation needs to issue; made when first asked for, safe to ask twice."""
    record = IssuerRecord.objects.filter(organisation=organisation).first()
    if record is not None:
        return record
    try:
        with transaction.atomic():
            record = IssuerRecord.objects.create(organisation=organisation, onedtech_list=new_id())
            for purpose in PUBLISHED:
                add_key(organisation, purpose, state=SigningKey.State.ACTIVE)
    except IntegrityError:
        return IssuerRecord.objects.get(organisation=organisation)
    return record


def add_key(
    organisation: Organisation | None,
    purpose: SigningKey.Purpose,
    *,
    state: SigningKey.State,
    kind: KeyKind = KeyKind.ED25519,
) -> SigningKey:
    """A new key, its private half wrapped before it touches the database."""
    taken = SigningKey.objects.filter(organisation=organisation).count()
    name = f"key-{taken + 1}"
    signer = LocalSigner.generate(kind, entropy=os.urandom)
    keys = key_encryption_keys()
    private = json.dumps(signer.to_jwk()).encode()
    now = timezone.now()
    return SigningKey.objects.create(
        organisation=organisation,
        name=name,
        purpose=purpose,
        kind=kind.value,
        state=state,
        public_multikey=signer.public_key.to_multikey(),
        wrapped_private=keys.wrap(private, bound_to=_bound_to(organisation, name, kind.value)),
        wrapped_by=keys.current,
        created_at=now,
        activated_at=now if state == SigningKey.State.ACTIVE else None,
    )


def key_in_use(
    organisation: Organisation | None,
    purpose: SigningKey.Purpose,
    *,
    even_if_stopped: bool = False,
) -> SigningKey:
    """The key that signs now. Raises a `Refusal` while issuing is stopped."""
    if organisation is not None:
        record = ensure_issuer(organisation)
        stops = purpose == SigningKey.Purpose.ASSERTION and not even_if_stopped
        if stops and record.stopped_at is not None:
            said = _("Issuing is stopped: %(reason)s")
            raise Refusal(CONFLICT, said % {"reason": record.stop_reason})
    return SigningKey.objects.select_related("organisation").get(
        organisation=organisation, purpose=purpose, state=SigningKey.State.ACTIVE
    )


def is_still_in_use(key: SigningKey) -> bool:
    """Does the key sign now? Until the transaction ends nobody can take it out of use.

    Asked before what it signed is stored, so that nothing is stored behind the back of
    somebody who declares it compromised. Raises a `Refusal` while issuing is stopped.
    """
    locked = SigningKey.objects.select_for_update(no_key=True).get(pk=key.pk)
    return key_in_use(key.organisation, SigningKey.Purpose(key.purpose)).pk == locked.pk


def signer_of(key: SigningKey) -> StoredSigner:
    """The signer behind a stored key; one that lives elsewhere would be plugged in here."""
    return _signer(
        bytes(key.wrapped_private),
        key.wrapped_by,
        bound_to(key),
        method_of(key) if key.organisation else "",
        _Unseen(key_encryption_keys()),
    )


def method_of(key: SigningKey) -> str:
    """The address of the key in its issuer's DID document."""
    if key.organisation is None:
        raise ValueError("the key of the log is in no DID document")
    return f"{key.organisation.did}#{key.name}"


def bound_to(key: SigningKey) -> str:
    """What a wrapped key is tied to, so that a row which was moved does not open."""
    return _bound_to(key.organisation, key.name, key.kind)


def did_document(organisation: Organisation) -> dict[str, Any]:
    """The document behind the organisation's DID: keys in use first, retired ones kept.

    A retired key carries no date, or what it signed would stop verifying; a compromised one
    is marked revoked. https://www.w3.org/TR/cid-1.0/#verification-methods
    """
    ensure_issuer(organisation)
    keys = sorted(
        SigningKey.objects.filter(organisation=organisation).select_related("organisation"),
        key=lambda key: (key.state != SigningKey.State.ACTIVE, -key.pk),
    )
    return did_web_document(
        organisation.did,
        [
            VerificationMethod(
                method_of(key),
                organisation.did,
                PublicKey.from_multikey(key.public_multikey),
                revoked=key.compromised_since,
            )
            for key in keys
        ],
    )


class _Unseen:
    """Hands a value through a cache without being part of its key."""

    def __init__(self, keys: KeyEncryptionKeys) -> None:
        self.keys = keys

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Unseen)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=64)
def _signer(wrapped: bytes, by: str, bound_to: str, method: str, unseen: _Unseen) -> LocalSigner:
    private = json.loads(unseen.keys.unwrap(wrapped, by=by, bound_to=bound_to))
    return LocalSigner.from_jwk(private, verification_method=method)


def _bound_to(organisation: Organisation | None, name: str, kind: str) -> str:
    return f"{organisation.public_id if organisation else 'log'}/{name}/{kind}"
