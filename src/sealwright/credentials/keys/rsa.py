"""RSA public keys of 2048 to 4096 bits, for RS256 only (RSASSA-PKCS1-v1_5 with SHA-256).

The exponent is odd, at least 65537 (FIPS 186-5 appendix A.1.1) and below 2**32: a larger
one makes verification dear and no system we know of issues one.
https://www.rfc-editor.org/rfc/rfc7518#section-3.3
"""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicNumbers

from sealwright.credentials.errors import KeyUnusable, ProofMismatch
from sealwright.credentials.keys.verifying import Verify

MIN_BITS = 2048
MAX_BITS = 4096
MIN_EXPONENT = 65537
MAX_EXPONENT = 2**32
_EXPONENT_BYTES = 4


def encode(modulus: int, exponent: int) -> bytes:
    """The key as bytes: the exponent in four bytes, then the modulus. Ours, not a standard's.

    Raises `KeyUnusable`: `key-size`, `key-exponent` or `key-malformed`.
    """
    if not MIN_BITS <= modulus.bit_length() <= MAX_BITS:
        raise KeyUnusable("key-size", bits=modulus.bit_length())
    if not MIN_EXPONENT <= exponent < MAX_EXPONENT or exponent % 2 == 0:
        raise KeyUnusable("key-exponent")
    if modulus % 2 == 0:
        raise KeyUnusable("key-malformed", problem="an even modulus")
    return exponent.to_bytes(_EXPONENT_BYTES, "big") + modulus.to_bytes(
        (modulus.bit_length() + 7) // 8, "big"
    )


def decode(raw: bytes) -> tuple[int, int]:
    """Modulus and exponent of what `encode` made."""
    return (
        int.from_bytes(raw[_EXPONENT_BYTES:], "big"),
        int.from_bytes(raw[:_EXPONENT_BYTES], "big"),
    )


def load(raw: bytes) -> Verify:
    """Check the key and give the function that verifies with it. Raises as `encode` does."""
    modulus, exponent = decode(raw)
    encode(modulus, exponent)
    key = RSAPublicNumbers(exponent, modulus).public_key()

    def verify(signature: bytes, message: bytes) -> None:
        try:
            key.verify(signature, message, padding.PKCS1v15(), hashes.SHA256())
        except InvalidSignature:
            raise ProofMismatch("signature-mismatch") from None

    return verify


def sign(key: RSAPrivateKey, message: bytes) -> bytes:
    """The RS256 signature, as long as the modulus."""
    return key.sign(message, padding.PKCS1v15(), hashes.SHA256())
