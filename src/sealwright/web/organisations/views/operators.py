"""Every organisation, for who runs this site."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sealwright.web.accounts.doors import PersonRequest
from sealwright.web.organisations.doors import operators_only
from sealwright.web.organisations.forms import ReasonForm
from sealwright.web.organisations.selectors import all_organisations
from sealwright.web.organisations.services.founding import reopen_organisation

A_PAGE = 50


@operators_only
@require_safe
def organisations(request: PersonRequest) -> HttpResponse:
    """Who is here, and who has closed."""
    search = request.GET.get("search", "").strip()[:120]
    closed = request.GET.get("state") == "closed"
    found = all_organisations(search=search, closed=closed)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "search": search, "closed": closed}
    return render(request, "organisations/operators.html", context)


@operators_only
@require_POST
def reopen(request: PersonRequest, organisation: str) -> HttpResponse:
    """Open a closed organisation again."""
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    opened = reopen_organisation(organisation, reason=reason, operator=request.user)
    messages.success(request, _("%s is open again.") % opened.name)
    return redirect("organisations:all")
