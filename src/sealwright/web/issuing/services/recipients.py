"""How people are told apart without keeping who they are."""

from __future__ import annotations

import hmac
import unicodedata
from hashlib import sha256

from sealwright.web.issuing.services.kek import key_encryption_keys


def normalised(identifier: str) -> str:
    """Any identifier as it tells people apart: trimmed, NFKC, in small letters."""
    return unicodedata.normalize("NFKC", identifier).strip().casefold()


def recipient_key(identifier: str) -> str:
    """HMAC-SHA256 of the normalised identifier under a secret of this site, in hex."""
    secret = key_encryption_keys().derived("sealwright recipient keys")
    return hmac.new(secret, normalised(identifier).encode(), sha256).hexdigest()
