"""The page about oneself, and what is done from it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sealwright.web.accounts import selectors, services
from sealwright.web.accounts.doors import PersonRequest, lately
from sealwright.web.accounts.forms import NameForm
from sealwright.web.core.access import signed_in


@signed_in
@require_safe
@never_cache
def account(request: PersonRequest) -> HttpResponse:
    """Everything about oneself on one page."""
    form = NameForm(initial={"name": request.user.name})
    context = {"ways": selectors.ways_in(request.user), "form": form}
    return render(request, "accounts/account.html", context)


@signed_in
@require_POST
def rename(request: PersonRequest) -> HttpResponse:
    form = NameForm(request.POST)
    if not form.is_valid():
        context = {"ways": selectors.ways_in(request.user), "form": form}
        return render(request, "accounts/account.html", context, status=422)
    services.rename(request.user, name=form.cleaned_data["name"])
    messages.success(request, _("Your name is saved."))
    return redirect("accounts:account")


@signed_in
@require_POST
@lately
def end_sessions(request: PersonRequest) -> HttpResponse:
    services.end_other_sessions(request, request.user)
    messages.success(request, _("Signed out everywhere but here."))
    return redirect("accounts:account")


@signed_in
@require_safe
def second_factor(request: PersonRequest) -> HttpResponse:
    """Why a role needs a passkey or an authenticator app, and the way to one and back."""
    back = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    context = {
        "has_one": selectors.has_second_factor(request.user),
        "back": back if is_ours else "",
    }
    return render(request, "accounts/second_factor.html", context)
