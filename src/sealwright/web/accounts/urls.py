"""The addresses of `accounts`."""

from __future__ import annotations

from django.urls import path

from sealwright.web.accounts import views

app_name = "accounts"

urlpatterns = [
    path("account/second-factor", views.second_factor, name="second-factor"),
]
