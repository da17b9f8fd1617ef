"""Facts about organisations that somebody else says, each with its source and dates."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sealwright.web.core.models import PublicIdModel
from sealwright.web.organisations.models import Organisation

if TYPE_CHECKING:
    from sealwright.web.organisations.actors import Actor


class RecognitionQuerySet(models.QuerySet["Recognition"]):
    def visible_to(self, actor: Actor) -> RecognitionQuerySet:
        """The recognitions of the actor's organisation."""
        return self.filter(organisation=actor.organisation)

    def waiting(self) -> RecognitionQuerySet:
        """What nobody has looked up yet, of organisations that are open."""
        return self.filter(confirmed_at=None, declined_at=None, organisation__closed_at=None)


class Recognition(PublicIdModel):
    """Somebody recognises an organisation: accredits it, lists it, or has it as a member.

    `confirmed_by` is empty for what the organisation says of itself. Nothing here is a score.
    """

    class Kind(models.TextChoices):
        ACCREDITATION = "accreditation", _("Accreditation")
        REGISTER = "register", _("Listed in a register")
        MEMBERSHIP = "membership", _("Membership")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="recognitions")
    kind = models.CharField(max_length=16, choices=Kind)
    body = models.CharField(max_length=160)
    """Who recognises, as in "Quality Agency of the North"."""
    url = models.URLField(max_length=300, blank=True)
    scope = models.CharField(max_length=200, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    told_at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.CharField(max_length=120, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    source = models.URLField(max_length=300, blank=True)
    """Where it was looked up by whoever confirmed it."""
    declined_at = models.DateTimeField(null=True, blank=True)
    declined_reason = models.CharField(max_length=300, blank=True)

    objects = RecognitionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confirmed_at=None) | models.Q(declined_at=None),
                name="a_recognition_is_not_both_confirmed_and_declined",
            ),
            models.CheckConstraint(
                condition=models.Q(since=None)
                | models.Q(until=None)
                | models.Q(until__gte=models.F("since")),
                name="a_recognition_ends_after_it_begins",
            ),
        ]
        ordering = ["kind", "-since", "pk"]

    def __str__(self) -> str:
        return f"{self.body}: {self.organisation}"

    @property
    def is_confirmed(self) -> bool:
        """Does somebody else say so?"""
        return self.confirmed_at is not None and bool(self.confirmed_by)

    @property
    def words(self) -> str:
        """In a few words: who recognises how."""
        words = {
            self.Kind.ACCREDITATION: _("Accredited by %(body)s"),
            self.Kind.REGISTER: _("Listed by %(body)s"),
            self.Kind.MEMBERSHIP: _("Member of %(body)s"),
        }
        return str(words[self.Kind(self.kind)]) % {"body": self.body}

    def is_in_force(self, day: date) -> bool:
        """Was it on that day? Dates that are not told leave the answer open on that side."""
        begun = self.since is None or self.since <= day
        return begun and (self.until is None or self.until >= day)
