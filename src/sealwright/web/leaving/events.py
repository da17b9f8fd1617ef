"""What can happen to exit bundles."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from sealwright.web.core.events import Event


@dataclass(frozen=True, kw_only=True)
class BundleAsked(Event):
    """Somebody wants everything of the organisation as files."""

    name = "bundle.asked"
    title = _("Exit bundle asked for")


@dataclass(frozen=True, kw_only=True)
class BundleReady(Event):
    """An exit bundle was written."""

    name = "bundle.ready"
    title = _("Exit bundle ready")


@dataclass(frozen=True, kw_only=True)
class BundleTaken(Event):
    """Somebody downloaded an exit bundle, personal data included."""

    name = "bundle.taken"
    title = _("Exit bundle downloaded")
