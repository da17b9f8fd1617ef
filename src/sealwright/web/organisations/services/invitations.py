"""Roles offered by mail. The secret lies in the mail; the address has to be proven as well."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sealwright.web.accounts.models import User
from sealwright.web.core import mail
from sealwright.web.core.ids import new_token, token_hash
from sealwright.web.core.models import Message
from sealwright.web.core.refusals import CONFLICT, FORBIDDEN, GONE, NOT_FOUND, Refusal
from sealwright.web.organisations.actors import Actor
from sealwright.web.organisations.events import (
    InvitationSentAgain,
    InvitationWithdrawn,
    MemberInvited,
    MemberJoined,
)
from sealwright.web.organisations.models import Grant, Invitation, InvitationQuerySet, Role
from sealwright.web.organisations.permissions import Permission
from sealwright.web.organisations.services.roles import lock, require_reach, unit_for_role
from sealwright.web.organisations.services.telling import tell

GOOD_FOR: Final = timedelta(days=14)
MAIL: Final = "invitation"


@transaction.atomic
def invite(*, email: str, role: Role, unit: str = "", actor: Actor) -> Invitation:
    """Offer a role to whoever proves the address, by mail.

    Raises `Refusal`: as `roles.unit_for_role`, and 409 where the same was offered before or
    the person has the role.
    """
    actor.require(Permission.MEMBER_MANAGE)
    part = unit_for_role(role, unit, actor)
    address = email.strip().lower()
    held = Grant.objects.filter(organisation=actor.organisation, unit=part, role=role)
    if held.filter(
        person__emailaddress__email__iexact=address, person__emailaddress__verified=True
    ).exists():
        raise Refusal(CONFLICT, _("%s has this role already.") % address)
    token = new_token()
    try:
        with transaction.atomic():
            invitation = Invitation.objects.create(
                organisation=actor.organisation,
                unit=part,
                email=address,
                role=role,
                token_hash=token_hash(token),
                invited_by=actor.label,
                expires_at=timezone.now() + GOOD_FOR,
            )
    except IntegrityError as problem:
        said = _("%s was invited to this before. You can send that invitation again.")
        raise Refusal(CONFLICT, said % address) from problem
    tell(MemberInvited, invitation.public_id, actor=actor, role=role, unit=unit)
    _send(invitation, token, actor)
    return invitation


@transaction.atomic
def invite_again(public_id: str, *, actor: Actor) -> Invitation:
    """Send an open or expired invitation once more, with a new link; the old one is void.

    Raises `Refusal`: 403 for a role above one's own, 404 for none that is open.
    """
    invitation = _open_one(public_id, actor)
    token = new_token()
    invitation.token_hash = token_hash(token)
    invitation.expires_at = timezone.now() + GOOD_FOR
    invitation.invited_by = actor.label
    invitation.save(update_fields=["token_hash", "expires_at", "invited_by"])
    mail.cancel([invitation.public_id], [MAIL])
    tell(InvitationSentAgain, invitation.public_id, actor=actor)
    _send(invitation, token, actor)
    return invitation


@transaction.atomic
def withdraw(public_id: str, *, reason: str = "", actor: Actor) -> Invitation:
    """Make an open invitation void. Raises `Refusal` as `invite_again` does."""
    invitation = _open_one(public_id, actor)
    void(Invitation.objects.filter(pk=invitation.pk))
    tell(InvitationWithdrawn, invitation.public_id, actor=actor, reason=reason)
    return invitation


def void(invitations: InvitationQuerySet) -> None:
    """Withdraw those that are open: forget the address, and take back mails not sent yet."""
    still_open = invitations.still_open()
    mail.cancel(list(still_open.values_list("public_id", flat=True)), [MAIL])
    still_open.update(withdrawn_at=timezone.now(), email="")


def invitation_of(token: str) -> Invitation:
    """The invitation with this secret, whatever became of it.

    Raises `Refusal`: 404 for an unknown secret or a closed organisation.
    """
    found = Invitation.objects.select_related("organisation", "unit")
    invitation = found.filter(token_hash=token_hash(token), organisation__closed_at=None).first()
    if invitation is None:
        raise Refusal(NOT_FOUND, _("There is no such invitation. Was all of the link copied?"))
    return invitation


def is_for(invitation: Invitation, person: User) -> bool:
    """Has the person proven the address that was invited?"""
    return invitation.email in {address.lower() for address in person.addresses()}


@transaction.atomic
def accept(token: str, *, person: User) -> Grant:
    """Take up the role. Only for whoever has proven the address it was offered to.

    Raises `Refusal`: 404 for an unknown secret, 410 for one that was used, withdrawn or has
    expired, 403 for another person's: a forwarded link opens nothing.
    """
    invitation = invitation_of(token)
    lock(invitation.organisation)
    invitation.refresh_from_db()
    if invitation.accepted_at is not None:
        raise Refusal(GONE, _("This invitation was accepted before."))
    if invitation.withdrawn_at is not None or invitation.token_hash != token_hash(token):
        raise Refusal(GONE, _("This invitation was withdrawn. Ask for a new one."))
    if invitation.expires_at <= timezone.now():
        raise Refusal(GONE, _("This invitation has expired. Ask for a new one."))
    if not is_for(invitation, person):
        raise Refusal(
            FORBIDDEN,
            _("This invitation is for another address. Add that address to your account, prove "
              "it, and open the link again."),
        )  # fmt: skip
    return _join(invitation, person)


def _join(invitation: Invitation, person: User) -> Grant:
    grant, _is_new = Grant.objects.get_or_create(
        organisation=invitation.organisation,
        unit=invitation.unit,
        person=person,
        role=invitation.role,
        defaults={"granted_by": invitation.invited_by},
    )
    invitation.accepted_at = timezone.now()
    invitation.email = ""
    invitation.save(update_fields=["accepted_at", "email"])
    unit = invitation.unit.public_id if invitation.unit else ""
    tell(
        MemberJoined,
        person.public_id,
        actor=Actor(person.label, str(person), invitation.organisation),
        role=invitation.role,
        unit=unit,
        invitation=invitation.public_id,
    )
    return grant


def _open_one(public_id: str, actor: Actor) -> Invitation:
    actor.require(Permission.MEMBER_MANAGE)
    lock(actor.organisation)
    invitations = Invitation.objects.visible_to(actor).still_open()
    invitation = invitations.select_related("unit").filter(public_id=public_id).first()
    if invitation is None:
        raise Refusal(NOT_FOUND, _("There is no such invitation."))
    require_reach(actor, Role(invitation.role))
    return invitation


def _send(invitation: Invitation, token: str, actor: Actor) -> None:
    organisation = actor.organisation.name
    told = {
        "name": actor.name,
        "organisation": organisation,
        "role": Role(invitation.role).label,
        "unit": invitation.unit.name if invitation.unit else _("the whole organisation"),
        "link": f"{settings.BASE_URL}/invitations/{token}",
        "until": date_format(invitation.expires_at),
    }
    text = _(
        "%(name)s invites you to %(organisation)s on Sealwright.\n\n"
        "Role: %(role)s, for %(unit)s\n\n"
        "Open this link to accept. You need an account with the address that this mail went to:\n"
        "%(link)s\n\n"
        "It works until %(until)s. If you do not know %(organisation)s, leave it be.\n"
    )
    mail.queue(
        [
            Message(
                key=f"invitation:{invitation.token_hash}",
                kind=MAIL,
                about=invitation.public_id,
                to=invitation.email,
                subject=_("%(name)s invites you to %(organisation)s") % told,
                text=text % told,
            )
        ]
    )
