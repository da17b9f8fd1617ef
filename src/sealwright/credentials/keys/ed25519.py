"""Ed25519 public keys: 32 bytes, canonical, and not of low order.

OpenSSL takes a point of low order for a key, and then one signature fits every message;
libraries also disagree about encodings outside the field. Neither is let in, so the answer
does not depend on the library: https://www.rfc-editor.org/rfc/rfc8032#section-5.1
"""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from sealwright.credentials.errors import KeyUnusable, ProofMismatch
from sealwright.credentials.keys.verifying import Verify

KEY_BYTES = 32
SIGNATURE_BYTES = 64
FIELD_PRIME = 2**255 - 19
GROUP_ORDER = 2**252 + 27742317777372353535851937790883648493

_WITHOUT_SIGN = 2**255 - 1
_EIGHTH_ORDER_Y = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
LOW_ORDER_ORDINATES = frozenset(
    {0, 1, FIELD_PRIME - 1, _EIGHTH_ORDER_Y, FIELD_PRIME - _EIGHTH_ORDER_Y}
)
"""The y of the eight points whose order divides 8; the sign of x does not matter."""


def load(raw: bytes) -> Verify:
    """Check the encoded point `raw` and give the function that verifies with it.

    Raises `KeyUnusable`: `key-malformed`, `key-non-canonical` or `key-low-order`.
    """
    if len(raw) != KEY_BYTES:
        raise KeyUnusable("key-malformed", problem=f"{len(raw)} bytes, not {KEY_BYTES}")
    ordinate = int.from_bytes(raw, "little") & _WITHOUT_SIGN
    if ordinate >= FIELD_PRIME:
        raise KeyUnusable("key-non-canonical")
    if ordinate in LOW_ORDER_ORDINATES:
        raise KeyUnusable("key-low-order")
    key = Ed25519PublicKey.from_public_bytes(raw)

    def verify(signature: bytes, message: bytes) -> None:
        _check_form(signature)
        try:
            key.verify(signature, message)
        except InvalidSignature:
            raise ProofMismatch("signature-mismatch") from None

    return verify


def _check_form(signature: bytes) -> None:
    """Refuse the second spellings of a signature: S outside the group, R of low order.

    RFC 8032 section 5.1.7. An R outside the field needs no check: it is compared as bytes
    with one that is computed.
    """
    if len(signature) != SIGNATURE_BYTES:
        raise ProofMismatch(
            "signature-malformed", problem=f"{len(signature)} bytes, not {SIGNATURE_BYTES}"
        )
    if int.from_bytes(signature[32:], "little") >= GROUP_ORDER:
        raise ProofMismatch("signature-malformed", problem="S is not below the group order")
    if int.from_bytes(signature[:32], "little") & _WITHOUT_SIGN in LOW_ORDER_ORDINATES:
        raise ProofMismatch("signature-malformed", problem="R is a point of low order")
