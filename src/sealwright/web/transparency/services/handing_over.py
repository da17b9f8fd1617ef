"""Handing the log over to its next key, within the transaction that takes that key into use."""

from __future__ import annotations

from datetime import datetime

from sealwright.credentials.keys import PublicKey, Signer
from sealwright.credentials.transparency import Checkpoint as Statement
from sealwright.credentials.transparency import NoteKey, sign_handover
from sealwright.credentials.transparency.tree import EMPTY_ROOT
from sealwright.web.core.points import reached
from sealwright.web.transparency.models import Handover, Shard
from sealwright.web.transparency.services.reading import newest_checkpoint


def hand_over(signer: Signer, successor: PublicKey, *, at: datetime) -> None:
    """Have the key that signed so far say for each year where it ends, and which one follows.

    The caller holds the keys of the log, so that nothing is signed meanwhile.
    """
    reached("handover")
    for shard in Shard.objects.order_by("year"):
        newest = newest_checkpoint(shard.year)
        size, root = (newest.size, bytes(newest.root)) if newest else (0, EMPTY_ROOT)
        last = Statement(shard.origin, size, root)
        note = sign_handover(last, NoteKey(shard.origin, successor), signer, at=at)
        key = successor.to_multikey()
        Handover.objects.create(shard=shard, successor=key, note=note, at=at)
