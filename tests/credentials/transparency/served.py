"""A log served from memory, as its files."""

from __future__ import annotations

from collections.abc import Sequence

from sealwright.credentials.transparency import Tile, leaf_hash
from sealwright.credentials.transparency.tiles import WIDTH, width_at, write_entries
from tests.credentials.transparency.logs import Leaves, checkpoint_of


def files_of(leaves: Sequence[bytes]) -> dict[str, bytes]:
    """Everything that a log with these leaves serves, by path below its address."""
    size = len(leaves)
    files = {"checkpoint": checkpoint_of(leaves).encode()}
    for index in range(-(-size // WIDTH)):
        width = width_at(0, index, size)
        some = leaves[index * WIDTH : index * WIDTH + width]
        files[f"tile/{Tile(None, index, width).path}"] = write_entries(some)
        hashes = b"".join(leaf_hash(data) for data in some)
        files[f"tile/{Tile(0, index, width).path}"] = hashes
    level = 1
    while width := width_at(level, 0, size):
        below = Leaves(leaves)
        hashes = b"".join(below(8 * level, n) for n in range(width))
        files[f"tile/{Tile(level, 0, width).path}"] = hashes
        level += 1
    return files
