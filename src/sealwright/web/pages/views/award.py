"""The public page of an award, and its small relatives: to print, to embed, to scan."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from sealwright.web.core.access import open_to_all
from sealwright.web.core.negotiation import HTML, preferred
from sealwright.web.pages import certificate
from sealwright.web.pages.award_page import AwardPage, state_of
from sealwright.web.pages.linkedin import add_to_profile
from sealwright.web.pages.schema_org import described_award
from sealwright.web.pages.selectors.awards import Sight, look_up, open_award
from sealwright.web.pages.selectors.page import award_page
from sealwright.web.pages.views.files import SIGNED_KINDS, signed_document

EMBED_WIDTH, EMBED_HEIGHT = 420, 172


@open_to_all
@require_safe
def award(request: HttpRequest, award: str) -> HttpResponse:
    """A page for people; for programs that ask for it the signed document."""
    kind = preferred(request, *SIGNED_KINDS)
    response = _page(request, award) if kind == HTML else signed_document(request, award, kind)
    patch_vary_headers(response, ["Accept", "Cookie"])
    return response


@open_to_all
@require_safe
def to_print(request: HttpRequest, award: str) -> HttpResponse:
    """The certificate as a page, for printers and where no PDF can be made."""
    seen = open_award(award, request.user)
    page = award_page(seen, at=timezone.now())
    context = {"page": page, "state": state_of(page)}
    return _kept_by_nobody(render(request, "pages/print.html", context))


@open_to_all
@require_safe
def embed(request: HttpRequest, award: str) -> HttpResponse:
    """A small card that other sites may show in a frame. It leads to the page."""
    seen = open_award(award, request.user)
    page = award_page(seen, at=timezone.now())
    context = {"page": page, "state": state_of(page)}
    response = _kept_by_nobody(render(request, "pages/embed.html", context))
    response.may_be_framed = True  # type: ignore[attr-defined]
    response.xframe_options_exempt = True
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _page(request: HttpRequest, public_id: str) -> HttpResponse:
    try:
        seen = look_up(public_id, request.user)
    except Http404:
        return _bare(request, "pages/missing.html", HTTPStatus.NOT_FOUND)
    if seen.sight is Sight.PRIVATE:
        return _bare(request, "pages/private.html", HTTPStatus.FORBIDDEN)
    if seen.sight is Sight.ERASED:
        context = {"award": seen.award, "standing": seen.award.standing}
        return _bare(request, "pages/erased.html", HTTPStatus.GONE, **context)
    page = award_page(seen, at=timezone.now())
    response = render(request, "pages/award.html", told(page))
    response["Link"] = ", ".join(
        f'<{page.award.url}{end}>; rel="alternate"; type="{kind}"' for kind, end in FORMS
    )
    return _kept_by_nobody(response)


FORMS = (
    ("application/vc+ld+json", ".json"),
    ("image/png", ".png"),
    ("image/svg+xml", ".svg"),
    ("application/pdf", ".pdf"),
)
"""Media types of what there is of an award besides its page, and how their addresses end."""


def told(page: AwardPage, *, has_png: bool = True) -> dict[str, Any]:
    """What the template of the page is told. `has_png`: is there a badge as PNG to take?"""
    award = page.award
    frame = reverse("pages:award-embed", args=[award.public_id])
    return {
        "page": page,
        "shown": page.shown,
        "award": award,
        "telling": page.telling,
        "linkedin": add_to_profile(award),
        "makes_pdf": certificate.can_be_made(),
        "has_png": has_png,
        "schema": described_award(page, picture="png" if has_png else "svg"),
        "frame": f"{settings.BASE_URL}{frame}",
        "frame_width": EMBED_WIDTH,
        "frame_height": EMBED_HEIGHT,
    }


def _bare(request: HttpRequest, template: str, status: HTTPStatus, **context: Any) -> HttpResponse:
    return _kept_by_nobody(render(request, template, context, status=status))


def _kept_by_nobody(response: HttpResponse) -> HttpResponse:
    """What is shown depends on the moment and on who looks."""
    response["Cache-Control"] = "no-store"
    return response
