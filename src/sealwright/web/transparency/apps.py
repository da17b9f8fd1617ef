"""The app `transparency`."""

from __future__ import annotations

from datetime import timedelta

from django.apps import AppConfig


class TransparencyConfig(AppConfig):
    name = "sealwright.web.transparency"
    label = "transparency"

    def ready(self) -> None:
        """Have the worker sign what the log says of itself."""
        from sealwright.web.core.worker import Duty, register
        from sealwright.web.transparency.services.publishing import publish_checkpoints

        register(Duty("log", publish_checkpoints, every=timedelta(minutes=1)))
