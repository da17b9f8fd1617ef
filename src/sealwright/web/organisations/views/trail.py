"""The trail: who did what, when and why."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sealwright.web.audit.models import Head
from sealwright.web.audit.services import first_break
from sealwright.web.core.limits import spend
from sealwright.web.core.spreadsheets import csv_file
from sealwright.web.organisations import trail as shown
from sealwright.web.organisations.doors import ActorRequest, of_organisation
from sealwright.web.organisations.forms import TrailForm
from sealwright.web.organisations.permissions import Permission

A_PAGE = 50
CHECKED_A_MINUTE = 6


@of_organisation(Permission.AUDIT_READ)
@require_safe
def trail(request: ActorRequest) -> HttpResponse:
    """The trail, or what was asked for of it."""
    form = TrailForm(request.GET)
    organisation = request.actor.organisation
    found = shown.entries(request.actor, form.asked())
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "lines": shown.in_words(page.object_list, organisation),
        "is_filtered": form.asked() != shown.Asked(),
        "query": form.query(),
        "head": Head.objects.filter(organisation=organisation.public_id).first(),
    }
    return render(request, "organisations/trail.html", context)


@of_organisation(Permission.AUDIT_READ)
@require_safe
def trail_csv(request: ActorRequest) -> StreamingHttpResponse:
    """What was asked for of the trail, for a spreadsheet."""
    found = shown.entries(request.actor, TrailForm(request.GET).asked())
    name = f"trail-{request.actor.organisation.slug}.csv"
    return csv_file(name, shown.head(), shown.table(found, request.actor.organisation))


@of_organisation(Permission.AUDIT_READ)
@require_safe
def trail_json(request: ActorRequest) -> StreamingHttpResponse:
    """What was asked for of the trail, for programs, with the hashes."""
    organisation = request.actor.organisation
    found = shown.entries(request.actor, TrailForm(request.GET).asked())
    response = StreamingHttpResponse(
        _array(organisation.public_id, shown.documents(found.order_by("number"))),
        content_type="application/json",
    )
    response["Content-Disposition"] = f'attachment; filename="trail-{organisation.slug}.json"'
    response["Cache-Control"] = "no-store"
    return response


@of_organisation(Permission.AUDIT_READ)
@require_POST
def check_trail(request: ActorRequest) -> HttpResponse:
    """Follow the chain of hashes from the first entry to the last."""
    organisation = request.actor.organisation
    spend("trail", organisation.slug, amount=1, a_minute=CHECKED_A_MINUTE)
    broken = first_break(organisation.public_id)
    head = Head.objects.filter(organisation=organisation.public_id).first() or Head()
    if broken is None:
        said = _("%(number)d entries, unbroken. The last hash is %(hash)s.")
        messages.success(request, said % {"number": head.number, "hash": head.hash})
    else:
        said = _(
            "The trail was tampered with: entry %d is missing, changed, or out of place. What "
            "comes before it is sound. Tell whoever runs this site."
        )
        messages.error(request, said % broken)
    return redirect("organisations:trail", organisation.slug)


def _array(organisation: str, entries: Iterator[dict[str, Any]]) -> Iterator[str]:
    yield f'{{"organisation": {json.dumps(organisation)}, "entries": ['
    for number, entry in enumerate(entries):
        yield f"{', ' if number else ''}\n{json.dumps(entry, ensure_ascii=False)}"
    yield "\n]}\n"
