"""The addresses of `trust`."""

from __future__ import annotations

from django.urls import path

from sealwright.web.trust.views import operators, recognitions, registry

app_name = "trust"

urlpatterns = [
    path("registry.json", registry.registry, name="registry"),
    path("o/<slug:slug>/organisation/recognition", recognitions.recognitions, name="recognitions"),
    path(
        "o/<slug:slug>/organisation/recognition/<slug:recognition>",
        recognitions.recognition,
        name="recognition",
    ),
    path(
        "o/<slug:slug>/organisation/recognition/<slug:recognition>/remove",
        recognitions.remove,
        name="remove-recognition",
    ),
    path("operator/recognitions", operators.claims, name="claims"),
    path("operator/recognitions/<slug:claim>/confirm", operators.confirm, name="confirm"),
    path("operator/recognitions/<slug:claim>/decline", operators.decline, name="decline"),
]
