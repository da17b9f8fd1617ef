"""The addresses of `issuing`."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "issuing"

urlpatterns: list[URLPattern] = []
