"""Claims that whoever runs this site looks up."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sealwright.web.accounts.doors import PersonRequest
from sealwright.web.core.refusals import UNFIT, Refusal
from sealwright.web.organisations.doors import operators_only
from sealwright.web.trust import services
from sealwright.web.trust.forms import ConfirmForm, DeclineForm
from sealwright.web.trust.selectors import State, to_look_up

A_PAGE = 25


@operators_only
@require_safe
def claims(request: PersonRequest) -> HttpResponse:
    """Claims that wait, were confirmed, or were not."""
    state = State.of(request.GET.get("state", ""))
    search = request.GET.get("search", "").strip()[:120]
    page = Paginator(to_look_up(state, search=search), A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "state": state, "states": State.choices, "search": search}
    return render(request, "trust/claims.html", context)


@operators_only
@require_POST
def confirm(request: PersonRequest, claim: str) -> HttpResponse:
    """Confirm what was looked up."""
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        raise Refusal(UNFIT, _("Give the address at which you looked it up."))
    source = form.cleaned_data["source"]
    confirmed = services.confirm(claim, source=source, operator=request.user)
    messages.success(request, _("Confirmed: %s.") % confirmed)
    return redirect("trust:claims")


@operators_only
@require_POST
def decline(request: PersonRequest, claim: str) -> HttpResponse:
    """Say that it cannot be confirmed."""
    form = DeclineForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    declined = services.decline(claim, reason=reason, operator=request.user)
    messages.success(request, _("Not confirmed: %s.") % declined)
    return redirect("trust:claims")
