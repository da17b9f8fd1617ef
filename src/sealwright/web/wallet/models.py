"""What a person keeps besides their awards: imports, collections, shares, a profile."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sealwright.web.core.models import PublicIdModel
from sealwright.web.issuing.models import Award

HANDLE = RegexValidator(
    r"^[a-z0-9](?:[a-z0-9-]{1,38}[a-z0-9])$", _("Small letters, digits and hyphens, 3 to 40.")
)


class Item(PublicIdModel):
    """A credential brought from elsewhere: the original bytes, and what was checked of them."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="items")
    original = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=160)
    """What it was brought as: a file's name or a link."""
    source_url = models.CharField(max_length=2000, blank=True)
    credential_id = models.CharField(max_length=500, blank=True, db_index=True)
    title = models.CharField(max_length=300, blank=True)
    issuer_name = models.CharField(max_length=300, blank=True)
    issuer_id = models.CharField(max_length=500, blank=True)
    awarded = models.CharField(max_length=40, blank=True)
    valid_until = models.CharField(max_length=40, blank=True)
    skills = models.JSONField(default=list)
    verdict = models.CharField(max_length=12)
    report = models.JSONField(default=dict)
    """The newest report, as `Report.as_json` writes it."""
    checked_at = models.DateTimeField()
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "sha256"], name="a_file_is_kept_once_by_its_owner"
            )
        ]
        ordering = ["-added_at", "-pk"]

    def __str__(self) -> str:
        return self.title or self.name


class Entry(models.Model):
    """An award or an imported credential within a collection or a share, at a place."""

    award = models.ForeignKey(Award, models.CASCADE, null=True, blank=True)
    item = models.ForeignKey(Item, models.CASCADE, null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]


class Collection(PublicIdModel):
    """Some of what a person holds, under a name."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="collections")
    name = models.CharField(max_length=80)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="one_collection_per_name")
        ]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class CollectionEntry(Entry):
    """Something in a collection."""

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="entries")

    class Meta(Entry.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(award=None) ^ Q(item=None), name="a_collection_holds_one_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.collection_id}: {self.award or self.item}"


class Share(PublicIdModel):
    """What somebody is let see, until when. The public id in its link is the secret."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="shares")
    title = models.CharField(max_length=120)
    message = models.CharField(max_length=500, blank=True)
    shows_name = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def path(self) -> str:
        return f"/s/{self.public_id}"

    @property
    def url(self) -> str:
        return f"{settings.BASE_URL}{self.path}"

    @property
    def is_open(self) -> bool:
        """May it be seen now?"""
        ended = self.ended_at is not None
        return not ended and (self.until is None or self.until > timezone.now())


class ShareEntry(Entry):
    """Something in a share."""

    share = models.ForeignKey(Share, models.CASCADE, related_name="entries")

    class Meta(Entry.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(award=None) ^ Q(item=None), name="a_share_shows_one_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.share_id}: {self.award or self.item}"


class ShareView(models.Model):
    """How often a share was looked at on a day. Never by whom."""

    share = models.ForeignKey(Share, models.CASCADE, related_name="views")
    day = models.DateField()
    number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["share", "day"], name="one_count_per_share_and_day")
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.number}"


class Profile(models.Model):
    """A person's public page, once they have published it."""

    owner = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="profile")
    handle = models.CharField(max_length=40, unique=True, validators=[HANDLE])
    headline = models.CharField(max_length=160, blank=True)
    about = models.TextField(max_length=2000, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.handle

    @property
    def path(self) -> str:
        return f"/p/{self.handle}"
