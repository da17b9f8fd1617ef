"""Facts about organisations that somebody else says, each with its source and dates."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sealwright.web.core.models import PublicIdModel
from sealwright.web.organisations.models import Organisation


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

    class Meta:
        ordering = ["kind", "-since", "pk"]

    def __str__(self) -> str:
        return f"{self.body}: {self.organisation}"

    @property
    def words(self) -> str:
        """In a few words: who recognises how."""
        return recognised_by(self.kind, self.body)


def recognised_by(kind: str, body: str) -> str:
    """What it is to be recognised like this, in a few words."""
    words = {
        Recognition.Kind.ACCREDITATION: _("Accredited by %(body)s"),
        Recognition.Kind.REGISTER: _("Listed by %(body)s"),
        Recognition.Kind.MEMBERSHIP: _("Member of %(body)s"),
    }
    return str(words[Recognition.Kind(kind)]) % {"body": body}
