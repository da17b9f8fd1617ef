"""The demo's doors: anybody is anybody with one click, and mail lies open. Elsewhere, nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from sealwright.web.accounts import selectors, services
from sealwright.web.accounts.models import User
from sealwright.web.core.access import open_to_all
from sealwright.web.core.models import DeliveredMail

PER_PAGE = 30


def only_in_the_demo(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """404 on a site that is not a demo."""

    @wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return door


@open_to_all
@require_safe
@only_in_the_demo
def people(request: HttpRequest) -> HttpResponse:
    """The people of the demo world, to sign in as with one click."""
    return render(request, "accounts/demo.html", {"groups": selectors.demo_people()})


@open_to_all
@require_POST
@only_in_the_demo
def sign_in(request: HttpRequest) -> HttpResponse:
    person = get_object_or_404(User, public_id=request.POST.get("person", ""), is_demo=True)
    services.sign_in_demo(request, person)
    return redirect(settings.LOGIN_REDIRECT_URL)


@open_to_all
@require_safe
@only_in_the_demo
def outbox(request: HttpRequest) -> HttpResponse:
    """Every mail that was sent, newest first."""
    query = request.GET.get("q", "").strip()[:254]
    page = Paginator(selectors.delivered(query), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/outbox.html", {"page": page, "query": query})


@open_to_all
@require_safe
@only_in_the_demo
def mail(request: HttpRequest, number: int) -> HttpResponse:
    """One mail, with its links to follow."""
    found = get_object_or_404(DeliveredMail, pk=number)
    return render(request, "accounts/outbox_mail.html", {"mail": found})
