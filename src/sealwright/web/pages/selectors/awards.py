"""Awards for the pages about them: who may see one, and what there is to tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from django.http import Http404
from django.utils.translation import gettext as _

from sealwright.credentials.model.report import Report
from sealwright.credentials.verify import Verifier
from sealwright.web.core.refusals import FORBIDDEN, GONE, Refusal
from sealwright.web.issuing.models import Award, AwardQuerySet, Credential
from sealwright.web.organisations.actors import actor_of_person
from sealwright.web.organisations.permissions import Permission
from sealwright.web.transparency.models import Leaf

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sealwright.web.accounts.models import User


class Sight(StrEnum):
    """By what right somebody sees an award, or why they do not."""

    OPEN = "open"
    HOLDER = "holder"
    STAFF = "staff"
    PRIVATE = "private"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Seen:
    """An award, and by what right the person who asks sees it."""

    award: Award
    sight: Sight

    @property
    def is_public(self) -> bool:
        """May caches and other sites have it?"""
        return self.sight is Sight.OPEN


def to_show() -> AwardQuerySet:
    """All awards, each with what its page tells."""
    return Award.objects.select_related(
        "organisation", "version__programme__current", "superseded_by", "recipient"
    )


def seen_by(person: User | AnonymousUser, award: Award) -> Seen:
    """An award out of `to_show`, as far as the person may see it."""
    award.version.programme.organisation = award.organisation
    return Seen(award, _sight(award, person))


def look_up(public_id: str, person: User | AnonymousUser) -> Seen:
    """The award with this id, as far as the person may see it. Raises `Http404`."""
    award = to_show().filter(public_id=public_id).first()
    if award is None:
        raise Http404
    return seen_by(person, award)


def open_award(public_id: str, person: User | AnonymousUser) -> Seen:
    """As `look_up`, for whoever may see it. Raises a `Refusal` (403, 410) otherwise."""
    seen = look_up(public_id, person)
    if seen.sight is Sight.ERASED:
        raise Refusal(GONE, _("The holder’s data was erased. Only the number is left of it."))
    if seen.sight is Sight.PRIVATE:
        raise Refusal(FORBIDDEN, _("The holder has not made this public."))
    return seen


def credential_of(award: Award) -> Credential:
    """What is served for an award. Raises `Http404` where nothing is left of it."""
    credential = Credential.objects.filter(award=award).current().select_related("key").first()
    if credential is None:
        raise Http404
    return credential


def document_of(credential: Credential) -> bytes:
    """The signed document, exactly as it was signed."""
    return bytes(credential.document or b"")


def check(credential: Credential, *, at: datetime, verifier: Verifier) -> Report:
    """What the engine finds about the signed bytes, as of `at`."""
    return verifier.verify(document_of(credential), at=at)


def logged_at(credential: Credential) -> datetime | None:
    """When the credential was added to the public log."""
    leaves = Leaf.objects.filter(shard__year=credential.log_year, index=credential.log_index)
    return leaves.values_list("at", flat=True).first()


def _sight(award: Award, person: User | AnonymousUser) -> Sight:
    if award.erased_at is not None:
        return Sight.ERASED
    if award.visibility != Award.Visibility.PRIVATE:
        return Sight.OPEN
    if not person.is_authenticated:
        return Sight.PRIVATE
    if award.holder_id == person.pk:
        return Sight.HOLDER
    actor = actor_of_person(person, award.organisation)
    unit = award.version.programme.unit_id
    if actor is not None and actor.may(Permission.AWARD_READ, unit_id=unit):
        return Sight.STAFF
    return Sight.PRIVATE
