"""The app `core`."""

from __future__ import annotations

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "sealwright.web.core"
    label = "core"
