"""The app `leaving`."""

from __future__ import annotations

from django.apps import AppConfig


class LeavingConfig(AppConfig):
    name = "sealwright.web.leaving"
    label = "leaving"
