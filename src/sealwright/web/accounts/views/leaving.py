"""Taking one's data along, and closing one's account."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from sealwright.web.accounts import leaving
from sealwright.web.accounts.doors import PersonRequest, lately
from sealwright.web.accounts.forms import ClosingForm
from sealwright.web.accounts.limits import within
from sealwright.web.core.access import signed_in


@signed_in
@require_POST
@lately
def export(request: PersonRequest) -> HttpResponse:
    """Everything that is held of oneself, as a ZIP of JSON files."""
    within(request, "export")
    answer = HttpResponse(leaving.export(request.user), content_type="application/zip")
    name = f"sealwright-{timezone.now():%Y-%m-%d}.zip"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@lately
def close(request: PersonRequest) -> HttpResponse:
    """Close one's account for good, after typing that one means it."""
    form = ClosingForm(request.POST or None)
    reasons = leaving.objections(request.user)
    if request.method == "POST" and form.is_valid() and not reasons:
        leaving.close_account(request.user)
        get_adapter(request).logout(request)
        messages.success(request, _("Your account is closed. We have sent you a receipt."))
        return redirect("home")
    status = 422 if form.is_bound else 200
    context = {"form": form, "reasons": reasons}
    return render(request, "accounts/close.html", context, status=status)
