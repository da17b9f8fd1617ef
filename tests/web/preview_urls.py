"""The site's addresses, and one more for each state that a page can be in: tests only."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from sealwright.web.config.urls import handler400, handler403, handler404, handler500
from sealwright.web.config.urls import urlpatterns as site
from sealwright.web.verifying.presentation import shown
from sealwright.web.verifying.samples import SAMPLES
from sealwright.web.verifying.tables import packed, row_of
from tests.web.reports import NOON, STATES

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def state(request: HttpRequest, name: str) -> HttpResponse:
    """A page as it is after a check that ended in the state `name`."""
    names = list(STATES) if name == "several" else [name]
    answers = [shown(STATES[each], name=f"{each}.json", at=NOON) for each in names]
    context = {
        "answers": answers,
        "shown": answers[0] if len(answers) == 1 else None,
        "rows": packed([row_of(answer) for answer in answers]),
        "samples": SAMPLES.values(),
    }
    return render(request, "verifying/verify.html", context)


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken on purpose")


urlpatterns = [*site, path("state/<name>", state), path("broken", broken)]
