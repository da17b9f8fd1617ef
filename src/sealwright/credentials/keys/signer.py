"""Who signs: an interface that a key in a file, a token or a service can all fulfil.

Anything that can sign a byte string with a key of a known kind can issue; this module has
the one that holds its key in memory.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric import rsa as library_rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import (
    RSAPrivateNumbers,
    RSAPublicNumbers,
    rsa_crt_dmp1,
    rsa_crt_dmq1,
    rsa_crt_iqmp,
)

from sealwright.credentials.errors import KeyUnusable
from sealwright.credentials.keys import ecdsa, jwk, multikey, rsa
from sealwright.credentials.keys.kinds import KeyKind
from sealwright.credentials.keys.multibase import base64url_encode
from sealwright.credentials.keys.public import PublicKey

RSA_BITS = 3072
"""Bits of a new RSA key: 128-bit strength, NIST SP 800-57 part 1, table 2."""
_SPARE_BYTES = 8


class Signer(Protocol):
    """Signs on behalf of one verification method.

    `sign` gives an Ed25519 signature, raw r and s, or an RS256 signature, as the kind of
    `public_key` has it.
    """

    @property
    def public_key(self) -> PublicKey: ...

    @property
    def verification_method(self) -> str: ...

    def sign(self, message: bytes) -> bytes: ...


@dataclass(frozen=True, slots=True)
class LocalSigner:
    """A signer with its private key in memory.

    `verification_method` is the key's own did:key where no other is given (did:jwk for
    RSA). Neither `repr` nor a traceback's shows the private key; pickling does carry it,
    so that bulk issuing can use processes.
    """

    public_key: PublicKey
    verification_method: str
    _private: dict[str, str] = field(repr=False, compare=False)
    _sign: Callable[[bytes], bytes] = field(repr=False, compare=False)

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (self.to_jwk(), self.verification_method)

    @classmethod
    def generate(
        cls,
        kind: KeyKind,
        *,
        entropy: Callable[[int], bytes],
        verification_method: str = "",
    ) -> LocalSigner:
        """A new key. `entropy(n)` gives n bytes from a cryptographic source.

        An RSA key is the exception: the library draws its primes itself.
        """
        if kind is KeyKind.RSA:
            return _of_rsa(library_rsa.generate_private_key(65537, RSA_BITS), verification_method)
        if kind is KeyKind.ED25519:
            return cls.from_seed(entropy(32), verification_method=verification_method)
        curve = ecdsa.CURVES[kind]
        # With spare bytes the remainder is even enough: FIPS 186-5 appendix A.2.1.
        drawn = int.from_bytes(entropy(curve.size + _SPARE_BYTES), "big")
        return _of_scalar(kind, drawn % (curve.order - 1) + 1, verification_method)

    @classmethod
    def from_seed(cls, seed: bytes, *, verification_method: str = "") -> LocalSigner:
        """The Ed25519 key whose 32-byte private key (RFC 8032) is `seed`. Raises `KeyUnusable`."""
        if len(seed) != 32:
            raise KeyUnusable("key-malformed", problem=f"a seed of {len(seed)} bytes, not 32")
        private = Ed25519PrivateKey.from_private_bytes(seed)
        public = PublicKey(KeyKind.ED25519, private.public_key().public_bytes_raw())
        secret = {"d": base64url_encode(seed)}
        return _made(public, verification_method, secret, private.sign)

    @classmethod
    def from_multikey(cls, secret: object, *, verification_method: str = "") -> LocalSigner:
        """The key of a Multikey's `secretKeyMultibase`. Raises `KeyUnusable`."""
        kind, raw = multikey.read_secret(secret)
        if kind is KeyKind.ED25519:
            return cls.from_seed(raw, verification_method=verification_method)
        return _of_octets(kind, raw, verification_method)

    @classmethod
    def from_jwk(cls, members: object, *, verification_method: str = "") -> LocalSigner:
        """The key of a private JSON Web Key; its public half must be its own.

        Raises `KeyUnusable` or `UnsupportedFeature`.
        """
        if not isinstance(members, Mapping):
            raise KeyUnusable("key-malformed", problem="a JWK is an object")
        kind, raw = jwk.read_key(members, operation="sign")
        signer = _from_private_members(kind, members, verification_method)
        if signer.public_key.raw != raw:
            raise KeyUnusable("key-halves")
        return signer

    def to_jwk(self) -> dict[str, str]:
        """The private JSON Web Key. Keep it secret."""
        return self.public_key.to_jwk() | self._private

    def sign(self, message: bytes) -> bytes:
        """The signature over `message`; the same message gives the same bytes."""
        return self._sign(message)


def default_verification_method(public_key: PublicKey) -> str:
    """The key's own address: did:key, or did:jwk for RSA, which Multikey does not have."""
    if public_key.kind is KeyKind.RSA:
        members = json.dumps(public_key.to_jwk(), separators=(",", ":"), sort_keys=True)
        return f"did:jwk:{base64url_encode(members.encode())}#0"
    value = public_key.to_multikey()
    return f"did:key:{value}#{value}"


def _restored(members: Mapping[str, Any], verification_method: str) -> LocalSigner:
    return LocalSigner.from_jwk(members, verification_method=verification_method)


def _made(
    public_key: PublicKey,
    verification_method: str,
    private: dict[str, str],
    sign: Callable[[bytes], bytes],
) -> LocalSigner:
    method = verification_method or default_verification_method(public_key)
    return LocalSigner(public_key, method, private, sign)


def _from_private_members(
    kind: KeyKind, members: Mapping[str, Any], verification_method: str
) -> LocalSigner:
    if kind is KeyKind.RSA:
        return _of_rsa(_rsa_key(members), verification_method)
    if kind is KeyKind.ED25519:
        seed = jwk.octets(members, "d", 32)
        return LocalSigner.from_seed(seed, verification_method=verification_method)
    raw = jwk.octets(members, "d", ecdsa.CURVES[kind].size)
    return _of_octets(kind, raw, verification_method)


def _of_octets(kind: KeyKind, raw: bytes, verification_method: str) -> LocalSigner:
    curve = ecdsa.CURVES[kind]
    scalar = int.from_bytes(raw, "big")
    if len(raw) != curve.size or not 0 < scalar < curve.order:
        raise KeyUnusable("key-malformed", problem="a secret outside the group")
    return _of_scalar(kind, scalar, verification_method)


def _of_scalar(kind: KeyKind, scalar: int, verification_method: str) -> LocalSigner:
    curve = ecdsa.CURVES[kind]
    private = ec.derive_private_key(scalar, curve.curve)
    numbers = private.public_key().public_numbers()
    raw = ecdsa.compress(
        numbers.x.to_bytes(curve.size, "big"), numbers.y.to_bytes(curve.size, "big")
    )
    secret = {"d": base64url_encode(scalar.to_bytes(curve.size, "big"))}

    def sign(message: bytes) -> bytes:
        return ecdsa.sign(kind, private, message)

    return _made(PublicKey(kind, raw), verification_method, secret, sign)


def _of_rsa(private: library_rsa.RSAPrivateKey, verification_method: str) -> LocalSigner:
    numbers = private.private_numbers()
    public = numbers.public_numbers
    secret = {
        "d": jwk.integer_text(numbers.d),
        "p": jwk.integer_text(numbers.p),
        "q": jwk.integer_text(numbers.q),
        "dp": jwk.integer_text(numbers.dmp1),
        "dq": jwk.integer_text(numbers.dmq1),
        "qi": jwk.integer_text(numbers.iqmp),
    }

    def sign(message: bytes) -> bytes:
        return rsa.sign(private, message)

    key = PublicKey(KeyKind.RSA, rsa.encode(public.n, public.e))
    return _made(key, verification_method, secret, sign)


def _rsa_key(members: Mapping[str, Any]) -> library_rsa.RSAPrivateKey:
    """The private key of n, e, d, p and q; the rest follows from these (RFC 7518 6.3.2)."""
    n, e, d, p, q = (jwk.integer(members, name) for name in ("n", "e", "d", "p", "q"))
    try:
        return RSAPrivateNumbers(
            p,
            q,
            d,
            rsa_crt_dmp1(d, p),
            rsa_crt_dmq1(d, q),
            rsa_crt_iqmp(p, q),
            RSAPublicNumbers(e, n),
        ).private_key()
    except (ValueError, ZeroDivisionError):
        raise KeyUnusable("key-halves") from None
