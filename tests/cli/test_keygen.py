from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from sealwright.credentials.keys import LocalSigner
from tests.cli.runs import Desk


@pytest.mark.parametrize(
    ("kind", "curve", "prefix"),
    [
        ("ed25519", "Ed25519", "did:key:z6Mk"),
        ("p256", "P-256", "did:key:zDna"),
        ("p384", "P-384", "did:key:z82L"),
        ("rsa", None, "did:jwk:"),
    ],
)
def test_a_key_is_made_for_its_owner_alone(
    desk: Desk, kind: str, curve: str | None, prefix: str
) -> None:
    path = desk.folder / "key.jwk"

    ran = desk.run("keygen", str(path), "--kind", kind)

    members = json.loads(path.read_text())
    assert ran.code == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert members.get("crv") == curve
    assert members["kid"].startswith(prefix)
    assert LocalSigner.from_jwk(members).public_key
    assert members["kid"] in ran.out
    assert members["d"] not in ran.out + ran.err


def test_a_key_may_have_an_address_on_the_web(desk: Desk) -> None:
    method = "did:web:harbour.example#key-1"

    ran = desk.run("keygen", str(desk.folder / "key.jwk"), "--method", method)

    assert f"key      {method}" in ran.out
    assert "issuer   did:web:harbour.example\n" in ran.out


def test_no_two_keys_are_alike(desk: Desk) -> None:
    for name in ("a.jwk", "b.jwk"):
        desk.run("keygen", str(desk.folder / name))

    assert (desk.folder / "a.jwk").read_text() != (desk.folder / "b.jwk").read_text()


def test_a_key_is_never_replaced(desk: Desk) -> None:
    path = desk.file("key.jwk", "precious")

    ran = desk.run("keygen", path)

    assert ran.code == 64
    assert "exists already" in ran.err
    assert Path(path).read_text() == "precious"


def test_a_folder_that_is_not_there_is_named(desk: Desk) -> None:
    ran = desk.run("keygen", str(desk.folder / "no" / "key.jwk"))

    assert ran.code == 64
    assert "No such file" in ran.err
