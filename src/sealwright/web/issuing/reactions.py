"""What issuing does about what happens to people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sealwright.web.accounts.events import AddressProven
from sealwright.web.accounts.models import User
from sealwright.web.issuing.services.claims import attach_awards_of


def on_address_proven(events: Sequence[AddressProven]) -> None:
    """What was made out to an address is its owner's as soon as it is proven."""
    people = User.objects.filter(public_id__in={event.subject for event in events}, is_active=True)
    for person in people:
        attach_awards_of(person)


def on_signed_in(*, user: User, **_more: Any) -> None:
    """What came meanwhile is in the account when its owner comes back."""
    attach_awards_of(user)
