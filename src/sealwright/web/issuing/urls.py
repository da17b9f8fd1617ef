"""The addresses of `issuing`."""

from __future__ import annotations

from django.urls import URLPattern, path

from sealwright.web.issuing.views import log, status

app_name = "issuing"

urlpatterns: list[URLPattern] = [
    path("status/<slug:listed>", status.status_list, name="status-list"),
    path("c/<slug:award>/log.json", log.log_proof, name="log-proof"),
    path("providers/<slug:slug>/did.json", status.did_document, name="did"),
]
