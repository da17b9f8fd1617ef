"""Where people come after signing in: one question, and what is theirs already."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sealwright.web.accounts.models import User
from sealwright.web.accounts.selectors import places_of
from sealwright.web.core.access import open_to_all


@open_to_all
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What brings you here? Each answer ends on a real thing."""
    places = places_of(request.user) if isinstance(request.user, User) else []
    return render(request, "accounts/start.html", {"places": places})
