from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealwright.credentials.dids import Resolver, did_jwk, did_key
from sealwright.credentials.errors import CredentialError, Refused, UnsupportedFeature
from sealwright.credentials.fetching import Offline
from sealwright.credentials.keys import KeyKind, LocalSigner
from sealwright.credentials.keys.multibase import base64url_encode

AT = datetime(2026, 3, 1, tzinfo=UTC)
RESOLVER = Resolver(Offline())
ED25519 = LocalSigner.from_seed(b"1" * 32).public_key
P256 = LocalSigner.generate(KeyKind.P256, entropy=lambda n: b"4" * n).public_key
P384 = LocalSigner.generate(KeyKind.P384, entropy=lambda n: b"5" * n).public_key


def code_of(method_id: str) -> str:
    with pytest.raises(CredentialError) as refused:
        RESOLVER.method(method_id, at=AT)
    return refused.value.code


@pytest.mark.parametrize("public", [ED25519, P256, P384], ids=lambda key: str(key.kind))
@pytest.mark.parametrize("purpose", ["assertionMethod", "authentication"])
def test_a_did_key_is_its_own_document(public, purpose: str) -> None:  # type: ignore[no-untyped-def]
    did = did_key(public)

    method = RESOLVER.method(f"{did}#{did[8:]}", purpose=purpose, at=AT)

    assert method.key == public
    assert method.controller == did
    assert method.tolerated == ""
    method.check_issuer(did)


def test_a_did_key_is_for_signing_only() -> None:
    did = did_key(ED25519)

    with pytest.raises(Refused) as refused:
        RESOLVER.method(f"{did}#{did[8:]}", purpose="keyAgreement", at=AT)

    assert refused.value.code == "key-not-listed"


def test_a_did_key_without_its_fragment_is_tolerated_with_a_note() -> None:
    did = did_key(ED25519)

    method = RESOLVER.method(did, at=AT)

    assert method.id == f"{did}#{did[8:]}"
    assert method.key == ED25519
    assert method.tolerated == "method-without-fragment"


def test_a_did_key_with_another_fragment_is_not_listed() -> None:
    assert code_of(did_key(ED25519) + "#" + P256.to_multikey()) == "key-not-listed"
    assert code_of(did_key(ED25519) + "#") == "key-not-listed"


@pytest.mark.parametrize(
    ("did", "code"),
    [
        ("did:key:u6Mk", "did-malformed"),
        ("did:key:1.1:z6Mk", "did-malformed"),
        ("did:key:z#z", "key-malformed"),
        ("did:key:z0OIl#z0OIl", "key-malformed"),
        ("did:key:", "did-malformed"),
        ("did:key:z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc", "unsupported-key"),
    ],
)
def test_a_did_key_that_holds_no_signing_key_is_refused(did: str, code: str) -> None:
    assert code_of(did) == code


def test_an_rsa_key_has_no_did_key() -> None:
    rsa = LocalSigner.generate(KeyKind.RSA, entropy=bytes).public_key

    with pytest.raises(UnsupportedFeature):
        did_key(rsa)
    assert RESOLVER.method(did_jwk(rsa) + "#0", at=AT).key == rsa


@pytest.mark.parametrize("public", [ED25519, P256, P384], ids=lambda key: str(key.kind))
def test_a_did_jwk_is_its_own_document(public) -> None:  # type: ignore[no-untyped-def]
    did = did_jwk(public)

    method = RESOLVER.method(did + "#0", at=AT)

    assert method.key == public
    method.check_issuer(did)


def _jwk(text: str) -> str:
    return "did:jwk:" + base64url_encode(text.encode()) + "#0"


@pytest.mark.parametrize(
    ("method_id", "code"),
    [
        (did_jwk(ED25519) + "#1", "key-not-listed"),
        (did_jwk(ED25519), "key-not-listed"),
        ("did:jwk:e#0", "did-malformed"),
        ("did:jwk:e30=#0", "did-malformed"),
        (_jwk("[1,"), "did-malformed"),
        (_jwk("[]"), "key-malformed"),
        (_jwk("{}"), "key-malformed"),
        (_jwk('{"kty":"OKP","kty":"EC"}'), "did-malformed"),
        (_jwk(json.dumps({**ED25519.to_jwk(), "d": "AAAA"})), "key-private"),
        (_jwk(json.dumps({**ED25519.to_jwk(), "use": "enc"})), "key-use"),
        (_jwk('{"kty":"EC","crv":"secp256k1","x":"","y":""}'), "unsupported-key"),
    ],
)
def test_a_did_jwk_that_holds_no_signing_key_is_refused(method_id: str, code: str) -> None:
    assert code_of(method_id) == code


@given(st.sampled_from(["did:key:z", "did:jwk:", "did:key:", "did:"]), st.text(max_size=80))
def test_any_did_is_answered_or_refused(prefix: str, rest: str) -> None:
    with pytest.raises(CredentialError):
        RESOLVER.method(prefix + rest, at=AT)
