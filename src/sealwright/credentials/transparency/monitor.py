"""Following a log from outside: everything is fetched, hashed, and held against what was signed.

Whoever keeps the last checkpoint that was found good sees whether the log still begins with
it. That is all it takes to be the witness of a log.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from sealwright.credentials.errors import Refused, ResolutionFailed
from sealwright.credentials.transparency.checkpoint import Checkpoint, open_checkpoint
from sealwright.credentials.transparency.handover import handed_over, read_handovers
from sealwright.credentials.transparency.notes import NoteKey
from sealwright.credentials.transparency.tiles import WIDTH, Tile, read_entries
from sealwright.credentials.transparency.tree import HASH_BYTES, Growing, leaf_hash

Fetch = Callable[[str], bytes]
"""The bytes at a path below the log's address. Raises `ResolutionFailed`."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A log that was found good as far as `checkpoint`, whose `note` is worth keeping."""

    checkpoint: Checkpoint
    at: datetime | None
    note: str
    keys: tuple[NoteKey, ...]
    """Those that were known, and those that they handed over to."""
    handovers: tuple[str, ...]
    """Worth keeping, too: they say where each key ended."""


def follow(
    fetch: Fetch, keys: Iterable[NoteKey], *, remembered: str = "", handovers: Iterable[str] = ()
) -> Followed:
    """Check the whole log behind `fetch`, and that it goes on from the note `remembered`.

    `handovers` are those that were seen before; what the log says of them now is put beside.

    Raises `Refused`: `log-entry-changed` names the first entry that is not the one which was
    hashed, `log-root-differs` the size at which the root is another than was signed,
    `log-inconsistent` a log that has become shorter; and those of `open_checkpoint` and
    `handed_over`. Raises `ResolutionFailed` for what could not be fetched.
    """
    told = tuple(dict.fromkeys([*handovers, *_handovers(fetch)]))
    after = handed_over(keys, told)
    known = after.keys
    note = fetch("checkpoint").decode("utf-8", "replace")
    signed = open_checkpoint(note, known)
    newest = signed.checkpoint
    marks = {newest.size: newest.root}
    earlier = [open_checkpoint(remembered, known).checkpoint] if remembered else []
    for before in (*earlier, *after.checkpoints):
        if before.origin != newest.origin:
            raise Refused("log-origin", origin=newest.origin)
        if before.size > newest.size:
            raise Refused("log-inconsistent", old=before.size, new=newest.size)
        if marks.setdefault(before.size, before.root) != before.root:
            raise Refused("log-root-differs", size=before.size)
    _replay(fetch, newest.size, marks)
    return Followed(newest, signed.at, note, known, told)


def _handovers(fetch: Fetch) -> list[str]:
    """What the log serves of them; one that has no such file never handed over."""
    try:
        return read_handovers(fetch("handovers"))
    except ResolutionFailed as problem:
        if problem.code not in ("http-not-found", "http-gone"):
            raise
    return []


def _replay(fetch: Fetch, size: int, marks: dict[int, bytes]) -> None:
    tree = Growing()
    for index in range(-(-size // WIDTH)):
        width = min(WIDTH, size - index * WIDTH)
        hashes = fetch(f"tile/{Tile(0, index, width).path}")
        entries = read_entries(fetch(f"tile/{Tile(None, index, width).path}"))
        if len(entries) != width or len(hashes) != width * HASH_BYTES:
            raise Refused("log-tile-short", tile=Tile(0, index, width).path)
        for number, entry in enumerate(entries):
            here = leaf_hash(entry)
            if here != hashes[number * HASH_BYTES : (number + 1) * HASH_BYTES]:
                raise Refused("log-entry-changed", index=index * WIDTH + number)
            tree.add_hash(here)
            if tree.size in marks and marks[tree.size] != tree.root():
                raise Refused("log-root-differs", size=tree.size)
