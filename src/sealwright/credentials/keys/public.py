"""A public key: what it is, and whether a signature is its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from sealwright.credentials.errors import KeyUnusable
from sealwright.credentials.keys import ecdsa, ed25519, jwk, multikey, rsa
from sealwright.credentials.keys.kinds import KeyKind
from sealwright.credentials.keys.verifying import Verify

_LOADERS: dict[KeyKind, Callable[[bytes], Verify]] = {
    KeyKind.ED25519: ed25519.load,
    KeyKind.P256: partial(ecdsa.load, KeyKind.P256),
    KeyKind.P384: partial(ecdsa.load, KeyKind.P384),
    KeyKind.RSA: rsa.load,
}


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key that has been checked; making one raises `KeyUnusable` if it is bad.

    `raw` is the one encoding of this key: 32 bytes for Ed25519, the compressed point for
    P-256 and P-384, exponent and modulus for RSA. Two keys are equal when these are.
    """

    kind: KeyKind
    raw: bytes
    _verify: Verify = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_verify", _LOADERS[self.kind](self.raw))

    def __reduce__(self) -> tuple[type[PublicKey], tuple[KeyKind, bytes]]:
        return PublicKey, (self.kind, self.raw)

    @classmethod
    def from_multikey(cls, text: object) -> PublicKey:
        """The key of a Multikey's `publicKeyMultibase`, or of a did:key.

        Raises `KeyUnusable` or `UnsupportedFeature` (`unsupported-key`).
        """
        return cls(*multikey.read_public(text))

    @classmethod
    def from_ed25519_2020(cls, text: object) -> PublicKey:
        """The key of an Ed25519VerificationKey2020; no other kind goes under that name."""
        kind, raw = multikey.read_public(text)
        if kind is not KeyKind.ED25519:
            raise KeyUnusable("key-kind", kind=kind.value, wanted=KeyKind.ED25519.value)
        return cls(kind, raw)

    @classmethod
    def from_jwk(cls, members: object) -> PublicKey:
        """The key of a public JSON Web Key.

        Raises `KeyUnusable` or `UnsupportedFeature` (`unsupported-key`).
        """
        return cls(*jwk.read_public(members))

    def to_multikey(self) -> str:
        """This key as a Multikey value. Raises `UnsupportedFeature` for RSA."""
        return multikey.write_public(self.kind, self.raw)

    def to_jwk(self) -> dict[str, str]:
        """This key as a JSON Web Key, with the members that identify it only."""
        return jwk.write_public(self.kind, self.raw)

    def verify(self, signature: bytes, message: bytes) -> None:
        """Raise `ProofMismatch` unless `signature` is this key's over `message`.

        The kind fixes the algorithm: Ed25519; ECDSA with SHA-256 on P-256 and with SHA-384
        on P-384, r and s side by side; RS256 for RSA.
        """
        self._verify(signature, message)
