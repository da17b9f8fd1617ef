"""A log of what was issued that nobody can change unnoticed: its tree, its signed statements."""

from __future__ import annotations

from sealwright.credentials.transparency.checkpoint import (
    Checkpoint,
    open_checkpoint,
    sign_checkpoint,
)
from sealwright.credentials.transparency.handover import (
    handed_over,
    read_handovers,
    sign_handover,
    write_handovers,
)
from sealwright.credentials.transparency.monitor import Followed, follow
from sealwright.credentials.transparency.notes import NoteKey
from sealwright.credentials.transparency.proof import (
    Inclusion,
    Logged,
    LogProof,
    LogProofs,
    check_logged,
    digests_of,
    leaf_data,
    read_proofs,
)
from sealwright.credentials.transparency.tiles import FromTiles, Tile
from sealwright.credentials.transparency.tree import (
    Growing,
    check_consistency,
    consistency_path,
    inclusion_path,
    leaf_hash,
    root,
)

__all__ = [
    "Checkpoint",
    "Followed",
    "FromTiles",
    "Growing",
    "Inclusion",
    "LogProof",
    "LogProofs",
    "Logged",
    "NoteKey",
    "Tile",
    "check_consistency",
    "check_logged",
    "consistency_path",
    "digests_of",
    "follow",
    "handed_over",
    "inclusion_path",
    "leaf_data",
    "leaf_hash",
    "open_checkpoint",
    "read_handovers",
    "read_proofs",
    "root",
    "sign_checkpoint",
    "sign_handover",
    "write_handovers",
]
