"""The addresses of `leaving`."""

from __future__ import annotations

from django.urls import URLPattern, path

from sealwright.web.leaving import views

app_name = "leaving"

urlpatterns: list[URLPattern] = [
    path("o/<slug:slug>/leaving", views.overview, name="overview"),
    path("o/<slug:slug>/leaving/prepare", views.prepare, name="prepare"),
    path("o/<slug:slug>/leaving/<slug:bundle>", views.progress, name="progress"),
    path("o/<slug:slug>/leaving/<slug:bundle>.zip", views.download, name="download"),
]
