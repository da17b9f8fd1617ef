"""The tree cut into tiles, so that a log can be served as files that never change.

A tile holds up to 256 hashes side by side; the hash of a full tile is one hash of a tile above.
What is not full yet is served under its width.

https://c2sp.org/tlog-tiles
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from sealwright.credentials.errors import Refused
from sealwright.credentials.transparency.tree import HASH_BYTES, node_hash

HEIGHT: Final = 8
WIDTH: Final = 1 << HEIGHT
ENTRIES: Final = "entries"

_PATH: Final = re.compile(
    r"(?P<level>entries|0|[1-9][0-9]?)/(?P<index>(?:x[0-9]{3}/){0,6}[0-9]{3})"
    r"(?:\.p/(?P<width>[1-9][0-9]{0,2}))?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Tile:
    """A tile by its place. `level` is None for a bundle of entries, which lies below level 0."""

    level: int | None
    index: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """Where the tile lies, below `tile/`.

        >>> Tile(0, 1234067).path, Tile(None, 5, width=7).path
        ('0/x001/x234/067', 'entries/005.p/7')
        """
        groups = [f"{self.index % 1000:03}"]
        rest = self.index // 1000
        while rest:
            groups.insert(0, f"x{rest % 1000:03}")
            rest //= 1000
        level = ENTRIES if self.level is None else str(self.level)
        partial = "" if self.width == WIDTH else f".p/{self.width}"
        return f"{level}/{'/'.join(groups)}{partial}"

    @classmethod
    def at(cls, path: str) -> Tile | None:
        """The tile at a path below `tile/`; None for what is no such path."""
        match = _PATH.fullmatch(path)
        if match is None:
            return None
        level = None if match["level"] == ENTRIES else int(match["level"])
        index = int(match["index"].replace("x", "").replace("/", ""))
        tile = cls(level, index, int(match["width"] or WIDTH))
        return tile if tile.path == path and tile.width <= WIDTH else None

    def is_within(self, size: int) -> bool:
        """Is all of the tile there in a log of `size` leaves?"""
        below = HEIGHT * (self.level or 0)
        return self.index * WIDTH + self.width <= size >> below


def width_at(level: int, index: int, size: int) -> int:
    """How many hashes tile `index` of `level` has in a log of `size` leaves."""
    return max(0, min(WIDTH, (size >> HEIGHT * level) - index * WIDTH))


@dataclass(slots=True)
class FromTiles:
    """Subtrees (see `tree`) read from tiles. `fetch(level, index)` gives a tile's hashes.

    What was fetched is kept, so an instance belongs to one tree of one size.
    """

    fetch: Callable[[int, int], bytes]
    _kept: dict[tuple[int, int], bytes] = field(default_factory=dict)

    def __call__(self, level: int, index: int) -> bytes:
        """The hash of a complete subtree. Raises `Refused("log-tile-short")`."""
        above, height = divmod(level, HEIGHT)
        first = index << height
        tile, start = divmod(first, WIDTH)
        row = self._tile(above, tile)[start * HASH_BYTES : (start + (1 << height)) * HASH_BYTES]
        if len(row) != HASH_BYTES << height:
            raise Refused("log-tile-short", tile=Tile(above, tile).path)
        return folded([row[n : n + HASH_BYTES] for n in range(0, len(row), HASH_BYTES)])

    def _tile(self, level: int, index: int) -> bytes:
        if (level, index) not in self._kept:
            self._kept[level, index] = self.fetch(level, index)
        return self._kept[level, index]


def folded(hashes: list[bytes]) -> bytes:
    """The hash over a power of two of hashes that stand side by side."""
    while len(hashes) > 1:
        pairs = zip(hashes[::2], hashes[1::2], strict=True)
        hashes = [node_hash(left, right) for left, right in pairs]
    return hashes[0]


def write_entries(entries: Iterable[bytes]) -> bytes:
    """A bundle of entries: each with its length before it, in two bytes."""
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def read_entries(bundle: bytes) -> list[bytes]:
    """The entries of a bundle. Raises `Refused("log-bundle-malformed")`."""
    entries, place = [], 0
    while place < len(bundle):
        length = int.from_bytes(bundle[place : place + 2], "big")
        entry = bundle[place + 2 : place + 2 + length]
        if place + 2 > len(bundle) or len(entry) != length:
            raise Refused("log-bundle-malformed", place=place)
        entries.append(entry)
        place += 2 + length
    return entries
