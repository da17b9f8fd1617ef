"""The app `trust`."""

from __future__ import annotations

from django.apps import AppConfig


class TrustConfig(AppConfig):
    name = "sealwright.web.trust"
    label = "trust"
