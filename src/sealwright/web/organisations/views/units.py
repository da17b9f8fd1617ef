"""The parts of an organisation."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sealwright.web.organisations.doors import ActorRequest, of_organisation
from sealwright.web.organisations.forms import NameForm, ReasonForm, UnitForm, sent
from sealwright.web.organisations.permissions import Permission
from sealwright.web.organisations.selectors import unit_tree
from sealwright.web.organisations.services import units as services


@of_organisation(Permission.ORGANISATION_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def units(request: ActorRequest) -> HttpResponse:
    """The tree of units, and a new one."""
    form = UnitForm(sent(request), actor=request.actor)
    if request.method == "POST" and form.is_valid():
        unit = services.make_unit(actor=request.actor, **form.cleaned_data)
        messages.success(request, _("%s is here.") % unit.name)
        return _back(request)
    context = {"form": form, "tree": unit_tree(request.actor.organisation)}
    status = 422 if form.errors else 200
    return render(request, "organisations/units.html", context, status=status)


@of_organisation(Permission.ORGANISATION_EDIT)
@require_POST
def rename(request: ActorRequest, unit: str) -> HttpResponse:
    """Another name for a unit. An empty one changes nothing."""
    form = NameForm(request.POST)
    name = form.cleaned_data["name"] if form.is_valid() else ""
    renamed = services.rename_unit(unit, name=name, actor=request.actor)
    messages.success(request, _("It is called %s.") % renamed.name)
    return _back(request)


@of_organisation(Permission.ORGANISATION_EDIT)
@require_POST
def close(request: ActorRequest, unit: str) -> HttpResponse:
    """Have a unit take up nothing new."""
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    closed = services.close_unit(unit, reason=reason, actor=request.actor)
    messages.success(request, _("%s is closed. You can open it again here.") % closed.name)
    return _back(request)


@of_organisation(Permission.ORGANISATION_EDIT)
@require_POST
def reopen(request: ActorRequest, unit: str) -> HttpResponse:
    """Undo `close`."""
    opened = services.reopen_unit(unit, actor=request.actor)
    messages.success(request, _("%s is open again.") % opened.name)
    return _back(request)


def _back(request: ActorRequest) -> HttpResponse:
    return redirect("organisations:units", request.actor.organisation.slug)
