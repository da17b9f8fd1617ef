from __future__ import annotations

import json

import pytest

from sealwright.credentials.keys import KeyKind
from sealwright.credentials.proofs import verify_proof
from sealwright.credentials.proofs.jose import verify_token
from tests.cli.keys import key_file
from tests.cli.runs import Desk
from tests.credentials.issue.samples import CONTEXTS, DID, NOON, SIGNER, credential, signer

GUILD = "https://guild.example/"


def test_a_statement_is_signed(desk: Desk) -> None:
    ran = desk.run(
        "endorse", GUILD, "--comment", "We hire them.", "--key", key_file(desk),
        "--name", "Pilots' Guild", "--url", "https://pilots.example/", "--id", "urn:x:1",
        "--valid-until", "2030-06-30", "--created", "2026-03-01T12:00:00Z",
    )  # fmt: skip

    document = json.loads(ran.out)
    assert document["id"] == "urn:x:1"
    assert document["issuer"] == {
        "id": DID,
        "type": ["Profile"],
        "name": "Pilots' Guild",
        "url": "https://pilots.example/",
    }
    assert document["validUntil"] == "2030-06-30T00:00:00Z"
    assert document["credentialSubject"]["id"] == GUILD
    assert document["credentialSubject"]["endorsementComment"] == "We hire them."
    verify_proof(document, document["proof"][0], SIGNER.public_key, contexts=CONTEXTS, at=NOON)


@pytest.mark.parametrize(
    ("part", "id"),
    [
        ("credential", credential()["id"]),
        ("achievement", credential()["credentialSubject"]["achievement"]["id"]),
        ("issuer", DID),
    ],
)
def test_a_part_of_a_credential_can_be_endorsed(desk: Desk, part: str, id: str) -> None:
    path = desk.file("badge.json", credential())

    ran = desk.run("endorse", path, "--of", part, "--comment", "Yes.", "--key", key_file(desk))

    document = json.loads(ran.out)
    assert document["credentialSubject"]["id"] == id
    assert document["id"].startswith("urn:uuid:")


def test_an_issuer_that_is_only_an_address_can_be_endorsed(desk: Desk) -> None:
    path = desk.file("badge.json", credential() | {"issuer": DID})

    ran = desk.run("endorse", path, "--of", "issuer", "--comment", "Yes.", "--key", key_file(desk))

    assert json.loads(ran.out)["credentialSubject"]["id"] == DID


def test_a_file_without_the_part_is_a_usage_error(desk: Desk) -> None:
    path = desk.file("badge.json", credential() | {"credentialSubject": []})

    ran = desk.run("endorse", path, "--comment", "Yes.", "--key", key_file(desk))

    assert ran.code == 64
    assert "achievement has no id" in ran.err


def test_a_token_is_made_when_that_is_asked_for(desk: Desk) -> None:
    key = key_file(desk, KeyKind.RSA)

    ran = desk.run("endorse", GUILD, "--comment", "Yes.", "--key", key, "--format", "jwt")

    assert verify_token(ran.out.strip(), signer(KeyKind.RSA).public_key)


def test_an_end_that_is_no_date_is_a_usage_error(desk: Desk) -> None:
    ran = desk.run(
        "endorse", GUILD, "--comment", "x", "--key", key_file(desk), "--valid-until", "soon"
    )

    assert ran.code == 64


def test_what_the_lint_stops_is_not_signed(desk: Desk) -> None:
    ran = desk.run("endorse", "https: //guild", "--comment", "x", "--key", key_file(desk))

    assert ran.code == 1
    assert ran.out == ""
    assert "Nothing was signed" in ran.err
