"""The app `catalogue`."""

from __future__ import annotations

from datetime import timedelta

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CatalogueConfig(AppConfig):
    name = "sealwright.web.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        """Have the database refuse changes of what is published, and the worker make indexes."""
        from sealwright.web.catalogue.guard import guard
        from sealwright.web.catalogue.indexes import make_missing
        from sealwright.web.core.worker import Duty, register

        post_migrate.connect(guard, sender=self)
        register(
            Duty("indexes of frameworks", make_missing, every=timedelta(minutes=1), apart=True)
        )
