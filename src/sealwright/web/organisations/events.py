"""What can happen to an organisation and to people's part in it."""

from __future__ import annotations

from dataclasses import dataclass

from sealwright.web.core.events import Event


@dataclass(frozen=True, kw_only=True)
class ApiKeyMade(Event):
    """A key for a program was made."""

    name = "api-key.made"


@dataclass(frozen=True, kw_only=True)
class ApiKeyRevoked(Event):
    """A key was revoked; the program that used it can do nothing more."""

    name = "api-key.revoked"
