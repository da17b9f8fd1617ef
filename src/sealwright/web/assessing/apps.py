"""The app `assessing`."""

from __future__ import annotations

from django.apps import AppConfig


class AssessingConfig(AppConfig):
    name = "sealwright.web.assessing"
    label = "assessing"
