"""The frameworks of skills of this site, for who runs it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from sealwright.web.accounts.doors import PersonRequest
from sealwright.web.catalogue.forms import RemovalForm
from sealwright.web.catalogue.frameworks import brought, done
from sealwright.web.catalogue.removal import removal_of
from sealwright.web.catalogue.services import put_first, remove_framework
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


@operators_only
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: PersonRequest, framework: str) -> HttpResponse:
    """Tell what removing a version would mean, and remove it."""
    removal = removal_of(framework)
    sent = request.POST if request.method == "POST" else None
    form = RemovalForm(sent, is_current=removal.kept.is_current)
    if sent is not None and form.is_valid():
        kept = remove_framework(framework, by=request.user.label, even_current=form.is_sure)
        messages.success(request, _("%s is removed.") % kept)
        return redirect("catalogue:frameworks")
    context = {"removal": removal, "form": form}
    status = 422 if form.errors else 200
    return render(request, "catalogue/remove_framework.html", context, status=status)
