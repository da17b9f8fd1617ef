"""Whoever acts for an organisation: a person, a program or the worker, as one kind of value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from sealwright.web.core.refusals import FORBIDDEN, Refusal
from sealwright.web.organisations.models import ApiKey, Grant, Organisation, Role, Unit
from sealwright.web.organisations.permissions import GRANTS, OF_THE_WHOLE, Permission

if TYPE_CHECKING:
    from sealwright.web.accounts.models import User

KEY_LABEL: Final = "key:"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, for which organisation, and what they may do in the whole and in its units.

    Sessions, API keys and the worker become actors at the door, so that services have one
    question to ask. `label` is what the trail says, `name` what people of the organisation
    see.
    """

    label: str
    name: str
    organisation: Organisation
    everywhere: frozenset[Permission] = frozenset()
    in_units: Mapping[int, frozenset[Permission]] = field(default_factory=dict)
    """Permissions by the number of a unit, what lies below it included."""

    def may(self, permission: Permission, *, unit_id: int | None = None) -> bool:
        """May they do this in the unit? Without a unit: to something of the whole."""
        if permission in self.everywhere:
            return True
        return unit_id is not None and permission in self.in_units.get(unit_id, frozenset())

    def may_somewhere(self, permission: Permission) -> bool:
        """May they do this in the whole or in any unit?"""
        return permission in self.everywhere or any(
            permission in granted for granted in self.in_units.values()
        )

    def require(self, permission: Permission, *, unit_id: int | None = None) -> None:
        """Raise a `Refusal` (403) unless they may."""
        if not self.may(permission, unit_id=unit_id):
            raise self._refusal(permission)

    def require_somewhere(self, permission: Permission) -> None:
        """Raise a `Refusal` (403) unless they may do this in the whole or in some unit."""
        if not self.may_somewhere(permission):
            raise self._refusal(permission)

    @property
    def is_program(self) -> bool:
        """Is it a program with an API key?"""
        return self.label.startswith(KEY_LABEL)

    def _refusal(self, permission: Permission) -> Refusal:
        if self.is_program:
            said = _("This key has no scope for this here: %(permission)s is needed.")
        else:
            said = _("Your role here does not allow this: %(permission)s.")
        return Refusal(FORBIDDEN, said % {"permission": permission})

    def units_with(self, permission: Permission) -> frozenset[int] | None:
        """The units in which they may do this; None stands for the whole organisation."""
        if permission in self.everywhere:
            return None
        return frozenset(unit for unit, granted in self.in_units.items() if permission in granted)


def actor_of_person(person: User, organisation: Organisation) -> Actor | None:
    """The person as an actor; None where they have no part in the organisation."""
    grants = list(Grant.objects.filter(organisation=organisation, person=person))
    if not grants or organisation.closed_at is not None:
        return None
    whole = [grant.role for grant in grants if grant.unit_id is None]
    parts: dict[int, set[Permission]] = {}
    below = _below(organisation) if len(whole) < len(grants) else {}
    for grant in grants:
        if grant.unit_id is not None:
            for unit in below[grant.unit_id]:
                parts.setdefault(unit, set()).update(GRANTS[Role(grant.role)] - OF_THE_WHOLE)
    return Actor(
        label=person.label,
        name=str(person),
        organisation=organisation,
        everywhere=_of_roles(whole),
        in_units={unit: frozenset(granted) for unit, granted in parts.items()},
    )


def actor_of_key(key: ApiKey) -> Actor:
    """A program as an actor, within the scopes of its key."""
    granted = frozenset(Permission(scope) for scope in key.scopes)
    label, name = f"{KEY_LABEL}{key.public_id}", key.name
    if key.unit_id is None:
        return Actor(label, name, key.organisation, everywhere=granted)
    units = _below(key.organisation)[key.unit_id]
    return Actor(label, name, key.organisation, in_units=dict.fromkeys(units, granted))


def worker(organisation: Organisation) -> Actor:
    """The background worker, carrying out what somebody was allowed to start."""
    return Actor("worker", "Sealwright", organisation, everywhere=frozenset(Permission))


def _of_roles(roles: Iterable[str]) -> frozenset[Permission]:
    return frozenset().union(*(GRANTS[Role(role)] for role in roles))


def _below(organisation: Organisation) -> dict[int, set[int]]:
    """For each unit the numbers of itself and of all units below it."""
    parents = dict(Unit.objects.filter(organisation=organisation).values_list("pk", "parent_id"))
    below: dict[int, set[int]] = {unit: {unit} for unit in parents}
    for unit in parents:
        above = parents[unit]
        while above is not None:
            below[above].add(unit)
            above = parents[above]
    return below
