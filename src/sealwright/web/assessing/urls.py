"""The addresses of `assessing`."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "assessing"

urlpatterns: list[URLPattern] = []
