from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealwright.credentials.errors import CredentialError, KeyUnusable, UnsupportedFeature
from sealwright.credentials.keys import KeyKind, LocalSigner, PublicKey
from sealwright.credentials.keys.multibase import base64url_decode, base64url_encode

MODULUS = base64url_encode(((1 << 2047) + 1).to_bytes(256, "big"))
KEYS: dict[KeyKind, dict[str, Any]] = {
    kind: LocalSigner.generate(kind, entropy=lambda size: bytes([7]) * size).public_key.to_jwk()
    for kind in (KeyKind.ED25519, KeyKind.P256, KeyKind.P384)
} | {KeyKind.RSA: {"kty": "RSA", "n": MODULUS, "e": "AQAB"}}
EC = KEYS[KeyKind.P256]
OKP = KEYS[KeyKind.ED25519]
RSA = KEYS[KeyKind.RSA]


@pytest.mark.parametrize("kind", KEYS)
def test_a_key_comes_back_as_it_went(kind: KeyKind) -> None:
    key = PublicKey.from_jwk(KEYS[kind])

    assert key.kind is kind
    assert key.to_jwk() == KEYS[kind]


@pytest.mark.parametrize("kind", KEYS)
def test_a_key_may_say_what_it_is_for(kind: KeyKind) -> None:
    said = {"use": "sig", "key_ops": ["verify"], "alg": kind.jose_algorithm, "kid": "1", "x5u": 5}

    assert PublicKey.from_jwk(KEYS[kind] | said) == PublicKey.from_jwk(KEYS[kind])


def test_ed25519_may_be_called_by_its_newer_name() -> None:
    PublicKey.from_jwk(OKP | {"alg": "Ed25519"})


@pytest.mark.parametrize("kind", KEYS)
@pytest.mark.parametrize(
    "said",
    [
        {"use": "enc"},
        {"use": None},
        {"use": ["sig"]},
        {"key_ops": ["sign"]},
        {"key_ops": "verify"},
        {"key_ops": None},
        {"alg": "none"},
        {"alg": "HS256"},
        {"alg": None},
        {"alg": ["RS256"]},
        {"alg": "ES256K"},
    ],
)
def test_a_key_for_something_else_is_refused(kind: KeyKind, said: dict[str, Any]) -> None:
    with pytest.raises(KeyUnusable) as refusal:
        PublicKey.from_jwk(KEYS[kind] | said)

    assert refusal.value.code == "key-use"


@pytest.mark.parametrize("kind", KEYS)
@pytest.mark.parametrize("member", ["d", "p", "q", "dp", "dq", "qi", "oth", "k"])
@pytest.mark.parametrize("value", ["AQAB", None])
def test_a_published_private_key_is_refused(kind: KeyKind, member: str, value: object) -> None:
    with pytest.raises(KeyUnusable) as refusal:
        PublicKey.from_jwk(KEYS[kind] | {member: value})

    assert refusal.value.code == "key-private"


@pytest.mark.parametrize(
    ("jwk", "code"),
    [
        (None, "key-malformed"),
        ([], "key-malformed"),
        ({}, "key-malformed"),
        ({"kty": ["EC"]}, "key-malformed"),
        ({"kty": "EC"}, "key-malformed"),
        ({"kty": "EC", "crv": ["P-256"]}, "key-malformed"),
        (EC | {"kty": "OKP"}, "key-malformed"),
        (OKP | {"kty": "EC"}, "key-malformed"),
        (OKP | {"y": OKP["x"]}, "key-malformed"),
        (OKP | {"x": OKP["x"] + "="}, "key-malformed"),
        (OKP | {"x": OKP["x"][:-2]}, "key-malformed"),
        (OKP | {"x": 7}, "key-malformed"),
        (EC | {"x": "AA" + EC["x"]}, "key-malformed"),
        (EC | {"y": ""}, "key-malformed"),
        (EC | {"y": EC["x"]}, "key-off-curve"),
        (EC | {"x": EC["y"], "y": EC["x"]}, "key-off-curve"),
        (RSA | {"crv": "P-256"}, "key-malformed"),
        (RSA | {"e": "AAEAAQ"}, "key-malformed"),
        (RSA | {"e": ""}, "key-malformed"),
        (RSA | {"e": "Aw"}, "key-exponent"),
        (RSA | {"n": "AQAB"}, "key-size"),
        (RSA | {"n": base64url_encode(b"\1" * 513)}, "key-size"),
    ],
)
def test_a_key_that_is_not_whole_is_refused(jwk: object, code: str) -> None:
    with pytest.raises(KeyUnusable) as refusal:
        PublicKey.from_jwk(jwk)

    assert refusal.value.code == code


def test_the_other_root_of_a_point_is_another_key() -> None:
    prime = 2**256 - 2**224 + 2**192 + 2**96 - 1
    y = prime - int.from_bytes(base64url_decode(EC["y"]), "big")

    mirrored = PublicKey.from_jwk(EC | {"y": base64url_encode(y.to_bytes(32, "big"))})

    assert mirrored != PublicKey.from_jwk(EC)
    assert mirrored.raw[1:] == PublicKey.from_jwk(EC).raw[1:]


@pytest.mark.parametrize(
    "jwk",
    [
        {"kty": "EC", "crv": "secp256k1"},
        {"kty": "EC", "crv": "P-521"},
        {"kty": "OKP", "crv": "X25519"},
        {"kty": "AKP", "crv": "ML-DSA-44"},
    ],
)
def test_a_kind_we_do_not_use_is_undecided(jwk: dict[str, str]) -> None:
    with pytest.raises(UnsupportedFeature) as unknown:
        PublicKey.from_jwk(jwk)

    assert unknown.value.code == "unsupported-key"


@given(
    st.dictionaries(
        st.sampled_from(["kty", "crv", "x", "y", "n", "e", "use", "alg", "key_ops"]),
        st.one_of(
            st.sampled_from(["EC", "OKP", "RSA", "P-256", "P-384", "Ed25519", "sig", "AQAB"]),
            st.sampled_from([OKP["x"], EC["x"], EC["y"], MODULUS]),
            st.none() | st.integers() | st.text(max_size=8) | st.lists(st.text(max_size=3)),
        ),
    )
)
def test_no_object_brings_the_reader_down(jwk: dict[str, Any]) -> None:
    try:
        key = PublicKey.from_jwk(jwk)
    except CredentialError:
        return
    assert key.to_jwk().items() <= jwk.items()
