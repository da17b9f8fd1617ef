"""The addresses of `pages`."""

from __future__ import annotations

from django.urls import URLPattern, path

from sealwright.web.pages.views import find, programme

app_name = "pages"

urlpatterns: list[URLPattern] = [
    path("find", find.find, name="find"),
    path("find/compare", find.compare, name="compare"),
    path("programmes/<str:programme>", programme.programme, name="programme"),
    path("programmes/<str:programme>/versions/<int:number>", programme.version, name="version"),
    path(
        "programmes/<str:programme>/versions/<int:number>.json",
        programme.version_json,
        name="version-json",
    ),
]
