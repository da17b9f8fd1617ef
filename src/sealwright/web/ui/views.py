"""Pages that belong to no app in particular."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sealwright.web.core.access import open_to_all


@open_to_all
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/home.html")


@open_to_all
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines may read every page; deep links to checks are not theirs to follow."""
    return HttpResponse(
        "User-agent: *\nDisallow: /verify?\nDisallow: /api/\n", content_type="text/plain"
    )
