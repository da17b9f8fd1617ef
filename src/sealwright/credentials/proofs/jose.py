"""Credentials as compact tokens: VC-JWT, and credentials secured with JOSE.

The signature is checked by the key itself, whose kind fixes the algorithm; what is left of
JOSE is a header that may say only what we understand.
https://www.w3.org/TR/vc-jose-cose/#securing-vcs-with-jose and
https://www.imsglobal.org/spec/ob/v3p0/#jwt-proof
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sealwright.credentials.errors import (
    KeyUnusable,
    MalformedCredential,
    Refused,
    UnsupportedFeature,
)
from sealwright.credentials.keys import KeyKind, PublicKey, Signer
from sealwright.credentials.keys.multibase import base64url_encode
from sealwright.credentials.model import strict_json
from sealwright.credentials.model.instants import parse_instant
from sealwright.credentials.proofs.compact import CompactToken, parse_token

CREDENTIAL_TYPES = frozenset({"JWT", "vc+jwt", "vc+ld+jwt", "vc+ld+json+jwt"})
PRESENTATION_TYPES = frozenset({"JWT", "vp+jwt", "vp+ld+jwt", "vp+ld+json+jwt"})
"""What `typ` may say. It may also be absent: older issuers do not write it."""

_ALGORITHMS = {kind: {kind.jose_algorithm} for kind in KeyKind}
_ALGORITHMS[KeyKind.ED25519] |= {"Ed25519"}  # RFC 9864 section 2.2

_CLAIMS = ("iss", "sub", "aud")
"""Claims that a header may repeat: https://www.rfc-editor.org/rfc/rfc7519#section-5.3"""

_TEXTS = frozenset({"alg", "kid", "typ", "cty"})
_PASSED_OVER = frozenset({"x5c", "x5t", "x5t#S256", "x5u", "jku"})
"""Other ways to name a key. We find keys through the issuer, never through these."""
_UNDERSTOOD = _TEXTS | _PASSED_OVER | {"jwk", *_CLAIMS}


def verify_token(
    token: str | CompactToken, key: PublicKey, *, types: frozenset[str] = CREDENTIAL_TYPES
) -> CompactToken:
    """The token's parts, if `key` signed it; raise if not.

    `types` is what `typ` may be. That `key` is the issuer's is another question. Raises
    `UnreadableInput` for what is no token, `Refused` for a header that contradicts the key
    or itself and for a signature that does not fit, `UnsupportedFeature` for a header
    member that we do not know.
    """
    parts = parse_token(token) if isinstance(token, str) else token
    _check_header(parts.header, key, types)
    key.verify(parts.signature, parts.signing_input)
    _check_repeated_claims(parts)
    return parts


def sign_token(credential: Mapping[str, Any], signer: Signer, *, typ: str = "JWT") -> str:
    """`credential` as a compact token: itself, and beside it the claims Open Badges asks for.

    `iss`, `jti`, `sub`, `nbf` and `exp` say again what the credential says, as far as it
    does. The header holds `alg`, `kid` and `typ`. Raises `MalformedCredential`.
    """
    header = {
        "alg": signer.public_key.kind.jose_algorithm,
        "kid": signer.verification_method,
        "typ": typ,
    }
    signing_input = f"{_part(header)}.{_part({**credential, **_claims(credential)})}"
    signature = signer.sign(signing_input.encode("ascii"))
    return f"{signing_input}.{base64url_encode(signature)}"


def _check_header(header: Mapping[str, Any], key: PublicKey, types: frozenset[str]) -> None:
    """RFC 7515 section 4.1 and RFC 8725 sections 3.1, 3.10 and 3.11, which we keep to."""
    for member in ("crit", "b64"):
        if member in header:
            raise Refused("token-header", member=member)
    for member in sorted(header.keys() - _UNDERSTOOD):
        raise UnsupportedFeature("token-header-unknown", member=member)
    for member in sorted(header.keys() & _TEXTS):
        if not isinstance(header[member], str):
            raise Refused("token-header", member=member)
    if header.get("alg") not in _ALGORITHMS[key.kind]:
        raise Refused("token-algorithm", alg=header.get("alg"), wanted=key.kind.jose_algorithm)
    if "typ" in header and header["typ"] not in types:
        raise Refused("token-type", typ=header["typ"])
    if "jwk" in header and PublicKey.from_jwk(header["jwk"]) != key:
        raise KeyUnusable("token-key")


def _check_repeated_claims(parts: CompactToken) -> None:
    repeated = [name for name in _CLAIMS if name in parts.header]
    if not repeated:
        return
    payload = strict_json.loads(parts.payload)
    for name in repeated:
        if isinstance(payload, dict) and payload.get(name) == parts.header[name]:
            continue
        raise Refused("token-header", member=name)


def _claims(credential: Mapping[str, Any]) -> dict[str, Any]:
    issuer, subject = credential.get("issuer"), credential.get("credentialSubject")
    claims = {
        "iss": issuer.get("id") if isinstance(issuer, Mapping) else issuer,
        "jti": credential.get("id"),
        "sub": subject.get("id") if isinstance(subject, Mapping) else None,
        "nbf": _seconds(credential, "validFrom"),
        "exp": _seconds(credential, "validUntil"),
    }
    return {name: value for name, value in claims.items() if value is not None}


def _seconds(credential: Mapping[str, Any], member: str) -> int | None:
    if member not in credential:
        return None
    return int(parse_instant(credential[member], pointer=f"/{member}").timestamp())


def _part(value: Mapping[str, Any]) -> str:
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        return base64url_encode(text.encode("utf-8"))
    except (ValueError, TypeError, RecursionError) as problem:
        raise MalformedCredential("token-not-json") from problem
