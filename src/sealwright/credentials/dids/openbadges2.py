"""The keys of Open Badges 2.0: PEM, owned by a profile that lists them.

https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/index.html#SignedBadge
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from sealwright.credentials.dids.document import VerificationMethod
from sealwright.credentials.errors import (
    KeyUnusable,
    Refused,
    ResolutionFailed,
    UnsupportedFeature,
)
from sealwright.credentials.fetching import Fetcher, fetch_json
from sealwright.credentials.keys import PublicKey
from sealwright.credentials.keys.multibase import base64url_encode

_LONGEST_PEM = 8192


def signing_key(fetcher: Fetcher, creator: object, *, issuer: str) -> VerificationMethod:
    """The RSA key that signed an assertion, found in the profile of its issuer.

    `creator` is the `verification.creator` of the assertion, or None for an issuer with a
    single key. The profile at `issuer` has to list the key in `publicKey`, by address or
    as it is; a listed address is fetched; its `owner` has to be the issuer.

    Raises `Refused` (`key-not-listed`, `key-controller`, `key-malformed`) and
    `ResolutionFailed` (`document-id-mismatch`, `document-malformed`, or why not fetched).
    """
    profile = _object_at(fetcher, issuer)
    listed = profile.get("publicKey")
    keys = listed if isinstance(listed, list) else [listed]
    known = {_id_of(key): key for key in keys if _id_of(key)}
    key_id = next(iter(known)) if creator is None and len(known) == 1 else creator
    if not isinstance(key_id, str) or key_id not in known:
        raise Refused(
            "key-not-listed", method=str(key_id)[:200], controller=issuer, purpose="publicKey"
        )
    key = known[key_id]
    described = key if isinstance(key, dict) else _object_at(fetcher, key_id)
    if described.get("owner") != issuer:
        raise Refused(
            "key-controller",
            method=key_id,
            controller=str(described.get("owner"))[:200],
            document=issuer,
        )
    return VerificationMethod(key_id, issuer, read_pem(described.get("publicKeyPem")))


def read_pem(text: object) -> PublicKey:
    """The RSA key of a `publicKeyPem`. Raises `KeyUnusable` and `UnsupportedFeature`."""
    if not isinstance(text, str) or len(text) > _LONGEST_PEM:
        raise KeyUnusable("key-malformed", problem="publicKeyPem is missing")
    try:
        key = load_pem_public_key(text.encode())
    except (ValueError, UnsupportedAlgorithm) as problem:
        raise KeyUnusable("key-malformed", problem="publicKeyPem is no public key") from problem
    if not isinstance(key, RSAPublicKey):
        raise UnsupportedFeature("unsupported-key", kind=type(key).__name__)
    numbers = key.public_numbers()
    return PublicKey.from_jwk({"kty": "RSA", "n": _octets(numbers.n), "e": _octets(numbers.e)})


def _object_at(fetcher: Fetcher, url: str) -> Mapping[str, Any]:
    found = fetch_json(fetcher, url)
    if not isinstance(found, dict):
        raise ResolutionFailed("document-malformed", url=url, problem="it is no JSON object")
    if found.get("id") != url:
        raise ResolutionFailed(
            "document-id-mismatch", url=url, expected=url, found=str(found.get("id"))[:200]
        )
    return found


def _id_of(key: Any) -> str:
    value = key.get("id") if isinstance(key, dict) else key
    return value if isinstance(value, str) else ""


def _octets(number: int) -> str:
    return base64url_encode(number.to_bytes((number.bit_length() + 7) // 8, "big"))
