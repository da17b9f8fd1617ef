"""The kinds of key we use, each fixed to one algorithm."""

from __future__ import annotations

from enum import StrEnum


class KeyKind(StrEnum):
    """A kind of key. It alone decides the algorithm; nothing in a credential can.

    The values are the names of the curves as JSON Web Keys have them, and `RSA`.
    """

    ED25519 = "Ed25519"
    P256 = "P-256"
    P384 = "P-384"
    RSA = "RSA"

    @property
    def jose_algorithm(self) -> str:
        """The one `alg` of this kind in JOSE (RFC 7518 section 3.1, RFC 8037 section 3.1)."""
        return _JOSE_ALGORITHMS[self]


_JOSE_ALGORITHMS = {
    KeyKind.ED25519: "EdDSA",
    KeyKind.P256: "ES256",
    KeyKind.P384: "ES384",
    KeyKind.RSA: "RS256",
}
