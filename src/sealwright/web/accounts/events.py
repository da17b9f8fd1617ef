"""What happens to people. None of it names them beyond the id of their account."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from sealwright.web.core.events import SITE, Event


@dataclass(frozen=True, kw_only=True)
class PersonEvent(Event):
    """Something about the account `subject`, which belongs to no organisation."""

    organisation: str = ""


@dataclass(frozen=True, kw_only=True)
class AddressProven(PersonEvent):
    """An address was proven to be this person's; `User.addresses` has it now."""

    name = "person.address-proven"
    title = _("Address proven")


@dataclass(frozen=True, kw_only=True)
class AddressRemoved(PersonEvent):
    """An address is this person's no longer."""

    name = "person.address-removed"
    title = _("Address removed")


@dataclass(frozen=True, kw_only=True)
class KitUsed(PersonEvent):
    """Somebody signed in with the code on paper."""

    name = "person.kit-used"
    title = _("Recovery code on paper used")


@dataclass(frozen=True, kw_only=True)
class AccountsJoined(PersonEvent):
    """`details["gone"]` is the account that was joined into this one and closed."""

    name = "person.accounts-joined"
    title = _("Accounts joined")


@dataclass(frozen=True, kw_only=True)
class AccountClosed(PersonEvent):
    """The person left; what identified them is gone."""

    name = "person.account-closed"
    title = _("Account closed")


@dataclass(frozen=True, kw_only=True)
class OperatorEvent(Event):
    """Something about the account `subject`, on the trail of the whole site."""

    organisation: str = SITE


@dataclass(frozen=True, kw_only=True)
class OperatorAppointed(OperatorEvent):
    """A person runs this site from now on."""

    name = "operator.appointed"
    title = _("Operator appointed")


@dataclass(frozen=True, kw_only=True)
class OperatorDismissed(OperatorEvent):
    """A person runs this site no longer."""

    name = "operator.dismissed"
    title = _("Operator dismissed")
