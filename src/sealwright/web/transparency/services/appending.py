"""Adding to the log, within the transaction of what is issued."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sealwright.web.core.points import reached
from sealwright.web.transparency.models import Leaf, Shard


def append(leaves: Sequence[bytes], *, at: datetime) -> tuple[int, int]:
    """Add leaves to the shard of the year; the year and the index of the first.

    Locks the shard until the transaction ends, so indexes have no gaps.
    """
    Shard.objects.get_or_create(year=at.year)
    shard = Shard.objects.select_for_update(no_key=True).get(year=at.year)
    first = shard.size
    Leaf.objects.bulk_create(
        Leaf(shard=shard, index=first + n, data=data, at=at) for n, data in enumerate(leaves)
    )
    shard.size += len(leaves)
    shard.save(update_fields=["size"])
    reached("log leaf")
    return at.year, first
