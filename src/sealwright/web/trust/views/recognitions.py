"""What an organisation says of who recognises it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sealwright.web.organisations.doors import ActorRequest, of_organisation
from sealwright.web.organisations.forms import ReasonForm, sent
from sealwright.web.organisations.permissions import Permission
from sealwright.web.trust import services
from sealwright.web.trust.forms import ClaimForm
from sealwright.web.trust.selectors import own_recognition, own_recognitions


@of_organisation(Permission.ORGANISATION_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def recognitions(request: ActorRequest) -> HttpResponse:
    """The recognitions, and one more."""
    form = ClaimForm(sent(request))
    if request.method == "POST" and form.is_valid():
        said = services.claim(form.claim(), actor=request.actor)
        messages.success(request, _("%s: shown as claimed by you.") % said.words)
        return _back(request)
    context = {
        "form": form,
        "recognitions": own_recognitions(request.actor),
        "today": timezone.localdate(),
    }
    status = 422 if form.errors else 200
    return render(request, "trust/recognitions.html", context, status=status)


@of_organisation(Permission.ORGANISATION_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def recognition(request: ActorRequest, recognition: str) -> HttpResponse:
    """One recognition, to be said otherwise."""
    own = own_recognition(recognition, request.actor)
    told = {name: getattr(own, name) for name in ClaimForm.base_fields}
    form = ClaimForm(sent(request), initial=told)
    if request.method == "POST" and form.is_valid():
        services.change_claim(recognition, form.claim(), actor=request.actor)
        messages.success(request, _("Saved."))
        return _back(request)
    context = {"form": form, "recognition": own}
    status = 422 if form.errors else 200
    return render(request, "trust/recognition.html", context, status=status)


@of_organisation(Permission.ORGANISATION_EDIT)
@require_POST
def remove(request: ActorRequest, recognition: str) -> HttpResponse:
    """Say so no more."""
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    words = services.remove_claim(recognition, reason=reason, actor=request.actor)
    messages.success(request, _("“%s” is off the list.") % words)
    return _back(request)


def _back(request: ActorRequest) -> HttpResponse:
    return redirect("trust:recognitions", request.actor.organisation.slug)
