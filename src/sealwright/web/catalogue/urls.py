"""The addresses of `catalogue`."""

from __future__ import annotations

from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from sealwright.web.catalogue.content import PARTS
from sealwright.web.catalogue.views import console, designer, operators, pictures


class PartConverter(StringConverter):
    """One of the eight parts of the designer."""

    regex = "|".join(PARTS)


register_converter(PartConverter, "part")

app_name = "catalogue"

PROGRAMME = "o/<slug:slug>/programmes/<str:programme>"

urlpatterns: list[URLPattern] = [
    path("pictures/<str:picture>.webp", pictures.small, name="small-picture"),
    path("pictures/<str:picture>.png", pictures.picture, name="picture"),
    path("operator/frameworks", operators.frameworks, name="frameworks"),
    path("operator/frameworks/<slug:framework>/first", operators.first, name="put-first"),
    path("operator/frameworks/<slug:framework>/remove", operators.remove, name="remove-framework"),
    path("o/<slug:slug>/programmes", console.programmes, name="programmes"),
    path("o/<slug:slug>/programmes/new", console.new, name="new"),
    path(PROGRAMME, console.programme, name="programme"),
    path(f"{PROGRAMME}/publish", console.publishing, name="publish"),
    path(f"{PROGRAMME}/versions", console.versions, name="versions"),
    path(f"{PROGRAMME}/retire", console.retiring, name="retire"),
    path(f"{PROGRAMME}/reopen", console.reopening, name="reopen"),
    path(f"{PROGRAMME}/<part:part>", designer.part, name="part"),
    path(f"{PROGRAMME}/<part:part>/preview", designer.preview, name="preview"),
]
