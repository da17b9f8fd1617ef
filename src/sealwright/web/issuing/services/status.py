"""Status lists: facts written down, and lists made from them.

A list is never changed, it is always made anew from all facts of its block, so no bit can be
lost. Facts of a block are written under a lock, so that their numbers follow the order in
which others see them; without it a list could take in fact 8 while fact 7 was still on its
way, and call itself complete.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from sealwright.credentials.issue import sign_credential
from sealwright.credentials.status import encode_list, revocation_list, status_list_credential
from sealwright.web.core.documents import etag_of
from sealwright.web.core.points import reached
from sealwright.web.issuing.models import (
    Award,
    IssuerRecord,
    SigningKey,
    StatusBlock,
    StatusFact,
    StatusList,
)
from sealwright.web.issuing.services import keys

TTL: Final = timedelta(minutes=5)
"""How long a copy of a list may be kept."""

SIGNED_ANEW: Final = timedelta(days=1)
VALID: Final = timedelta(days=2)
"""A list that is older than this was kept back by somebody."""

VALID_KEPT: Final = timedelta(days=40 * 365)
"""A list that its issuer takes away lasts as long as somebody may need the award at work.

Nobody signs it anew, so when it ends, everything on it can no longer be decided. A short life
guards against an old list that is shown instead of a newer one; when the issuer has left there
is no newer one. It has an end all the same, as no signature is good for ever.
"""

PIECE: Final = 20

Place = tuple[int, int]
"""The number of a block and an index in it."""


def set_bits(
    places: Iterable[Place], purpose: StatusList.Purpose, value: bool, *, at: datetime
) -> None:
    """Write down that these places are set or cleared, within the caller's transaction."""
    facts = [
        StatusFact(block_id=block, index=index, purpose=purpose, value=value, at=at)
        for block, index in places
    ]
    blocks = StatusBlock.objects.select_for_update(no_key=True).order_by("pk")
    list(blocks.filter(pk__in={fact.block_id for fact in facts}))
    StatusFact.objects.bulk_create(facts)


def published(public_id: str) -> StatusList | None:
    """The list with this id as it is to be served now; made anew where that is due."""
    found = _lists().filter(public_id=public_id).first()
    if found is None:
        return None
    return rebuild(found) if _stale().filter(pk=found.pk).exists() else found


def rebuild_stale() -> bool:
    """Make a piece of the lists anew that need it; the worker's duty."""
    due = list(_stale().order_by("pk")[:PIECE])
    for each in due:
        rebuild(each)
    return len(due) == PIECE


def rebuild(which: StatusList) -> StatusList:
    """Make the list anew from its facts, signed by the issuer's status key.

    Of several processes that do it at once, the one that knows most facts has the last word.
    """
    now = timezone.now().replace(microsecond=0)
    last, indexes = _facts_of(which)
    reached("publish")
    key = keys.key_in_use(which.block.organisation, SigningKey.Purpose.STATUS)
    body = _signed(which, indexes, key, at=now, valid=VALID, ttl=TTL)
    older = StatusList.objects.filter(pk=which.pk, built_from__lte=last)
    older.update(document=body, etag=etag_of(body), built_at=now, built_from=last, key=key)
    which.refresh_from_db()
    return which


def list_to_keep(which: StatusList, *, at: datetime) -> bytes:
    """The list as it stands, signed to be served by others when nobody signs it anew.

    What is published here stays as it is: see `VALID_KEPT`.
    """
    now = at.replace(microsecond=0)
    _last, indexes = _facts_of(which)
    key = keys.key_in_use(which.block.organisation, SigningKey.Purpose.STATUS)
    return _signed(which, indexes, key, at=now, valid=VALID_KEPT, ttl=SIGNED_ANEW)


def onedtech_list(public_id: str) -> tuple[str, bytes] | None:
    """The entity tag and the bytes of an organisation's 1EdTech revocation list.

    It names credentials, so it is found by its own random address alone, which only the
    organisation knows and gives to whom it wants.
    """
    record = (
        IssuerRecord.objects.select_related("organisation").filter(onedtech_list=public_id).first()
    )
    if record is None:
        return None
    revoked = Award.objects.filter(
        organisation=record.organisation, revoked_at__isnull=False
    ).order_by("revoked_at", "pk")
    document = revocation_list(
        f"{settings.BASE_URL}/status/{public_id}",
        issuer=record.organisation.did,
        revoked=[
            (award.url, award.revocation_reason if award.reason_is_public else "")
            for award in revoked.only("public_id", "revocation_reason", "reason_is_public")
        ],
    )
    body = _as_bytes(document)
    return etag_of(body), body


def _lists() -> QuerySet[StatusList]:
    return StatusList.objects.select_related("block__organisation")


def _stale() -> QuerySet[StatusList]:
    """Lists with newer facts, signed by another key, a day old, or never made."""
    facts = StatusFact.objects.filter(block=OuterRef("block"), purpose=OuterRef("purpose"))
    in_use = SigningKey.objects.filter(
        organisation=OuterRef("block__organisation"),
        purpose=SigningKey.Purpose.STATUS,
        state=SigningKey.State.ACTIVE,
    )
    lists = _lists().annotate(
        newest=Subquery(facts.order_by("-id").values("id")[:1]),
        key_in_use=Subquery(in_use.values("pk")[:1]),
    )
    return lists.filter(
        Q(built_at=None)
        | Q(built_at__lte=timezone.now() - SIGNED_ANEW)
        | Q(newest__gt=F("built_from"))
        | ~Q(key_in_use=F("key_id"))
    )


def _facts_of(which: StatusList) -> tuple[int, Sequence[int]]:
    """The number of the last fact, and the places that are set."""
    last = 0
    indexes: set[int] = set()
    facts = StatusFact.objects.filter(block=which.block_id, purpose=which.purpose)
    rows = facts.order_by("id").values_list("id", "index", "value")
    for number, index, value in rows.iterator(chunk_size=5000):
        last = number
        (indexes.add if value else indexes.discard)(index)
    return last, sorted(indexes)


def _signed(
    which: StatusList,
    indexes: Sequence[int],
    key: SigningKey,
    *,
    at: datetime,
    valid: timedelta,
    ttl: timedelta,
) -> bytes:
    document = status_list_credential(
        which.url,
        issuer=which.block.organisation.did,
        purposes=[which.purpose],
        encoded_list=encode_list(indexes, which.block.size),
        valid_from=at,
        valid_until=at + valid,
        ttl=ttl,
    )
    return _as_bytes(sign_credential(document, keys.signer_of(key), created=at))


def _as_bytes(document: dict[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
