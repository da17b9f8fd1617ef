"""Checkpoints: what a log says of itself, signed: which one it is, how long, with which root.

https://c2sp.org/tlog-checkpoint
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sealwright.credentials.errors import Refused
from sealwright.credentials.keys import Signer
from sealwright.credentials.transparency import notes
from sealwright.credentials.transparency.notes import NoteKey
from sealwright.credentials.transparency.tree import HASH_BYTES, MAX_SIZE

_SIZE: Final = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The log `origin` had `size` leaves, and `root` was the root of its tree."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """What is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """The checkpoint in a text; lines that extend it are passed over.

        Raises `Refused("log-checkpoint-malformed")`.
        """
        lines = text.split("\n")
        if len(lines) < 4 or not all(lines[:-1]) or lines[-1]:
            raise _malformed("it has no three lines")
        if not _SIZE.fullmatch(lines[1]) or int(lines[1]) > MAX_SIZE:
            raise _malformed("its size is no number")
        try:
            root = base64.b64decode(lines[2], validate=True)
        except (binascii.Error, ValueError):
            root = b""
        if len(root) != HASH_BYTES:
            raise _malformed("its root is no hash")
        return cls(lines[0], int(lines[1]), root)


@dataclass(frozen=True, slots=True)
class Signed:
    """A checkpoint that its log signed. `at` is when, where a signature says so.

    `by` are the keys of the log that signed it, `extension` the lines below the root.
    """

    checkpoint: Checkpoint
    at: datetime | None
    by: tuple[NoteKey, ...]
    extension: tuple[str, ...] = ()


def sign_checkpoint(checkpoint: Checkpoint, signer: Signer, *, at: datetime) -> str:
    """The note to publish: signed by the log under its own origin, plainly and with the time."""
    return notes.sign(checkpoint.text, signer, checkpoint.origin, at=at)


def open_checkpoint(
    note: str, logs: Iterable[NoteKey], witnesses: Iterable[NoteKey] = ()
) -> Signed:
    """The checkpoint in a note that its log signed, with one of the keys in `logs`.

    The name of a log's key is its origin. The time is the earliest that one of the
    `witnesses` signed; where none are given, the log's own word is taken for it.

    Raises `Refused` (`log-note-malformed`, `log-note-unsigned`, `log-note-signature`,
    `log-checkpoint-malformed`, `log-origin`, and `log-key-ended` where the key that signed it
    had handed over before).
    """
    own, others = tuple(logs), tuple(witnesses)
    timed = others or tuple(key.timed for key in own)
    opened = notes.open_note(note, [*own, *timed])
    checkpoint = Checkpoint.parse(opened.text)
    by = tuple(key for key, _ in opened.signatures if key in own and key.name == checkpoint.origin)
    if not by:
        raise Refused("log-origin", origin=checkpoint.origin)
    if all(key.until is not None and key.until < checkpoint.size for key in by):
        raise Refused("log-key-ended", size=checkpoint.size, until=by[0].until)
    times = [at for key, at in opened.signatures if key in timed and at is not None]
    extension = tuple(opened.text.split("\n")[3:-1])
    return Signed(checkpoint, min(times, default=None), by, extension)


def open_if_known(
    note: str, logs: Iterable[NoteKey], witnesses: Iterable[NoteKey] = ()
) -> Signed | None:
    """As `open_checkpoint`; None for a note that none of the keys signed."""
    try:
        return open_checkpoint(note, logs, witnesses)
    except Refused as problem:
        if problem.code != "log-note-unsigned":
            raise
    return None


def _malformed(problem: str) -> Refused:
    return Refused("log-checkpoint-malformed", problem=problem)
