"""What can happen to a programme."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from sealwright.web.core.events import Event


@dataclass(frozen=True, kw_only=True)
class ProgrammeCreated(Event):
    """A programme was begun as a draft."""

    name = "programme.created"
    title = _("Programme begun")


@dataclass(frozen=True, kw_only=True)
class ProgrammeDrafted(Event):
    """A part of the draft was saved."""

    name = "programme.drafted"
    title = _("Draft saved")


@dataclass(frozen=True, kw_only=True)
class ProgrammePublished(Event):
    """A version was published; it never changes again."""

    name = "programme.published"
    title = _("Version published")


@dataclass(frozen=True, kw_only=True)
class ProgrammeRetired(Event):
    """A programme is no longer offered."""

    name = "programme.retired"
    title = _("Programme retired")


@dataclass(frozen=True, kw_only=True)
class ProgrammeReopened(Event):
    """A retired programme is offered again."""

    name = "programme.reopened"
    title = _("Programme reopened")


@dataclass(frozen=True, kw_only=True)
class PictureKept(Event):
    """A badge picture was brought."""

    name = "picture.kept"
    title = _("Badge picture brought")


@dataclass(frozen=True, kw_only=True)
class FrameworkBrought(Event):
    """Who runs this site brought in a version of a framework; skills are picked from it now."""

    name = "framework.brought"
    title = _("Framework of skills brought in")


@dataclass(frozen=True, kw_only=True)
class FrameworkPutFirst(Event):
    """Who runs this site chose the framework that is offered before the others."""

    name = "framework.put-first"
    title = _("Framework of skills put first")


@dataclass(frozen=True, kw_only=True)
class FrameworkRemoved(Event):
    """Who runs this site removed a version of a framework; what is published stays as it is."""

    name = "framework.removed"
    title = _("Framework of skills removed")
