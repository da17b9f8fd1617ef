"""The app `ui`."""

from __future__ import annotations

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "sealwright.web.ui"
    label = "ui"
