"""The app `hiring`."""

from __future__ import annotations

from django.apps import AppConfig


class HiringConfig(AppConfig):
    name = "sealwright.web.hiring"
    label = "hiring"
