"""Which form of a thing a caller asked for. People get a page, programs what they name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpRequest, HttpResponse

HTML: Final = "text/html"
JSON_LD: Final = "application/ld+json"
JSON: Final = "application/json"


def preferred(request: HttpRequest, *kinds: str) -> str:
    """The kind that the caller prefers among these; a page where they do not care or want none.

    Answers that depend on it need `Vary: Accept`.
    """
    return request.get_preferred_type([HTML, *kinds]) or HTML


def public_json(
    document: Mapping[str, Any], *, content_type: str = JSON_LD, seconds: int = 300
) -> HttpResponse:
    """A public document, open to programs on other sites, kept by caches for `seconds`."""
    text = json.dumps(document, ensure_ascii=False)
    response = HttpResponse(text, content_type=content_type)
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Cache-Control"] = f"public, max-age={seconds}"
    return response
