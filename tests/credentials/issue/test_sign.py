from __future__ import annotations

from typing import Any

import pytest

from sealwright.credentials.errors import (
    CredentialError,
    KeyUnusable,
    MalformedCredential,
    Refused,
    UnsupportedFeature,
)
from sealwright.credentials.issue import (
    Recipient,
    build_credential,
    build_endorsement,
    lint,
    sign_credential,
    sign_token,
)
from sealwright.credentials.keys import KeyKind, LocalSigner
from sealwright.credentials.model import strict_json
from sealwright.credentials.proofs import verify_proof
from sealwright.credentials.proofs.jose import verify_token
from tests.credentials.issue.samples import (
    CONTEXTS,
    NOON,
    SIGNER,
    achievement,
    changed,
    credential,
    issuer,
    signer,
)


def refusal(document: Any, key: LocalSigner = SIGNER) -> CredentialError:
    with pytest.raises(CredentialError) as caught:
        sign_credential(document, key, created=NOON)
    return caught.value


@pytest.mark.parametrize(
    ("kind", "suite", "chosen"),
    [
        (KeyKind.ED25519, "", "eddsa-rdfc-2022"),
        (KeyKind.P256, "", "ecdsa-rdfc-2019"),
        (KeyKind.P384, "", "ecdsa-rdfc-2019"),
        (KeyKind.ED25519, "eddsa-jcs-2022", "eddsa-jcs-2022"),
        (KeyKind.P256, "ecdsa-jcs-2019", "ecdsa-jcs-2019"),
    ],
)
def test_a_good_credential_is_signed_with_the_suite_of_the_key(
    kind: KeyKind, suite: str, chosen: str
) -> None:
    key = signer(kind)

    signed = sign_credential(credential(), key, created=NOON, suite=suite, contexts=CONTEXTS)

    assert isinstance(signed["proof"], list)
    assert [proof["cryptosuite"] for proof in signed["proof"]] == [chosen]
    verify_proof(signed, signed["proof"][0], key.public_key, contexts=CONTEXTS, at=NOON)


def test_the_document_given_is_left_as_it_was() -> None:
    document = credential()

    sign_credential(document, SIGNER, created=NOON)

    assert document == credential()


def test_nothing_that_the_lint_stops_is_signed_and_all_of_it_is_told() -> None:
    document = changed(credential(recipient=Recipient()), "/validUntil", "2020-01-01T00:00:00Z")

    problem = refusal(document)

    assert isinstance(problem, MalformedCredential)
    assert problem.code == "not-issued"
    assert {found["code"] for found in problem.evidence["findings"]} == {
        "recipient-missing",
        "window-backwards",
    }
    assert "names no recipient" in str(problem)


@pytest.mark.parametrize("named", [{"id": "did:web:other.example", "type": ["Profile"]}, "did:x:y"])
def test_a_key_signs_for_its_own_issuer_only(named: Any) -> None:
    problem = refusal(changed(credential(), "/issuer", named))

    assert isinstance(problem, Refused)
    assert problem.code == "key-not-of-issuer"


def test_an_rsa_key_makes_tokens_but_no_embedded_proof() -> None:
    key = signer(KeyKind.RSA)

    assert refusal(credential(), key).code == "key-without-suite"
    assert verify_token(sign_token(credential(), key), key.public_key)


def test_a_suite_that_nobody_knows_is_named() -> None:
    with pytest.raises(UnsupportedFeature, match="rot13"):
        sign_credential(credential(), SIGNER, created=NOON, suite="rot13")


def test_a_suite_for_another_kind_of_key_is_refused() -> None:
    with pytest.raises(KeyUnusable):
        sign_credential(credential(), SIGNER, created=NOON, suite="ecdsa-rdfc-2019")


@pytest.mark.parametrize("kind", [KeyKind.ED25519, KeyKind.P256, KeyKind.RSA])
def test_a_token_says_what_the_credential_says(kind: KeyKind) -> None:
    key = signer(kind)

    token = verify_token(sign_token(credential(), key, contexts=CONTEXTS), key.public_key)

    claims = strict_json.loads(token.payload)
    assert claims["credentialSubject"] == credential()["credentialSubject"]
    assert claims["sub"] == credential()["credentialSubject"]["id"]


@pytest.mark.parametrize("several", [False, True])
def test_a_token_needs_a_recipient_with_an_id(several: bool) -> None:
    document = credential(recipient=Recipient.of(name="Mira Okafor"))
    if several:
        document["credentialSubject"] = [document["credentialSubject"]]

    with pytest.raises(MalformedCredential) as caught:
        sign_token(document, SIGNER)

    assert caught.value.code == "token-needs-subject-id"


def test_an_endorsement_is_signed_and_embedded_like_any_credential() -> None:
    one, two = (
        sign_credential(
            build_endorsement(
                id=f"urn:uuid:6f0c1a52-0000-4000-8000-00000000000{digit}",
                issuer=issuer(),
                endorsed=achievement().id,
                comment="Our pilots ask for it.",
                valid_from=NOON,
            ),
            SIGNER,
            created=NOON,
        )
        for digit in "cd"
    )
    document = build_credential(
        id="urn:uuid:6f0c1a52-0000-4000-8000-00000000000a",
        issuer=issuer(),
        achievement=achievement(endorsement=(one,)),
        recipient=Recipient.of("did:example:mira"),
        valid_from=NOON,
        endorsement=(two,),
    )

    signed = sign_credential(document, SIGNER, created=NOON)

    assert lint(document) == []
    verify_proof(signed, signed["proof"][0], SIGNER.public_key, contexts=CONTEXTS, at=NOON)


def test_a_second_signature_joins_the_first() -> None:
    once = sign_credential(credential(), SIGNER, created=NOON)

    twice = sign_credential(once, signer(KeyKind.P256), created=NOON)

    assert len(twice["proof"]) == 2
    for proof, key in zip(twice["proof"], (SIGNER, signer(KeyKind.P256)), strict=True):
        verify_proof(twice, proof, key.public_key, contexts=CONTEXTS, at=NOON)
