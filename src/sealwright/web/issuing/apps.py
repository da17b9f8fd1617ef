"""The app `issuing`."""

from __future__ import annotations

from django.apps import AppConfig


class IssuingConfig(AppConfig):
    name = "sealwright.web.issuing"
    label = "issuing"
