"""Documents that anybody may fetch and keep for a while: lists, key documents, proofs."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers


def etag_of(body: bytes) -> str:
    """The entity tag of a document that is known by its bytes, quotes included."""
    return f'"{sha256(body).hexdigest()[:32]}"'


def public_document(
    request: HttpRequest,
    body: bytes,
    *,
    content_type: str,
    max_age: timedelta,
    etag: str = "",
) -> HttpResponse:
    """The document for whoever asks, or 304 where they have it already.

    It sets no cookie, may be kept by caches for `max_age`, read by scripts of any site, and
    is no page for search engines.
    """
    tag = etag or etag_of(body)
    answer = HttpResponse(body, content_type=content_type)
    answer["ETag"] = tag
    answer["Cache-Control"] = f"public, max-age={int(max_age.total_seconds())}"
    answer["Access-Control-Allow-Origin"] = "*"
    answer["X-Robots-Tag"] = "noindex"
    patch_vary_headers(answer, ["Accept"])
    return get_conditional_response(request, etag=tag, response=answer) or answer
