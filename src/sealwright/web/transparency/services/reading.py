"""The tree of a shard: read from whole tiles where they are stored, else from its leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from sealwright.credentials.transparency import (
    FromTiles,
    Inclusion,
    NoteKey,
    Tile,
    handed_over,
    inclusion_path,
    leaf_hash,
)
from sealwright.credentials.transparency.tiles import HEIGHT, WIDTH, width_at, write_entries
from sealwright.web.transparency.models import Checkpoint, Leaf, Shard
from sealwright.web.transparency.models import Tile as StoredTile
from sealwright.web.transparency.services.keys import note_keys


@dataclass(frozen=True, slots=True)
class Inclusions:
    """How a leaf lies in the first checkpoint that covered it, and in the newest."""

    first: Inclusion
    newest: Inclusion
    handovers: tuple[str, ...]


def newest_checkpoint(year: int) -> Checkpoint | None:
    """The last thing that the log of a year said of itself."""
    found = Checkpoint.objects.filter(shard__year=year).select_related("shard")
    return found.order_by("-size").first()


def handovers_of(shard: Shard) -> list[str]:
    """The notes with which one key after the other ended, the oldest first."""
    return list(shard.handovers.order_by("pk").values_list("note", flat=True))


def keys_now(shard: Shard) -> tuple[NoteKey, ...]:
    """The keys of a shard, the newest first, with where each of them ended."""
    return handed_over(note_keys(shard.origin), handovers_of(shard)).keys


Trees = Callable[[Shard, int], FromTiles]
"""Gives the subtrees of a shard as it was when it had so many leaves; see `subtrees`."""


def inclusions_of(year: int, index: int, *, trees: Trees | None = None) -> Inclusions | None:
    """The proofs for a leaf; None as long as no checkpoint covers it.

    Whoever asks for many hands in `trees` that keep what was read.
    """
    covering = Checkpoint.objects.filter(shard__year=year, size__gt=index)
    first = covering.select_related("shard").order_by("size").first()
    newest = newest_checkpoint(year)
    if first is None or newest is None:
        return None
    read = trees or subtrees
    return Inclusions(
        _inclusion(first, index, read),
        _inclusion(newest, index, read),
        tuple(handovers_of(newest.shard)),
    )


def subtrees(shard: Shard, size: int) -> FromTiles:
    """The subtrees of the shard as it was when it had `size` leaves."""
    return FromTiles(lambda level, index: tile_bytes(shard, level, index, size))


def tile_bytes(shard: Shard, level: int, index: int, size: int) -> bytes:
    """The hashes of a tile as far as a tree of `size` leaves fills it."""
    width = width_at(level, index, size)
    if width == WIDTH:
        stored = StoredTile.objects.filter(shard=shard, level=level, index=index)
        hashes = stored.values_list("hashes", flat=True).first()
        if hashes is not None:
            return bytes(hashes)
    return computed_tile(shard, level, index, width)


def computed_tile(shard: Shard, level: int, index: int, width: int) -> bytes:
    """The hashes of a tile, made from what lies below it."""
    first = index * WIDTH
    if level == 0:
        return b"".join(leaf_hash(data) for data in leaves(shard, first, width))
    below = StoredTile.objects.filter(
        shard=shard, level=level - 1, index__gte=first, index__lt=first + width
    )
    return b"".join(bytes(root) for root in below.order_by("index").values_list("root", flat=True))


def leaves(shard: Shard, first: int, number: int) -> list[bytes]:
    """What stands in the log from `first` on, as far as it is there."""
    found = Leaf.objects.filter(shard=shard, index__gte=first, index__lt=first + number)
    return [bytes(data) for data in found.order_by("index").values_list("data", flat=True)]


def served(year: int, tile: Tile) -> bytes | None:
    """A tile or bundle as everybody may have it: once a checkpoint covers all of it."""
    newest = newest_checkpoint(year)
    if newest is None or not tile.is_within(newest.size):
        return None
    if tile.level is None:
        return write_entries(leaves(newest.shard, tile.index * WIDTH, tile.width))
    whole = tile_bytes(newest.shard, tile.level, tile.index, newest.size)
    return whole[: tile.width * 32]


def keys_of(shards: Iterable[Shard]) -> bytes:
    """The keys that sign these shards, one a line, each under the name of a year's log."""
    lines = (str(key) for shard in shards for key in note_keys(shard.origin))
    return "".join(f"{line}\n" for line in lines).encode()


def tiles_of(checkpoint: Checkpoint) -> Iterator[Tile]:
    """All tiles and bundles of the log as far as the checkpoint covers it."""
    size, level = checkpoint.size, 0
    yield from _row(None, size)
    while size >> HEIGHT * level:
        yield from _row(level, size >> HEIGHT * level)
        level += 1


def _row(level: int | None, hashes: int) -> Iterator[Tile]:
    for index in range(-(-hashes // WIDTH)):
        yield Tile(level, index, min(WIDTH, hashes - index * WIDTH))


def _inclusion(checkpoint: Checkpoint, index: int, trees: Trees) -> Inclusion:
    path = inclusion_path(index, checkpoint.size, trees(checkpoint.shard, checkpoint.size))
    return Inclusion(tuple(path), checkpoint.note)
