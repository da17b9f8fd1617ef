"""The app `catalogue`."""

from __future__ import annotations

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "sealwright.web.catalogue"
    label = "catalogue"
