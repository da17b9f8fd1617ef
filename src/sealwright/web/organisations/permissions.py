"""Who may do what: one table. Permissions are named `<resource>:<action>`."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from sealwright.web.organisations.models import Role


class Permission(StrEnum):
    """What may be done within an organisation, in alphabetical order."""

    API_KEY_MANAGE = "api-key:manage"
    APPLICATION_ASSESS = "application:assess"
    APPLICATION_READ = "application:read"
    AUDIT_READ = "audit:read"
    AWARD_ISSUE = "award:issue"
    AWARD_READ = "award:read"
    AWARD_REVOKE = "award:revoke"
    CONSOLE_SEE = "console:see"
    KEY_MANAGE = "key:manage"
    MEMBER_MANAGE = "member:manage"
    MEMBER_READ = "member:read"
    ORGANISATION_EDIT = "organisation:edit"
    ORGANISATION_LEAVE = "organisation:leave"
    PROGRAMME_EDIT = "programme:edit"
    PROGRAMME_PUBLISH = "programme:publish"
    PROGRAMME_READ = "programme:read"


P = Permission
_READ: Final = frozenset({P.CONSOLE_SEE, P.PROGRAMME_READ, P.AWARD_READ, P.MEMBER_READ})
_ISSUE: Final = _READ | {P.AWARD_ISSUE, P.AWARD_REVOKE, P.APPLICATION_READ}

GRANTS: Final[dict[Role, frozenset[Permission]]] = {
    Role.OWNER: frozenset(Permission),
    Role.MANAGER: _ISSUE
    | {
        P.APPLICATION_ASSESS,
        P.AUDIT_READ,
        P.MEMBER_MANAGE,
        P.ORGANISATION_EDIT,
        P.PROGRAMME_EDIT,
        P.PROGRAMME_PUBLISH,
    },
    Role.ISSUER: _ISSUE,
    Role.ASSESSOR: frozenset(
        {P.CONSOLE_SEE, P.PROGRAMME_READ, P.APPLICATION_READ, P.APPLICATION_ASSESS}
    ),
    Role.RECRUITER: frozenset({P.CONSOLE_SEE, P.PROGRAMME_READ}),
    Role.READER: _READ,
}

OF_THE_WHOLE: Final = frozenset(
    {
        P.API_KEY_MANAGE,
        P.AUDIT_READ,
        P.KEY_MANAGE,
        P.MEMBER_MANAGE,
        P.ORGANISATION_EDIT,
        P.ORGANISATION_LEAVE,
    }
)
"""Permissions that only a role for the whole organisation gives."""

NEEDS_SECOND_FACTOR: Final = frozenset(
    {
        P.API_KEY_MANAGE,
        P.AWARD_ISSUE,
        P.AWARD_REVOKE,
        P.KEY_MANAGE,
        P.MEMBER_MANAGE,
        P.ORGANISATION_LEAVE,
        P.PROGRAMME_PUBLISH,
        P.APPLICATION_ASSESS,
    }
)
"""People who use these sign in with a passkey or a second factor."""

FOR_PROGRAMS: Final = (
    P.AWARD_ISSUE,
    P.AWARD_READ,
    P.AWARD_REVOKE,
    P.PROGRAMME_READ,
)
"""What an API key may be given."""
