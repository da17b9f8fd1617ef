"""Keys: reading them strictly, verifying with them, signing with them.

The kind of a key fixes its algorithm; weak, non-canonical and mislabelled keys are refused
when they are read, so a `PublicKey` can be relied on by everything above.
"""

from __future__ import annotations

from sealwright.credentials.keys.kinds import KeyKind
from sealwright.credentials.keys.public import PublicKey
from sealwright.credentials.keys.signer import LocalSigner, Signer

__all__ = ["KeyKind", "LocalSigner", "PublicKey", "Signer"]
