"""The same request of a program twice makes one thing: `Idempotency-Key`.

The key is comfort, the constraints of the database are the truth: a request that broke off is
carried out again under the same key of its batch, and comes to the same award.
https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from sealwright.web.core.refusals import CONFLICT, Refusal
from sealwright.web.core.transactions import in_transaction
from sealwright.web.issuing.models import Batch, IdempotencyKey
from sealwright.web.organisations.models import Organisation

KEPT: Final = timedelta(days=30)
BROKEN_OFF: Final = timedelta(minutes=1)
"""A request that was not answered by then will not be."""

PIECE: Final = 500


def once(organisation: Organisation, *, key: str, request: str, act: Callable[[str], str]) -> str:
    """What `act` made, or what it made when the same request came before.

    `request` is all of the request; `act` gets a key for its batch and returns a public id.
    Without a key it always acts. Raises a `Refusal` (409) where the key came with another
    request, or while the first one is being answered. What was refused may be asked again.
    """
    if not key:
        return act("")
    hashed = sha256(request.encode()).hexdigest()
    before = in_transaction(lambda: _entered(organisation, key, hashed))
    if before:
        return before
    rows = IdempotencyKey.objects.filter(organisation=organisation, key=key)
    try:
        made = act(f"api:{key}")
    except Refusal:
        rows.filter(answer="").delete()
        raise
    except Exception:
        rows.update(created_at=timezone.now() - BROKEN_OFF)  # so that it may be tried again at once
        raise
    rows.update(answer=made)
    return made


def forget() -> bool:
    """Forget a piece of the keys that were used long ago; the worker's duty."""
    late = timezone.now() - KEPT
    old = IdempotencyKey.objects.filter(created_at__lt=late).values_list("pk", flat=True)
    numbers = list(old[:PIECE])
    IdempotencyKey.objects.filter(pk__in=numbers).delete()
    batches = Batch.objects.filter(source=Batch.Source.API, created_at__lt=late).exclude(key="")
    of_batches = list(batches.values_list("pk", flat=True)[:PIECE])
    Batch.objects.filter(pk__in=of_batches).update(key="")
    return PIECE in (len(numbers), len(of_batches))


def _entered(organisation: Organisation, key: str, hashed: str) -> str:
    """What the key made before; empty where its request is now the caller's to answer."""
    row, made = IdempotencyKey.objects.get_or_create(
        organisation=organisation, key=key, defaults={"request_hash": hashed}
    )
    if row.request_hash != hashed:
        raise Refusal(CONFLICT, _("This Idempotency-Key came with another request before."))
    if made or row.answer:
        return row.answer
    now = timezone.now()
    broken_off = IdempotencyKey.objects.filter(pk=row.pk, created_at__lte=now - BROKEN_OFF)
    if not broken_off.update(created_at=now):
        said = _("The first request with this Idempotency-Key is still being answered.")
        raise Refusal(CONFLICT, said, retry_after=1)
    return ""
