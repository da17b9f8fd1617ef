"""What others say of an organisation: told by itself, confirmed by who runs this site."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sealwright.web.accounts.models import User
from sealwright.web.core.events import publish
from sealwright.web.core.refusals import CONFLICT, NOT_FOUND, UNFIT, Refusal
from sealwright.web.organisations.actors import Actor
from sealwright.web.organisations.permissions import Permission
from sealwright.web.organisations.services.telling import tell
from sealwright.web.trust.events import (
    RecognitionChanged,
    RecognitionConfirmed,
    RecognitionDeclined,
    RecognitionRemoved,
    RecognitionTold,
)
from sealwright.web.trust.models import Recognition

MOST: Final = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """What an organisation says: by whom it is recognised, how, for what, from when to when."""

    kind: str
    body: str
    url: str = ""
    scope: str = ""
    since: date | None = None
    until: date | None = None


@transaction.atomic
def claim(said: Claim, *, actor: Actor) -> Recognition:
    """Say that somebody recognises the organisation. It is shown as claimed until confirmed.

    Raises `Refusal`: 422 when it ends before it begins, 409 for more than anybody can have.
    """
    actor.require(Permission.ORGANISATION_EDIT)
    _require_order(said)
    if Recognition.objects.visible_to(actor).count() >= MOST:
        raise Refusal(CONFLICT, _("There is room for %d recognitions.") % MOST)
    recognition = Recognition.objects.create(organisation=actor.organisation, **asdict(said))
    tell(RecognitionTold, recognition.public_id, actor=actor, **_told(recognition))
    return recognition


@transaction.atomic
def change_claim(public_id: str, said: Claim, *, actor: Actor) -> Recognition:
    """Say it otherwise. What was confirmed or declined is open again, unless nothing changed.

    Raises `Refusal`: 404 elsewhere, 422 when it ends before it begins.
    """
    actor.require(Permission.ORGANISATION_EDIT)
    _require_order(said)
    recognition = _own(public_id, actor)
    changed = [name for name, value in asdict(said).items() if getattr(recognition, name) != value]
    if changed:
        for name in changed:
            setattr(recognition, name, getattr(said, name))
        recognition.confirmed_at = recognition.declined_at = None
        recognition.confirmed_by = recognition.declined_reason = recognition.source = ""
        recognition.told_at = timezone.now()
        recognition.save()
        told = _told(recognition)
        tell(RecognitionChanged, public_id, actor=actor, changed=changed, **told)
    return recognition


@transaction.atomic
def remove_claim(public_id: str, *, reason: str = "", actor: Actor) -> str:
    """Say so no more; what it was, in words. Raises `Refusal`: 404 elsewhere."""
    actor.require(Permission.ORGANISATION_EDIT)
    recognition = _own(public_id, actor)
    recognition.delete()
    told = _told(recognition)
    tell(RecognitionRemoved, public_id, actor=actor, reason=reason, **told)
    return recognition.words


@transaction.atomic
def confirm(public_id: str, *, source: str, operator: User) -> Recognition:
    """Confirm a claim that was looked up at `source`. For who runs this site.

    Raises `Refusal`: 404 for others, 422 without a source.
    """
    recognition = _any(public_id, operator)
    if not source:
        raise Refusal(UNFIT, _("Say where you looked it up: readers see that."))
    recognition.confirmed_by = _("whoever runs %s") % urlsplit(settings.BASE_URL).netloc
    recognition.confirmed_at = timezone.now()
    recognition.source = source
    recognition.declined_at, recognition.declined_reason = None, ""
    recognition.save()
    _tell_as_operator(RecognitionConfirmed, recognition, operator, reason="", source=source)
    return recognition


@transaction.atomic
def decline(public_id: str, *, reason: str, operator: User) -> Recognition:
    """Say that a claim cannot be confirmed, or can no longer be; the organisation reads why.

    Raises `Refusal`: 404 for others, 422 without a reason.
    """
    recognition = _any(public_id, operator)
    if not reason.strip():
        raise Refusal(UNFIT, _("Say why, so that the organisation knows what to do."))
    recognition.confirmed_at, recognition.confirmed_by, recognition.source = None, "", ""
    recognition.declined_at = timezone.now()
    recognition.declined_reason = reason.strip()
    recognition.save()
    _tell_as_operator(RecognitionDeclined, recognition, operator, reason=reason.strip())
    return recognition


def _own(public_id: str, actor: Actor) -> Recognition:
    own = Recognition.objects.visible_to(actor).select_for_update(no_key=True)
    recognition = own.filter(public_id=public_id).first()
    if recognition is None:
        raise _not_there()
    return recognition


def _any(public_id: str, operator: User) -> Recognition:
    every = Recognition.objects.select_for_update(no_key=True, of=("self",))
    found = every.select_related("organisation").filter(public_id=public_id).first()
    if found is None or not operator.is_operator:
        raise _not_there()
    return found


def _not_there() -> Refusal:
    return Refusal(NOT_FOUND, _("There is no such recognition."))


def _require_order(said: Claim) -> None:
    if said.since and said.until and said.until < said.since:
        raise Refusal(UNFIT, _("It ends before it begins. Please look at the dates."))


def _told(recognition: Recognition) -> dict[str, str]:
    """What the trail keeps of a claim, so that it can be read when the claim is gone."""
    return {"kind": recognition.kind, "body": recognition.body}


def _tell_as_operator(
    kind: type[RecognitionConfirmed | RecognitionDeclined],
    recognition: Recognition,
    operator: User,
    *,
    reason: str,
    **more: str,
) -> None:
    publish(
        kind(
            organisation=recognition.organisation.public_id,
            actor=operator.label,
            subject=recognition.public_id,
            reason=reason,
            details={**_told(recognition), **more},
        )
    )
