"""Public keys as JSON Web Keys, read strictly.

Members we do not know are passed over, as RFC 7517 section 4 asks; those we know must fit
each other and the purpose, and a private member in a public key refuses the key.
https://www.rfc-editor.org/rfc/rfc7517 and https://www.rfc-editor.org/rfc/rfc7518#section-6
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sealwright.credentials.errors import (
    KeyUnusable,
    MalformedCredential,
    UnsupportedFeature,
)
from sealwright.credentials.keys import ecdsa, rsa
from sealwright.credentials.keys.kinds import KeyKind
from sealwright.credentials.keys.multibase import base64url_decode, base64url_encode

PRIVATE_MEMBERS = ("d", "p", "q", "dp", "dq", "qi", "oth", "k")
_CURVES = {
    ("OKP", "Ed25519"): KeyKind.ED25519,
    ("EC", "P-256"): KeyKind.P256,
    ("EC", "P-384"): KeyKind.P384,
}
_ALGORITHMS = {kind: {kind.jose_algorithm} for kind in KeyKind}
_ALGORITHMS[KeyKind.ED25519] |= {"Ed25519"}  # RFC 9864 section 2.2
_LARGEST_MODULUS = 4096 // 8


def read_public(jwk: object) -> tuple[KeyKind, bytes]:
    """The kind and the raw key of a public JWK.

    Raises `KeyUnusable` (`key-malformed`, `key-private`, `key-use`, `key-off-curve`,
    `key-size`, `key-exponent`) or `UnsupportedFeature` (`unsupported-key`).
    """
    if not isinstance(jwk, Mapping):
        raise KeyUnusable("key-malformed", problem="a JWK is an object")
    if any(member in jwk for member in PRIVATE_MEMBERS):
        raise KeyUnusable("key-private")
    return read_key(jwk, operation="verify")


def read_key(jwk: Mapping[str, Any], *, operation: str) -> tuple[KeyKind, bytes]:
    """As `read_public`, of the public half of a JWK that may hold the private one too."""
    kind = _kind(jwk)
    _check_use(jwk, kind, operation)
    return kind, _READERS[kind](jwk, kind)


def write_public(kind: KeyKind, raw: bytes) -> dict[str, str]:
    """The members of a public key that identify it (RFC 7638 section 3.2), and no others."""
    if kind is KeyKind.RSA:
        modulus, exponent = rsa.decode(raw)
        return {"kty": "RSA", "n": integer_text(modulus), "e": integer_text(exponent)}
    if kind is KeyKind.ED25519:
        return {"kty": "OKP", "crv": kind.value, "x": base64url_encode(raw)}
    return {
        "kty": "EC",
        "crv": kind.value,
        "x": base64url_encode(raw[1:]),
        "y": base64url_encode(ecdsa.ordinate(kind, raw)),
    }


def octets(jwk: Mapping[str, Any], member: str, size: int) -> bytes:
    """The member's bytes, exactly `size` of them. Raises `KeyUnusable`."""
    value = _decoded(jwk, member)
    if len(value) != size:
        raise KeyUnusable("key-malformed", problem=f"{member} has {len(value)} bytes, not {size}")
    return value


def integer(jwk: Mapping[str, Any], member: str) -> int:
    """The member as a number without leading zeros (RFC 7518 section 2, Base64urlUInt)."""
    value = _decoded(jwk, member)
    if not value or value[0] == 0:
        raise KeyUnusable("key-malformed", problem=f"{member} is not in its shortest form")
    if len(value) > _LARGEST_MODULUS:
        raise KeyUnusable("key-size", bits=8 * len(value))
    return int.from_bytes(value, "big")


def _kind(jwk: Mapping[str, Any]) -> KeyKind:
    family, curve = jwk.get("kty"), jwk.get("crv")
    if not isinstance(family, str):
        raise KeyUnusable("key-malformed", problem="kty is missing")
    if family == "RSA":
        if curve is not None:
            raise KeyUnusable("key-malformed", problem="an RSA key has no crv")
        return KeyKind.RSA
    if not isinstance(curve, str):
        raise KeyUnusable("key-malformed", problem="crv is missing")
    kind = _CURVES.get((family, curve))
    if kind is not None:
        return kind
    if any(curve == known for _, known in _CURVES):
        raise KeyUnusable("key-malformed", problem="kty and crv do not fit each other")
    raise UnsupportedFeature("unsupported-key", kind=f"{family} {curve}")


def _check_use(jwk: Mapping[str, Any], kind: KeyKind, operation: str) -> None:
    """Refuse a key that says it is for something else (RFC 7517 sections 4.2 to 4.4)."""
    if jwk.get("use", "sig") != "sig":
        raise KeyUnusable("key-use", problem="use is not sig")
    operations = jwk.get("key_ops", [operation])
    if not isinstance(operations, list) or operation not in operations:
        raise KeyUnusable("key-use", problem=f"key_ops does not list {operation}")
    algorithm = jwk.get("alg", kind.jose_algorithm)
    if not isinstance(algorithm, str) or algorithm not in _ALGORITHMS[kind]:
        raise KeyUnusable("key-use", problem=f"alg is not {kind.jose_algorithm}")


def _read_ed25519(jwk: Mapping[str, Any], kind: KeyKind) -> bytes:
    if "y" in jwk:
        raise KeyUnusable("key-malformed", problem=f"a key on {kind} has no y")
    return octets(jwk, "x", 32)


def _read_point(jwk: Mapping[str, Any], kind: KeyKind) -> bytes:
    size = ecdsa.CURVES[kind].size
    x, y = octets(jwk, "x", size), octets(jwk, "y", size)
    raw = ecdsa.compress(x, y)
    if ecdsa.ordinate(kind, raw) != y:
        raise KeyUnusable("key-off-curve")
    return raw


def _read_rsa(jwk: Mapping[str, Any], kind: KeyKind) -> bytes:
    return rsa.encode(integer(jwk, "n"), integer(jwk, "e"))


_READERS = {
    KeyKind.ED25519: _read_ed25519,
    KeyKind.P256: _read_point,
    KeyKind.P384: _read_point,
    KeyKind.RSA: _read_rsa,
}


def _decoded(jwk: Mapping[str, Any], member: str) -> bytes:
    value = jwk.get(member)
    if not isinstance(value, str):
        raise KeyUnusable("key-malformed", problem=f"{member} is missing")
    try:
        return base64url_decode(value)
    except MalformedCredential as problem:
        raise KeyUnusable(
            "key-malformed", problem=f"{member} is {problem.evidence['problem']}"
        ) from None


def integer_text(value: int) -> str:
    """`value` as Base64urlUInt (RFC 7518 section 2)."""
    return base64url_encode(value.to_bytes((value.bit_length() + 7) // 8, "big"))
