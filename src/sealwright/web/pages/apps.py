"""The app `pages`."""

from __future__ import annotations

from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "sealwright.web.pages"
    label = "pages"
