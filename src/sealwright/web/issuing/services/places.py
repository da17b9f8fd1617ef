"""Places in status lists: random to whoever looks, each handed out once.

A block's places follow a secret permutation, so all that is stored is how many were used.
Herd privacy: https://www.w3.org/TR/vc-bitstring-status-list/#herd-privacy
"""

from __future__ import annotations

import os
from hashlib import blake2b
from typing import Final

from sealwright.credentials.status import MIN_ENTRIES
from sealwright.web.issuing.models import StatusBlock, StatusList
from sealwright.web.organisations.models import Organisation

ROUNDS: Final = 10

Place = tuple[StatusBlock, int]


def take_places(organisation: Organisation, number: int) -> list[Place]:
    """`number` places that were never handed out, within the caller's transaction."""
    places: list[Place] = []
    while len(places) < number:
        block = _open_block(organisation)
        amount = min(number - len(places), block.size - block.used)
        taken = range(block.used, block.used + amount)
        seed, size = bytes(block.seed), block.size
        places += [(block, permuted(number, seed=seed, size=size)) for number in taken]
        block.used += amount
        block.save(update_fields=["used"])
    return places


def permuted(number: int, *, seed: bytes, size: int) -> int:
    """Where `number` comes to stand when the numbers below `size` are mixed with a secret.

    A Feistel network over as many bits as `size` needs, walked on until the result is below
    `size`: the way of FF1 with a keyed hash in place of a cipher, and as many rounds.
    https://csrc.nist.gov/pubs/sp/800/38/g/upd1/final
    """
    bits = max(2, (size - 1).bit_length())
    while (number := _mixed(number, seed, bits // 2, bits - bits // 2)) >= size:
        continue
    return number


def _mixed(number: int, seed: bytes, high: int, low: int) -> int:
    for turn in range(ROUNDS):
        left, right = number >> low, number & ((1 << low) - 1)
        drawn = blake2b(bytes([turn]) + right.to_bytes(4, "big"), key=seed, digest_size=4)
        left ^= int.from_bytes(drawn.digest(), "big") & ((1 << high) - 1)
        number = right << high | left
        high, low = low, high
    return number


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
