"""The log: leaves in order, whole tiles of hashes, and signed checkpoints; one shard a year.

Hashing is that of RFC 6962 section 2.1. A leaf is SHA-256 over a random salt and the SHA-256
of the credential, so the log tells nothing about who was awarded what.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class Shard(models.Model):
    """The log of one year. Locked while leaves are added."""

    year = models.PositiveIntegerField(unique=True)
    size = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.size}"

    @property
    def origin(self) -> str:
        """Its name, for ever: the address it is served at, without the scheme."""
        return self.url.partition("://")[2]

    @property
    def url(self) -> str:
        return f"{settings.BASE_URL}/log/{self.year}"


class Leaf(models.Model):
    """One thing that was issued: what is hashed, and when it was added."""

    shard = models.ForeignKey(Shard, models.PROTECT, related_name="leaves")
    index = models.PositiveBigIntegerField()
    data = models.BinaryField(max_length=32)
    """SHA-256(salt | SHA-256(credential)); the hash of the leaf is SHA-256(0x00 | data)."""
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shard", "index"], name="one_leaf_per_index")
        ]

    def __str__(self) -> str:
        return f"{self.shard_id}/{self.index}"


class Tile(models.Model):
    """The 256 hashes of one full tile; what is not full yet is computed from what is below."""

    shard = models.ForeignKey(Shard, models.PROTECT, related_name="tiles")
    level = models.PositiveSmallIntegerField()
    index = models.PositiveBigIntegerField()
    hashes = models.BinaryField(max_length=8192)
    root = models.BinaryField(max_length=32)
    """The hash over all of them, which is one hash of the tile above."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shard", "level", "index"], name="one_tile_per_place")
        ]

    def __str__(self) -> str:
        return f"{self.shard_id}/{self.level}/{self.index}"


class Handover(models.Model):
    """The last note of a key, which names the key that follows it. Stays published."""

    shard = models.ForeignKey(Shard, models.PROTECT, related_name="handovers")
    successor = models.CharField(max_length=120)
    """The key that follows, as a multikey."""
    note = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shard", "successor"], name="a_key_takes_a_log_over_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.shard_id} to {self.successor}"


class Checkpoint(models.Model):
    """A signed statement of how large the log was and what its root hash was."""

    shard = models.ForeignKey(Shard, models.PROTECT, related_name="checkpoints")
    size = models.PositiveBigIntegerField()
    root = models.BinaryField(max_length=32)
    note = models.TextField()
    """The signed note as published."""
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shard", "size"], name="one_checkpoint_per_size")
        ]

    def __str__(self) -> str:
        return f"{self.shard_id} at {self.size}"
