"""Awards in the console: found, read, and their standing changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sealwright.web.catalogue.models import Programme
from sealwright.web.core.refusals import NOT_FOUND, UNFIT, Refusal
from sealwright.web.core.spreadsheets import csv_file
from sealwright.web.issuing import desk
from sealwright.web.issuing.forms import AddressForm, CorrectionForm, StandingForm
from sealwright.web.issuing.models import Award, StandingOrder
from sealwright.web.issuing.services.reminders import readdress_offer, remind
from sealwright.web.issuing.services.standing import (
    cancel_offers,
    correct_award,
    reinstate_awards,
    revoke_awards,
    suspend_awards,
)
from sealwright.web.organisations.doors import ActorRequest, of_organisation
from sealwright.web.organisations.permissions import Permission

PER_PAGE: Final = 50
MOST_CHOSEN: Final = 500

Change = Callable[..., StandingOrder]

KINDS: Final[dict[str, tuple[Promise, Change]]] = {
    "revoke": (gettext_lazy("Revoke"), revoke_awards),
    "suspend": (gettext_lazy("Suspend"), suspend_awards),
    "reinstate": (gettext_lazy("Put back in force"), reinstate_awards),
    "cancel": (gettext_lazy("Take back before it is claimed"), cancel_offers),
}


@of_organisation(Permission.AWARD_READ)
@require_safe
def awards(request: ActorRequest) -> HttpResponse:
    """The awards, searched and filtered by GET parameters."""
    asked = _asked(request)
    page = Paginator(desk.awards(request.actor, **asked), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page,
        "asked": asked,
        "filters": {name: label for name, (label, _which) in desk.FILTERS.items()},
        "programmes": Programme.objects.visible_to(request.actor)
        .filter(current__isnull=False)
        .select_related("current"),
        "may_change": request.actor.may_somewhere(Permission.AWARD_REVOKE),
    }
    return render(request, "issuing/awards.html", context)


@of_organisation(Permission.AWARD_READ)
@require_safe
def table(request: ActorRequest) -> HttpResponseBase:
    """The same awards as CSV."""
    rows = desk.awards(request.actor, **_asked(request))
    head = (_("award"), _("title"), _("version"), _("name"), _("email"), _("awarded"),
            _("claimed"), _("standing"), _("address of the page"))  # fmt: skip
    cells = (
        (
            award.public_id,
            award.version.title,
            str(award.version.number),
            award.recipient.name if hasattr(award, "recipient") else "",
            award.recipient.address if hasattr(award, "recipient") else "",
            award.awarded_at.date().isoformat(),
            award.claimed_at.date().isoformat() if award.claimed_at else "",
            award.standing.value,
            award.url,
        )
        for award in rows.iterator(chunk_size=2000)
    )
    return csv_file("awards.csv", head, cells)


@of_organisation(Permission.AWARD_READ)
@require_safe
def award(request: ActorRequest, award: str) -> HttpResponse:
    """One award: whom, what, its standing, its mails, and its history."""
    return _page(request, desk.award_of(request.actor, award), AddressForm())


@of_organisation(Permission.AWARD_REVOKE)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: ActorRequest, kind: str) -> HttpResponse:
    """Change the standing of chosen awards: what it does is shown before it is done."""
    label, carry_out = _kind(kind)
    chosen = _chosen(request)
    form = _standing_form(request, kind, len(chosen))
    if request.method == "POST" and "sure" in request.POST and form.is_valid():
        told = {name: value for name, value in form.cleaned_data.items() if name != "count"}
        order = carry_out([each.public_id for each in chosen], actor=request.actor, **told)
        return redirect("issuing:order", request.actor.organisation.slug, order.public_id)
    context = {"kind": kind, "label": label, "chosen": chosen, "form": form, "batch": None}
    context["number"] = len(chosen)
    return render(request, "issuing/change.html", context)


@of_organisation(Permission.AWARD_REVOKE)
@require_http_methods(["GET", "HEAD", "POST"])
def change_whole_batch(request: ActorRequest, batch: str, kind: str) -> HttpResponse:
    """Change the standing of everything that a batch has issued."""
    label, carry_out = _kind(kind)
    found = desk.batch_of(request.actor, batch)
    form = _standing_form(request, kind, found.issued)
    if request.method == "POST" and form.is_valid():
        told = {name: value for name, value in form.cleaned_data.items() if name != "count"}
        order = carry_out(found, actor=request.actor, **told)
        return redirect("issuing:order", request.actor.organisation.slug, order.public_id)
    context = {"kind": kind, "label": label, "chosen": [], "form": form, "batch": found}
    context["number"] = found.issued
    return render(request, "issuing/change.html", context)


@of_organisation(Permission.AWARD_READ)
@require_safe
def order(request: ActorRequest, order: str) -> HttpResponse:
    """How far a change of standing is."""
    found = desk.order_of(request.actor, order)
    context = {
        "order": found,
        "is_moving": found.state == StandingOrder.State.RUNNING,
        "done": found.changed + found.passed_over,
    }
    alone = "HX-Request" in request.headers
    return render(
        request, "issuing/_order_progress.html" if alone else "issuing/order.html", context
    )


@of_organisation(Permission.AWARD_ISSUE)
@require_POST
def send_reminders(request: ActorRequest) -> HttpResponse:
    """Remind those who have not claimed what they were awarded."""
    ids = request.POST.getlist("award")[:MOST_CHOSEN]
    reminded = remind(ids, actor=request.actor)
    number = reminded.reminded
    told = ngettext("%(number)d person was reminded.", "%(number)d people were reminded.", number)
    messages.success(request, told % {"number": number})
    return redirect(_back(request))


@of_organisation(Permission.AWARD_ISSUE)
@require_POST
def readdress(request: ActorRequest, award: str) -> HttpResponse:
    """Send an offer to another address."""
    found = desk.award_of(request.actor, award)
    form = AddressForm(request.POST)
    if form.is_valid():
        try:
            readdress_offer(award, form.cleaned_data["address"], actor=request.actor)
        except Refusal as problem:
            if problem.kind is NOT_FOUND:
                raise
            form.add_error("address", str(problem.detail))
        else:
            messages.success(request, _("The offer was sent to the new address."))
            return redirect("issuing:award", request.actor.organisation.slug, award)
    return _page(request, found, form)


@of_organisation(Permission.AWARD_REVOKE)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: ActorRequest, award: str) -> HttpResponse:
    """Award again with what was wrong put right."""
    found = desk.award_of(request.actor, award)
    content = found.version.content
    initial = _as_awarded(found)
    form = CorrectionForm(request.POST or None, content=content, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            new = correct_award(
                award, person=form.person(), actor=request.actor, why=form.cleaned_data["why"]
            )
        except Refusal as problem:
            if problem.kind is NOT_FOUND:
                raise
            form.add_error(None, str(problem.detail))
        else:
            messages.success(request, _("Corrected: the old award was replaced by this one."))
            return redirect("issuing:award", request.actor.organisation.slug, new.public_id)
    return render(request, "issuing/correct.html", {"award": found, "form": form})


def _as_awarded(award: Award) -> dict[str, Any]:
    recipient = getattr(award, "recipient", None)
    return {
        "name": recipient.name if recipient else "",
        "address": recipient.address if recipient else "",
        "awarded": award.awarded_at.date(),
    }


def _page(request: ActorRequest, found: Award, form: AddressForm) -> HttpResponse:
    unit = found.programme.unit_id
    context = {
        "award": found,
        "recipient": getattr(found, "recipient", None),
        "credentials": desk.credentials_of(found),
        "history": desk.history(found),
        "mails": desk.mails(found),
        "form": form,
        "may_change": request.actor.may(Permission.AWARD_REVOKE, unit_id=unit),
        "may_issue": request.actor.may(Permission.AWARD_ISSUE, unit_id=unit),
        "is_offer": found.claimed_at is None and found.revoked_at is None,
    }
    return render(request, "issuing/award.html", context)


def _asked(request: ActorRequest) -> dict[str, str]:
    names = {"text": "q", "state": "state", "programme": "programme", "batch": "batch"}
    return {name: request.GET.get(key, "").strip() for name, key in names.items()}


def _kind(kind: str) -> tuple[Promise, Change]:
    if kind not in KINDS:
        raise Http404
    return KINDS[kind]


def _chosen(request: ActorRequest) -> list[Award]:
    given = request.POST if request.method == "POST" else request.GET
    ids = given.getlist("award")
    if not ids or len(ids) > MOST_CHOSEN:
        raise Refusal(
            UNFIT,
            _("Choose one to %(number)d awards. A whole batch is changed from its own page.")
            % {"number": MOST_CHOSEN},
        )
    chosen = desk.chosen(request.actor, ids)
    if len(chosen) != len(set(ids)):
        raise Http404
    return chosen


def _standing_form(request: ActorRequest, kind: str, number: int) -> StandingForm:
    sure = request.POST if "sure" in request.POST else None
    return StandingForm(sure, kind=kind, number=number)


def _back(request: ActorRequest) -> str:
    slug = request.actor.organisation.slug
    award = request.POST.get("back", "")
    return f"/o/{slug}/awards/{award}" if award.isalnum() else f"/o/{slug}/awards?state=unclaimed"
