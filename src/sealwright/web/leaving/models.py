"""Exit bundles that were asked for. The files lie in the data folder, not in the database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sealwright.web.core.ids import LENGTH
from sealwright.web.core.models import PublicIdModel
from sealwright.web.organisations.models import Organisation

if TYPE_CHECKING:
    from sealwright.web.organisations.actors import Actor


class BundleQuerySet(models.QuerySet["Bundle"]):
    def visible_to(self, actor: Actor) -> BundleQuerySet:
        """The bundles of the actor's organisation."""
        return self.filter(organisation=actor.organisation)


class Bundle(PublicIdModel):
    """An exit bundle: asked for, written by the worker, kept for a while, forgotten.

    A bundle that is being written belongs to one process (`writer`) until `lease_until`. If
    that process dies, another one writes it from the beginning, under another name.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        WRITING = "writing", _("Being written")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Not finished")
        FORGOTTEN = "forgotten", _("No longer kept")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="bundles")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    made_by = models.CharField(max_length=60)
    """Label of the actor."""
    made_by_name = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    writer = models.CharField(max_length=LENGTH, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    done = models.PositiveIntegerField(default=0)
    """Awards written."""
    total = models.PositiveIntegerField(default=0)
    files = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)
    """Bytes of the archive."""
    ended_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    objects = BundleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(state__in=["waiting", "writing"]),
                name="one_bundle_at_a_time",
            )
        ]
        indexes = [models.Index(fields=["state", "created_at"], name="bundles_to_write")]

    def __str__(self) -> str:
        return f"bundle {self.public_id} ({self.state})"

    @property
    def is_moving(self) -> bool:
        """Is there something to wait for?"""
        return self.state in (self.State.WAITING, self.State.WRITING)

    @property
    def path(self) -> Path:
        """Where the archive lies, or will."""
        return folder() / f"{self.public_id}-{self.attempts}.zip"


def folder() -> Path:
    """Where the archives are kept."""
    return Path(settings.DATA) / "bundles"
