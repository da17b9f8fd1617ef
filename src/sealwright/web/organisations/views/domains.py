"""Domains of an organisation, and whether they are proven."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sealwright.web.core.limits import spend
from sealwright.web.organisations import selectors
from sealwright.web.organisations.domains import file_of
from sealwright.web.organisations.doors import ActorRequest, of_organisation
from sealwright.web.organisations.forms import DomainForm, sent
from sealwright.web.organisations.permissions import Permission
from sealwright.web.organisations.services.domains import check_domain, drop_domain, name_domain
from sealwright.web.organisations.words import domain_problem

CHECKS_A_MINUTE = 6


@of_organisation(Permission.ORGANISATION_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def domains(request: ActorRequest) -> HttpResponse:
    """The domains, what to put there, and what was found."""
    form = DomainForm(sent(request))
    if request.method == "POST" and form.is_valid():
        name_domain(form.cleaned_data["domain"], actor=request.actor)
        return _back(request)
    rows = [
        (proof, file_of(proof.domain), domain_problem(proof.problem))
        for proof in selectors.domains(request.actor)
    ]
    status = 422 if form.errors else 200
    context = {"form": form, "rows": rows}
    return render(request, "organisations/domains.html", context, status=status)


@of_organisation(Permission.ORGANISATION_EDIT)
@require_POST
def check(request: ActorRequest, domain: str) -> HttpResponse:
    """Look under the domain now."""
    spend("domain", request.actor.organisation.slug, amount=1, a_minute=CHECKS_A_MINUTE)
    checked = check_domain(domain, actor=request.actor)
    if checked.problem:
        messages.warning(request, f"{checked.domain}: {domain_problem(checked.problem)}")
    else:
        messages.success(request, _("%s is proven.") % checked.domain)
    return _back(request)


@of_organisation(Permission.ORGANISATION_EDIT)
@require_POST
def drop(request: ActorRequest, domain: str) -> HttpResponse:
    """Take a domain off the list."""
    messages.success(request, _("%s is off the list.") % drop_domain(domain, actor=request.actor))
    return _back(request)


def _back(request: ActorRequest) -> HttpResponse:
    return redirect("organisations:domains", request.actor.organisation.slug)
