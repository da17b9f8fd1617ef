"""Making one account of two that belong to one person.

What an app holds for a person it moves itself: it registers a mover in `AppConfig.ready`. All
movers run in one transaction with the move of the addresses, and then the other account is
closed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sealwright.web.accounts.events import AccountsJoined, AddressProven
from sealwright.web.accounts.leaving import shut
from sealwright.web.accounts.mails import letter
from sealwright.web.accounts.models import AddressProof, User
from sealwright.web.core.events import publish
from sealwright.web.core.mail import queue
from sealwright.web.core.refusals import FORBIDDEN, NOT_FOUND, Refusal

Mover = Callable[[User, User], None]
"""Called with the account that goes and the account that stays."""

Teller = Callable[[User], Iterable[str]]
"""What would move, a line each, as in "12 badges"; nothing where there is nothing."""


class _Registered(NamedTuple):
    mover: Mover
    tells: Teller | None


_movers: list[_Registered] = []


def register(mover: Mover, *, tells: Teller | None = None) -> None:
    """Have `mover(goes, stays)` move what an app holds, and `tells(goes)` say what that is."""
    if mover not in [known.mover for known in _movers]:
        _movers.append(_Registered(mover, tells))


def account_behind(proof: AddressProof) -> User | None:
    """The other account that the proven address belongs to, or None."""
    address = EmailAddress.objects.filter(email=proof.email, verified=True).select_related("user")
    found = address.exclude(user_id=proof.person_id).first()
    return found.user if found else None


def what_moves(goes: User) -> list[str]:
    """What the joining would move, in lines for people."""
    addresses = goes.addresses()
    lines = [
        ngettext("%(number)d address", "%(number)d addresses", len(addresses))
        % {"number": len(addresses)}
    ]
    for known in _movers:
        lines.extend(known.tells(goes) if known.tells else ())
    return lines


@transaction.atomic
def join(*, proof_id: str, stays: User) -> User:
    """Move everything of the account behind the proof to `stays`, and close that account.

    Raises `Refusal` (404) without a proof that was cleared, and where another joining came
    first; 403 for an account that runs the site.
    """
    proof = AddressProof.objects.select_for_update(no_key=True).filter(
        public_id=proof_id, person=stays, cleared_at__isnull=False, expires_at__gt=timezone.now()
    ).first()  # fmt: skip
    goes = account_behind(proof) if proof else None
    if proof is None or goes is None:
        raise Refusal(NOT_FOUND, _("There is nothing to join. Name the address again."))
    locked = User.objects.select_for_update(no_key=True).filter(pk__in=[stays.pk, goes.pk])
    people = {person.pk: person for person in locked.order_by("pk")}
    stays, goes = people[stays.pk], people[goes.pk]
    if account_behind(proof) != goes or not (stays.is_active and goes.is_active):
        raise Refusal(NOT_FOUND, _("One of the two accounts changed meanwhile. Start again."))
    if goes.is_operator:
        raise Refusal(
            FORBIDDEN,
            _("The other account runs this site and cannot be joined into one that does not."),
        )
    _move_addresses(goes, stays)
    for known in _movers:
        known.mover(goes, stays)
    proof.delete()
    shut(goes)
    event = AccountsJoined(
        actor=stays.label, subject=stays.public_id, details={"gone": goes.public_id}
    )
    publish(event, AddressProven(actor=stays.label, subject=stays.public_id))
    queue(letter("accounts_joined", to=address, person=stays) for address in stays.addresses())
    return stays


def _move_addresses(goes: User, stays: User) -> None:
    moving = EmailAddress.objects.filter(user=goes, verified=True)
    EmailAddress.objects.filter(user=stays, verified=False, email__in=goes.addresses()).delete()
    moving.update(user=stays, primary=False)
