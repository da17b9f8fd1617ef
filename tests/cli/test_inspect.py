from __future__ import annotations

import json

import pytest

from tests.cli.runs import Desk
from tests.credentials.verify.samples import a_badge, signed, token_of

GOOD = signed(a_badge())


def test_it_shows_form_summary_and_document_without_judging(desk: Desk) -> None:
    forged = {**GOOD, "name": "Master baker"}

    ran = desk.run("inspect", desk.file("badge.json", forged))

    assert ran.code == 0
    assert "credential, vc-2.0" in ran.out
    assert "data-integrity" in ran.out
    assert '"name": "Master baker"' in ran.out


def test_a_token_shows_its_header_and_what_was_unwrapped(desk: Desk) -> None:
    ran = desk.run("inspect", desk.file("badge.jwt", token_of(a_badge())))

    assert '"alg": "EdDSA"' in ran.out
    assert "vc-jose" in ran.out


def test_everything_as_json(desk: Desk) -> None:
    ran = desk.run("inspect", "--json", desk.file("badge.json", GOOD))

    shown = json.loads(ran.out)
    assert shown["document"] == GOOD
    assert shown["header"] is None


def test_the_header_is_in_the_json_too(desk: Desk) -> None:
    ran = desk.run("inspect", "--json", desk.file("badge.jwt", token_of(a_badge())))

    assert json.loads(ran.out)["header"]["alg"] == "EdDSA"


def test_the_canonical_form_is_what_a_proof_hashes(desk: Desk) -> None:
    signed_form = desk.run("inspect", "--nquads", desk.file("signed.json", GOOD))
    unsigned_form = desk.run("inspect", "--nquads", desk.file("unsigned.json", a_badge()))

    assert signed_form.out == unsigned_form.out
    assert signed_form.out.endswith(" .\n")


def test_a_token_has_no_canonical_form(desk: Desk) -> None:
    ran = desk.run("inspect", "--nquads", desk.file("badge.jwt", token_of(a_badge())))

    assert ran.code == 2
    assert "token" in ran.err


def test_an_undefined_member_is_named(desk: Desk) -> None:
    ran = desk.run("inspect", "--nquads", desk.file("badge.json", a_badge(unheard="of")))

    assert ran.code == 1
    assert "/unheard" in ran.err


def test_a_link_can_be_inspected(desk: Desk) -> None:
    url = "https://elm.example/c/1"

    ran = desk.run("inspect", "--documents", desk.web({url: GOOD}), url)

    assert ran.code == 0


@pytest.mark.parametrize("source", ["missing.json", "https://elm.example/c/1"])
def test_what_is_not_there_cannot_be_shown(desk: Desk, source: str) -> None:
    ran = desk.run("inspect", "--offline", source)

    assert ran.code in (2, 3)
    assert ran.out == ""


def test_what_is_no_credential_cannot_be_shown(desk: Desk) -> None:
    ran = desk.run("inspect", desk.file("x.txt", "nothing"))

    assert ran.code == 3


def test_escapes_of_a_stranger_stay_in_the_file(desk: Desk) -> None:
    ran = desk.run("inspect", desk.file("badge.json", a_badge(name="\x1b[2J\u202e")))

    assert "\x1b" not in ran.out
    assert "\u202e" not in ran.out
