"""What an assessor does: take an application, read it, decide, and say why."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from sealwright.web.assessing.events import ApplicationDecided, ApplicationTaken, RuleChanged
from sealwright.web.assessing.models import Application, ApplicationRule
from sealwright.web.catalogue.models import Programme
from sealwright.web.core import mail
from sealwright.web.core.events import publish
from sealwright.web.core.models import Message
from sealwright.web.core.refusals import CONFLICT, UNFIT, Refusal
from sealwright.web.issuing.models import Award, Batch
from sealwright.web.issuing.services.batches import Person, award_one
from sealwright.web.organisations.actors import Actor, worker
from sealwright.web.organisations.permissions import Permission

State = Application.State
CUT_OFF_AFTER: Final = timedelta(minutes=2)
GIVEN_UP_AFTER: Final = timedelta(days=7)


@transaction.atomic
def set_rule(
    programme_id: str,
    *,
    is_open: bool,
    most_attempts: int | None,
    wait_days: int,
    actor: Actor,
) -> ApplicationRule:
    """Open a programme for applications or close it, and say how often one may try."""
    programme = Programme.objects.visible_to(actor).filter(public_id=programme_id).first()
    if programme is None:
        raise Http404
    actor.require(Permission.PROGRAMME_EDIT, unit_id=programme.unit_id)
    rule, _made = ApplicationRule.objects.update_or_create(
        programme=programme,
        defaults={"is_open": is_open, "most_attempts": most_attempts, "wait_days": wait_days},
    )
    Programme.objects.filter(pk=programme.pk).update(takes_applications=is_open)
    publish(
        RuleChanged(
            organisation=actor.organisation.public_id,
            actor=actor.label,
            subject=programme.public_id,
            details={"open": is_open, "most_attempts": most_attempts, "wait_days": wait_days},
        )
    )
    return rule


@transaction.atomic
def take(application_id: str, *, actor: Actor) -> Application:
    """Say that it is being read, so that two assessors do not read the same."""
    application = _in_reach(application_id, actor)
    if application.state != State.SUBMITTED:
        raise Refusal(CONFLICT, _("Somebody is reading this, or it was decided."))
    application.state = State.IN_REVIEW
    application.decided_by = actor.label
    application.decided_by_name = actor.name
    application.save(update_fields=["state", "decided_by", "decided_by_name"])
    publish(_about(ApplicationTaken, application, actor))
    return application


@transaction.atomic
def decide(
    application_id: str, *, passed: bool, reason: str, grade: str = "", actor: Actor
) -> Application:
    """Decide for good, with a reason that the learner reads. Passing is followed by the award.

    Nobody decides on their own application. Raises a `Refusal`.
    """
    application = _in_reach(application_id, actor)
    if application.state not in (State.SUBMITTED, State.IN_REVIEW):
        raise Refusal(CONFLICT, _("This was decided or withdrawn."))
    if application.learner is not None and application.learner.label == actor.label:
        raise Refusal(CONFLICT, _("Nobody decides on their own application."))
    if not reason.strip():
        raise Refusal(UNFIT, _("Say why: the learner will read it."))
    application.state = State.PASSED if passed else State.FAILED
    application.decided_at = timezone.now()
    application.decided_by = actor.label
    application.decided_by_name = actor.name
    application.reason = reason.strip()
    application.grade = grade.strip() if passed else ""
    application.save()
    publish(_about(ApplicationDecided, application, actor, reason=application.reason))
    _tell(application)
    return application


def award_passed(application: Application, *, actor: Actor) -> Award | None:
    """The award that a pass brings; None where the learner is gone or holds it already.

    Asked twice it gives the same award. The assessor need not be an issuer: the decision
    carries the right to issue this one award.
    """
    learner = application.learner
    if application.state != State.PASSED or learner is None or application.award_id:
        return application.award
    addresses = learner.addresses()
    allowed = replace(actor, everywhere=actor.everywhere | {Permission.AWARD_ISSUE})
    try:
        award = award_one(
            application.version,
            Person(
                address=learner.email if learner.email in addresses else addresses[0],
                name=learner.name,
                values={"grade": application.grade} if application.grade else {},
            ),
            actor=allowed,
            source=Batch.Source.ASSESSMENT,
            why=application.reason[:300],
            key=f"application:{application.public_id}",
        )
    except Refusal:
        return None
    Application.objects.filter(pk=application.pk).update(award=award)
    return award


def award_left_behind() -> bool:
    """The worker's duty: passes whose award was cut off between decision and issuing."""
    waiting = Application.objects.filter(
        state=State.PASSED,
        award=None,
        learner__isnull=False,
        decided_at__lte=timezone.now() - CUT_OFF_AFTER,
        decided_at__gte=timezone.now() - GIVEN_UP_AFTER,
    )
    application = waiting.select_related("organisation", "learner", "version").first()
    if application is None:
        return False
    return award_passed(application, actor=worker(application.organisation)) is not None


def _in_reach(application_id: str, actor: Actor) -> Application:
    application = (
        Application.objects.visible_to(actor)
        .select_for_update(no_key=True, of=("self",))
        .select_related("organisation", "programme", "version", "learner")
        .filter(public_id=application_id)
        .first()
    )
    if application is None:
        raise Http404
    actor.require(Permission.APPLICATION_ASSESS, unit_id=application.programme.unit_id)
    return application


def _tell(application: Application) -> None:
    if application.learner is None or not application.learner.email:
        return
    passed = application.state == State.PASSED
    title = application.version.title
    text = _(
        "Hello %(name)s,\n\nyour application for “%(title)s” was decided: %(outcome)s.\n\n"
        "The reason given:\n%(reason)s\n\n%(link)s\n"
    ) % {
        "name": application.learner.name or _("there"),
        "title": title,
        "outcome": _("passed") if passed else _("not passed"),
        "reason": application.reason,
        "link": f"{settings.BASE_URL}/applications/{application.public_id}",
    }
    mail.queue(
        [
            Message(
                key=f"decision:{application.public_id}",
                kind="decision",
                about=application.public_id,
                to=application.learner.email,
                subject=_("Your application for “%(title)s”") % {"title": title[:120]},
                text=text,
            )
        ]
    )


def _about(
    kind: type[ApplicationTaken] | type[ApplicationDecided],
    application: Application,
    actor: Actor,
    *,
    reason: str = "",
) -> ApplicationTaken | ApplicationDecided:
    return kind(
        organisation=actor.organisation.public_id,
        actor=actor.label,
        subject=application.public_id,
        reason=reason,
        details={"state": application.state, "attempt": application.attempt},
    )
