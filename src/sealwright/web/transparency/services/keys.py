"""The keys that sign checkpoints. Whoever keeps them is registered; the log only asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sealwright.credentials.keys import PublicKey, Signer
from sealwright.credentials.transparency import NoteKey


class KeyKeeper(Protocol):
    """Has the keys of the log."""

    def signer(self) -> Signer:
        """The one that signs now, and until the caller's transaction ends."""
        ...

    def public_keys(self) -> Sequence[PublicKey]:
        """Those whose signatures count, the newest first."""
        ...


_keepers: list[KeyKeeper] = []


def register(keeper: KeyKeeper) -> None:
    """Name who keeps the keys. Called from `AppConfig.ready`."""
    _keepers[:] = [keeper]


def signer() -> Signer:
    """The signer of the log, within the transaction in which what it signs is stored."""
    return _keepers[0].signer()


def note_keys(origin: str) -> list[NoteKey]:
    """The keys of the log `origin` as they are handed to whoever checks it."""
    return [NoteKey(origin, key) for key in _keepers[0].public_keys()]
