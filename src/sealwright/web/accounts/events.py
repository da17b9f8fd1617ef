"""What happens to people. None of it names them beyond the id of their account."""

from __future__ import annotations

from dataclasses import dataclass

from sealwright.web.core.events import Event


@dataclass(frozen=True, kw_only=True)
class PersonEvent(Event):
    """Something about the account `subject`, which belongs to no organisation."""

    organisation: str = ""


@dataclass(frozen=True, kw_only=True)
class AddressProven(PersonEvent):
    """An address was proven to be this person's; `User.addresses` has it now."""

    name = "person.address-proven"


@dataclass(frozen=True, kw_only=True)
class AddressRemoved(PersonEvent):
    """An address is this person's no longer."""

    name = "person.address-removed"


@dataclass(frozen=True, kw_only=True)
class KitUsed(PersonEvent):
    """Somebody signed in with the code on paper."""

    name = "person.kit-used"


@dataclass(frozen=True, kw_only=True)
class AccountsJoined(PersonEvent):
    """`details["gone"]` is the account that was joined into this one and closed."""

    name = "person.accounts-joined"


@dataclass(frozen=True, kw_only=True)
class AccountClosed(PersonEvent):
    """The person left; what identified them is gone."""

    name = "person.account-closed"
