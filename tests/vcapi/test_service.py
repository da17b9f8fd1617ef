from __future__ import annotations

import json
from typing import Any

import pytest

from sealwright.credentials.proofs import AUTHENTICATION
from sealwright.credentials.verify import Verifier
from sealwright.vcapi import Answer, Sandbox
from sealwright.vcapi.service import SUITES, TOKENS
from tests.credentials.verify.samples import NOON, VC2, a_badge, signed, signer_of
from tests.credentials.verify.test_presentation import ADA, a_presentation

SERVICE = Sandbox(Verifier(), now=lambda: NOON)
VC1 = "https://www.w3.org/2018/credentials/v1"
PLAIN = {
    "@context": [VC2],
    "type": ["VerifiableCredential"],
    "credentialSubject": {"id": "did:example:ada"},
}


def post(path: str, body: Any) -> Answer:
    return SERVICE.answer("POST", path, json.dumps(body).encode())


def issue(suite: str, **changes: Any) -> Answer:
    issuer = SERVICE.ids()[suite]
    return post(
        f"/{suite}/credentials/issue", {"credential": {**PLAIN, "issuer": issuer, **changes}}
    )


def codes(answer: Answer) -> list[str]:
    return [error["code"] for error in answer.document["errors"]]


def test_the_issuers_are_listed() -> None:
    answer = SERVICE.answer("GET", "/ids", b"")

    assert answer.status == 200
    assert set(answer.document) == set(SUITES) | set(TOKENS)
    assert all(did.startswith("did:key:") for did in answer.document.values())


@pytest.mark.parametrize("suite", [*SUITES, *TOKENS])
def test_what_is_issued_here_verifies_here(suite: str) -> None:
    issued = issue(suite)

    verified = post("/credentials/verify", issued.document)

    assert issued.status == 201
    assert (verified.status, verified.document["verified"]) == (200, True)


def test_a_credential_of_the_older_standard_is_taken_too() -> None:
    issued = issue(
        "eddsa-rdfc-2022",
        **{
            "@context": [VC1, "https://w3id.org/security/data-integrity/v2"],
            "issuanceDate": "2026-01-01T00:00:00Z",
        },
    )

    assert post("/credentials/verify", issued.document).status == 200


def test_an_issuer_without_an_id_gets_ours() -> None:
    issued = issue("eddsa-rdfc-2022", issuer={"name": "Elm Academy"})

    assert issued.document["verifiableCredential"]["issuer"] == {
        "id": SERVICE.ids()["eddsa-rdfc-2022"],
        "name": "Elm Academy",
    }


def test_a_proof_can_continue_another() -> None:
    first = issue("eddsa-rdfc-2022").document["verifiableCredential"]
    first["proof"]["id"] = "urn:uuid:1"

    issued = post(
        "/eddsa-rdfc-2022/credentials/issue",
        {
            "credential": first,
            "options": {"previousProof": ["urn:uuid:1"], "proofId": "urn:uuid:2"},
        },
    )

    proofs = issued.document["verifiableCredential"]["proof"]
    assert [proof["id"] for proof in proofs] == ["urn:uuid:1", "urn:uuid:2"]


@pytest.mark.parametrize(
    "changes",
    [
        {"issuer": None},
        {"type": []},
        {"credentialSubject": None},
        {"unheard": "of"},
        {"@context": []},
    ],
)
def test_what_would_be_no_credential_is_not_issued(changes: dict[str, Any]) -> None:
    answer = issue("eddsa-rdfc-2022", **changes)

    assert answer.status == 400
    assert answer.document["errors"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("POST", "/ids"),
        ("POST", "/rot13/credentials/issue"),
        ("GET", "/credentials/verify"),
    ],
)
def test_other_addresses_are_not_there(method: str, path: str) -> None:
    assert SERVICE.answer(method, path, b"{}").status == 404


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"verifiableCredential": 7}', b"{}"])
@pytest.mark.parametrize(
    "path", ["/credentials/verify", "/presentations/verify", "/eddsa-rdfc-2022/credentials/issue"]
)
def test_odd_bodies_are_refused(path: str, body: bytes) -> None:
    answer = SERVICE.answer("POST", path, body)

    assert answer.status == 400
    assert answer.document["errors"]


def test_the_proof_alone_can_be_asked_for() -> None:
    stranger = signer_of("did:web:elm.example").public_key.to_multikey()
    badge = signed(a_badge(issuer=f"did:key:{stranger}", validUntil="2026-01-02T00:00:00Z"))

    whole = post("/credentials/verify", {"verifiableCredential": badge})
    proof = post(
        "/credentials/verify",
        {"verifiableCredential": badge, "options": {"checks": ["proof"]}},
    )

    assert (whole.status, proof.status) == (400, 200)
    assert [f["code"] for f in proof.document["warnings"]] == ["key-not-issuers", "expired"]


def test_a_forged_credential_is_refused_with_the_reason() -> None:
    badge = {**signed(a_badge()), "name": "Master baker"}

    answer = post("/credentials/verify", {"verifiableCredential": badge})

    assert (answer.status, codes(answer)) == (400, ["signature-mismatch"])


def present(presentation: Any, **options: Any) -> Answer:
    body = {"verifiablePresentation": presentation, "options": options}
    return post("/presentations/verify", body)


def test_a_presentation_is_verified_for_who_asked() -> None:
    asked: dict[str, Any] = {"domain": "https://shop.example", "challenge": "1234"}
    presentation = signed(a_presentation(), ADA, purpose=AUTHENTICATION, **asked)

    assert present(presentation, **asked).status == 200
    assert present(presentation, domain="https://other.example").status == 400


def test_a_presentation_that_nobody_signed_is_taken_as_it_is() -> None:
    assert present(a_presentation()).status == 200
    assert present(a_presentation(holder=7)).status == 400
    assert present(a_presentation({**signed(a_badge()), "name": "Master baker"})).status == 400
