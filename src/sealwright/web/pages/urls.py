"""The addresses of `pages`."""

from __future__ import annotations

from django.urls import URLPattern, path

from sealwright.web.pages.views import award, files, find, programme, provider

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
    path("c/<slug:award>", award.award, name="award"),
    path("c/<slug:award>.json", files.json, name="award-json"),
    path("c/<slug:award>.png", files.png, name="award-png"),
    path("c/<slug:award>.svg", files.svg, name="award-svg"),
    path("c/<slug:award>.pdf", files.pdf, name="award-pdf"),
    path("c/<slug:award>/print", award.to_print, name="award-print"),
    path("c/<slug:award>/embed", award.embed, name="award-embed"),
    path("c/<slug:award>/card.png", files.card, name="award-card"),
    path("c/<slug:award>/qr.svg", files.qr, name="award-qr"),
    path("providers", provider.providers, name="providers"),
    path("providers/<slug:slug>", provider.provider, name="provider"),
]
