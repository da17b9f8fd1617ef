"""The app `audit`."""

from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "sealwright.web.audit"
    label = "audit"

    def ready(self) -> None:
        """Hear of everything that happens."""
        from sealwright.web.audit.services import record
        from sealwright.web.core.events import Event, listen

        listen(Event, record)
