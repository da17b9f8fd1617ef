"""Keys as Multikey values: a multicodec prefix, the raw key, base58 with a `z`.

https://www.w3.org/TR/cid-1.0/#Multikey
"""

from __future__ import annotations

from sealwright.credentials.errors import (
    KeyUnusable,
    MalformedCredential,
    UnsupportedFeature,
)
from sealwright.credentials.keys.kinds import KeyKind
from sealwright.credentials.keys.multibase import base58_encode, multibase_decode

PUBLIC_CODECS = {
    KeyKind.ED25519: b"\xed\x01",
    KeyKind.P256: b"\x80\x24",
    KeyKind.P384: b"\x81\x24",
}
SECRET_CODECS = {
    KeyKind.ED25519: b"\x80\x26",
    KeyKind.P256: b"\x86\x26",
    KeyKind.P384: b"\x87\x26",
}
_PUBLIC_KINDS = {codec: kind for kind, codec in PUBLIC_CODECS.items()}
_SECRET_KINDS = {codec: kind for kind, codec in SECRET_CODECS.items()}
_UNSUPPORTED = {
    b"\xe7\x01": "secp256k1",
    b"\xeb\x01": "BLS12-381",
    b"\x82\x24": "P-521",
    b"\x85\x24": "RSA",
    b"\xec\x01": "X25519",
}
_SECRETS = frozenset({*SECRET_CODECS.values(), b"\x81\x26", b"\x82\x26", b"\x85\x26", b"\x88\x26"})


def read_public(text: object) -> tuple[KeyKind, bytes]:
    """The kind and the raw key of a public Multikey value; the key itself is not checked yet.

    Raises `KeyUnusable` (`key-malformed`, `key-private`) or `UnsupportedFeature`
    (`unsupported-key`).
    """
    value = _bytes_of(text)
    codec = value[:2]
    kind = _PUBLIC_KINDS.get(codec)
    if kind is not None:
        return kind, value[2:]
    if codec in _SECRETS:
        raise KeyUnusable("key-private")
    if codec in _UNSUPPORTED:
        raise UnsupportedFeature("unsupported-key", kind=_UNSUPPORTED[codec])
    raise KeyUnusable("key-malformed", problem="an unknown multicodec prefix")


def read_secret(text: object) -> tuple[KeyKind, bytes]:
    """The kind and the raw secret of a `secretKeyMultibase` value. Raises `KeyUnusable`."""
    value = _bytes_of(text)
    kind = _SECRET_KINDS.get(value[:2])
    if kind is None:
        raise KeyUnusable("key-malformed", problem="not a secret key of a kind we use")
    return kind, value[2:]


def write_public(kind: KeyKind, raw: bytes) -> str:
    """The Multikey value of a public key. Raises `UnsupportedFeature` for RSA."""
    if kind is KeyKind.RSA:
        raise UnsupportedFeature("unsupported-key", kind="RSA as a Multikey")
    return "z" + base58_encode(PUBLIC_CODECS[kind] + raw)


def _bytes_of(text: object) -> bytes:
    try:
        return multibase_decode(text)
    except MalformedCredential as problem:
        raise KeyUnusable("key-malformed", problem=problem.evidence["problem"]) from None
