"""Keys for programs."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sealwright.web.organisations import selectors
from sealwright.web.organisations.doors import ActorRequest, of_organisation
from sealwright.web.organisations.forms import ApiKeyForm, ReasonForm, sent
from sealwright.web.organisations.permissions import Permission
from sealwright.web.organisations.services.api_keys import make_api_key, revoke_api_key

A_PAGE = 25


@of_organisation(Permission.API_KEY_MANAGE)
@require_safe
def api_keys(request: ActorRequest) -> HttpResponse:
    """The keys of the organisation."""
    page = Paginator(selectors.api_keys(request.actor), A_PAGE).get_page(request.GET.get("page"))
    names = selectors.names_of({key.created_by for key in page}, request.actor.organisation)
    context = {
        "page": page,
        "rows": [(key, names.get(key.created_by, "")) for key in page],
        "now": timezone.now(),
        "reason": ReasonForm(),
    }
    return render(request, "organisations/api_keys.html", context)


@of_organisation(Permission.API_KEY_MANAGE, lately=True)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_api_key(request: ActorRequest) -> HttpResponse:
    """A form for a new key; after it the key, this once."""
    form = ApiKeyForm(sent(request), actor=request.actor)
    if request.method == "POST" and form.is_valid():
        key, secret = make_api_key(
            name=form.cleaned_data["name"],
            scopes=form.scopes_,
            unit=form.unit,
            expires_at=form.expires_at,
            actor=request.actor,
        )
        return render(request, "organisations/api_key.html", {"key": key, "secret": secret})
    status = 422 if form.errors else 200
    return render(request, "organisations/new_api_key.html", {"form": form}, status=status)


@of_organisation(Permission.API_KEY_MANAGE)
@require_POST
def revoke(request: ActorRequest, key: str) -> HttpResponse:
    """Make a key useless."""
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    revoked = revoke_api_key(key, reason=reason, actor=request.actor)
    messages.success(request, _("“%s” opens nothing any more.") % revoked.name)
    return redirect("organisations:api-keys", request.actor.organisation.slug)
