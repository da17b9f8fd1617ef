"""Handing a log over from one key to the next.

The last note that a key signs is a checkpoint with one more line, which names its successor. So
whoever trusts the old key comes to trust the new one, and knows where the old one ended: it has
signed nothing larger. These notes stay published beside the log, one below the other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sealwright.credentials.errors import CredentialError, Refused
from sealwright.credentials.keys import Signer
from sealwright.credentials.transparency import notes
from sealwright.credentials.transparency.checkpoint import Checkpoint, Signed, open_if_known
from sealwright.credentials.transparency.notes import NoteKey

_SUCCESSOR: Final = "successor "


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The keys of a log after its handovers, and the checkpoints that these are."""

    keys: tuple[NoteKey, ...]
    checkpoints: tuple[Checkpoint, ...]


def sign_handover(last: Checkpoint, successor: NoteKey, signer: Signer, *, at: datetime) -> str:
    """The note with which the key behind `signer` ends, and `successor` begins."""
    return notes.sign(f"{last.text}{_SUCCESSOR}{successor}\n", signer, last.origin, at=at)


def handed_over(keys: Iterable[NoteKey], handovers: Iterable[str]) -> HandedOver:
    """The trusted `keys` with where they ended, and those that they were followed by.

    `handovers` are notes, the oldest first. One by no key that is trusted tells nothing: it may
    be older than the keys.

    Raises `Refused`: `log-handover-malformed`, `log-handovers-differ` where a key names two
    successors, and those of `open_checkpoint`.
    """
    known = {(key.name, key.id): key for key in keys}
    told: dict[NoteKey, tuple[Checkpoint, NoteKey]] = {}
    for note in handovers:
        signed = open_if_known(note, known.values())
        if signed is None:
            continue
        this = signed.checkpoint, _successor(signed)
        for key in signed.by:
            if told.setdefault(replace(key, until=None), this) != this:
                raise Refused("log-handovers-differ", name=key.name)
            known[key.name, key.id] = replace(key, until=signed.checkpoint.size)
        known.setdefault((this[1].name, this[1].id), this[1])
    return HandedOver(tuple(known.values()), tuple(last for last, _ in told.values()))


def write_handovers(handovers: Iterable[str]) -> bytes:
    """The file in which the notes lie beside the log, the oldest first."""
    return "\n".join(handovers).encode()


def read_handovers(data: bytes) -> list[str]:
    """The notes in such a file. What is none of them is found out when they are opened."""
    parts = data.decode("utf-8", "replace").removesuffix("\n").split("\n\n")
    texts, signatures = parts[::2], [*parts[1::2], ""]
    return [f"{text}\n\n{lines}\n" for text, lines in zip(texts, signatures, strict=False) if text]


def _successor(signed: Signed) -> NoteKey:
    origin = signed.checkpoint.origin
    named = [line for line in signed.extension if line.startswith(_SUCCESSOR)]
    try:
        [key] = [NoteKey.parse(line.removeprefix(_SUCCESSOR)) for line in named]
    except (CredentialError, ValueError) as problem:
        raise Refused("log-handover-malformed", origin=origin) from problem
    if key.name != origin:
        raise Refused("log-handover-malformed", origin=origin)
    return key
