"""How people are told apart without keeping who they are."""

from __future__ import annotations

import hmac
import unicodedata

from sealwright.web.issuing.services.kek import derived_secret


def normalised(identifier: str) -> str:
    """Any identifier as it tells people apart: trimmed, NFKC, in small letters."""
    return unicodedata.normalize("NFKC", identifier).strip().casefold()


def recipient_key(identifier: str) -> str:
    """HMAC-SHA256 of the normalised identifier under a secret of this site, in hex."""
    secret = derived_secret("sealwright recipient keys")
    return hmac.digest(secret, normalised(identifier).encode(), "sha256").hex()
