"""The app `core`."""

from __future__ import annotations

from datetime import timedelta

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "sealwright.web.core"
    label = "core"

    def ready(self) -> None:
        """Have the worker send mail."""
        from sealwright.web.core.mail import send_due
        from sealwright.web.core.worker import BEAT, Duty, beat, register

        register(Duty("heartbeat", beat, every=BEAT))
        register(Duty("mail", send_due, every=timedelta(seconds=2), apart=True))
