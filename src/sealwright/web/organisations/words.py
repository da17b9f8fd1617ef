"""Roles, scopes and troubles with domains, in words that people understand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sealwright.web.organisations.models import Role
from sealwright.web.organisations.permissions import Permission

Words = str | Promise

ROLES: Final[Mapping[Role, Words]] = {
    Role.OWNER: _("May do everything, keys and closing included."),
    Role.MANAGER: _("Runs programmes, people and the profile; issues and revokes."),
    Role.ISSUER: _("Issues, corrects and revokes awards."),
    Role.ASSESSOR: _("Reads applications and decides on them."),
    Role.RECRUITER: _("Screens applicants. Sees programmes, no awards."),
    Role.READER: _("Sees programmes, awards and people. Changes nothing."),
}

SCOPES: Final[Mapping[Permission, Words]] = {
    Permission.AWARD_ISSUE: _("Issue awards"),
    Permission.AWARD_READ: _("Read awards and batches"),
    Permission.AWARD_REVOKE: _("Revoke, suspend and correct awards"),
    Permission.PROGRAMME_READ: _("Read programmes"),
}

DOMAIN_PROBLEMS: Final[Mapping[str, Words]] = {
    "token-missing": _("The file is there, but none of its lines is the token."),
    "file-empty": _("The file is there, but it is empty."),
    "other-domain": _("The address led on to another domain, which cannot speak for this one."),
    "http-not-found": _("There is no file at this address (404)."),
    "http-gone": _("The file was taken away (410)."),
    "http-server-error": _("The server of this domain has trouble of its own."),
    "http-status": _("The server did not hand the file out."),
    "dns-failure": _("There is no such domain, or nobody could tell us where it is."),
    "no-connection": _("The server did not answer."),
    "tls-failure": _("There was no secure connection. Is the certificate in order?"),
    "timed-out": _("The server took too long to answer."),
    "answer-too-large": _("The file is far too long for one that holds a token."),
    "too-many-redirects": _("The address led from one place to the next without an end."),
    "address-not-public": _("The domain does not lead to the public internet."),
}
_OTHER_PROBLEM: Final = _("The file could not be read.")


def domain_problem(code: str) -> Words:
    """What was wrong at a check of a domain."""
    return DOMAIN_PROBLEMS.get(code, _OTHER_PROBLEM)
