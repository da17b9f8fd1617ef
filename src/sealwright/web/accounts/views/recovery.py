"""The recovery kit: making one, and coming back with it."""

from __future__ import annotations

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from sealwright.web.accounts import recovery
from sealwright.web.accounts.doors import PersonRequest, lately
from sealwright.web.accounts.forms import KitForm
from sealwright.web.accounts.limits import within
from sealwright.web.accounts.models import RecoveryKit
from sealwright.web.core.access import open_to_all, signed_in
from sealwright.web.core.ids import LENGTH, new_id

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@signed_in
@GET_OR_POST
@never_cache
@lately
def kit(request: PersonRequest) -> HttpResponse:
    """Make a kit; its code is on the answer to the form and nowhere else, ever."""
    context = {"kit": RecoveryKit.objects.filter(person=request.user).first()}
    if request.method == "POST":
        occasion = request.POST.get("occasion", "")[:LENGTH] or new_id()
        code = recovery.make_kit(request.user, occasion=occasion)
        name = "accounts/kit_made.html" if code else "accounts/kit.html"
        return render(request, name, {**context, "code": code, "shown_before": not code})
    return render(request, "accounts/kit.html", {**context, "occasion": new_id()})


@open_to_all
@GET_OR_POST
@never_cache
def recover(request: HttpRequest) -> HttpResponse:
    """Sign in with the code on paper. A second factor is still asked for."""
    if request.user.is_authenticated:
        return redirect("accounts:account")
    form = KitForm(request.POST or None)
    if request.method == "POST":
        within(request, "recover")
        if form.is_valid():
            code_hash = recovery.hash_of(form.cleaned_data["code"])
            person = recovery.person_with(code_hash)
            if person is not None:
                return _sign_in(request, person, code_hash)
            form.add_error("code", _("This is no code that works. Each works once."))
    status = 422 if form.is_bound else 200
    return render(request, "accounts/recover.html", {"form": form}, status=status)


def _sign_in(request: HttpRequest, person: object, code_hash: str) -> HttpResponse:
    login = Login(
        user=person,
        redirect_url=reverse("accounts:add-address"),
        signal_kwargs={"kit": code_hash},
    )
    answer: HttpResponse = perform_login(request, login)
    return answer
