"""What can happen to an organisation and to people's part in it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from sealwright.web.core.events import Event


@dataclass(frozen=True, kw_only=True)
class OrganisationFounded(Event):
    """An organisation was made; whoever made it owns it."""

    name = "organisation.founded"
    title = _("Organisation founded")


@dataclass(frozen=True, kw_only=True)
class OrganisationChanged(Event):
    """What the organisation says of itself was changed."""

    name = "organisation.changed"
    title = _("Organisation changed")


@dataclass(frozen=True, kw_only=True)
class OrganisationClosed(Event):
    """The organisation was closed: nobody acts for it any more, what it issued stays."""

    name = "organisation.closed"
    title = _("Organisation closed")


@dataclass(frozen=True, kw_only=True)
class OrganisationReopened(Event):
    """Who runs this site opened the organisation again."""

    name = "organisation.reopened"
    title = _("Organisation reopened")


@dataclass(frozen=True, kw_only=True)
class UnitMade(Event):
    """A unit was made."""

    name = "unit.made"
    title = _("Unit made")


@dataclass(frozen=True, kw_only=True)
class UnitRenamed(Event):
    """A unit was given another name."""

    name = "unit.renamed"
    title = _("Unit renamed")


@dataclass(frozen=True, kw_only=True)
class UnitClosed(Event):
    """A unit was closed: it takes up nothing new."""

    name = "unit.closed"
    title = _("Unit closed")


@dataclass(frozen=True, kw_only=True)
class UnitReopened(Event):
    """A closed unit was opened again."""

    name = "unit.reopened"
    title = _("Unit reopened")


@dataclass(frozen=True, kw_only=True)
class MemberInvited(Event):
    """Somebody was invited to a role."""

    name = "member.invited"
    title = _("Member invited")


@dataclass(frozen=True, kw_only=True)
class InvitationSentAgain(Event):
    """An invitation was sent again; the link sent before is void."""

    name = "member.invited-again"
    title = _("Invitation sent again")


@dataclass(frozen=True, kw_only=True)
class InvitationWithdrawn(Event):
    """An invitation was withdrawn."""

    name = "member.invitation-withdrawn"
    title = _("Invitation withdrawn")


@dataclass(frozen=True, kw_only=True)
class MemberJoined(Event):
    """Somebody accepted an invitation."""

    name = "member.joined"
    title = _("Member joined")


@dataclass(frozen=True, kw_only=True)
class RoleGiven(Event):
    """A member was given a role."""

    name = "member.role-given"
    title = _("Role given")


@dataclass(frozen=True, kw_only=True)
class RoleTaken(Event):
    """A role was taken from a member."""

    name = "member.role-taken"
    title = _("Role taken away")


@dataclass(frozen=True, kw_only=True)
class MemberRemoved(Event):
    """A member was removed, with all roles."""

    name = "member.removed"
    title = _("Member removed")


@dataclass(frozen=True, kw_only=True)
class MemberLeft(Event):
    """A member left of their own accord."""

    name = "member.left"
    title = _("Member left")


@dataclass(frozen=True, kw_only=True)
class ApiKeyMade(Event):
    """A key for a program was made."""

    name = "api-key.made"
    title = _("API key made")


@dataclass(frozen=True, kw_only=True)
class ApiKeyRevoked(Event):
    """A key was revoked; the program that used it can do nothing more."""

    name = "api-key.revoked"
    title = _("API key revoked")


@dataclass(frozen=True, kw_only=True)
class DomainNamed(Event):
    """A domain was named as the organisation’s own."""

    name = "domain.named"
    title = _("Domain named")


@dataclass(frozen=True, kw_only=True)
class DomainProven(Event):
    """A file under the domain showed that it is the organisation’s."""

    name = "domain.proven"
    title = _("Domain proven")


@dataclass(frozen=True, kw_only=True)
class DomainLost(Event):
    """The file was not found under the domain for too long: it counts as proven no more."""

    name = "domain.lost"
    title = _("Domain proven no more")


@dataclass(frozen=True, kw_only=True)
class DomainDropped(Event):
    """A domain was taken off the list."""

    name = "domain.dropped"
    title = _("Domain taken off the list")
