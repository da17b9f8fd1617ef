"""The app `verifying`."""

from __future__ import annotations

from django.apps import AppConfig


class VerifyingConfig(AppConfig):
    name = "sealwright.web.verifying"
    label = "verifying"
