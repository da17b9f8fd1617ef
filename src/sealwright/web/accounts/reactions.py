"""What follows from what allauth does, and what is tidied away in time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from sealwright.web.accounts.events import AddressProven
from sealwright.web.accounts.mails import KIND
from sealwright.web.accounts.models import AddressProof, User
from sealwright.web.core.events import publish
from sealwright.web.core.models import CachedCount, Message

KEPT: Final = timedelta(days=1)
PIECE: Final = 500


def on_address_confirmed(*, email_address: EmailAddress, **_kwargs: Any) -> None:
    """Tell everybody that an address was proven by the code of a sign-up or a sign-in."""
    person = email_address.user
    with transaction.atomic():
        publish(AddressProven(actor=person.label, subject=person.public_id))


def tidy() -> bool:
    """Forget what is over: codes, sessions, counts, sign-ups never finished, mails sent.

    None of it is a trace of anything: it only names people.
    """
    now = timezone.now()
    over = [
        Message.objects.filter(
            kind__startswith=KIND, created_at__lt=now - KEPT
        ).exclude(state=Message.State.WAITING),
        AddressProof.objects.filter(expires_at__lt=now - KEPT),
        Session.objects.filter(expire_date__lt=now),
        CachedCount.objects.filter(expires__lt=now),
        User.objects.filter(
            last_login=None, is_demo=False, closed_at=None, created_at__lt=now - KEPT,
            emailaddress__verified=False,
        ).exclude(emailaddress__verified=True),
    ]  # fmt: skip
    more = False
    for rows in over:
        keys = list(rows.values_list("pk", flat=True)[:PIECE])
        rows.model._default_manager.filter(pk__in=keys).delete()
        more = more or len(keys) == PIECE
    return more
