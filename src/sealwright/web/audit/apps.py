"""The app `audit`."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "sealwright.web.audit"
    label = "audit"

    def ready(self) -> None:
        """Hear of everything that happens, and have the database keep it as it was."""
        from sealwright.web.audit.services import freeze_trail, record
        from sealwright.web.core.events import Event, listen

        listen(Event, record)
        post_migrate.connect(freeze_trail, sender=self)
