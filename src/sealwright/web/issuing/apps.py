"""The app `issuing`."""

from __future__ import annotations

from datetime import timedelta

from django.apps import AppConfig


class IssuingConfig(AppConfig):
    name = "sealwright.web.issuing"
    label = "issuing"

    def ready(self) -> None:
        """Have the worker carry out batches."""
        from sealwright.web.core.worker import Duty, register
        from sealwright.web.issuing.services.batches import carry_out_next

        register(Duty("batches", carry_out_next, every=timedelta(seconds=1)))
