"""Programmes in the console: the list, beginning one, publishing, versions, retiring."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sealwright.web.catalogue.models import Programme
from sealwright.web.catalogue.outline import outline_of, overview_of
from sealwright.web.catalogue.reviewing import comparison_of, review_of
from sealwright.web.catalogue.selectors import STATES, listed, own_choices, programmes_for
from sealwright.web.catalogue.services import (
    copy_programme,
    create_programme,
    publish,
    reopen,
    retire,
)
from sealwright.web.catalogue.starters import STARTERS, starter_of
from sealwright.web.organisations.doors import ActorRequest, of_organisation
from sealwright.web.organisations.models import Unit
from sealwright.web.organisations.permissions import Permission

A_PAGE = 25


@of_organisation(Permission.PROGRAMME_READ)
@require_safe
def programmes(request: ActorRequest) -> HttpResponse:
    """The organisation's programmes, the one worked on last first."""
    state = request.GET.get("state", "")
    words = request.GET.get("q", "").strip()
    found = programmes_for(request.actor, state=state if state in STATES else "", words=words)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    told = {
        "page": page,
        "listed": listed(page.object_list),
        "state": state,
        "words": words,
        "may_begin": request.actor.may_somewhere(Permission.PROGRAMME_EDIT),
    }
    return render(request, "catalogue/programmes.html", told)


@of_organisation(Permission.PROGRAMME_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    """Begin a programme: from a starter, from one's own, or with nothing."""
    actor = request.actor
    if request.method == "POST":
        programme = _begun(request)
        return redirect("catalogue:part", actor.organisation.slug, programme.public_id, "identity")
    units = actor.units_with(Permission.PROGRAMME_EDIT)
    own = Unit.objects.filter(organisation=actor.organisation, closed_at=None)
    told = {
        "starters": STARTERS,
        "own": own_choices(actor),
        "units": own if units is None else own.filter(pk__in=units),
        "for_all": units is None,
    }
    return render(request, "catalogue/new.html", told)


def _begun(request: ActorRequest) -> Programme:
    if source := request.POST.get("copy", ""):
        return copy_programme(source, actor=request.actor)
    unit_id = request.POST.get("unit", "")
    starter = starter_of(request.POST.get("start", ""))
    if starter is None:
        return create_programme(actor=request.actor, unit_id=unit_id)
    return create_programme(starter.content, actor=request.actor, unit_id=unit_id)


@of_organisation(Permission.PROGRAMME_READ)
@require_safe
def programme(request: ActorRequest, programme: str) -> HttpResponse:
    """Where a programme stands: what is told, what is published, what comes next."""
    found = Programme.objects.visible_to(request.actor).named(programme)
    told = {"outline": outline_of(found), "overview": overview_of(found, request.actor)}
    return render(request, "catalogue/programme.html", {"programme": found, **told})


@of_organisation(Permission.PROGRAMME_PUBLISH)
@require_http_methods(["GET", "HEAD", "POST"])
def publishing(request: ActorRequest, programme: str) -> HttpResponse:
    """What the next version changes, and publishing it."""
    if request.method == "POST":
        version = publish(programme, actor=request.actor, seen=request.POST.get("seen", ""))
        messages.success(
            request, _("Version %(number)d is published.") % {"number": version.number}
        )
        return redirect("catalogue:programme", request.actor.organisation.slug, programme)
    found = Programme.objects.visible_to(request.actor).named(programme)
    request.actor.require(Permission.PROGRAMME_PUBLISH, unit_id=found.unit_id)
    return render(
        request, "catalogue/publish.html", {"programme": found, "review": review_of(found)}
    )


@of_organisation(Permission.PROGRAMME_READ)
@require_safe
def versions(request: ActorRequest, programme: str) -> HttpResponse:
    """All versions, and what changed between two of them."""
    found = Programme.objects.visible_to(request.actor).named(programme)
    comparison = comparison_of(
        found, before=request.GET.get("from", ""), after=request.GET.get("to", "")
    )
    return render(
        request, "catalogue/versions.html", {"programme": found, "comparison": comparison}
    )


@of_organisation(Permission.PROGRAMME_PUBLISH)
@require_POST
def retiring(request: ActorRequest, programme: str) -> HttpResponse:
    """Offer it no longer."""
    retire(programme, reason=request.POST.get("reason", "").strip()[:300], actor=request.actor)
    messages.success(request, _("It is no longer offered. What was awarded stays as it is."))
    return redirect("catalogue:programme", request.actor.organisation.slug, programme)


@of_organisation(Permission.PROGRAMME_PUBLISH)
@require_POST
def reopening(request: ActorRequest, programme: str) -> HttpResponse:
    """Offer it again."""
    reopen(programme, actor=request.actor)
    messages.success(request, _("It is offered again."))
    return redirect("catalogue:programme", request.actor.organisation.slug, programme)
