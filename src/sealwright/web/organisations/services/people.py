"""Who has which role: given, changed, taken, and left."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from sealwright.web.accounts.models import User
from sealwright.web.core.refusals import NOT_FOUND, Refusal
from sealwright.web.organisations.actors import Actor
from sealwright.web.organisations.events import MemberLeft, MemberRemoved, RoleGiven, RoleTaken
from sealwright.web.organisations.models import Grant, Invitation, Organisation, Role
from sealwright.web.organisations.permissions import Permission
from sealwright.web.organisations.services.invitations import void
from sealwright.web.organisations.services.roles import (
    keep_an_owner,
    lock,
    require_reach,
    unit_for_role,
)
from sealwright.web.organisations.services.telling import tell


@transaction.atomic
def give_role(member: str, *, role: Role, unit: str = "", actor: Actor) -> Grant:
    """Give a member (public id of a person) one more role. Giving it twice is no fault.

    `unit` is the public id of a unit; without it the role is for the whole. Raises `Refusal`:
    403 for a role above one's own, 404 for who is no member or a unit elsewhere, 422 for an
    owner of a unit, 409 for a closed unit.
    """
    actor.require(Permission.MEMBER_MANAGE)
    part = unit_for_role(role, unit, actor)
    lock(actor.organisation)
    person = _member(member, actor)
    grant, is_new = Grant.objects.get_or_create(
        organisation=actor.organisation,
        unit=part,
        person=person,
        role=role,
        defaults={"granted_by": actor.label},
    )
    if is_new:
        tell(RoleGiven, person.public_id, actor=actor, role=role, unit=unit)
    return grant


@transaction.atomic
def take_role(member: str, *, role: Role, unit: str = "", reason: str = "", actor: Actor) -> None:
    """Take a role from a member. Who has no role left is a member no more.

    Raises `Refusal`: 403 for a role above one's own, 404 where there is no such role, 409 for
    the last owner's.
    """
    actor.require(Permission.MEMBER_MANAGE)
    require_reach(actor, role)
    lock(actor.organisation)
    person = _member(member, actor)
    grants = Grant.objects.filter(organisation=actor.organisation, person=person, role=role)
    grants = grants.filter(unit__public_id=unit) if unit else grants.filter(unit=None)
    if not grants.delete()[0]:
        raise Refusal(NOT_FOUND, _("This person does not have this role."))
    keep_an_owner(actor.organisation)
    tell(RoleTaken, person.public_id, actor=actor, reason=reason, role=role, unit=unit)
    _withdraw_invitations_of(person, actor.organisation)


@transaction.atomic
def change_role(
    member: str, *, before: Role, now: Role, unit: str = "", reason: str = "", actor: Actor
) -> None:
    """Exchange one role of a member for another, in the same unit or in the whole.

    Raises as `give_role` and `take_role` do.
    """
    if before != now:
        give_role(member, role=now, unit=unit, actor=actor)
        take_role(member, role=before, unit=unit, reason=reason, actor=actor)


@transaction.atomic
def remove_member(member: str, *, reason: str = "", actor: Actor) -> None:
    """Take all roles from a member.

    Raises `Refusal`: 403 for a member above oneself, 404 for who is none, 409 for the last
    owner.
    """
    actor.require(Permission.MEMBER_MANAGE)
    lock(actor.organisation)
    person = _member(member, actor)
    grants = Grant.objects.filter(organisation=actor.organisation, person=person)
    roles = sorted(set(grants.values_list("role", flat=True)))
    for role in roles:
        require_reach(actor, Role(role))
    grants.delete()
    keep_an_owner(actor.organisation)
    tell(MemberRemoved, person.public_id, actor=actor, reason=reason, roles=roles)
    _withdraw_invitations_of(person, actor.organisation)


@transaction.atomic
def leave(person: User, *, actor: Actor) -> None:
    """Give up all one's own roles. Raises `Refusal`: 409 for the last owner."""
    lock(actor.organisation)
    Grant.objects.filter(organisation=actor.organisation, person=person).delete()
    keep_an_owner(actor.organisation)
    tell(MemberLeft, person.public_id, actor=actor)
    _withdraw_invitations_of(person, actor.organisation)


def _member(public_id: str, actor: Actor) -> User:
    members = User.objects.filter(grants__organisation=actor.organisation)
    person = members.filter(public_id=public_id).first()
    if person is None:
        raise Refusal(NOT_FOUND, _("There is no such member."))
    return person


def _withdraw_invitations_of(person: User, organisation: Organisation) -> None:
    """Who has no role left has nobody invited either."""
    if not Grant.objects.filter(organisation=organisation, person=person).exists():
        void(Invitation.objects.filter(organisation=organisation, invited_by=person.label))
