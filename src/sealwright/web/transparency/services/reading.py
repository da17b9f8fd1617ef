"""The tree of a shard: read from whole tiles where they are stored, else from its leaves."""

from __future__ import annotations

from dataclasses import dataclass

from sealwright.credentials.transparency import (
    FromTiles,
    Inclusion,
    Tile,
    inclusion_path,
    leaf_hash,
)
from sealwright.credentials.transparency.tiles import WIDTH, width_at, write_entries
from sealwright.web.transparency.models import Checkpoint, Leaf, Shard
from sealwright.web.transparency.models import Tile as StoredTile


@dataclass(frozen=True, slots=True)
class Inclusions:
    """How a leaf lies in the first checkpoint that covered it, and in the newest."""

    first: Inclusion
    newest: Inclusion


def newest_checkpoint(year: int) -> Checkpoint | None:
    """The last thing that the log of a year said of itself."""
    found = Checkpoint.objects.filter(shard__year=year).select_related("shard")
    return found.order_by("-size").first()


def inclusions_of(year: int, index: int) -> Inclusions | None:
    """The proofs for a leaf; None as long as no checkpoint covers it."""
    covering = Checkpoint.objects.filter(shard__year=year, size__gt=index)
    first = covering.select_related("shard").order_by("size").first()
    newest = newest_checkpoint(year)
    if first is None or newest is None:
        return None
    return Inclusions(_inclusion(first, index), _inclusion(newest, index))


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


def _inclusion(checkpoint: Checkpoint, index: int) -> Inclusion:
    path = inclusion_path(index, checkpoint.size, subtrees(checkpoint.shard, checkpoint.size))
    return Inclusion(tuple(path), checkpoint.note)
