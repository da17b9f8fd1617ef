"""The app `catalogue`."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CatalogueConfig(AppConfig):
    name = "sealwright.web.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        """Have the database refuse changes of what is published."""
        from sealwright.web.catalogue.guard import guard

        post_migrate.connect(guard, sender=self)
