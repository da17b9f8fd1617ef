"""The addresses of checking."""

from __future__ import annotations

from django.urls import path

from sealwright.web.verifying import views

app_name = "verifying"

urlpatterns = [
    path("", views.verify, name="verify"),
    path("/table.csv", views.table, name="table"),
]
