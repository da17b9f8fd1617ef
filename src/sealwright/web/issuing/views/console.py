"""The issuer's console: the overview, issuing to one person, and batches."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sealwright.web.catalogue.models import Programme
from sealwright.web.core.refusals import Refusal
from sealwright.web.core.spreadsheets import csv_file
from sealwright.web.issuing import desk, tables
from sealwright.web.issuing.forms import PersonForm
from sealwright.web.issuing.models import Batch
from sealwright.web.issuing.services.batches import (
    award_one,
    cancel_batch,
    pause_batch,
    resume_batch,
)
from sealwright.web.organisations.doors import ActorRequest, of_organisation
from sealwright.web.organisations.permissions import Permission

PER_PAGE = 25


@of_organisation(Permission.CONSOLE_SEE)
@require_safe
def overview(request: ActorRequest) -> HttpResponse:
    """What is going on, and what waits for somebody."""
    return render(request, "issuing/overview.html", {"overview": desk.overview(request.actor)})


@of_organisation(Permission.AWARD_ISSUE)
@require_safe
def batches(request: ActorRequest) -> HttpResponse:
    """Choose what to issue; beneath it what was issued lately."""
    rows = desk.batches(request.actor)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "programmes": desk.issuable(request.actor),
        "begun": tables.unfinished(request.actor)[:10],
    }
    return render(request, "issuing/batches.html", context)


@of_organisation(Permission.AWARD_ISSUE)
@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: ActorRequest, programme: str) -> HttpResponse:
    """Issue to one person."""
    found = Programme.objects.visible_to(request.actor).named(programme)
    if found.current is None:
        messages.warning(request, _("Publish the programme first: only versions are awarded."))
        return redirect("catalogue:programmes", request.actor.organisation.slug)
    request.actor.require(Permission.AWARD_ISSUE, unit_id=found.unit_id)
    content = found.current.content
    form = PersonForm(request.POST or None, content=content)
    if request.method == "POST" and form.is_valid():
        try:
            award = award_one(
                found.current,
                form.person(),
                actor=request.actor,
                source=Batch.Source.FORM,
                options={"note": form.cleaned_data["note"]},
            )
        except Refusal as problem:  # told beside the form, so that nothing typed is lost
            form.add_error(None, str(problem.detail))
        else:
            messages.success(request, _("Issued. The offer is on its way to the learner."))
            return redirect("issuing:award", request.actor.organisation.slug, award.public_id)
    context = {"programme": found, "version": found.current, "form": form}
    return render(request, "issuing/issue.html", context)


@of_organisation(Permission.AWARD_READ)
@require_safe
def batch(request: ActorRequest, batch: str) -> HttpResponse:
    """How far a batch is. htmx asks for the progress alone; without it the page reloads."""
    found = desk.batch_of(request.actor, batch)
    sheet = tables.sheet_behind(found)
    is_moving = found.state in MOVING
    context = {
        "batch": found,
        "rate": desk.rate_of(found),
        "refused": list(desk.refused(found)[:200]),
        "is_moving": is_moving,
        "done": found.issued + found.refused,
        "sheet": sheet,
        "still_to_come": tables.still_to_come(sheet) if sheet and is_moving else 0,
        "left_behind": tables.left_behind(sheet) if sheet and not is_moving else 0,
        "may_issue": request.actor.may(
            Permission.AWARD_ISSUE, unit_id=found.version.programme.unit_id
        ),
    }
    alone = "HX-Request" in request.headers
    return render(request, "issuing/_progress.html" if alone else "issuing/batch.html", context)


MOVING = (Batch.State.TAKING_IN, Batch.State.READY, Batch.State.RUNNING)
CHANGES = {"pause": pause_batch, "resume": resume_batch, "cancel": cancel_batch}


@of_organisation(Permission.AWARD_ISSUE)
@require_POST
def change_batch(request: ActorRequest, batch: str, change: str) -> HttpResponse:
    """Pause a batch, go on with it, or cancel what is left of it."""
    found = desk.batch_of(request.actor, batch)
    CHANGES[change](found.public_id, reason=request.POST.get("reason", ""), actor=request.actor)
    return redirect("issuing:batch", request.actor.organisation.slug, found.public_id)


@of_organisation(Permission.AWARD_READ)
@require_safe
def refused_rows(request: ActorRequest, batch: str) -> HttpResponseBase:
    """The rows that could not be issued, as CSV."""
    found = desk.batch_of(request.actor, batch)
    rows = [
        (str(intent.number), intent.name, intent.address, intent.refusal_detail)
        for intent in desk.refused(found).iterator()
    ]
    return csv_file(
        f"refused-{found.public_id}.csv", (_("row"), _("name"), _("email"), _("problem")), rows
    )
