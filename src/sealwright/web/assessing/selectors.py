"""Reading applications: the assessors' inbox, a learner's own, and the numbers."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db.models import Count, Q
from django.http import Http404

from sealwright.web.accounts.models import User
from sealwright.web.assessing.models import Application, ApplicationQuerySet, EvidenceFile
from sealwright.web.organisations.actors import Actor

State = Application.State
WAITING = (State.SUBMITTED, State.IN_REVIEW)


def inbox(actor: Actor, *, state: str = "", text: str = "") -> ApplicationQuerySet:
    """What was handed in, the longest waiting first; `text` looks at names and titles."""
    rows = Application.objects.visible_to(actor).select_related("learner", "version", "programme")
    if state == "waiting":
        rows = rows.filter(state__in=WAITING)
    elif state:
        rows = rows.filter(state=state)
    if text:
        rows = rows.filter(Q(learner__name__icontains=text) | Q(version__title__icontains=text))
    return rows.order_by("submitted_at", "pk")


def application_of(actor: Actor, application_id: str) -> Application:
    """An application within the actor's reach. Raises `Http404`."""
    rows = Application.objects.visible_to(actor).select_related(
        "learner", "version", "programme__organisation", "award"
    )
    application = rows.filter(public_id=application_id).first()
    if application is None:
        raise Http404
    return application


def earlier_attempts(application: Application) -> list[Application]:
    """The same person's earlier attempts at the programme, newest first."""
    rows = Application.objects.filter(
        programme_id=application.programme_id,
        learner_id=application.learner_id,
        attempt__lt=application.attempt,
    )
    return list(rows.exclude(state=State.DRAFT).order_by("-attempt"))


def own_applications(learner: User) -> list[Application]:
    """Everything a learner has begun, newest first."""
    rows = Application.objects.filter(learner=learner).select_related(
        "programme__organisation", "version", "award"
    )
    return list(rows.order_by("-created_at"))


def evidence(application: Application, file_id: str) -> EvidenceFile:
    """A file of the application. Raises `Http404`."""
    file = application.files.filter(public_id=file_id).first()
    if file is None:
        raise Http404
    return file


def attempts(programmes: Collection[int]) -> Mapping[int, int]:
    """Decided attempts by programme."""
    return _counted(programmes, Q(state__in=(State.PASSED, State.FAILED)))


def passes(programmes: Collection[int]) -> Mapping[int, int]:
    """Passed attempts by programme."""
    return _counted(programmes, Q(state=State.PASSED))


def _counted(programmes: Collection[int], which: Q) -> Mapping[int, int]:
    rows = Application.objects.filter(which, programme__in=programmes).values("programme")
    counted = rows.annotate(number=Count("pk"))
    return {row["programme"]: row["number"] for row in counted}
