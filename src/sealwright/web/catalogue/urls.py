"""The addresses of `catalogue`."""

from __future__ import annotations

from django.urls import URLPattern, path

from sealwright.web.catalogue import views

app_name = "catalogue"

urlpatterns: list[URLPattern] = [
    path("pictures/<str:picture>.png", views.picture, name="picture"),
]
