from __future__ import annotations

import json
from pathlib import Path

import pytest

from sealwright.credentials.keys import KeyKind
from tests.cli.keys import key_file
from tests.cli.runs import Desk
from tests.credentials.issue.samples import DID, METHOD, SIGNER, signer


def test_a_key_file_has_a_did_key_and_a_did_jwk(desk: Desk) -> None:
    key = key_file(desk)

    assert desk.run("did", "key", key).out == f"did:key:{SIGNER.public_key.to_multikey()}\n"
    assert desk.run("did", "jwk", key).out.startswith("did:jwk:")


def test_an_rsa_key_has_no_did_key(desk: Desk) -> None:
    ran = desk.run("did", "key", key_file(desk, KeyKind.RSA))

    assert ran.code == 2
    assert ran.out == ""


def test_a_key_file_is_shown_by_all_its_names_and_without_its_secret(desk: Desk) -> None:
    ran = desk.run("did", "show", key_file(desk))

    assert METHOD in ran.out
    assert SIGNER.public_key.to_multikey() in ran.out
    assert SIGNER.to_jwk()["d"] not in ran.out


def test_an_rsa_key_is_shown_without_a_multikey(desk: Desk) -> None:
    ran = desk.run("did", "show", key_file(desk, KeyKind.RSA))

    assert "multikey" not in ran.out
    assert "did:jwk" in ran.out


def test_a_public_key_file_will_do(desk: Desk) -> None:
    path = desk.file("public.jwk", SIGNER.public_key.to_jwk())

    ran = desk.run("did", "show", path)

    assert "address" not in ran.out
    assert desk.run("did", "key", path).code == 0


def test_a_did_that_is_its_own_document_is_shown(desk: Desk) -> None:
    did = f"did:key:{SIGNER.public_key.to_multikey()}"

    shown = json.loads(desk.run("did", "show", did).out)

    assert shown["id"] == did


def test_for_a_did_web_the_address_of_its_document_is_shown(desk: Desk) -> None:
    ran = desk.run("did", "show", DID)

    assert "https://harbour.example/.well-known/did.json" in ran.out


def test_the_document_of_an_issuer_lists_all_its_keys(desk: Desk) -> None:
    old = desk.file("old.jwk", signer(KeyKind.P256).public_key.to_jwk())

    ran = desk.run("did", "web", DID, key_file(desk), old)

    document = json.loads(ran.out)
    assert document["id"] == DID
    assert document["assertionMethod"] == [METHOD, f"{DID}#key-2"]


def test_a_key_may_be_revoked_from_a_moment_on(desk: Desk) -> None:
    key = key_file(desk)

    ran = desk.run(
        "did", "web", DID, key, "--revoked", f"{key}=2026-01-01", "--expires", f"{key}=2027-01-01"
    )

    method = json.loads(ran.out)["verificationMethod"][0]
    assert method["revoked"] == "2026-01-01T00:00:00Z"
    assert method["expires"] == "2027-01-01T00:00:00Z"


def test_the_document_is_written_and_its_place_is_told(desk: Desk) -> None:
    output = str(desk.folder / "did.json")

    first = desk.run("did", "web", DID, key_file(desk), "-o", output)
    second = desk.run("did", "web", DID, str(desk.folder / "key.jwk"), "-o", output)
    third = desk.run("did", "web", DID, str(desk.folder / "key.jwk"), "-o", output, "--force")

    assert "https://harbour.example/.well-known/did.json" in first.out
    assert (first.code, second.code, third.code) == (0, 64, 0)
    assert json.loads(Path(output).read_text())["id"] == DID


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["did:web:"], "did:web"),
        ([DID, "--revoked", "key.jwk"], "say KEY="),
        ([DID, "--revoked", "key.jwk=soon"], "say KEY="),
        ([DID, "--revoked", "other.jwk=2026-01-01"], "not among the key files"),
    ],
)
def test_what_cannot_be_meant_is_refused(desk: Desk, arguments: list[str], problem: str) -> None:
    did, *options = arguments

    ran = desk.run("did", "web", did, key_file(desk), *options)

    assert ran.code == 64
    assert problem in ran.err


@pytest.mark.parametrize(
    "content", ["no json", "[]", '{"kty": "oct"}', '{"kty": "OKP", "crv": "Ed25519", "x": "AA"}']
)
def test_a_file_without_a_key_is_named(desk: Desk, content: str) -> None:
    ran = desk.run("did", "key", desk.file("key.jwk", content))

    assert ran.code == 64
    assert "key.jwk" in ran.err
