"""What there is to know about a person's own account."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.db.models import Q, QuerySet

from sealwright.web.accounts.models import DemoSide, RecoveryKit, User
from sealwright.web.core.models import DeliveredMail


@dataclass(frozen=True, slots=True)
class WaysIn:
    """How a person can sign in, and what would help if one of the ways were lost."""

    addresses: Sequence[EmailAddress]
    passkeys: Sequence[Authenticator]
    app: Authenticator | None
    recovery_codes: int | None
    """How many are left; None where there are none because there is no second factor."""
    kit: RecoveryKit | None
    has_password: bool

    @property
    def has_second_factor(self) -> bool:
        return bool(self.passkeys or self.app)


def ways_in(person: User) -> WaysIn:
    """Everything that lets this person in."""
    found = Authenticator.objects.filter(user=person).order_by("created_at")
    kinds = {kind: [one for one in found if one.type == kind] for kind in Authenticator.Type}
    codes = kinds[Authenticator.Type.RECOVERY_CODES]
    addresses = EmailAddress.objects.filter(user=person, verified=True)
    return WaysIn(
        addresses=list(addresses.order_by("-primary", "pk")),
        passkeys=kinds[Authenticator.Type.WEBAUTHN],
        app=next(iter(kinds[Authenticator.Type.TOTP]), None),
        recovery_codes=len(codes[0].wrap().get_unused_codes()) if codes else None,
        kit=RecoveryKit.objects.filter(person=person).first(),
        has_password=person.has_usable_password(),
    )


def has_second_factor(person: User) -> bool:
    """Has the person a passkey or an authenticator app?"""
    return bool(is_mfa_enabled(person, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]))


def demo_people() -> Mapping[str, Sequence[User]]:
    """The people of the demo world by where they stand, each group under its heading."""
    people = list(User.objects.filter(is_demo=True, is_active=True).order_by("pk"))
    groups = {
        str(side.label): [one for one in people if one.demo_side == side] for side in DemoSide
    }
    return {heading: group for heading, group in groups.items() if group}


def delivered(query: str) -> QuerySet[DeliveredMail]:
    """The mails of the demo's outbox, newest first; `query` is part of an address or subject."""
    mails = DeliveredMail.objects.all()
    if query:
        mails = mails.filter(Q(to__icontains=query) | Q(subject__icontains=query))
    return mails


@dataclass(frozen=True, slots=True)
class Place:
    """Something of a person's own to go on with, on the page after signing in."""

    title: str
    detail: str
    url: str
    icon: str = field(default="arrow-right")


Places = Callable[[User], Iterable[Place]]
_places: list[Places] = []


def register_places(places: Places) -> None:
    """Have `places(person)` name what the page after signing in offers first."""
    if places not in _places:
        _places.append(places)


def places_of(person: User) -> list[Place]:
    """What this person has here already, as the apps above tell it."""
    return [place for places in _places for place in places(person)]
