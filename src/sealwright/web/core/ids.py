"""Identifiers that may stand in addresses, for ever: random, and telling nothing."""

from __future__ import annotations

import hashlib
import secrets
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
LENGTH: Final = 22
"""Characters of an id: 62 to the power of 22 are 131 bits."""

TOKEN_BYTES: Final = 32


def new_id() -> str:
    """A random id of 22 letters and digits. The database sees to it that it is the only one."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def new_token() -> str:
    """A secret to be sent or shown once: 256 bits, safe in addresses."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_hash(token: str) -> str:
    """What is kept of a secret that has this much entropy: its SHA-256, in hex."""
    return hashlib.sha256(token.encode()).hexdigest()
