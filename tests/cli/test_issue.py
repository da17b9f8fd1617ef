from __future__ import annotations

import csv
import hashlib
import io
import sys
from pathlib import Path
from typing import Any

import pytest

from sealwright.credentials.formats.images import extract
from sealwright.credentials.keys import KeyKind
from sealwright.credentials.model.strict_json import loads
from sealwright.credentials.proofs import verify_proof
from sealwright.credentials.proofs.jose import verify_token
from tests.cli.keys import key_file
from tests.cli.runs import Desk, Ran
from tests.credentials.formats.pictures import png, svg
from tests.credentials.issue.samples import CONTEXTS, DID, NOON, SIGNER, credential, signer

TOML = """
valid_until = 2031-03-01
[issuer]
name = "Harbour College"
[achievement]
id = "https://harbour.example/programmes/nav/versions/2"
name = "Coastal Navigation"
description = "Plan and sail a passage."
criteria = "Sail 60 miles."
[[achievement.alignment]]
target_name = "navigate"
target_url = "https://skills.example/navigate"
[[evidence]]
name = "Log of the {{boat}}"
"""
SHEET = """Name,E-mail,Boat,Cohort
Mira Okafor,mira@harbour.example,Kestrel,4
=Tano,,Petrel,4
"""


def verified(text: str) -> dict[str, Any]:
    signed: dict[str, Any] = loads(text)
    verify_proof(signed, signed["proof"][0], SIGNER.public_key, contexts=CONTEXTS, at=NOON)
    return signed


def one(desk: Desk, *options: str, toml: str = TOML) -> Ran:
    path = desk.file("nav.toml", toml)
    return desk.run("issue", path, "--key", key_file(desk), "--set", "boat=Kestrel", *options)


def many(desk: Desk, sheet: str, *options: str, output: str = "out") -> Ran:
    return desk.run(
        "issue", desk.file("nav.toml", TOML), "--key", key_file(desk),
        "--recipients", desk.file("people.csv", sheet), "-o", str(desk.folder / output), *options,
    )  # fmt: skip


def receipt(desk: Desk) -> list[dict[str, str]]:
    text = (desk.folder / "out" / "receipt.csv").read_text()
    return list(csv.DictReader(io.StringIO(text)))


def test_a_description_becomes_a_signed_credential(desk: Desk) -> None:
    ran = one(desk, "--name", "Mira Okafor", "--email", "mira@harbour.example",
              "--recipient", "did:example:mira", "--id", "urn:x:1",
              "--created", "2026-03-01T12:00:00Z")  # fmt: skip

    signed = verified(ran.out)
    assert ran.code == 0
    assert signed["issuer"]["id"] == DID
    assert signed["id"] == "urn:x:1"
    assert signed["validFrom"] == signed["proof"][0]["created"] == "2026-03-01T12:00:00Z"
    assert signed["credentialSubject"]["id"] == "did:example:mira"
    assert signed["evidence"][0]["name"] == "Log of the Kestrel"
    assert "mira@" not in ran.out
    assert "can find out whose it is" in " ".join(ran.err.split())


def test_ids_are_made_up_where_none_are_told(desk: Desk) -> None:
    signed = verified(one(desk).out)

    assert signed["id"].startswith("urn:uuid:")
    assert signed["credentialSubject"]["id"].startswith("urn:uuid:")


def test_the_recipient_may_stand_in_the_description(desk: Desk) -> None:
    signed = verified(one(desk, toml=TOML + '[recipient]\nname = "Mira"\n').out)

    assert signed["credentialSubject"]["identifier"][0]["identityHash"] == "Mira"


def test_a_description_may_be_json(desk: Desk) -> None:
    described = {
        "achievement": {
            "id": "https://harbour.example/a",
            "name": "A",
            "description": "B",
            "criteria": "C",
        }
    }

    ran = desk.run("issue", desk.file("a.json", described), "--key", key_file(desk))

    assert verified(ran.out)["name"] == "A"


def test_an_unsigned_credential_is_signed_as_it_is(desk: Desk) -> None:
    ran = desk.run("issue", desk.file("a.json", credential()), "--key", key_file(desk))

    signed = verified(ran.out)
    assert {name: value for name, value in signed.items() if name != "proof"} == credential()


def test_another_suite_can_be_chosen(desk: Desk) -> None:
    signed = verified(one(desk, "--suite", "eddsa-jcs-2022").out)

    assert signed["proof"][0]["cryptosuite"] == "eddsa-jcs-2022"


def test_a_token_is_made_when_that_is_asked_for(desk: Desk) -> None:
    path = desk.file("nav.toml", TOML)
    key = key_file(desk, KeyKind.RSA)

    ran = desk.run("issue", path, "--key", key, "--format", "jwt", "--set", "boat=Kestrel")

    assert verify_token(ran.out.strip(), signer(KeyKind.RSA).public_key)


@pytest.mark.parametrize(("form", "image"), [("png", png()), ("svg", svg())])
def test_a_picture_is_baked_when_that_is_asked_for(desk: Desk, form: str, image: bytes) -> None:
    output = desk.folder / f"badge.{form}"

    ran = one(desk, "--format", form, "--image", desk.file("a", image), "-o", str(output))

    assert ran.code == 0
    assert verified(extract(output.read_bytes()))


def test_a_context_can_be_added(desk: Desk) -> None:
    url = "https://harbour.example/context"
    file = desk.file("context.json", {"@context": {"boat": f"{url}#boat"}})
    document = credential() | {"boat": "Kestrel"}
    document["@context"] = [*document["@context"], url]
    path = desk.file("a.json", document)

    unknown = desk.run("issue", path, "--key", key_file(desk))
    known = desk.run("issue", path, "--key", key_file(desk), "--context", f"{url}={file}")

    assert (unknown.code, known.code) == (1, 0)
    assert url in unknown.err


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (["--set", "boat"], "say NAME=TEXT"),
        (["--set", "ship=Kestrel"], "no place of this name"),
        (["--format", "png"], "needs --image"),
        (["--format", "json", "--format", "jwt"], "choose one --format"),
        (["--created", "yesterday"], "--created yesterday"),
        (["--suite", "rot13"], "invalid choice"),
        (["--recipients", "people.csv"], "needs -o FOLDER"),
    ],
)
def test_what_cannot_be_meant_is_a_usage_error(
    desk: Desk, options: list[str], problem: str
) -> None:
    ran = one(desk, *options)

    assert ran.code == 64
    assert ran.out == ""


def test_a_place_that_nothing_fills_is_named(desk: Desk) -> None:
    ran = desk.run("issue", desk.file("nav.toml", TOML), "--key", key_file(desk))

    assert ran.code == 1
    assert "“boat”" in ran.err


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.toml", "= 1", 3),
        ("a.toml", b"\xff", 3),
        ("a.json", "{", 3),
        ("a.toml", "colour = 1", 1),
        ("a.json", "[]", 1),
    ],
)
def test_a_description_that_is_not_in_order_is_refused(
    desk: Desk, name: str, content: str | bytes, code: int
) -> None:
    ran = desk.run("issue", desk.file(name, content), "--key", key_file(desk))

    assert ran.code == code
    assert ran.out == ""
    assert ran.err


def test_the_key_must_be_the_issuers(desk: Desk) -> None:
    ran = desk.run(
        "issue", desk.file("a.json", credential()), "--key", key_file(desk),
        "--method", "did:web:other.example#key-1",
    )  # fmt: skip

    assert ran.code == 1
    assert "does not belong to the issuer" in ran.err


def test_a_key_file_that_others_can_read_is_remarked_upon(desk: Desk) -> None:
    key = key_file(desk)
    Path(key).chmod(0o644)

    ran = desk.run("issue", desk.file("a.json", credential()), "--key", key)

    assert ran.code == 0
    assert "others can read" in ran.err


@pytest.mark.parametrize("content", ["{", "[]", '{"kty": "OKP"}'])
def test_a_file_that_holds_no_key_is_a_usage_error(desk: Desk, content: str) -> None:
    ran = desk.run("issue", "a.toml", "--key", desk.file("key.jwk", content))

    assert ran.code == 64


def test_a_file_is_replaced_only_when_that_is_asked_for(desk: Desk) -> None:
    output = desk.file("badge.json", "precious")

    assert one(desk, "-o", output).code == 64
    assert Path(output).read_text() == "precious"
    assert one(desk, "-o", output, "--force").code == 0
    assert verified(Path(output).read_text())


def test_a_folder_cannot_be_replaced_by_a_file(desk: Desk) -> None:
    ran = one(desk, "-o", str(desk.folder), "--force")

    assert ran.code == 64
    assert [path.name for path in desk.folder.iterdir() if path.name.startswith(".")] == []


def test_a_sheet_becomes_a_folder_and_a_receipt(desk: Desk) -> None:
    ran = many(desk, SHEET, "--created", "2026-03-01T12:00:00Z")

    first, second = receipt(desk)
    assert ran.code == 0
    assert "2 of 2 rows are good" in ran.err
    assert "the column “Cohort” is not used" in ran.err
    assert (first["row"], first["name"], first["file"]) == ("2", "Mira Okafor", "00002.json")
    assert second["name"] == "'=Tano"
    octets = (desk.folder / "out" / first["file"]).read_bytes()
    signed = verified(octets.decode())
    assert hashlib.sha256(octets).hexdigest() == first["sha256"]
    assert signed["id"] == first["id"]
    assert signed["credentialSubject"]["id"] == first["recipient_id"]
    assert signed["evidence"][0]["name"] == "Log of the Kestrel"
    assert "mira@harbour.example" not in octets.decode()


def test_a_sheet_can_be_issued_in_several_forms(desk: Desk) -> None:
    image = desk.file("a.png", png())

    many(desk, SHEET, "--format", "json", "--format", "jwt", "--format", "png", "--image", image)

    names = sorted(path.name for path in (desk.folder / "out").iterdir())
    assert names == [
        "00002.json", "00002.jwt", "00002.png", "00003.json", "00003.jwt", "00003.png",
        "receipt.csv",
    ]  # fmt: skip
    baked = extract((desk.folder / "out" / "00002.png").read_bytes())
    assert baked == (desk.folder / "out" / "00002.json").read_text()


def test_tokens_alone_need_no_key_for_proofs(desk: Desk) -> None:
    key = key_file(desk, KeyKind.RSA, "rsa.jwk")

    ran = many(desk, SHEET, "--format", "jwt", "--key", key)

    assert ran.code == 0
    token = (desk.folder / "out" / "00002.jwt").read_text()
    assert verify_token(token, signer(KeyKind.RSA).public_key)


def test_one_bad_row_stops_them_all_and_every_problem_is_told(desk: Desk) -> None:
    ran = many(desk, SHEET + "Ana,ana,Tern,4\nBo,,,4\n")

    assert ran.code == 1
    assert "row 4, column “E-mail”: “ana” is no e-mail address" in " ".join(ran.err.split())
    assert "row 5, column “Boat”: The cell is empty" in " ".join(ran.err.split())
    assert "2 of 4 rows are good" in ran.err
    assert list((desk.folder / "out").iterdir()) == []


def test_the_good_rows_are_issued_when_that_is_asked_for(desk: Desk) -> None:
    ran = many(desk, SHEET + "Ana,ana,Tern,4\n", "--skip-bad")

    assert ran.code == 0
    assert [line["row"] for line in receipt(desk)] == ["2", "3"]


def test_a_sheet_can_be_checked_without_writing(desk: Desk) -> None:
    ran = many(desk, SHEET, "--check", output="never")

    assert ran.code == 0
    assert not (desk.folder / "never").exists()


def test_a_row_as_a_whole_may_be_wrong(desk: Desk) -> None:
    ran = many(desk, SHEET + "Ana,,Tern,4,5\n")

    assert "row 4: The row has more cells" in " ".join(ran.err.split())


def test_not_all_of_a_thousand_problems_are_printed(desk: Desk) -> None:
    ran = many(desk, "name,boat\n" + "Mira,\n" * 1000)

    assert ran.code == 1
    assert "and 950 more" in ran.err


def test_what_is_in_the_folder_stays(desk: Desk) -> None:
    (desk.folder / "out").mkdir()
    (desk.folder / "out" / "precious").write_text("x")

    assert many(desk, SHEET).code == 64
    assert many(desk, SHEET, "--force").code == 0
    assert (desk.folder / "out" / "precious").read_text() == "x"


def test_a_folder_that_cannot_be_made_is_a_usage_error(desk: Desk) -> None:
    desk.file("out", "a file")

    ran = many(desk, SHEET)

    assert ran.code == 64
    assert ran.err


def test_two_kinds_of_picture_need_two_runs(desk: Desk) -> None:
    image = desk.file("a.png", png())

    ran = many(desk, SHEET, "--format", "png", "--format", "svg", "--image", image)

    assert ran.code == 64


def test_a_receipt_that_cannot_be_written_is_a_usage_error(desk: Desk) -> None:
    (desk.folder / "out" / "receipt.csv").mkdir(parents=True)

    ran = many(desk, SHEET, "--force")

    assert ran.code == 64
    assert "receipt.csv" in ran.err


def test_a_terminal_sees_how_far_it_is(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)

    ran = many(desk, "name,boat\n" + "Mira,Kestrel\n" * 51)

    assert "50 of 51\r51 of 51\n" in ran.err
