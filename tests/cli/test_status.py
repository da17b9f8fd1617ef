from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sealwright.credentials.keys import KeyKind
from sealwright.credentials.proofs import verify_proof
from tests.cli.keys import key_file
from tests.cli.runs import Desk
from tests.credentials.issue.samples import CONTEXTS, DID, NOON, SIGNER, signer

URL = "https://harbour.example/status/1"


def new(desk: Desk, *options: str) -> str:
    """A list in a file."""
    path = str(desk.folder / "list.json")
    ran = desk.run("status", "new", URL, "--key", key_file(desk), "-o", path, *options)
    assert ran.code == 0, ran.err
    return path


def read(path: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(Path(path).read_text())
    return document


def test_a_new_list_is_empty_signed_and_of_its_issuer(desk: Desk) -> None:
    path = new(desk, "--created", "2026-03-01T12:00:00Z", "--days", "30", "--ttl", "3600")

    document = read(path)
    assert document["id"] == URL
    assert document["issuer"] == DID
    assert document["validUntil"] == "2026-03-31T12:00:00Z"
    assert document["credentialSubject"]["ttl"] == 3_600_000
    assert document["credentialSubject"]["statusPurpose"] == "revocation"
    assert desk.run("status", "show", path).out == ""
    verify_proof(document, document["proof"][0], SIGNER.public_key, contexts=CONTEXTS, at=NOON)


def test_places_are_set_and_taken_back_and_the_list_is_signed_again(desk: Desk) -> None:
    path = new(desk, "--purpose", "suspension")
    key = str(desk.folder / "key.jwk")

    desk.run("status", "set", path, "7", "131071", "--key", key)
    after_setting = desk.run("status", "show", path).out
    desk.run("status", "set", path, "7", "--clear", "--key", key)
    after_clearing = desk.run("status", "show", path).out

    assert after_setting == "7\n131071\n"
    assert after_clearing == "131071\n"
    document = read(path)
    assert document["credentialSubject"]["statusPurpose"] == "suspension"
    verify_proof(document, document["proof"][0], SIGNER.public_key, contexts=CONTEXTS, at=NOON)


def test_single_places_can_be_asked_for(desk: Desk) -> None:
    path = new(desk)
    desk.run("status", "set", path, "7", "--key", str(desk.folder / "key.jwk"))

    assert desk.run("status", "show", path, "7", "8").out == "7 set\n8 not set\n"


def test_an_rsa_key_signs_a_list_as_a_token(desk: Desk) -> None:
    path = str(desk.folder / "list.jwt")
    key = key_file(desk, KeyKind.RSA)

    made = desk.run("status", "new", URL, "--key", key, "-o", path)
    changed = desk.run("status", "set", path, "7", "--key", key)

    assert (made.code, changed.code) == (0, 0)
    assert Path(path).read_text().count(".") == 2
    assert desk.run("status", "show", path).out == "7\n"


def test_a_list_for_several_purposes_stays_one(desk: Desk) -> None:
    path = new(desk)
    document = read(path)
    document["credentialSubject"]["statusPurpose"] = ["revocation", "suspension"]
    desk.file("list.json", document)

    desk.run("status", "set", path, "7", "--key", str(desk.folder / "key.jwk"))

    assert read(path)["credentialSubject"]["statusPurpose"] == ["revocation", "suspension"]


def test_a_place_outside_of_the_list_is_refused_and_the_list_left_alone(desk: Desk) -> None:
    path = new(desk)
    before = Path(path).read_text()

    ran = desk.run("status", "set", path, "131072", "--key", str(desk.folder / "key.jwk"))

    assert ran.code == 64
    assert "131072" in ran.err
    assert Path(path).read_text() == before
    assert desk.run("status", "show", path, "131072").code == 1


def test_a_list_too_short_to_hide_in_is_not_made(desk: Desk) -> None:
    ran = desk.run(
        "status", "new", URL, "--key", key_file(desk), "--entries", "8", "-o",
        str(desk.folder / "list.json"),
    )  # fmt: skip

    assert ran.code == 64
    assert "131072" in ran.err


def test_a_list_is_not_made_over_another(desk: Desk) -> None:
    path = new(desk)

    ran = desk.run("status", "new", URL, "--key", str(desk.folder / "key.jwk"), "-o", path)

    assert ran.code == 64


@pytest.mark.parametrize(
    "subject", [None, [], {"statusPurpose": "revocation"}, {"encodedList": "uAAAA"}]
)
def test_a_file_without_a_list_is_refused(desk: Desk, subject: Any) -> None:
    document = read(new(desk)) | {"credentialSubject": subject}

    ran = desk.run("status", "show", desk.file("list.json", document))

    assert ran.code == 1


def test_the_key_of_another_kind_of_address_signs_too(desk: Desk) -> None:
    path = str(desk.folder / "list.json")

    ran = desk.run("status", "new", URL, "--key", key_file(desk, KeyKind.P256), "-o", path)

    proof = read(path)["proof"][0]
    assert ran.code == 0
    verify_proof(read(path), proof, signer(KeyKind.P256).public_key, contexts=CONTEXTS, at=NOON)
