"""ECDSA public keys on P-256 and P-384: compressed points, signatures as raw r and s.

https://www.w3.org/TR/vc-di-ecdsa/ and https://www.rfc-editor.org/rfc/rfc7518#section-3.4
"""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)

from sealwright.credentials.errors import KeyUnusable, ProofMismatch
from sealwright.credentials.keys.kinds import KeyKind
from sealwright.credentials.keys.verifying import Verify


@dataclass(frozen=True, slots=True)
class Curve:
    """A curve with the hash that its signatures use. `order` is that of the group."""

    curve: ec.EllipticCurve
    digest: hashes.HashAlgorithm
    size: int
    order: int


CURVES = {
    KeyKind.P256: Curve(
        ec.SECP256R1(),
        hashes.SHA256(),
        32,
        0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
    ),
    KeyKind.P384: Curve(
        ec.SECP384R1(),
        hashes.SHA384(),
        48,
        0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973,
    ),
}
_COMPRESSED = (2, 3)


def load(kind: KeyKind, raw: bytes) -> Verify:
    """Check the compressed point `raw` and give the function that verifies with it.

    Raises `KeyUnusable`: `key-malformed` or `key-off-curve`.
    """
    curve = CURVES[kind]
    key = _point(curve, raw)

    def verify(signature: bytes, message: bytes) -> None:
        encoded = _encoded(curve, signature)
        try:
            key.verify(encoded, message, ec.ECDSA(curve.digest))
        except InvalidSignature:
            raise ProofMismatch("signature-mismatch") from None

    return verify


def compress(x: bytes, y: bytes) -> bytes:
    """The compressed form of a point (SEC 1 section 2.3.3)."""
    return bytes([2 | y[-1] & 1]) + x


def ordinate(kind: KeyKind, raw: bytes) -> bytes:
    """The y of the compressed point `raw`. Raises as `load` does."""
    curve = CURVES[kind]
    return _point(curve, raw).public_numbers().y.to_bytes(curve.size, "big")


def sign(kind: KeyKind, key: ec.EllipticCurvePrivateKey, message: bytes) -> bytes:
    """Raw r and s. Deterministic (RFC 6979), so that signing twice gives the same bytes."""
    curve = CURVES[kind]
    algorithm = ec.ECDSA(curve.digest, deterministic_signing=True)
    r, s = decode_dss_signature(key.sign(message, algorithm))
    return r.to_bytes(curve.size, "big") + s.to_bytes(curve.size, "big")


def _point(curve: Curve, raw: bytes) -> ec.EllipticCurvePublicKey:
    if len(raw) != 1 + curve.size or raw[0] not in _COMPRESSED:
        raise KeyUnusable("key-malformed", problem="not a compressed point of its curve")
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(curve.curve, raw)
    except ValueError:
        raise KeyUnusable("key-off-curve") from None


def _encoded(curve: Curve, signature: bytes) -> bytes:
    """The signature in DER, as the library wants it."""
    if len(signature) != 2 * curve.size:
        raise ProofMismatch(
            "signature-malformed", problem=f"{len(signature)} bytes, not {2 * curve.size}"
        )
    r = int.from_bytes(signature[: curve.size], "big")
    s = int.from_bytes(signature[curve.size :], "big")
    if not (0 < r < curve.order and 0 < s < curve.order):
        raise ProofMismatch("signature-malformed", problem="r or s is outside the group")
    return encode_dss_signature(r, s)
