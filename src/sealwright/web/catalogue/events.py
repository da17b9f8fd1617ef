"""What can happen to a programme."""

from __future__ import annotations

from dataclasses import dataclass

from sealwright.web.core.events import Event


@dataclass(frozen=True, kw_only=True)
class ProgrammeCreated(Event):
    """A programme was begun as a draft."""

    name = "programme.created"


@dataclass(frozen=True, kw_only=True)
class ProgrammeDrafted(Event):
    """A part of the draft was saved."""

    name = "programme.drafted"


@dataclass(frozen=True, kw_only=True)
class ProgrammePublished(Event):
    """A version was published; it never changes again."""

    name = "programme.published"


@dataclass(frozen=True, kw_only=True)
class ProgrammeRetired(Event):
    """A programme is no longer offered."""

    name = "programme.retired"


@dataclass(frozen=True, kw_only=True)
class ProgrammeReopened(Event):
    """A retired programme is offered again."""

    name = "programme.reopened"


@dataclass(frozen=True, kw_only=True)
class PictureKept(Event):
    """A badge picture was brought."""

    name = "picture.kept"
