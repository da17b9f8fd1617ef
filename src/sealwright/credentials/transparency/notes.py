"""Signed notes: a text, and below it a line for each signature.

Two kinds of signature are known: a plain one (Ed25519), and one that says when it was made,
which is what witnesses of a log put beside the log's own.

https://c2sp.org/signed-note
https://c2sp.org/tlog-cosignature
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum
from hashlib import sha256
from typing import Final

from sealwright.credentials.errors import CredentialError, KeyUnusable, Refused
from sealwright.credentials.keys import KeyKind, PublicKey, Signer

MAX_BYTES: Final = 100_000
MAX_SIGNATURES: Final = 32
LATEST: Final = 253_402_300_799
"""The last second of the year 9999, in seconds since 1970."""

_NAME: Final = re.compile(r"[^\s+]+")
_SIGNATURE: Final = re.compile(r"— (?P<name>[^\s+]+) (?P<value>[A-Za-z0-9+/]+={0,2})")
_VKEY: Final = re.compile(r"(?P<name>[^\s+]+)\+(?P<id>[0-9a-f]{8})\+(?P<key>[A-Za-z0-9+/]+={0,2})")


class Kind(IntEnum):
    """What a signature covers: the text, or the text and a time."""

    PLAIN = 0x01
    TIMED = 0x04


@dataclass(frozen=True, slots=True)
class NoteKey:
    """A key of somebody who signs notes, under the name that stands on their signatures."""

    name: str
    key: PublicKey
    kind: Kind = Kind.PLAIN
    until: int | None = None
    """For a log's key that has handed over: the size of the last checkpoint it signed."""

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise KeyUnusable("log-key-malformed", problem="the name has blanks or a plus")
        if self.key.kind is not KeyKind.ED25519:
            raise KeyUnusable("key-kind", kind=self.key.kind.value, wanted=KeyKind.ED25519.value)

    @property
    def id(self) -> bytes:
        """Four bytes that tell keys of one name apart."""
        return sha256(f"{self.name}\n".encode() + bytes([self.kind]) + self.key.raw).digest()[:4]

    @property
    def timed(self) -> NoteKey:
        """The same key for signatures that carry a time."""
        return NoteKey(self.name, self.key, Kind.TIMED)

    def __str__(self) -> str:
        """The key in the one line that is handed around: name, id, kind and key."""
        value = base64.b64encode(bytes([self.kind]) + self.key.raw).decode()
        return f"{self.name}+{self.id.hex()}+{value}"

    @classmethod
    def parse(cls, text: str) -> NoteKey:
        """The key in such a line. Raises `KeyUnusable` (`log-key-malformed` and others)."""
        match = _VKEY.fullmatch(text.strip())
        if match is None:
            raise KeyUnusable("log-key-malformed", problem="it is not NAME+ID+KEY")
        raw = _decoded(match["key"]) or b"\x00"
        if raw[0] not in (Kind.PLAIN, Kind.TIMED):
            raise KeyUnusable("log-key-malformed", problem=f"signatures of kind {raw[0]}")
        key = cls(match["name"], PublicKey(KeyKind.ED25519, raw[1:]), Kind(raw[0]))
        if key.id.hex() != match["id"]:
            raise KeyUnusable("log-key-malformed", problem="its id is that of another key")
        return key


@dataclass(frozen=True, slots=True)
class Opened:
    """A note of which at least one signature is by a key that we know, and holds."""

    text: str
    signatures: tuple[tuple[NoteKey, datetime | None], ...]
    """By whom, and when, where the signature says so."""


def sign(text: str, signer: Signer, name: str, *, at: datetime | None = None) -> str:
    """A note of `text`, signed plainly, and once more with the time where one is given.

    `text` ends with a line end and has no empty line at its end. Raises `KeyUnusable`.
    """
    lines = [_line(NoteKey(name, signer.public_key), signer.sign(text.encode()))]
    if at is not None:
        lines.append(timed_line(text, signer, name, at=at))
    return f"{text}\n{''.join(lines)}"


def timed_line(text: str, signer: Signer, name: str, *, at: datetime) -> str:
    """The line of a signature over `text` that says when it was made."""
    seconds = int(at.timestamp())
    signature = seconds.to_bytes(8, "big") + signer.sign(_timed(text, seconds))
    return _line(NoteKey(name, signer.public_key, Kind.TIMED), signature)


def open_note(note: str, keys: Iterable[NoteKey]) -> Opened:
    """The text of a note that one of `keys` signed.

    Signatures by others are passed over; one that claims to be by one of `keys` has to hold.
    Raises `Refused` (`log-note-malformed`, `log-note-unsigned`, `log-note-signature`).
    """
    text, signatures = _taken_apart(note)
    known = {(key.name, key.id): key for key in keys}
    held = []
    for name, value in signatures:
        key = known.get((name, value[:4]))
        if key is not None:
            held.append((key, _checked(key, text, value[4:])))
    if not held:
        raise Refused("log-note-unsigned", names=", ".join(sorted({n for n, _ in known})))
    return Opened(text, tuple(held))


def _taken_apart(note: str) -> tuple[str, list[tuple[str, bytes]]]:
    if len(note) > MAX_BYTES or any(ord(letter) < 32 and letter != "\n" for letter in note):
        raise _malformed("it is too long, or has control characters in it")
    text, gap, rest = note.rpartition("\n\n")
    if not gap or not text or not rest.endswith("\n"):
        raise _malformed("it has no signatures below an empty line")
    lines = rest[:-1].split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise _malformed(f"it has more than {MAX_SIGNATURES} signatures")
    signatures = []
    for line in lines:
        match = _SIGNATURE.fullmatch(line)
        value = _decoded(match["value"]) if match else None
        if match is None or value is None or len(value) < 5:
            raise _malformed("one of its signatures is none")
        signatures.append((match["name"], value))
    return f"{text}\n", signatures


def _checked(key: NoteKey, text: str, signature: bytes) -> datetime | None:
    """The time that the signature says, if it says one. Raises unless it holds."""
    try:
        if key.kind is Kind.PLAIN:
            key.key.verify(signature, text.encode())
            return None
        seconds = int.from_bytes(signature[:8], "big")
        key.key.verify(signature[8:], _timed(text, seconds))
    except CredentialError as problem:
        raise Refused("log-note-signature", name=key.name) from problem
    if seconds > LATEST:
        raise Refused("log-note-signature", name=key.name)
    return datetime.fromtimestamp(seconds, UTC)


def _timed(text: str, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def _line(key: NoteKey, signature: bytes) -> str:
    return f"— {key.name} {base64.b64encode(key.id + signature).decode()}\n"


def _decoded(text: str) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None


def _malformed(problem: str) -> Refused:
    return Refused("log-note-malformed", problem=problem)
