"""Places in status lists: random to whoever looks, each handed out once.

A block's places follow a secret permutation, so all that is stored is how many were used.
Herd privacy: https://www.w3.org/TR/vc-bitstring-status-list/#herd-privacy
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b

from sealwright.credentials.status import MIN_ENTRIES
from sealwright.web.issuing.models import StatusBlock, StatusList
from sealwright.web.organisations.models import Organisation

Place = tuple[StatusBlock, int]


def take_places(organisation: Organisation, number: int) -> list[Place]:
    """`number` places that were never handed out, within the caller's transaction."""
    places: list[Place] = []
    while len(places) < number:
        block = _open_block(organisation)
        amount = min(number - len(places), block.size - block.used)
        order = permutation(bytes(block.seed), block.size)
        places += [(block, index) for index in order[block.used : block.used + amount]]
        block.used += amount
        block.save(update_fields=["used"])
    return places


@lru_cache(maxsize=8)
def permutation(seed: bytes, size: int) -> Sequence[int]:
    """The numbers below `size`, in the order of their keyed hashes."""

    def rank(number: int) -> bytes:
        return blake2b(number.to_bytes(4, "big"), key=seed, digest_size=16).digest()

    return array("I", sorted(range(size), key=rank))


def _open_block(organisation: Organisation) -> StatusBlock:
    """The block with room left, locked; a new one where there is none."""
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    blocks = StatusBlock.objects.select_for_update(no_key=True).filter(organisation=organisation)
    last = blocks.order_by("-number").first()
    if last is not None and last.used < last.size:
        return last
    block = StatusBlock.objects.create(
        organisation=organisation,
        number=last.number + 1 if last else 1,
        seed=os.urandom(32),
        size=MIN_ENTRIES,
    )
    for purpose in StatusList.Purpose:
        StatusList.objects.create(block=block, purpose=purpose)
    return block
