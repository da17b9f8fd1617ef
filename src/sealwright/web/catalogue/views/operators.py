"""The frameworks of skills of this site, for who runs it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sealwright.web.accounts.doors import PersonRequest
from sealwright.web.catalogue.frameworks import brought, done
from sealwright.web.catalogue.services import put_first
from sealwright.web.organisations.doors import operators_only


@operators_only
@require_safe
def frameworks(request: PersonRequest) -> HttpResponse:
    """Which frameworks and versions there are, and what was done with them."""
    return render(request, "catalogue/frameworks.html", {"brought": brought(), "done": done()})


@operators_only
@require_POST
def first(request: PersonRequest, framework: str) -> HttpResponse:
    """Offer a framework before the others."""
    kept = put_first(framework, by=request.user.label)
    messages.success(request, _("%s is offered first.") % kept)
    return redirect("catalogue:frameworks")
