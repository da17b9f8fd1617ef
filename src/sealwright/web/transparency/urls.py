"""The addresses of `transparency`."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "log"

urlpatterns: list[URLPattern] = []
