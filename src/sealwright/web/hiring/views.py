"""The page for recruiters: an advert, the skills in it, what candidates brought, the table.

Everything that was found travels with the page, signed, so that weights can be changed and the
table taken away without bringing the files again; nothing is kept here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.core import signing
from django.http import (
    HttpRequest,
    HttpResponse,
    JsonResponse,
    QueryDict,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from sealwright.skills.screening.record import canonical_bytes
from sealwright.skills.screening.scoring import State
from sealwright.web.core.access import open_to_all
from sealwright.web.core.limits import caller, spend
from sealwright.web.core.refusals import BAD_REQUEST, Refusal
from sealwright.web.core.spreadsheets import csv_file
from sealwright.web.hiring import board
from sealwright.web.hiring.asking import LONGEST, find_skills
from sealwright.web.hiring.bringing import MOST, bring
from sealwright.web.hiring.forms import (
    BaseRequirements,
    Requirements,
    rows_for,
    rows_sent,
    with_skill,
)
from sealwright.web.hiring.proofs import Proof
from sealwright.web.hiring.services import Choices, Result, check_brought, screened
from sealwright.web.hiring.sources import Source, choice, source_called

SALT: Final = "sealwright.hiring.screen"
GOOD_FOR: Final = 24 * 3600
"""Seconds for which a page may be sent back."""

LONGEST_ADVERT: Final = 20_000
"""Letters of an advert that are looked at."""


@open_to_all
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def screen(request: HttpRequest) -> HttpResponse:
    """Ask for an advert, then for skills and credentials, then show the table."""
    step, _colon, skill = request.POST.get("step", "").partition(":")
    if request.method != "POST":
        return render(request, "hiring/screen.html", {"choice": choice()})
    source = source_called(request.POST.get("framework", ""))
    if step == "find":
        return _skills(request, source)
    found, at = _found(request)
    data: QueryDict = request.POST
    picked = ""
    if step == "add" and (picked := source.finder.resolver.label_of(skill) or ""):
        data = with_skill(data, skill, picked[:LONGEST])
    if found or step == "screen":
        asked = Requirements(data, source=source)
    else:
        asked = Requirements(initial=rows_sent(data), source=source)
    context = _context(request, asked, found, at) | {"picked": picked}
    context["nothing_brought"] = not found and step == "screen"
    context["is_looking"] = step in ("look", "add")
    if not picked:
        context |= _looked_up(request, source)
    if found and asked.is_valid():
        context |= _table(request, asked, found, at)
    return render(request, "hiring/screen.html", context)


@open_to_all
@require_POST
def check(request: HttpRequest) -> JsonResponse:
    """Check a part of what is being brought; the page sends the answer back with the rest."""
    found, at = _found(request)
    return JsonResponse({"found": _packed(found, at), "checked": len(found)})


@open_to_all
@require_POST
def table(request: HttpRequest) -> StreamingHttpResponse:
    """The table for spreadsheets, made from what the page sends back."""
    head, rows = board.table_of(_again(request))
    return csv_file("sealwright-screening.csv", head, rows)


@open_to_all
@require_POST
def record(request: HttpRequest) -> HttpResponse:
    """The record for programs: the same bytes for the same skills, proofs and day."""
    body = canonical_bytes(board.record(_again(request)))
    response = HttpResponse(body, content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="sealwright-screening.json"'
    response["Cache-Control"] = "no-store"
    return response


def _skills(request: HttpRequest, source: Source) -> HttpResponse:
    spend("advert", caller(request), amount=1, a_minute=settings.ADVERTS_A_MINUTE)
    advert = request.POST.get("advert", "")[:LONGEST_ADVERT]
    rows = rows_for(find_skills(advert, source))
    asked = Requirements(initial=rows, source=source)
    context = {"advert": advert, "asked": asked, "source": source, "most": MOST}
    nothing_found = not any(row.get("label") for row in rows)
    return render(request, "hiring/screen.html", context | {"nothing_found": nothing_found})


def _looked_up(request: HttpRequest, source: Source) -> dict[str, Any]:
    wanted = request.POST.get("wanted", "").strip()[:LONGEST]
    return {"wanted": wanted, "looked_up": source.search(wanted)}


def _context(
    request: HttpRequest, asked: BaseRequirements, found: Sequence[Proof], at: datetime
) -> dict[str, Any]:
    return {
        "advert": request.POST.get("advert", "")[:LONGEST_ADVERT],
        "asked": asked,
        "source": asked.source,
        "most": MOST,
        "found": _packed(found, at) if found else "",
        "number_found": len(found),
        "names_shown": request.POST.get("names") == "shown",
        "at": at,
    }


def _table(
    request: HttpRequest, asked: BaseRequirements, found: Sequence[Proof], at: datetime
) -> dict[str, Any]:
    result = _result(request, asked, found, at)
    ranked, apart = board.lines(result)
    return {
        "result": result,
        "ranked": ranked,
        "apart": apart,
        "funnel": _funnel(result),
        "key": [(state.value, words, board.ICONS[state]) for state, words in board.WORDS.items()],
        "columns": len(result.screening.requirements) + 3,
        "strangers": sum(not each.is_accepted for each in result.issuers),
        "counted": request.POST.getlist("count"),
        "nobody": _("Nobody brought proof that could be verified"),
        "nobody_detail": _("Below is what was brought and why it does not count."),
    }


def _again(request: HttpRequest) -> Result:
    """The screening of the form as it is sent back. Raises a `Refusal` where it is not whole."""
    found, at = _found(request)
    source = source_called(request.POST.get("framework", ""))
    asked = Requirements(request.POST, source=source)
    if not found or not asked.is_valid():
        raise Refusal(BAD_REQUEST, _("Open the table first, and take it from there."))
    return _result(request, asked, found, at)


def _result(
    request: HttpRequest, asked: BaseRequirements, found: Sequence[Proof], at: datetime
) -> Result:
    choices = Choices(
        frozenset(request.POST.getlist("issuer")), frozenset(request.POST.getlist("count"))
    )
    return screened(found, asked.requirements(), at=at, source=asked.source, choices=choices)


def _found(request: HttpRequest) -> tuple[list[Proof], datetime]:
    """What was found before and travels with the form, and what is brought now, checked."""
    found, at = _unpacked(request.POST.getlist("found"))
    room = MOST - len(found)
    brought = bring(request.FILES.getlist("files"), request.POST.get("pasted", ""), room=room)
    if brought:
        spend("screen", caller(request), amount=len(brought), a_minute=settings.SCREENED_A_MINUTE)
        at = timezone.now()
        found += check_brought(brought, at=at)
    return found, at


def _packed(found: Sequence[Proof], at: datetime) -> str:
    values = {"at": at.isoformat(), "found": [proof.as_json() for proof in found]}
    return signing.dumps(values, salt=SALT, compress=True)


def _unpacked(texts: Sequence[str]) -> tuple[list[Proof], datetime]:
    """The proofs that a page carries, and when the last of them was checked."""
    found: list[Proof] = []
    at: list[datetime] = []
    for text in filter(None, texts):
        try:
            values = signing.loads(text, salt=SALT, max_age=GOOD_FOR)
        except signing.BadSignature as problem:
            said = _("This table did not come from here, or is a day old. Bring the files again.")
            raise Refusal(BAD_REQUEST, said) from problem
        found += map(Proof.from_json, values["found"])
        at.append(datetime.fromisoformat(values["at"]))
    return found, max(at, default=timezone.now())


def _funnel(result: Result) -> list[tuple[str, int]]:
    """Four numbers, from everybody to those who prove every must, or all where none is one."""
    ranked, asked = result.screening.ranked, result.screening.requirements
    needed = {each.skill for each in asked if each.must} or {each.skill for each in asked}
    proven = [
        needed <= {each.requirement.skill for each in row.answers if each.state is State.PROVEN}
        for row in ranked
    ]
    name = _("prove every must") if any(each.must for each in asked) else _("prove every skill")
    everything = [proof for each in result.proofs.values() for proof in each]
    return [
        (_("candidates"), len(result.candidates)),
        (_("brought proof"), len(ranked)),
        (_("credentials passed every check"), sum(each.is_in_force for each in everything)),
        (name, sum(proven)),
    ]
