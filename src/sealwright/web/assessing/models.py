"""Applications: a learner shows evidence, an assessor decides and says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sealwright.web.catalogue.models import Programme, Version
from sealwright.web.core.models import PublicIdModel
from sealwright.web.issuing.models import Award
from sealwright.web.organisations.models import Organisation
from sealwright.web.organisations.permissions import Permission

if TYPE_CHECKING:
    from sealwright.web.organisations.actors import Actor


class ApplicationRule(models.Model):
    """Whether a programme takes applications, and what holds for trying again."""

    programme = models.OneToOneField(Programme, models.CASCADE, related_name="application_rule")
    is_open = models.BooleanField(default=False)
    most_attempts = models.PositiveSmallIntegerField(null=True, blank=True)
    """None: as often as one likes."""
    wait_days = models.PositiveSmallIntegerField(default=0)
    """Days between a decision against and the next attempt."""

    def __str__(self) -> str:
        return f"applications for {self.programme}"


class ApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, actor: Actor) -> ApplicationQuerySet:
        """What was handed in to the actor's organisation, or to the units they may read."""
        own = self.filter(organisation=actor.organisation).exclude(state=Application.State.DRAFT)
        units = actor.units_with(Permission.APPLICATION_READ)
        return own if units is None else own.filter(programme__unit__in=units)


class Application(PublicIdModel):
    """One attempt of a learner at a version of a programme."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Not handed in")
        SUBMITTED = "submitted", _("Handed in")
        IN_REVIEW = "in-review", _("Being read")
        PASSED = "passed", _("Passed")
        FAILED = "failed", _("Not passed")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="applications")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="applications")
    version = models.ForeignKey(Version, models.PROTECT)
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="applications"
    )
    attempt = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    statement = models.TextField(max_length=5000, blank=True)
    links = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=60, blank=True)
    decided_by_name = models.CharField(max_length=120, blank=True)
    reason = models.TextField(max_length=2000, blank=True)
    grade = models.CharField(max_length=20, blank=True)
    award = models.ForeignKey(Award, models.PROTECT, null=True, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "learner", "attempt"], name="one_application_per_attempt"
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True) | ~Q(reason=""),
                name="a_decision_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"application {self.public_id}"


class EvidenceFile(PublicIdModel):
    """A file handed in with an application."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="files")
    name = models.CharField(max_length=160)
    media_type = models.CharField(max_length=80)
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name
