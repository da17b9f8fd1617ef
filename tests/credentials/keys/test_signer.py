from __future__ import annotations

import pickle
from typing import Any

import pytest

from sealwright.credentials.errors import KeyUnusable
from sealwright.credentials.keys import KeyKind, LocalSigner, PublicKey
from sealwright.credentials.keys.multibase import (
    base58_encode,
    base64url_decode,
    base64url_encode,
)
from sealwright.credentials.keys.multikey import SECRET_CODECS

MESSAGE = b"awarded"


def steady(size: int) -> bytes:
    return bytes(range(1, size + 1))


@pytest.fixture(scope="module")
def signers() -> dict[KeyKind, LocalSigner]:
    return {kind: LocalSigner.generate(kind, entropy=steady) for kind in KeyKind}


@pytest.mark.parametrize("kind", KeyKind)
def test_what_a_signer_signs_its_public_key_verifies(
    kind: KeyKind, signers: dict[KeyKind, LocalSigner]
) -> None:
    signer = signers[kind]

    signature = signer.sign(MESSAGE)

    signer.public_key.verify(signature, MESSAGE)
    assert signer.sign(MESSAGE) == signature


@pytest.mark.parametrize("kind", KeyKind)
def test_a_signer_survives_being_written_down(
    kind: KeyKind, signers: dict[KeyKind, LocalSigner]
) -> None:
    signer = signers[kind]

    read = LocalSigner.from_jwk(signer.to_jwk())
    sent = pickle.loads(pickle.dumps(signer))

    assert read == sent == signer
    assert read.sign(MESSAGE) == sent.sign(MESSAGE) == signer.sign(MESSAGE)


@pytest.mark.parametrize("kind", KeyKind)
def test_nothing_secret_is_shown(kind: KeyKind, signers: dict[KeyKind, LocalSigner]) -> None:
    signer = signers[kind]
    secret = base64url_decode(signer.to_jwk()["d"])

    shown = repr(signer)

    assert signer.to_jwk()["d"] not in shown
    assert repr(secret)[2:-1] not in shown


@pytest.mark.parametrize("kind", SECRET_CODECS)
def test_a_secret_multikey_is_read(kind: KeyKind, signers: dict[KeyKind, LocalSigner]) -> None:
    secret = SECRET_CODECS[kind] + base64url_decode(signers[kind].to_jwk()["d"])

    signer = LocalSigner.from_multikey("z" + base58_encode(secret))

    assert signer == signers[kind]


@pytest.mark.parametrize("kind", SECRET_CODECS)
def test_a_key_is_addressed_by_itself_unless_told_otherwise(
    kind: KeyKind, signers: dict[KeyKind, LocalSigner]
) -> None:
    value = signers[kind].public_key.to_multikey()

    assert signers[kind].verification_method == f"did:key:{value}#{value}"
    named = LocalSigner.generate(kind, entropy=steady, verification_method="did:web:a.example#1")
    assert named.verification_method == "did:web:a.example#1"


def test_an_rsa_key_is_addressed_by_its_jwk(signers: dict[KeyKind, LocalSigner]) -> None:
    did, _, fragment = signers[KeyKind.RSA].verification_method.partition("#")

    members = base64url_decode(did.removeprefix("did:jwk:"))

    assert fragment == "0"
    assert b'"kty":"RSA"' in members
    assert b'"d"' not in members


def test_a_signer_is_as_its_seed_says() -> None:
    # https://www.rfc-editor.org/rfc/rfc8032#section-7.1, test 1
    seed = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")

    signer = LocalSigner.from_seed(seed)

    assert signer.public_key.raw.hex() == (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    )
    assert signer.sign(b"").hex().startswith("e5564300c360ac729086e2cc806e828a")


def test_every_drawn_scalar_lies_in_the_group() -> None:
    for kind in (KeyKind.P256, KeyKind.P384):
        for entropy in (bytes, lambda size: b"\xff" * size):
            signer = LocalSigner.generate(kind, entropy=entropy)
            signer.public_key.verify(signer.sign(MESSAGE), MESSAGE)


@pytest.mark.parametrize("size", [0, 31, 33])
def test_a_seed_of_another_length_is_refused(size: int) -> None:
    with pytest.raises(KeyUnusable):
        LocalSigner.from_seed(bytes(size))


@pytest.mark.parametrize("secret", [b"", bytes(32), b"\xff" * 32, bytes(31), b"\1" * 33])
def test_a_secret_outside_the_group_is_refused(secret: bytes) -> None:
    text = "z" + base58_encode(SECRET_CODECS[KeyKind.P256] + secret)

    with pytest.raises(KeyUnusable) as refusal:
        LocalSigner.from_multikey(text)

    assert refusal.value.code == "key-malformed"


@pytest.mark.parametrize("kind", [KeyKind.ED25519, KeyKind.P256])
def test_halves_of_two_keys_are_refused(kind: KeyKind, signers: dict[KeyKind, LocalSigner]) -> None:
    other = LocalSigner.generate(kind, entropy=lambda size: bytes([9]) * size)

    with pytest.raises(KeyUnusable) as refusal:
        LocalSigner.from_jwk(signers[kind].to_jwk() | {"d": other.to_jwk()["d"]})

    assert refusal.value.code == "key-halves"


@pytest.mark.parametrize("change", [{"p": "AQ"}, {"p": "Aw", "q": "BQ"}, {"d": "AQ"}])
def test_an_rsa_key_of_parts_that_do_not_fit_is_refused(
    change: dict[str, str], signers: dict[KeyKind, LocalSigner]
) -> None:
    with pytest.raises(KeyUnusable) as refusal:
        LocalSigner.from_jwk(signers[KeyKind.RSA].to_jwk() | change)

    assert refusal.value.code == "key-halves"


@pytest.mark.parametrize(
    "members",
    [None, "key", {}, {"kty": "OKP", "crv": "Ed25519", "x": base64url_encode(steady(32))}],
)
def test_what_is_no_private_key_is_refused(members: Any) -> None:
    with pytest.raises(KeyUnusable) as refusal:
        LocalSigner.from_jwk(members)

    assert refusal.value.code == "key-malformed"


def test_a_private_key_for_verifying_only_is_refused(signers: dict[KeyKind, LocalSigner]) -> None:
    with pytest.raises(KeyUnusable) as refusal:
        LocalSigner.from_jwk(signers[KeyKind.ED25519].to_jwk() | {"key_ops": ["verify"]})

    assert refusal.value.code == "key-use"


def test_a_public_key_alone_is_what_a_signer_publishes(
    signers: dict[KeyKind, LocalSigner],
) -> None:
    for signer in signers.values():
        assert PublicKey.from_jwk(signer.public_key.to_jwk()) == signer.public_key
