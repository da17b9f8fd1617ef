"""Badge pictures, which everybody may see."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from sealwright.web.catalogue.selectors import picture_of
from sealwright.web.core.access import open_to_all


@open_to_all
@require_safe
def picture(request: HttpRequest, picture: str) -> HttpResponse:
    """A badge picture. It never changes, and badges on other sites show it."""
    return _picture(picture_of(picture), "image/png")


@open_to_all
@require_safe
def small(request: HttpRequest, picture: str) -> HttpResponse:
    """A badge picture as our pages show it."""
    return _picture(picture_of(picture, small=True), "image/webp")


def _picture(content: bytes, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
