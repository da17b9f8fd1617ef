"""A programme as everybody sees it: the current version, and each version for ever."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.text import Truncator
from django.views.decorators.http import require_safe

from sealwright.web.catalogue.achievement import document_of
from sealwright.web.catalogue.models import Version
from sealwright.web.catalogue.selectors import telling_of, version_of, versions_of
from sealwright.web.core.access import open_to_all
from sealwright.web.core.negotiation import HTML, JSON, JSON_LD, preferred, public_json
from sealwright.web.pages.schema_org import described
from sealwright.web.trust.standing import standings_of


@open_to_all
@require_safe
def programme(request: HttpRequest, programme: str) -> HttpResponse:
    """The current version, under the address that stays the same."""
    return _shown(request, version_of(programme))


@open_to_all
@require_safe
def version(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    """Exactly that version: the address that awards of it are signed with."""
    return _shown(request, version_of(programme, number))


@open_to_all
@require_safe
def version_json(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    return public_json(document_of(version_of(programme, number)))


def _shown(request: HttpRequest, version: Version) -> HttpResponse:
    kind = preferred(request, JSON_LD, JSON)
    if kind == HTML:
        response = render(request, "pages/programme.html", told(version))
    else:
        response = public_json(document_of(version), content_type=kind)
    patch_vary_headers(response, ["Accept"])
    return response


def told(version: Version) -> dict[str, Any]:
    """What the template of the page is told."""
    programme = version.programme
    issuer = programme.organisation_id
    current = programme.current
    content = version.content
    return {
        "version": version,
        "telling": telling_of(version),
        "standing": standings_of([issuer])[issuer],
        "newest": current.number if current and current.number > version.number else 0,
        "versions": versions_of(programme),
        "description": Truncator(content.summary or content.description).chars(200),
        "schema": described(version),
    }
