"""Pages of applications: a learner's own, and the assessors' inbox."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sealwright.web.accounts.models import User
from sealwright.web.assessing import selectors
from sealwright.web.assessing.forms import ApplicationForm, DecisionForm, RuleForm
from sealwright.web.assessing.models import Application, ApplicationRule, EvidenceFile
from sealwright.web.assessing.services import applying, deciding
from sealwright.web.catalogue.models import Programme
from sealwright.web.core.access import signed_in
from sealwright.web.core.refusals import CONFLICT, Refusal
from sealwright.web.core.uploads import whole
from sealwright.web.organisations.doors import ActorRequest, of_organisation
from sealwright.web.organisations.permissions import Permission

PER_PAGE = 25


class PersonRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: User


# --- The learner's side ---------------------------------------------------------------------


@signed_in
@require_safe
def own(request: PersonRequest) -> HttpResponse:
    """Everything the person has applied for."""
    applications = selectors.own_applications(request.user)
    return render(request, "assessing/own.html", {"applications": applications})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: PersonRequest, programme: str) -> HttpResponse:
    """What is asked, and the button that begins an application."""
    if request.method == "POST":
        begun = applying.begin(programme, learner=request.user)
        return redirect("assessing:application", begun.public_id)
    published = Programme.objects.select_related("organisation", "current").filter(
        public_id=programme, current__isnull=False
    )
    found = published.first()
    if found is None or found.current is None:
        raise Http404
    context = {
        "programme": found,
        "version": found.current,
        "content": found.current.content,
        "standing": applying.standing(found, request.user),
    }
    return render(request, "assessing/apply.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def application(request: PersonRequest, application: str) -> HttpResponse:
    """One's own application: written and handed in here, read afterwards."""
    found = applying.own_application(application, request.user)
    if request.method == "POST":
        return _saved(request, found)
    return _own_page(request, found, _form_of(found))


@signed_in
@require_POST
def withdraw(request: PersonRequest, application: str) -> HttpResponse:
    """Take one's application back."""
    applying.withdraw(application, learner=request.user)
    messages.success(request, _("Your application was taken back."))
    return redirect("assessing:own")


@signed_in
@require_POST
def remove_file(request: PersonRequest, application: str, file: str) -> HttpResponse:
    """Take a file out of one's draft."""
    applying.remove_file(application, file, learner=request.user)
    return redirect("assessing:application", application)


@signed_in
@require_safe
def own_file(request: PersonRequest, application: str, file: str) -> HttpResponse:
    """A file of one's own application."""
    return _download(selectors.evidence(applying.own_application(application, request.user), file))


def _saved(request: PersonRequest, found: Application) -> HttpResponse:
    if found.state != Application.State.DRAFT:
        raise Refusal(CONFLICT, _("This was handed in and can no longer be changed."))
    form = ApplicationForm(request.POST)
    if not form.is_valid():
        return _own_page(request, found, form)
    applying.save_draft(found.public_id, learner=request.user, **form.cleaned_data)
    for file in request.FILES.getlist("files"):
        applying.add_file(
            found.public_id,
            learner=request.user,
            name=file.name or _("file"),
            media_type=file.content_type or "",
            content=whole(file),
        )
    if request.POST.get("action") == "submit":
        applying.submit(found.public_id, learner=request.user)
        messages.success(request, _("Handed in. You will get a mail when it is decided."))
    else:
        messages.success(request, _("Saved."))
    return redirect("assessing:application", found.public_id)


def _form_of(found: Application) -> ApplicationForm:
    return ApplicationForm(initial={"statement": found.statement, "links": "\n".join(found.links)})


def _own_page(request: HttpRequest, found: Application, form: ApplicationForm) -> HttpResponse:
    context = {
        "application": found,
        "content": found.version.content,
        "files": found.files.defer("content"),
        "form": form,
        "is_draft": found.state == Application.State.DRAFT,
        "may_withdraw": found.state in applying.OPEN,
    }
    return render(request, "assessing/application.html", context)


# --- The assessors' side --------------------------------------------------------------------


@of_organisation(Permission.APPLICATION_READ)
@require_safe
def applications(request: ActorRequest) -> HttpResponse:
    """The inbox, filtered by state and searched by name or title."""
    state, text = request.GET.get("state", "waiting"), request.GET.get("q", "").strip()
    rows = selectors.inbox(request.actor, state="" if state == "all" else state, text=text)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "state": state, "text": text, "states": Application.State.choices[1:]}
    return render(request, "assessing/inbox.html", context)


@of_organisation(Permission.APPLICATION_READ)
@require_safe
def review(request: ActorRequest, application: str) -> HttpResponse:
    """An application as its assessor reads it."""
    found = selectors.application_of(request.actor, application)
    return _review_page(request, found, DecisionForm(graded=bool(found.version.content.grade)))


@of_organisation(Permission.APPLICATION_ASSESS)
@require_POST
def take(request: ActorRequest, application: str) -> HttpResponse:
    """Begin to read it."""
    deciding.take(application, actor=request.actor)
    return redirect("assessing:review", request.actor.organisation.slug, application)


@of_organisation(Permission.APPLICATION_ASSESS)
@require_POST
def decide(request: ActorRequest, application: str) -> HttpResponse:
    """Decide, and issue the award where it was passed."""
    found = selectors.application_of(request.actor, application)
    form = DecisionForm(request.POST, graded=bool(found.version.content.grade))
    if not form.is_valid():
        return _review_page(request, found, form)
    told = form.cleaned_data
    decided = deciding.decide(
        application,
        passed=told["decision"] == "pass",
        reason=told["reason"],
        grade=told.get("grade", ""),
        actor=request.actor,
    )
    if deciding.award_passed(decided, actor=request.actor) is not None:
        messages.success(request, _("Decided. The award was issued."))
    else:
        messages.success(request, _("Decided. The learner gets a mail with your reason."))
    return redirect("assessing:review", request.actor.organisation.slug, application)


@of_organisation(Permission.APPLICATION_READ)
@require_safe
def file(request: ActorRequest, application: str, file: str) -> HttpResponse:
    """A file that was handed in."""
    found = selectors.application_of(request.actor, application)
    return _download(selectors.evidence(found, file))


@of_organisation(Permission.PROGRAMME_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: ActorRequest, programme: str) -> HttpResponse:
    """Whether a programme takes applications."""
    found = Programme.objects.visible_to(request.actor).named(programme)
    told = ApplicationRule.objects.filter(programme=found).first()
    form = RuleForm(request.POST or None, initial=_rule_of(told))
    if request.method == "POST" and form.is_valid():
        deciding.set_rule(programme, actor=request.actor, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("assessing:rule", request.actor.organisation.slug, programme)
    return render(request, "assessing/rule.html", {"programme": found, "form": form})


def _rule_of(told: ApplicationRule | None) -> dict[str, Any]:
    if told is None:
        return {}
    return {
        "is_open": told.is_open,
        "most_attempts": told.most_attempts,
        "wait_days": told.wait_days,
    }


def _review_page(request: ActorRequest, found: Application, form: DecisionForm) -> HttpResponse:
    unit = found.programme.unit_id
    context = {
        "application": found,
        "content": found.version.content,
        "files": found.files.defer("content"),
        "earlier": selectors.earlier_attempts(found),
        "form": form,
        "may_decide": found.state in selectors.WAITING
        and request.actor.may(Permission.APPLICATION_ASSESS, unit_id=unit),
        "may_take": found.state == Application.State.SUBMITTED,
    }
    return render(request, "assessing/review.html", context)


def _download(found: EvidenceFile) -> HttpResponse:
    """A stranger's file: never shown in a page of ours, only saved."""
    response = HttpResponse(bytes(found.content), content_type="application/octet-stream")
    name = "".join(c if c.isascii() and (c.isalnum() or c in "._- ") else "_" for c in found.name)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
