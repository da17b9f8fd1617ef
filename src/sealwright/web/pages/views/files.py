"""What there is of an award to take away: the signed document, and pictures that carry it."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from sealwright.web.core.access import open_to_all
from sealwright.web.core.documents import public_document
from sealwright.web.pages import certificate, drawings
from sealwright.web.pages.codes import qr_svg
from sealwright.web.pages.selectors.awards import Seen, credential_of, document_of, open_award
from sealwright.web.pages.selectors.page import award_page

SIGNED_KINDS: Final = (
    "application/vc+ld+json",
    "application/vc",
    "application/ld+json",
    "application/json",
)
"""Media types of the signed document, the most exact first."""

KEPT: Final = timedelta(minutes=5)


@open_to_all
@require_safe
def json(request: HttpRequest, award: str) -> HttpResponse:
    """The signed document, byte for byte, under an address of its own."""
    return signed_document(request, award, SIGNED_KINDS[0])


@open_to_all
@require_safe
def png(request: HttpRequest, award: str) -> HttpResponse:
    """The badge as a PNG picture with the credential baked in."""
    seen = open_award(award, request.user)
    body = drawings.baked_png(seen.award, _document(seen))
    return _file(request, seen, body, "image/png", "png")


@open_to_all
@require_safe
def svg(request: HttpRequest, award: str) -> HttpResponse:
    """The seal as an SVG picture with the credential baked in."""
    seen = open_award(award, request.user)
    body = drawings.baked_svg(seen.award, _document(seen))
    return _file(request, seen, body, "image/svg+xml", "svg")


@open_to_all
@require_safe
def pdf(request: HttpRequest, award: str) -> HttpResponse:
    """The certificate, with the credential attached; where none can be made, the page to print."""
    seen = open_award(award, request.user)
    if not certificate.can_be_made():
        return redirect("pages:award-print", award=award)
    page = award_page(seen, at=timezone.now())
    body = certificate.of_award(page)
    return _file(request, seen, body, "application/pdf", "pdf")


@open_to_all
@require_safe
def card(request: HttpRequest, award: str) -> HttpResponse:
    """The picture that stands for the page where its link is shared, 1200 by 630 pixels."""
    seen = open_award(award, request.user)
    return _file(request, seen, drawings.card_png(seen.award), "image/png", "")


@open_to_all
@require_safe
def qr(request: HttpRequest, award: str) -> HttpResponse:
    """The code that leads to the page."""
    seen = open_award(award, request.user)
    return _file(request, seen, qr_svg(seen.award.url).encode(), "image/svg+xml", "")


def signed_document(request: HttpRequest, award: str, kind: str) -> HttpResponse:
    """The signed document as the media type that was asked for."""
    seen = open_award(award, request.user)
    return _file(request, seen, _document(seen), kind, "json")


def _document(seen: Seen) -> bytes:
    return document_of(credential_of(seen.award))


def _file(request: HttpRequest, seen: Seen, body: bytes, kind: str, ending: str) -> HttpResponse:
    response = public_document(request, body, content_type=kind, max_age=KEPT)
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    if ending:
        response["Content-Disposition"] = f'inline; filename="{_name(seen)}.{ending}"'
    if not seen.is_public:
        response["Cache-Control"] = "private, no-store"
        del response["Access-Control-Allow-Origin"]
    return response


def _name(seen: Seen) -> str:
    """What a file is called: the title and the number, never the holder."""
    title = slugify(seen.award.version.title)[:60].strip("-")
    return f"{title}-{seen.award.public_id}" if title else seen.award.public_id
