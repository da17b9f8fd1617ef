"""A log in memory, and a tree computed the way the RFC writes it down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256

from sealwright.credentials.keys import LocalSigner
from sealwright.credentials.transparency import (
    Checkpoint,
    Inclusion,
    LogProof,
    NoteKey,
    inclusion_path,
    leaf_data,
    leaf_hash,
    root,
    sign_checkpoint,
)
from sealwright.credentials.transparency.tiles import folded

ORIGIN = "harbour.example/log/2026"
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SIGNER = LocalSigner.from_seed(b"l" * 32)
KEY = NoteKey(ORIGIN, SIGNER.public_key)
SALT = b"s" * 16


def naive_root(leaves: Sequence[bytes]) -> bytes:
    """MTH of RFC 6962, section 2.1, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    k = 1
    while 2 * k < len(leaves):
        k *= 2
    return sha256(b"\x01" + naive_root(leaves[:k]) + naive_root(leaves[k:])).digest()


def naive_path(m: int, leaves: Sequence[bytes]) -> list[bytes]:
    """PATH of RFC 6962, section 2.1.1."""
    if len(leaves) == 1:
        return []
    k = 1
    while 2 * k < len(leaves):
        k *= 2
    if m < k:
        return [*naive_path(m, leaves[:k]), naive_root(leaves[k:])]
    return [*naive_path(m - k, leaves[k:]), naive_root(leaves[:k])]


def naive_proof(m: int, leaves: Sequence[bytes], complete: bool = True) -> list[bytes]:
    """PROOF and SUBPROOF of RFC 6962, section 2.1.2."""
    if m == len(leaves):
        return [] if complete else [naive_root(leaves)]
    k = 1
    while 2 * k < len(leaves):
        k *= 2
    if m <= k:
        return [*naive_proof(m, leaves[:k], complete), naive_root(leaves[k:])]
    return [*naive_proof(m - k, leaves[k:], False), naive_root(leaves[:k])]


class Leaves:
    """Subtrees over leaves in memory."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        self.leaves = leaves

    def __call__(self, level: int, index: int) -> bytes:
        first = index << level
        some = self.leaves[first : first + (1 << level)]
        assert len(some) == 1 << level
        return folded([leaf_hash(data) for data in some])


def some_leaves(number: int) -> list[bytes]:
    return [sha256(str(n).encode()).digest() for n in range(number)]


def statement_of(leaves: Sequence[bytes]) -> Checkpoint:
    """What the log with these leaves says of itself."""
    return Checkpoint(ORIGIN, len(leaves), root(len(leaves), Leaves(leaves)))


def checkpoint_of(leaves: Sequence[bytes], *, at: datetime = NOON, by: LocalSigner = SIGNER) -> str:
    """A note of the log with these leaves."""
    return sign_checkpoint(statement_of(leaves), by, at=at)


def proof_of(
    credential: bytes,
    *,
    index: int = 3,
    size: int = 7,
    at: datetime = NOON,
    by: LocalSigner = SIGNER,
) -> LogProof:
    """The proof of a credential in a log with other leaves around it."""
    digest = sha256(credential).digest()
    leaves = some_leaves(size)
    leaves[index] = leaf_data(SALT, digest)
    path = tuple(inclusion_path(index, size, Leaves(leaves)))
    newest = Inclusion(path, checkpoint_of(leaves, at=at, by=by))
    return LogProof(ORIGIN, index, SALT, digest, {"newest": newest})
