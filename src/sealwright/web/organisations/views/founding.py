"""Making an organisation, telling what it is, closing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sealwright.web.accounts.doors import PersonRequest
from sealwright.web.core.access import signed_in
from sealwright.web.core.limits import spend
from sealwright.web.organisations.doors import ActorRequest, of_organisation
from sealwright.web.organisations.forms import ClosingForm, FoundingForm, ProfileForm, sent
from sealwright.web.organisations.models import Organisation
from sealwright.web.organisations.permissions import Permission
from sealwright.web.organisations.services.founding import (
    change_profile,
    close_organisation,
    found_organisation,
)

FOUNDED_A_MINUTE = 3


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    """A form for a new organisation, and the organisation made from it."""
    form = FoundingForm(sent(request), initial={"kinds": ["issues"]})
    if request.method == "POST" and form.is_valid():
        spend("found", request.user.label, amount=1, a_minute=FOUNDED_A_MINUTE)
        organisation = found_organisation(request.user, **form.told())
        messages.success(request, _("%s is here, and you own it.") % organisation.name)
        return redirect(console_of(organisation))
    return page(request, "organisations/new.html", form)


@signed_in
@require_safe
def address(request: HttpRequest) -> HttpResponse:
    """The field for the address, filled or checked, while the form is being written."""
    form = FoundingForm(request.GET)
    form.is_valid()
    return render(request, "organisations/_address.html", {"form": form})


@of_organisation(Permission.ORGANISATION_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: ActorRequest) -> HttpResponse:
    """What the organisation says of itself."""
    organisation = request.actor.organisation
    kinds = [kind for kind in ("issues", "hires") if getattr(organisation, kind)]
    told = {name: getattr(organisation, name, "") for name in ProfileForm.base_fields}
    form = ProfileForm(sent(request), initial=told | {"kinds": kinds})
    if request.method == "POST" and form.is_valid():
        change_profile(actor=request.actor, **form.told())
        messages.success(request, _("Saved."))
        return redirect("organisations:profile", organisation.slug)
    return page(request, "organisations/profile.html", form)


@of_organisation(Permission.ORGANISATION_LEAVE, lately=True)
@require_http_methods(["GET", "HEAD", "POST"])
def closing(request: ActorRequest) -> HttpResponse:
    """What closing means, and closing."""
    form = ClosingForm(sent(request))
    if request.method == "POST" and form.is_valid():
        organisation = close_organisation(actor=request.actor, **form.cleaned_data)
        messages.success(request, _("%s is closed.") % organisation.name)
        return redirect("home")
    return page(request, "organisations/closing.html", form)


def page(
    request: HttpRequest, template: str, form: FoundingForm | ProfileForm | ClosingForm
) -> HttpResponse:
    """A page with a form, as it was sent where something in it does not fit (422)."""
    return render(request, template, {"form": form}, status=422 if form.errors else 200)


def console_of(organisation: Organisation) -> str:
    """Where the console of an organisation begins."""
    try:
        return reverse("issuing:overview", args=[organisation.slug])
    except NoReverseMatch:
        return reverse("organisations:profile", args=[organisation.slug])
