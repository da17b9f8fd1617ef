"""What a loaded key is to the rest of this package: a function that verifies."""

from __future__ import annotations

from typing import Protocol


class Verify(Protocol):
    """Raises `ProofMismatch` unless `signature` is this key's signature over `message`."""

    def __call__(self, signature: bytes, message: bytes) -> None: ...
