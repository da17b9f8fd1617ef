"""The keys an organisation signs with: how they stand, a new one, and one that was lost."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sealwright.web.core.refusals import NOT_FOUND, Refusal
from sealwright.web.issuing import keyring
from sealwright.web.issuing.forms import NewKeyForm, SinceForm, StolenForm, WhyForm
from sealwright.web.issuing.models import SigningKey
from sealwright.web.issuing.services.compromise import declare_compromised, foresee
from sealwright.web.issuing.services.rotation import (
    resume_issuing,
    retire_key,
    rotate_key,
    stop_issuing,
)
from sealwright.web.organisations.doors import ActorRequest, of_organisation
from sealwright.web.organisations.permissions import Permission

MANAGE: Final = Permission.KEY_MANAGE


@of_organisation(MANAGE)
@require_safe
def keys(request: ActorRequest) -> HttpResponse:
    """All keys, and the work that lost ones gave."""
    record = keyring.record_of(request.actor)
    rings = [
        (ring, NewKeyForm(initial={"purpose": ring.purpose.value}, auto_id=f"{ring.purpose}-%s"))
        for ring in keyring.keyrings(request.actor)
    ]
    context = {
        "rings": rings,
        "record": record,
        "orders": keyring.key_orders(request.actor),
    }
    return render(request, "issuing/keys.html", context)


@of_organisation(MANAGE, lately=True)
@require_POST
def rotate(request: ActorRequest) -> HttpResponse:
    """Publish a new key."""
    form = NewKeyForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please say why, for those who come after you."))
        return _back(request)
    told = form.cleaned_data
    purpose = SigningKey.Purpose(told["purpose"])
    try:
        key = rotate_key(
            purpose, at_once=told["at_once"], reason=told["reason"], actor=request.actor
        )
    except Refusal as problem:
        messages.error(request, str(problem.detail))
    else:
        said = _("%s is in use.") if told["at_once"] else _("%s is published, and used in a day.")
        messages.success(request, said % key.name)
    return _back(request)


@of_organisation(MANAGE, lately=True)
@require_POST
def retire(request: ActorRequest, name: str) -> HttpResponse:
    """Take back a key that is not in use yet."""
    form = WhyForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        key = retire_key(name, reason=reason, actor=request.actor)
    except Refusal as problem:
        if problem.kind is NOT_FOUND:
            raise
        messages.error(request, str(problem.detail))
    else:
        messages.success(request, _("%s is retired, and was never used.") % key.name)
    return _back(request)


@of_organisation(MANAGE, lately=True)
@require_POST
def stop(request: ActorRequest) -> HttpResponse:
    """Sign nothing more until further notice."""
    form = WhyForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please say why, for those who come after you."))
    else:
        stop_issuing(reason=form.cleaned_data["reason"], actor=request.actor)
        messages.success(request, _("Nothing is signed any more."))
    return _back(request)


@of_organisation(MANAGE, lately=True)
@require_POST
def go(request: ActorRequest) -> HttpResponse:
    """Sign again."""
    resume_issuing(reason=request.POST.get("reason", "")[:300], actor=request.actor)
    messages.success(request, _("Signing goes on. Batches that were paused you resume by hand."))
    return _back(request)


@of_organisation(MANAGE, lately=True)
@require_http_methods(["GET", "HEAD", "POST"])
def stolen(request: ActorRequest, name: str) -> HttpResponse:
    """What follows when a key was lost at a certain time; and, said twice, doing it."""
    record = keyring.record_of(request.actor)
    key = keyring.key_of(request.actor, name)
    posted = request.POST if request.method == "POST" else None
    asked = SinceForm(posted or (request.GET if "since" in request.GET else None), key=key)
    since = asked.cleaned_data["since"] if asked.is_valid() else None
    form = StolenForm(posted, key=key, initial=_initial(since))
    if posted is not None and form.is_valid():
        told = form.cleaned_data
        done = declare_compromised(name, since=told["since"], why=told["why"], actor=request.actor)
        messages.success(request, _("%s does not count any more.") % done.key.name)
        return _back(request)
    context = {
        "key": key,
        "asked": asked,
        "form": form,
        "foreseen": foresee(key, since=since, actor=request.actor) if since else None,
        "since": since,
        "record": record,
    }
    status = 422 if form.errors or asked.errors else 200
    return render(request, "issuing/stolen_key.html", context, status=status)


def _initial(since: Any) -> dict[str, str]:
    return {"since": f"{since:%Y-%m-%dT%H:%M:%S}"} if since else {}


def _back(request: ActorRequest) -> HttpResponse:
    return redirect("issuing:keys", request.actor.organisation.slug)
