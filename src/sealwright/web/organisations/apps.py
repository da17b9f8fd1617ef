"""The app `organisations`."""

from __future__ import annotations

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "sealwright.web.organisations"
    label = "organisations"
