"""Checking the log as this site stores it, leaf by leaf, against all that vouches for it.

A leaf is held against its number, the tile it was hashed into, and what the caller knows of
what was issued; the tree against every checkpoint, and against checkpoints that were kept
elsewhere. Whoever changes the database would have to change all of these alike, and could
still not sign the checkpoints.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from sealwright.credentials.errors import Refused
from sealwright.credentials.transparency import Checkpoint as Statement
from sealwright.credentials.transparency import Growing, handed_over, leaf_hash, open_checkpoint
from sealwright.credentials.transparency.tiles import WIDTH, folded
from sealwright.credentials.transparency.tree import HASH_BYTES
from sealwright.web.transparency.models import Checkpoint, Leaf, Shard, Tile
from sealwright.web.transparency.services import keys
from sealwright.web.transparency.services.reading import computed_tile, handovers_of

PIECE = 20 * WIDTH

Expected = Callable[[int, int, int], Mapping[int, bytes]]
"""What should stand at the places from `first` to before `end` of the log of a year, by place,
as told by what was issued: `expected(year, first, end)`."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with the log of a year, at leaf `index` or, for a root, before it."""

    year: int
    index: int
    problem: str


def first_fault(
    shard: Shard, *, expected: Expected, remembered: Iterable[str] = ()
) -> Fault | None:
    """The first thing that is wrong with a shard, or None.

    `remembered` are notes of checkpoints that were kept outside of the database.
    """
    try:
        marks = _marks(shard, remembered)
    except Refused as problem:
        return Fault(shard.year, 0, str(problem))
    tree = Growing()
    faults = _faults(shard, tree, marks, expected)
    return next(faults, None)


def _faults(
    shard: Shard, tree: Growing, marks: Mapping[int, set[bytes]], expected: Expected
) -> Iterator[Fault]:
    for first in range(0, shard.size, PIECE):
        end = min(first + PIECE, shard.size)
        rows = Leaf.objects.filter(shard=shard, index__gte=first, index__lt=end)
        found = {index: bytes(data) for index, data in rows.values_list("index", "data")}
        known = expected(shard.year, first, end)
        hashed = _hashed(shard, first, end)
        for index in range(first, end):
            problem = _problem(index, found.get(index), known, hashed)
            if problem:
                yield Fault(shard.year, index, problem)
                return
            tree.add(found[index])
            if tree.size in marks and marks[tree.size] != {tree.root()}:
                yield Fault(shard.year, index, "the root is not the one that was signed")
                return
    yield from _after_the_end(shard, marks, expected)
    yield from _tile_faults(shard)


def _problem(
    index: int, data: bytes | None, known: Mapping[int, bytes], hashed: Mapping[int, bytes]
) -> str:
    if data is None:
        return "the leaf is missing"
    if hashed.get(index, leaf_hash(data)) != leaf_hash(data):
        return "the leaf is not the one that was hashed"
    if index not in known:
        return "nothing was issued for this leaf"
    if known[index] != data:
        return "the leaf is not that of the credential"
    return ""


def _after_the_end(
    shard: Shard, marks: Mapping[int, set[bytes]], expected: Expected
) -> Iterator[Fault]:
    """What is there beyond the size of the shard: leaves, credentials, checkpoints."""
    if Leaf.objects.filter(shard=shard, index__gte=shard.size).exists():
        yield Fault(shard.year, shard.size, "there are more leaves than were added")
    elif expected(shard.year, shard.size, shard.size + PIECE):
        yield Fault(shard.year, shard.size, "something was issued that is not in the log")
    elif any(size > shard.size for size in marks):
        yield Fault(shard.year, shard.size, "the log is shorter than a checkpoint says")


def _tile_faults(shard: Shard) -> Iterator[Fault]:
    """Stored tiles that are not made of what lies below them."""
    tiles = Tile.objects.filter(shard=shard).order_by("level", "index")
    for tile in tiles.iterator(chunk_size=100):
        hashes = bytes(tile.hashes)
        parts = [hashes[n : n + HASH_BYTES] for n in range(0, len(hashes), HASH_BYTES)]
        sound = len(parts) == WIDTH and folded(parts) == bytes(tile.root)
        if not sound or hashes != computed_tile(shard, tile.level, tile.index, WIDTH):
            index = tile.index * WIDTH ** (tile.level + 1)
            yield Fault(shard.year, index, f"tile {tile.level}/{tile.index} is not what it was")


def _marks(shard: Shard, remembered: Iterable[str]) -> dict[int, set[bytes]]:
    """The roots that were signed, by size. Raises `Refused` for a false signature."""
    after = handed_over(keys.note_keys(shard.origin), handovers_of(shard))
    known = after.keys
    marks: dict[int, set[bytes]] = {}
    rows = Checkpoint.objects.filter(shard=shard).order_by("size")
    for row in rows.iterator(chunk_size=1000):
        statement = open_checkpoint(row.note, known).checkpoint
        if statement != Statement(shard.origin, row.size, bytes(row.root)):
            raise Refused("log-inconsistent", old=statement.size, new=row.size)
        marks.setdefault(row.size, set()).add(statement.root)
    for last in after.checkpoints:
        if last.size:
            marks.setdefault(last.size, set()).add(last.root)
    for note in remembered:
        statement = open_checkpoint(note, known).checkpoint
        if statement.origin == shard.origin:
            marks.setdefault(statement.size, set()).add(statement.root)
    return marks


def _hashed(shard: Shard, first: int, end: int) -> dict[int, bytes]:
    """The hashes of leaves as stored tiles have them, by place."""
    tiles = Tile.objects.filter(
        shard=shard, level=0, index__gte=first // WIDTH, index__lt=-(-end // WIDTH)
    )
    hashed: dict[int, bytes] = {}
    for index, hashes in tiles.values_list("index", "hashes"):
        packed = bytes(hashes)
        hashed |= {
            index * WIDTH + n: packed[n * HASH_BYTES : (n + 1) * HASH_BYTES]
            for n in range(len(packed) // HASH_BYTES)
        }
    return hashed
