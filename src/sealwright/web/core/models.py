"""Rows that belong to no app in particular: ids in public, and mail that waits to be sent."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from sealwright.web.core.ids import LENGTH, new_id


class PublicIdModel(models.Model):
    """A row that can be named in an address: by a random id, never by its number."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_id, editable=False)

    class Meta:
        abstract = True


class Message(models.Model):
    """A mail that is to be sent, written in the transaction of what it is about.

    `key` names the occasion: the same occasion never makes two mails. What was said is
    forgotten when it has been sent (`forget`), the occasion stays.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        FAILED = "failed"
        BOUNCED = "bounced"
        CANCELLED = "cancelled"

    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=40)
    about = models.CharField(max_length=LENGTH, blank=True, db_index=True)
    """Public id of what the mail is about."""
    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "due_at"], name="messages_that_are_due")]

    def __str__(self) -> str:
        return f"{self.kind} ({self.state})"


class DeliveredMail(models.Model):
    """A mail as the demo's mail backend received it, to be read on the outbox page."""

    at = models.DateTimeField(default=timezone.now)
    sender = models.CharField(max_length=254)
    to = models.CharField(max_length=500, db_index=True)
    subject = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.subject} to {self.to}"


class SiteRecord(models.Model):
    """The address under which this database has issued; signed into everything, so for ever."""

    base_url = models.CharField(max_length=200, unique=True)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.base_url


class Heartbeat(models.Model):
    """When a background worker was last seen at work."""

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} at {self.at}"


class CachedCount(models.Model):
    """A row of Django's database cache, which counts how often somebody tried a way in.

    The columns are Django's (`createcachetable`); as a model, migrations make the table.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "cached_counts"

    def __str__(self) -> str:
        return self.cache_key
