"""Rows of the trail. Each carries the hash of the one before it, organisation by organisation."""

from __future__ import annotations

from django.db import models

from sealwright.web.core.events import title_of
from sealwright.web.core.ids import LENGTH


class Entry(models.Model):
    """Something that happened within an organisation. Never changed, never deleted."""

    organisation = models.CharField(max_length=LENGTH)
    """Public id; the trail outlives what it is about, so there is no foreign key."""
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)
    event = models.CharField(max_length=60)
    subject = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    details = models.JSONField(default=dict)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="one_entry_per_number")
        ]
        indexes = [
            models.Index(fields=["organisation", "event", "-number"], name="entries_by_event"),
            models.Index(fields=["organisation", "subject"], name="entries_by_subject"),
        ]
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.number} {self.event}"

    @property
    def title(self) -> str:
        """What happened, as people call it."""
        return title_of(self.event)


class Head(models.Model):
    """The last number and hash of an organisation's trail; locked while entries are added."""

    organisation = models.CharField(max_length=LENGTH, unique=True)
    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    def __str__(self) -> str:
        return f"{self.organisation}: {self.number}"
