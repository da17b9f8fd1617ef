"""The page that checks what people bring, and the table they can take away."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from sealwright.web.core.access import open_to_all
from sealwright.web.core.limits import caller, spend
from sealwright.web.core.refusals import BAD_REQUEST, TOO_LARGE, Refusal
from sealwright.web.verifying.presentation import Shown, shown
from sealwright.web.verifying.samples import SAMPLES, check_sample
from sealwright.web.verifying.services import check_all
from sealwright.web.verifying.sources import Source, from_form, from_text
from sealwright.web.verifying.tables import as_csv, packed, row_of, unpacked

FILES = ("files", "photo")


@open_to_all
@never_cache
@vary_on_headers("HX-Request")
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """The form, and beneath it the answer to what was sent, `?url=` or `?sample=`.

    htmx gets the answer alone. Nothing of what was sent is written anywhere.
    """
    if request.method == "POST":
        return _answer(request, _sources(request))
    sample = SAMPLES.get(request.GET.get("sample", ""))
    if sample:
        at = timezone.now()
        _spend(request, 1)
        return _page(request, [shown(check_sample(sample, at=at), name=str(sample.name), at=at)])
    url = request.GET.get("url", "").strip()
    return _answer(request, [from_text(url)]) if url else _page(request, [])


def _sources(request: HttpRequest) -> list[Source]:
    files = [file for name in FILES for file in request.FILES.getlist(name)]
    if len(files) > settings.CHECKS_AT_ONCE:
        said = _("Up to %d files can be checked at once. Check the rest after these.")
        raise Refusal(TOO_LARGE, said % settings.CHECKS_AT_ONCE)
    return from_form(request.POST.getlist("credential"), files)


def _answer(request: HttpRequest, sources: list[Source]) -> HttpResponse:
    if not sources:
        return _page(request, [], nothing_given=True)
    _spend(request, len(sources))
    at = timezone.now()
    recipient = request.POST.get("recipient", "").strip() or None
    reports = check_all(sources, at=at, recipient=recipient)
    return _page(
        request,
        [
            shown(report, name=source.name, at=at)
            for source, report in zip(sources, reports, strict=True)
        ],
    )


def _spend(request: HttpRequest, amount: int) -> None:
    spend("check", caller(request), amount=amount, a_minute=settings.CHECKS_A_MINUTE)


def _page(
    request: HttpRequest, answers: Sequence[Shown], *, nothing_given: bool = False
) -> HttpResponse:
    alone = "HX-Request" in request.headers
    several = len(answers) > 1
    context = {
        "answers": answers,
        "shown": answers[0] if len(answers) == 1 else None,
        "rows": packed([row_of(answer) for answer in answers]) if several else "",
        "nothing_given": nothing_given,
        "samples": SAMPLES.values(),
        "link": request.GET.get("url", ""),
    }
    template = "verifying/_result.html" if alone else "verifying/verify.html"
    return render(request, template, context)


@open_to_all
@require_POST
def table(request: HttpRequest) -> HttpResponse:
    """The table of several answers as CSV, made from what the page itself posts back.

    The rows were signed when the page was made, so they are ours, and nothing had to be
    kept in between.
    """
    rows = unpacked(request.POST.get("rows", ""))
    if rows is None:
        raise Refusal(BAD_REQUEST, _("This table did not come from here. Check the files again."))
    response = HttpResponse(as_csv(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="sealwright-checks.csv"'
    response["Cache-Control"] = "no-store"
    return response
