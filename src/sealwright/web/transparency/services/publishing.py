"""Publishing the log: whole tiles stored, and checkpoints signed, a minute after it grew.

A checkpoint is signed only for a tree that begins with what was signed before, so that rows
somebody has changed in between are not covered up by us.
"""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from sealwright.credentials.transparency import Checkpoint as Statement
from sealwright.credentials.transparency import root, sign_checkpoint
from sealwright.credentials.transparency.tiles import HEIGHT, WIDTH, folded
from sealwright.credentials.transparency.tree import HASH_BYTES
from sealwright.web.core.points import reached
from sealwright.web.transparency.models import Checkpoint, Shard, Tile
from sealwright.web.transparency.services import keys
from sealwright.web.transparency.services.reading import (
    computed_tile,
    newest_checkpoint,
    subtrees,
)

logger = logging.getLogger(__name__)


def publish_checkpoints() -> bool:
    """Sign a checkpoint for every shard that has grown; the worker's duty."""
    for shard in Shard.objects.order_by("year"):
        newest = newest_checkpoint(shard.year)
        if shard.size > (newest.size if newest else 0):
            publish(shard)
    return False


def publish(shard: Shard, *, at: datetime | None = None) -> Checkpoint | None:
    """The checkpoint of the shard as it is; None where it does not go on from the last one."""
    size = shard.size
    store_tiles(shard, size)
    before = newest_checkpoint(shard.year)
    if before is not None and root(before.size, subtrees(shard, before.size)) != bytes(before.root):
        logger.error("log %s: the leaves before %s were changed", shard.year, before.size)
        return None
    statement = Statement(shard.origin, size, root(size, subtrees(shard, size)))
    now = at or timezone.now()
    reached("checkpoint")
    with transaction.atomic():  # in which the key stays in use
        note = sign_checkpoint(statement, keys.signer(), at=now)
        checkpoint, _ = Checkpoint.objects.get_or_create(
            shard=shard, size=size, defaults={"root": statement.root, "note": note, "at": now}
        )
    return checkpoint


def store_tiles(shard: Shard, size: int) -> None:
    """Store the tiles that are full now, level by level."""
    level = 0
    while full := size >> HEIGHT * (level + 1):
        stored = Tile.objects.filter(shard=shard, level=level).aggregate(last=Max("index"))["last"]
        for index in range(0 if stored is None else stored + 1, full):
            hashes = computed_tile(shard, level, index, WIDTH)
            tops = folded([hashes[n : n + HASH_BYTES] for n in range(0, len(hashes), HASH_BYTES)])
            Tile.objects.get_or_create(
                shard=shard, level=level, index=index, defaults={"hashes": hashes, "root": tops}
            )
        level += 1
