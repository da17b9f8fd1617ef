"""What can happen to an organisation and to people's part in it."""

from __future__ import annotations

from dataclasses import dataclass

from sealwright.web.core.events import Event


@dataclass(frozen=True, kw_only=True)
class OrganisationFounded(Event):
    """An organisation was made; whoever made it owns it."""

    name = "organisation.founded"


@dataclass(frozen=True, kw_only=True)
class OrganisationChanged(Event):
    """What the organisation says of itself was changed."""

    name = "organisation.changed"


@dataclass(frozen=True, kw_only=True)
class OrganisationClosed(Event):
    """The organisation was closed: nobody acts for it any more, what it issued stays."""

    name = "organisation.closed"


@dataclass(frozen=True, kw_only=True)
class OrganisationReopened(Event):
    """Who runs this site opened the organisation again."""

    name = "organisation.reopened"


@dataclass(frozen=True, kw_only=True)
class UnitMade(Event):
    """A unit was made."""

    name = "unit.made"


@dataclass(frozen=True, kw_only=True)
class UnitRenamed(Event):
    """A unit was given another name."""

    name = "unit.renamed"


@dataclass(frozen=True, kw_only=True)
class UnitClosed(Event):
    """A unit was closed: it takes up nothing new."""

    name = "unit.closed"


@dataclass(frozen=True, kw_only=True)
class UnitReopened(Event):
    """A closed unit was opened again."""

    name = "unit.reopened"


@dataclass(frozen=True, kw_only=True)
class MemberInvited(Event):
    """Somebody was invited to a role."""

    name = "member.invited"


@dataclass(frozen=True, kw_only=True)
class InvitationSentAgain(Event):
    """An invitation was sent again; the link sent before is void."""

    name = "member.invited-again"


@dataclass(frozen=True, kw_only=True)
class InvitationWithdrawn(Event):
    """An invitation was withdrawn."""

    name = "member.invitation-withdrawn"


@dataclass(frozen=True, kw_only=True)
class MemberJoined(Event):
    """Somebody accepted an invitation."""

    name = "member.joined"


@dataclass(frozen=True, kw_only=True)
class RoleGiven(Event):
    """A member was given a role."""

    name = "member.role-given"


@dataclass(frozen=True, kw_only=True)
class RoleTaken(Event):
    """A role was taken from a member."""

    name = "member.role-taken"


@dataclass(frozen=True, kw_only=True)
class MemberRemoved(Event):
    """A member was removed, with all roles."""

    name = "member.removed"


@dataclass(frozen=True, kw_only=True)
class MemberLeft(Event):
    """A member left of their own accord."""

    name = "member.left"


@dataclass(frozen=True, kw_only=True)
class ApiKeyMade(Event):
    """A key for a program was made."""

    name = "api-key.made"


@dataclass(frozen=True, kw_only=True)
class ApiKeyRevoked(Event):
    """A key was revoked; the program that used it can do nothing more."""

    name = "api-key.revoked"


@dataclass(frozen=True, kw_only=True)
class DomainNamed(Event):
    """A domain was named as the organisation’s own."""

    name = "domain.named"


@dataclass(frozen=True, kw_only=True)
class DomainProven(Event):
    """A file under the domain showed that it is the organisation’s."""

    name = "domain.proven"


@dataclass(frozen=True, kw_only=True)
class DomainLost(Event):
    """The file was not found under the domain for too long: it counts as proven no more."""

    name = "domain.lost"


@dataclass(frozen=True, kw_only=True)
class DomainDropped(Event):
    """A domain was taken off the list."""

    name = "domain.dropped"
