"""The addresses of screening."""

from __future__ import annotations

from django.urls import path

from sealwright.web.hiring import views

app_name = "hiring"

urlpatterns = [
    path("screen", views.screen, name="screen"),
    path("screen/check", views.check, name="check"),
    path("screen/table.csv", views.table, name="table"),
    path("screen/record.json", views.record, name="record"),
]
