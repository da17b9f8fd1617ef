from __future__ import annotations

import copy

import pytest

from sealwright.credentials.errors import KeyUnusable, ProofMismatch
from sealwright.credentials.keys import KeyKind, LocalSigner, PublicKey

SIGNERS = {
    kind: LocalSigner.generate(kind, entropy=lambda size: bytes(range(size)))
    for kind in (KeyKind.ED25519, KeyKind.P256, KeyKind.P384)
}


@pytest.mark.parametrize("kind", SIGNERS)
def test_a_key_is_the_same_in_every_spelling(kind: KeyKind) -> None:
    key = SIGNERS[kind].public_key

    assert PublicKey.from_multikey(key.to_multikey()) == key
    assert PublicKey.from_jwk(key.to_jwk()) == key
    assert copy.copy(key) == key


@pytest.mark.parametrize("kind", SIGNERS)
def test_the_kind_of_the_key_decides_how_a_signature_is_read(kind: KeyKind) -> None:
    message = b"awarded"

    for other, signer in SIGNERS.items():
        if other is kind:
            SIGNERS[kind].public_key.verify(signer.sign(message), message)
        else:
            with pytest.raises(ProofMismatch):
                SIGNERS[kind].public_key.verify(signer.sign(message), message)


def test_an_ed25519_key_document_holds_no_other_kind() -> None:
    ours = SIGNERS[KeyKind.ED25519].public_key

    assert PublicKey.from_ed25519_2020(ours.to_multikey()) == ours
    with pytest.raises(KeyUnusable) as refusal:
        PublicKey.from_ed25519_2020(SIGNERS[KeyKind.P256].public_key.to_multikey())
    assert refusal.value.code == "key-kind"


def test_a_key_shows_what_it_is_and_nothing_of_the_library() -> None:
    key = SIGNERS[KeyKind.ED25519].public_key

    assert repr(key) == f"PublicKey(kind=<KeyKind.ED25519: 'Ed25519'>, raw={key.raw!r})"
