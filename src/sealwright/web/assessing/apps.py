"""The app `assessing`."""

from __future__ import annotations

from datetime import timedelta

from django.apps import AppConfig


class AssessingConfig(AppConfig):
    name = "sealwright.web.assessing"
    label = "assessing"

    def ready(self) -> None:
        """Count attempts for the catalogue, and finish what a decision has begun."""
        from sealwright.web.assessing import people, selectors
        from sealwright.web.assessing.services.deciding import award_left_behind
        from sealwright.web.catalogue.facts import register_counter
        from sealwright.web.core.worker import Duty, register

        register(Duty("assessed awards", award_left_behind, every=timedelta(seconds=30)))
        register_counter("attempts", selectors.attempts)
        register_counter("passes", selectors.passes)
        people.register()
