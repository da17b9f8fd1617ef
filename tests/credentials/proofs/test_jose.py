from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws
from joserfc.jwk import import_key

from sealwright.credentials.errors import (
    CredentialError,
    KeyUnusable,
    MalformedCredential,
    ProofMismatch,
    Refused,
    UnreadableInput,
    UnsupportedFeature,
)
from sealwright.credentials.keys import KeyKind, LocalSigner
from sealwright.credentials.keys.multibase import base64url_decode, base64url_encode
from sealwright.credentials.model import strict_json
from sealwright.credentials.proofs.compact import parse_token
from sealwright.credentials.proofs.jose import PRESENTATION_TYPES, sign_token, verify_token
from tests.credentials.proofs.samples import SIGNERS, badge

RSA = LocalSigner.generate(KeyKind.RSA, entropy=bytes)
ALL = {**SIGNERS, KeyKind.RSA: RSA}
ED25519 = SIGNERS[KeyKind.ED25519]


def token(header: Any, payload: Any = None, signer: LocalSigner = ED25519) -> str:
    """A token signed by us with any header at all."""
    parts = [base64url_encode(json.dumps(part).encode()) for part in (header, payload or badge())]
    return ".".join([*parts, base64url_encode(signer.sign(".".join(parts).encode()))])


@pytest.mark.parametrize("kind", KeyKind)
def test_what_is_signed_verifies(kind: KeyKind) -> None:
    signer = ALL[kind]

    parts = verify_token(sign_token(badge(), signer), signer.public_key)

    assert parts.header == {
        "alg": kind.jose_algorithm,
        "kid": signer.verification_method,
        "typ": "JWT",
    }
    assert json.loads(parts.payload) == badge() | {
        "iss": "https://college.example/",
        "jti": badge()["id"],
        "sub": "did:example:learner",
        "nbf": 1767225600,
    }


def test_the_end_of_validity_is_a_claim_too() -> None:
    parts = parse_token(sign_token(badge(validUntil="2026-01-01T00:01:00Z"), ED25519))

    assert json.loads(parts.payload)["exp"] == 1767225660


def test_claims_say_no_more_than_the_credential() -> None:
    bare = {"issuer": "https://college.example/", "credentialSubject": [{"id": "a"}, {"id": "b"}]}

    parts = parse_token(sign_token(bare, ED25519, typ="vc+jwt"))

    assert parts.header["typ"] == "vc+jwt"
    assert json.loads(parts.payload) == bare | {"iss": "https://college.example/"}


@pytest.mark.parametrize("value", ["\ud800", float("nan"), {1, 2}])
def test_what_json_does_not_have_is_not_signed(value: object) -> None:
    with pytest.raises(MalformedCredential):
        sign_token(badge(name=value), ED25519)


def theirs(kind: KeyKind) -> dict[str, Any]:
    """How the other library is told what it may do."""
    registry = jws.JWSRegistry(algorithms=[kind.jose_algorithm])
    registry.max_header_length = 4096
    return {"registry": registry}


@pytest.mark.filterwarnings("ignore:EdDSA is deprecated")
@pytest.mark.parametrize("kind", KeyKind)
def test_another_library_reads_our_tokens(kind: KeyKind) -> None:
    signer = ALL[kind]
    key = import_key({**signer.public_key.to_jwk()})

    read = jws.deserialize_compact(sign_token(badge(), signer), key, **theirs(kind))

    assert read.headers()["kid"] == signer.verification_method
    assert badge().items() <= json.loads(read.payload or b"").items()


@pytest.mark.filterwarnings("ignore:EdDSA is deprecated")
@pytest.mark.parametrize("kind", KeyKind)
def test_we_read_the_tokens_of_another_library(kind: KeyKind) -> None:
    signer = ALL[kind]
    header = {"alg": kind.jose_algorithm, "typ": "vc+jwt"}
    key = import_key({**signer.to_jwk()})

    text = jws.serialize_compact(header, json.dumps(badge()), key, **theirs(kind))

    assert json.loads(verify_token(text, signer.public_key).payload) == badge()


@pytest.mark.parametrize("kind", KeyKind)
@pytest.mark.parametrize("alg", ["none", "HS256", "ES256K", "PS256", "ES512", "rs256", ""])
def test_only_the_algorithm_of_the_key_is_accepted(kind: KeyKind, alg: str) -> None:
    with pytest.raises(Refused) as refusal:
        verify_token(token({"alg": alg}, signer=ALL[kind]), ALL[kind].public_key)

    assert refusal.value.code == "token-algorithm"


@pytest.mark.parametrize("kind", KeyKind)
def test_the_algorithm_of_another_key_is_refused(kind: KeyKind) -> None:
    for other in set(KeyKind) - {kind}:
        with pytest.raises(Refused):
            verify_token(sign_token(badge(), ALL[other]), ALL[kind].public_key)


def test_the_newer_name_of_an_algorithm_is_understood() -> None:
    verify_token(token({"alg": "Ed25519"}), ED25519.public_key)


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ({"crit": ["exp"]}, "token-header"),
        ({"crit": []}, "token-header"),
        ({"b64": False}, "token-header"),
        ({"b64": True}, "token-header"),
        ({"kid": 1}, "token-header"),
        ({"typ": None}, "token-header"),
        ({"cty": ["vc"]}, "token-header"),
        ({"typ": "jose"}, "token-type"),
        ({"typ": "openid4vci-proof+jwt"}, "token-type"),
        ({"typ": "vp+jwt"}, "token-type"),
        ({"iss": "https://somebody.else/"}, "token-header"),
        ({"aud": "nobody"}, "token-header"),
    ],
)
def test_a_header_that_says_what_it_must_not_is_refused(header: Any, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        verify_token(token({"alg": "EdDSA"} | header), ED25519.public_key)

    assert refusal.value.code == code


@pytest.mark.parametrize(
    "header",
    [
        {"typ": "JWT", "kid": "did:example:1#a", "cty": "vc"},
        {"typ": "vc+jwt"},
        {"typ": "vc+ld+jwt"},
        {"jwk": ED25519.public_key.to_jwk()},
        {"x5c": ["MIIB"], "x5t": "a", "x5t#S256": "b", "x5u": "https://a.example/", "jku": ""},
    ],
)
def test_a_header_may_say_the_usual_things(header: Any) -> None:
    verify_token(token({"alg": "EdDSA"} | header), ED25519.public_key)


def test_a_header_may_repeat_a_claim() -> None:
    payload = badge(iss="https://college.example/")

    verify_token(token({"alg": "EdDSA", "iss": payload["iss"]}, payload), ED25519.public_key)


@pytest.mark.parametrize("payload", [[1], "text", 7])
def test_a_header_cannot_repeat_a_claim_of_a_payload_without_any(payload: Any) -> None:
    with pytest.raises(Refused):
        verify_token(token({"alg": "EdDSA", "iss": "a"}, payload), ED25519.public_key)


def test_a_header_member_that_we_do_not_know_leaves_the_answer_open() -> None:
    with pytest.raises(UnsupportedFeature) as unknown:
        verify_token(token({"alg": "EdDSA", "trust_chain": []}), ED25519.public_key)

    assert unknown.value.evidence == {"member": "trust_chain"}


def test_a_presentation_has_types_of_its_own() -> None:
    presentation = sign_token(badge(), ED25519, typ="vp+jwt")

    verify_token(presentation, ED25519.public_key, types=PRESENTATION_TYPES)
    with pytest.raises(Refused):
        verify_token(
            sign_token(badge(), ED25519, typ="vc+jwt"),
            ED25519.public_key,
            types=PRESENTATION_TYPES,
        )


def test_another_key_in_the_header_is_refused() -> None:
    thief = LocalSigner.from_seed(bytes(32))

    with pytest.raises(KeyUnusable) as refusal:
        verify_token(token({"alg": "EdDSA", "jwk": thief.public_key.to_jwk()}), ED25519.public_key)

    assert refusal.value.code == "token-key"


def test_a_private_key_in_the_header_is_refused() -> None:
    with pytest.raises(KeyUnusable) as refusal:
        verify_token(token({"alg": "EdDSA", "jwk": ED25519.to_jwk()}), ED25519.public_key)

    assert refusal.value.code == "key-private"


def test_an_unsigned_token_is_refused() -> None:
    unsigned = sign_token(badge(), ED25519).rpartition(".")[0] + "."

    with pytest.raises(ProofMismatch):
        verify_token(unsigned, ED25519.public_key)


def test_a_token_taken_apart_before_is_verified_as_well() -> None:
    parts = parse_token(sign_token(badge(), ED25519))

    assert verify_token(parts, ED25519.public_key) is parts


TOKENS = {kind: sign_token(badge(), signer) for kind, signer in ALL.items()}


@given(st.sampled_from(KeyKind), st.data())
def test_any_changed_character_is_noticed(kind: KeyKind, data: st.DataObject) -> None:
    text = TOKENS[kind]
    place = data.draw(st.integers(0, len(text) - 1))
    character = data.draw(st.sampled_from("ABYZabyz0189-_.=~") | st.characters())
    changed = text[:place] + character + text[place + 1 :]

    try:
        verify_token(changed, ALL[kind].public_key)
    except CredentialError:
        return

    assert changed == text


@given(st.dictionaries(st.text(max_size=5), st.none() | st.text() | st.lists(st.integers())))
def test_no_header_brings_the_verifier_down(header: dict[str, Any]) -> None:
    try:
        parts = verify_token(token({"alg": "EdDSA"} | header), ED25519.public_key)
    except CredentialError:
        return
    assert strict_json.loads(parts.payload) == badge()


def test_what_is_no_token_is_unreadable() -> None:
    for text in ("", "a.b", "a.b.c.d", base64url_decode("YQ").decode()):
        with pytest.raises(UnreadableInput):
            verify_token(text, ED25519.public_key)
