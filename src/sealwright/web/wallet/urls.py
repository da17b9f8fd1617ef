"""The addresses of `wallet`."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "wallet"

urlpatterns: list[URLPattern] = []
