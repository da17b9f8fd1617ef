"""What becomes of people's parts in organisations when two accounts join, or somebody leaves."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sealwright.web.accounts import joining, leaving
from sealwright.web.accounts.models import User
from sealwright.web.core.events import publish
from sealwright.web.organisations.events import MemberJoined, MemberLeft
from sealwright.web.organisations.models import Grant, Invitation, Organisation, Role
from sealwright.web.organisations.services.invitations import void
from sealwright.web.organisations.services.roles import keep_an_owner, lock


def move(goes: User, stays: User) -> None:
    """Hand the roles over; a role that both have is kept once. The trails of both sides say so."""
    reason = _("Two accounts of one person were joined.")
    for organisation in _with(goes):
        lock(organisation)
        had = {(grant.unit_id, grant.role) for grant in _grants(stays, organisation)}
        for grant in _grants(goes, organisation):
            if (grant.unit_id, grant.role) in had:
                grant.delete()
            else:
                grant.person = stays
                grant.save(update_fields=["person"])
        of, by = organisation.public_id, stays.label
        publish(MemberLeft(organisation=of, actor=by, subject=goes.public_id, reason=reason))
        if not had:
            publish(MemberJoined(organisation=of, actor=by, subject=stays.public_id, reason=reason))


def tells(goes: User) -> list[str]:
    """What would move, for the page that asks."""
    number = Grant.objects.filter(person=goes).count()
    told = ngettext(
        "%(number)d role in an organisation", "%(number)d roles in organisations", number
    )
    return [told % {"number": number}] if number else []


def export(person: User) -> list[dict[str, Any]]:
    """The roles that the person has."""
    grants = Grant.objects.filter(person=person).select_related("organisation", "unit")
    return [
        {
            "organisation": grant.organisation.name,
            "unit": grant.unit.name if grant.unit else None,
            "role": grant.role,
            "since": grant.granted_at,
        }
        for grant in grants.order_by("granted_at")
    ]


def erase(person: User) -> None:
    """Give up all roles, and withdraw the invitations to the person and by the person."""
    for organisation in _with(person):
        lock(organisation)
        owned = _grants(person, organisation).filter(role=Role.OWNER, unit=None).exists()
        _grants(person, organisation).delete()
        if owned and organisation.closed_at is None:
            keep_an_owner(organisation)  # another owner may have left since we asked
        publish(
            MemberLeft(
                organisation=organisation.public_id,
                actor=person.label,
                subject=person.public_id,
                reason=_("The account was closed."),
            )
        )
    void(Invitation.objects.filter(email__in=person.addresses()))
    void(Invitation.objects.filter(invited_by=person.label))


def objection(person: User) -> str | None:
    """Who is the only owner of an organisation cannot leave it to nobody."""
    owned = Organisation.objects.filter(
        grants__person=person, grants__role=Role.OWNER, grants__unit=None, closed_at=None
    )
    alone = [
        organisation.name
        for organisation in owned.distinct().order_by("name")
        if not Grant.objects.of_owners(organisation).exclude(person=person).exists()
    ]
    if not alone:
        return None
    return _(
        "You are the only owner of %(names)s. Make somebody else an owner, or close the "
        "organisation."
    ) % {"names": ", ".join(alone)}


def register() -> None:
    """Tell `accounts` of these."""
    joining.register(move, tells=tells)
    leaving.register_export("roles", export)
    leaving.register_erasure(erase)
    leaving.register_objection(objection)


def _with(person: User) -> list[Organisation]:
    """In one order for everybody, so that two who lock several do not wait for each other."""
    return list(Organisation.objects.filter(grants__person=person).distinct().order_by("pk"))


def _grants(person: User, organisation: Organisation) -> QuerySet[Grant]:
    return Grant.objects.filter(person=person, organisation=organisation)
