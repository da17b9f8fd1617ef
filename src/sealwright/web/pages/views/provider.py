"""Providers, as facts with their sources."""

from __future__ import annotations

from typing import Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sealwright.web.core.access import open_to_all
from sealwright.web.pages.selectors.providers import issuers, provider_page
from sealwright.web.trust.standing import standings_of

PER_PAGE: Final = 40


@open_to_all
@require_safe
def providers(request: HttpRequest) -> HttpResponse:
    """Everybody who issues here, by name."""
    asked = request.GET.get("q", "").strip()[:100]
    found = issuers().filter(name__icontains=asked) if asked else issuers()
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    standings = standings_of([each.pk for each in page])
    rows = [(each, standings[each.pk]) for each in page]
    return render(request, "pages/providers.html", {"page": page, "rows": rows, "asked": asked})


@open_to_all
@require_safe
def provider(request: HttpRequest, slug: str) -> HttpResponse:
    """One of them, closed ones as well: what they awarded stays."""
    organisation = get_object_or_404(issuers(), slug=slug)
    context = {"page": provider_page(organisation, at=timezone.now()), "provider": organisation}
    return render(request, "pages/provider.html", context)
