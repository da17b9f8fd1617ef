"""What a learner does: begin, collect evidence, hand in, withdraw, try again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sealwright.web.accounts.models import User
from sealwright.web.assessing.events import ApplicationSubmitted, ApplicationWithdrawn
from sealwright.web.assessing.models import Application, ApplicationRule, EvidenceFile
from sealwright.web.catalogue.models import Programme
from sealwright.web.core.events import Event, publish
from sealwright.web.core.refusals import CONFLICT, TOO_LARGE, UNFIT, Refusal

MOST_FILES: Final = 10
MOST_BYTES: Final = 20_000_000
"""Of all files of an application together."""

State = Application.State
DECIDED: Final = (State.PASSED, State.FAILED)
OPEN: Final = (State.DRAFT, State.SUBMITTED, State.IN_REVIEW)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a learner may do about a programme now, and why not more."""

    may_begin: bool
    why_not: str = ""
    under_way: Application | None = None
    attempts: int = 0
    most_attempts: int | None = None
    next_at: datetime | None = None


def standing(programme: Programme, learner: User, *, now: datetime | None = None) -> Standing:
    """May the learner begin an attempt? The retake rule of the programme decides."""
    now = now or timezone.now()
    rule = ApplicationRule.objects.filter(programme=programme).first()
    own = list(Application.objects.filter(programme=programme, learner=learner))
    under_way = next((each for each in own if each.state in OPEN), None)
    decided = [each for each in own if each.state in DECIDED]
    most = rule.most_attempts if rule else None
    ended = max((each.decided_at for each in decided if each.decided_at), default=None)
    next_at = ended + timedelta(days=rule.wait_days) if ended and rule else None
    why_not = ""
    if under_way is not None:
        why_not = _("You have an application under way.")
    elif rule is None or not rule.is_open or programme.retired_at or not programme.current_id:
        why_not = _("This programme takes no applications at the moment.")
    elif any(each.state == State.PASSED for each in decided):
        why_not = _("You have passed this programme.")
    elif most is not None and len(decided) >= most:
        why_not = _("You have used all %(number)d attempts.") % {"number": most}
    elif next_at is not None and next_at > now:
        why_not = _("You can try again from %(day)s.") % {"day": date_format(next_at)}
    return Standing(not why_not, why_not, under_way, len(decided), most, next_at)


@transaction.atomic
def begin(programme_id: str, *, learner: User) -> Application:
    """The application under way, or a new one as a draft. Raises a `Refusal` if neither may be."""
    programme = Programme.objects.select_related("current").filter(public_id=programme_id).first()
    if programme is None or programme.current is None:
        raise Http404
    now = standing(programme, learner)
    if now.under_way is not None:
        return now.under_way
    if not now.may_begin:
        raise Refusal(CONFLICT, now.why_not)
    earlier = Application.objects.filter(programme=programme, learner=learner).count()
    try:
        with transaction.atomic():
            return Application.objects.create(
                organisation_id=programme.organisation_id,
                programme=programme,
                version=programme.current,
                learner=learner,
                attempt=earlier + 1,
            )
    except IntegrityError:  # begun twice at the same moment
        return Application.objects.get(programme=programme, learner=learner, attempt=earlier + 1)


@transaction.atomic
def save_draft(
    application_id: str, *, learner: User, statement: str, links: Sequence[str]
) -> Application:
    """Keep what was written; it can be changed until it is handed in."""
    application = _draft(application_id, learner)
    application.statement = statement
    application.links = list(links)
    application.save(update_fields=["statement", "links"])
    return application


@transaction.atomic
def add_file(
    application_id: str, *, learner: User, name: str, media_type: str, content: bytes
) -> EvidenceFile:
    """Add a file. Raises a `Refusal` for an empty one and for more than there is room for."""
    application = _draft(application_id, learner)
    if not content:
        raise Refusal(UNFIT, _("%(name)s is empty.") % {"name": name})
    held = list(application.files.values_list("size", flat=True))
    if len(held) >= MOST_FILES or sum(held) + len(content) > MOST_BYTES:
        raise Refusal(
            TOO_LARGE,
            _("An application has room for %(files)d files and %(size)d MB together.")
            % {"files": MOST_FILES, "size": MOST_BYTES // 1_000_000},
        )
    return EvidenceFile.objects.create(
        application=application,
        name=name[-160:],
        media_type=media_type[:80],
        content=content,
        size=len(content),
        sha256=sha256(content).hexdigest(),
    )


@transaction.atomic
def remove_file(application_id: str, file_id: str, *, learner: User) -> None:
    """Take a file out of a draft."""
    _draft(application_id, learner).files.filter(public_id=file_id).delete()


@transaction.atomic
def submit(application_id: str, *, learner: User) -> Application:
    """Hand it in. Raises a `Refusal` while there is nothing to assess."""
    application = _draft(application_id, learner)
    if not (application.statement.strip() or application.links or application.files.exists()):
        raise Refusal(UNFIT, _("Add a statement, a link or a file: there is nothing to read yet."))
    if not learner.addresses():
        raise Refusal(UNFIT, _("Confirm an e-mail address first, so that the answer reaches you."))
    application.state = State.SUBMITTED
    application.submitted_at = timezone.now()
    application.save(update_fields=["state", "submitted_at"])
    publish(_event(ApplicationSubmitted, application, learner))
    return application


@transaction.atomic
def withdraw(application_id: str, *, learner: User) -> None:
    """Take it back before it is decided; a draft goes away altogether."""
    application = own_application(application_id, learner, lock=True)
    if application.state == State.DRAFT:
        application.delete()
        return
    if application.state not in OPEN:
        raise Refusal(CONFLICT, _("This was decided already."))
    application.state = State.WITHDRAWN
    application.save(update_fields=["state"])
    publish(_event(ApplicationWithdrawn, application, learner))


def own_application(application_id: str, learner: User, *, lock: bool = False) -> Application:
    """The learner's own application. Raises `Http404`."""
    rows = Application.objects.select_related("programme__organisation", "version")
    if lock:
        rows = rows.select_for_update(no_key=True, of=("self",))
    application = rows.filter(public_id=application_id, learner=learner).first()
    if application is None:
        raise Http404
    return application


def _draft(application_id: str, learner: User) -> Application:
    application = own_application(application_id, learner, lock=True)
    if application.state != State.DRAFT:
        raise Refusal(CONFLICT, _("This was handed in and can no longer be changed."))
    return application


def _event(kind: type[Event], application: Application, learner: User) -> Event:
    return kind(
        organisation=application.organisation.public_id,
        actor=learner.label,
        subject=application.public_id,
        details={"attempt": application.attempt, "version": application.version.path},
    )
