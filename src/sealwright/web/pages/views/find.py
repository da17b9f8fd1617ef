"""Finding programmes, and holding up to four of them side by side."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from sealwright.web.core.access import open_to_all
from sealwright.web.pages.finding import compared, found


@open_to_all
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """The catalogue. A form sends parameters that ask for nothing; its address has none."""
    clean = _told(request.GET)
    address = f"{reverse('pages:find')}?{clean.urlencode()}" if clean else reverse("pages:find")
    is_htmx = "HX-Request" in request.headers
    if len(clean) < len(request.GET) and not is_htmx:
        return redirect(address)
    response = render(request, "pages/find.html", {"found": found(clean)})
    if is_htmx:
        response["HX-Push-Url"] = address
    return response


@open_to_all
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """The programmes named by `compare`, side by side."""
    return render(request, "pages/compare.html", {"compared": compared(request.GET)})


def _told(parameters: QueryDict) -> QueryDict:
    told = QueryDict(mutable=True)
    for name, values in parameters.lists():
        kept: list[Any] = [value for value in values if value]
        if kept:
            told.setlist(name, kept)
    return told
