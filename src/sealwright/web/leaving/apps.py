"""The app `leaving`."""

from __future__ import annotations

from datetime import timedelta

from django.apps import AppConfig


class LeavingConfig(AppConfig):
    name = "sealwright.web.leaving"
    label = "leaving"

    def ready(self) -> None:
        """Have the worker write the bundles that were asked for, and forget old ones."""
        from sealwright.web.core.worker import Duty, register
        from sealwright.web.leaving.services import preparing

        register(Duty("exit bundles", preparing.write_next, every=timedelta(seconds=2), apart=True))
        register(Duty("old exit bundles", preparing.forget_old, every=timedelta(minutes=10)))
