"""The app `organisations`."""

from __future__ import annotations

from datetime import timedelta

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "sealwright.web.organisations"
    label = "organisations"

    def ready(self) -> None:
        """Have the worker look after the domains, and say what becomes of roles."""
        from sealwright.web.core.worker import Duty, register
        from sealwright.web.organisations import belonging
        from sealwright.web.organisations.services.domains import check_due_domains

        register(Duty("domains", check_due_domains, every=timedelta(minutes=10), apart=True))
        belonging.register()
