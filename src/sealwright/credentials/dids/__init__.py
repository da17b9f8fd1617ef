"""Whose key it is: DIDs, controllers with web addresses, and keys at addresses."""

from __future__ import annotations

from sealwright.credentials.dids.document import (
    RELATIONSHIPS,
    ControllerDocument,
    VerificationMethod,
    key_of,
)
from sealwright.credentials.dids.openbadges2 import signing_key
from sealwright.credentials.dids.resolver import Resolver
from sealwright.credentials.dids.self_describing import did_jwk, did_key
from sealwright.credentials.dids.web import did_web, did_web_document, did_web_url

__all__ = [
    "RELATIONSHIPS",
    "ControllerDocument",
    "Resolver",
    "VerificationMethod",
    "did_jwk",
    "did_key",
    "did_web",
    "did_web_document",
    "did_web_url",
    "key_of",
    "signing_key",
]
