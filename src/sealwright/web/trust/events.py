"""What can happen to what others say of an organisation."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from sealwright.web.core.events import Event


@dataclass(frozen=True, kw_only=True)
class RecognitionTold(Event):
    """The organisation says that somebody recognises it."""

    name = "recognition.told"
    title = _("Recognition claimed")


@dataclass(frozen=True, kw_only=True)
class RecognitionChanged(Event):
    """The organisation says it otherwise; what was confirmed before has to be confirmed again."""

    name = "recognition.changed"
    title = _("Recognition changed")


@dataclass(frozen=True, kw_only=True)
class RecognitionRemoved(Event):
    """The organisation says so no more."""

    name = "recognition.removed"
    title = _("Recognition removed")


@dataclass(frozen=True, kw_only=True)
class RecognitionConfirmed(Event):
    """Who runs this site looked it up and confirmed it."""

    name = "recognition.confirmed"
    title = _("Recognition confirmed")


@dataclass(frozen=True, kw_only=True)
class RecognitionDeclined(Event):
    """Who runs this site looked it up and could not confirm it, or confirms it no longer."""

    name = "recognition.declined"
    title = _("Recognition not confirmed")
