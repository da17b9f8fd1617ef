"""Leaving, as owners see it: what it means, and everything as one file."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sealwright.web.issuing.services.status import VALID_KEPT
from sealwright.web.leaving import selectors
from sealwright.web.leaving.services.preparing import (
    KEPT,
    ask_for_bundle,
    bundle_of,
    take_bundle,
)
from sealwright.web.organisations.doors import ActorRequest, of_organisation
from sealwright.web.organisations.permissions import Permission

LEAVE: Final = Permission.ORGANISATION_LEAVE


@of_organisation(LEAVE)
@require_safe
def overview(request: ActorRequest) -> HttpResponse:
    """What leaving means, the newest bundle, and those before it."""
    bundles = selectors.bundles(request.actor)
    newest = bundles[0] if bundles else None
    context: dict[str, Any] = {
        "loose": selectors.loose_ends(request.actor),
        "newest": newest,
        "is_moving": newest is not None and newest.is_moving,
        "bundles": bundles,
        "days": KEPT.days,
        "years": VALID_KEPT.days // 365,
        "host": urlsplit(settings.BASE_URL).netloc,
    }
    return render(request, "leaving/overview.html", context)


@of_organisation(LEAVE, lately=True)
@require_POST
def prepare(request: ActorRequest) -> HttpResponse:
    """Have a bundle written."""
    ask_for_bundle(actor=request.actor)
    messages.success(request, _("The bundle is being prepared. We write to you when it is ready."))
    return redirect("leaving:overview", request.actor.organisation.slug)


@of_organisation(LEAVE)
@require_safe
def progress(request: ActorRequest, bundle: str) -> HttpResponse:
    """How far a bundle is."""
    found = bundle_of(request.actor, bundle)
    if "HX-Request" not in request.headers:
        return redirect("leaving:overview", request.actor.organisation.slug)
    context = {"newest": found, "is_moving": found.is_moving, "days": KEPT.days}
    return render(request, "leaving/_newest.html", context)


@of_organisation(LEAVE, lately=True)
@require_safe
def download(request: ActorRequest, bundle: str) -> HttpResponseBase:
    """The archive."""
    taken = take_bundle(bundle, actor=request.actor)
    # It is compressed already; compressing it again would only hide how large it is.
    request.META.pop("HTTP_ACCEPT_ENCODING", None)
    made = f"{taken.ended_at:%Y-%m-%d}" if taken.ended_at else ""
    name = f"{request.actor.organisation.slug}-{made}.zip"
    response = FileResponse(taken.path.open("rb"), as_attachment=True, filename=name)
    response["Content-Type"] = "application/zip"
    response["Cache-Control"] = "no-store"
    return response
