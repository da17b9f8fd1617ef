from __future__ import annotations

from typing import Any

import pytest

from sealwright.credentials.errors import MalformedCredential
from sealwright.credentials.issue import Bulk, Problem, lint, read_description, read_sheet, stops
from sealwright.credentials.issue.sheet import Sheet
from sealwright.credentials.model import strict_json
from sealwright.credentials.proofs import verify_proof
from sealwright.credentials.proofs.jose import verify_token
from tests.credentials.issue.samples import CONTEXTS, DID, NOON, SIGNER

DESCRIPTION: dict[str, Any] = {
    "issuer": {"name": "Harbour College"},
    "achievement": {
        "id": "https://harbour.example/programmes/nav/versions/2",
        "name": "Coastal Navigation",
        "description": "Plan and sail a passage.",
        "criteria": "Sail 60 miles.",
        "alignment": [{"target_name": "n", "target_url": "https://skills.example/navigate"}],
    },
    "evidence": [{"id": "https://harbour.example/logs/{{log}}", "name": "Log, {{grade}}"}],
}
GIVEN = {
    "id": "urn:uuid:6f0c1a52-0000-4000-8000-00000000000a",
    "recipient": "urn:uuid:6f0c1a52-0000-4000-8000-00000000000b",
    "salt": "00ff",
}


def bulk(sheet: Sheet, description: dict[str, Any] = DESCRIPTION) -> Bulk:
    described = read_description(description, issuer=DID)
    return Bulk(described, sheet, signer=SIGNER, created=NOON, contexts=CONTEXTS)


def problems(text: str, description: dict[str, Any] = DESCRIPTION) -> list[Problem]:
    sheet = read_sheet(text.encode())
    return list(bulk(sheet, description).check(sheet.rows))


def first(text: str, description: dict[str, Any] = DESCRIPTION) -> dict[str, Any]:
    """The credential of the first row."""
    sheet = read_sheet(text.encode())
    work = bulk(sheet, description)
    assert list(work.check(sheet.rows)) == []
    signed: dict[str, Any] = strict_json.loads(work.issue(sheet.rows[0], **GIVEN))
    verify_proof(signed, signed["proof"][0], SIGNER.public_key, contexts=CONTEXTS, at=NOON)
    return signed


def test_a_row_becomes_a_credential() -> None:
    signed = first(
        "name,email,log,grade,awarded,valid from,valid until\n"
        "Mira Okafor,Mira@Harbour.example,7,A,2026-02-28,2026-03-01,2031-03-01T00:00:00+00:00\n"
    )

    subject = signed["credentialSubject"]
    assert signed["id"] == GIVEN["id"]
    assert subject["id"] == GIVEN["recipient"]
    assert [one["identityType"] for one in subject["identifier"]] == ["name", "emailAddress"]
    assert signed["awardedDate"] == "2026-02-28T00:00:00Z"
    assert signed["validFrom"] == "2026-03-01T00:00:00Z"
    assert signed["validUntil"] == "2031-03-01T00:00:00Z"
    assert signed["evidence"][0]["name"] == "Log, A"
    assert "harbour.example" not in str(subject["identifier"])
    assert stops(lint(signed)) == []


def test_what_a_row_does_not_tell_is_left_out_or_made() -> None:
    signed = first("log,grade,name,email,awarded_date\n7,A,,,\n")

    assert "identifier" not in signed["credentialSubject"]
    assert "awardedDate" not in signed
    assert signed["validFrom"] == "2026-03-01T12:00:00Z"


def test_rows_may_bring_ids_of_their_own() -> None:
    signed = first("log,grade,did,id\n7,A,did:example:mira,urn:x:7\n")

    assert signed["credentialSubject"]["id"] == "did:example:mira"
    assert signed["id"] == "urn:x:7"


def test_a_name_may_be_put_together_from_several_columns() -> None:
    described = DESCRIPTION | {"recipient": {"name": "{{given}} {{family}}"}}

    signed = first("log,grade,given,family\n7,A,Mira,Okafor\n", described)

    assert signed["credentialSubject"]["identifier"][0]["identityHash"] == "Mira Okafor"


def test_a_row_can_become_a_token() -> None:
    sheet = read_sheet(b"log,grade\n7,A\n")

    token = verify_token(bulk(sheet).issue_token(sheet.rows[0], **GIVEN), SIGNER.public_key)

    evidence = strict_json.loads(token.payload)["evidence"]
    assert evidence[0]["id"] == "https://harbour.example/logs/7"


@pytest.mark.parametrize(
    ("row", "column", "value", "code"),
    [
        ("7,,,,,", "Grade", "", "sheet-cell-empty"),
        ("7,A,someday,,,", "Awarded", "someday", "sheet-not-a-date"),
        ("7,A,,mira,,", "DID", "mira", "sheet-not-an-id"),
        ("7,A,,,mira,", "E-mail", "mira", "sheet-not-an-email"),
        ("7,A,,,,a@b.example", "Name", "a@b.example", "lint-email-in-clear"),
        ("a b,A,,,,", "Log", "a b", "url-expected"),
    ],
)
def test_what_is_wrong_is_told_with_row_column_and_what_would_be_right(
    row: str, column: str, value: str, code: str
) -> None:
    found = problems(f"Log,Grade,Awarded,DID,E-mail,Name\n8,B,,,,\n{row}\n")

    assert [(one.row, one.column, one.value, one.code) for one in found] == [
        (3, column, value, code)
    ]
    assert found[0].detail


def test_a_text_of_several_columns_is_told_with_all_of_them() -> None:
    described = DESCRIPTION | {"role": "{{one}}{{two}}"}

    found = problems("log,grade,One,Two\n7,A,mira@,h.example\n", described)

    assert [(problem.column, problem.value) for problem in found] == [
        ("One, Two", "mira@, h.example")
    ]


def test_a_validity_that_ends_before_it_begins_is_told_with_its_column() -> None:
    found = problems("log,grade,Valid from,Valid until\n7,A,2026-03-01,2026-02-01\n")

    assert [(one.row, one.column, one.code) for one in found] == [
        (2, "Valid until", "window-backwards")
    ]


@pytest.mark.parametrize("column", ["email", "did", "id"])
def test_nobody_comes_twice(column: str) -> None:
    value = {"email": "Mira@h.example", "did": "did:example:mira", "id": "urn:x:1"}[column]

    found = problems(f"log,grade,{column}\n7,A,{value}\n8,A,\n9,A,\n10,A,{value.lower()}\n")

    assert [(one.row, one.code, one.evidence["first"]) for one in found] == [
        (5, "sheet-repeated", 2)
    ]


def test_a_column_that_the_description_asks_for_must_be_there() -> None:
    with pytest.raises(MalformedCredential) as caught:
        bulk(read_sheet(b"log\n7\n"))

    assert caught.value.code == "sheet-column-missing"
    assert "{{grade}}" in str(caught.value)


def test_columns_that_nothing_asks_for_are_named() -> None:
    assert bulk(read_sheet(b"log,grade,Cohort,name\n7,A,4,Mira\n")).unused == ["Cohort"]


def test_an_address_cannot_be_put_into_a_text() -> None:
    described = DESCRIPTION | {"role": "{{email}}"}

    with pytest.raises(MalformedCredential) as caught:
        bulk(read_sheet(b"log,grade,email\n7,A,mira@h.example\n"), described)

    assert caught.value.code == "sheet-email-in-text"


def test_a_description_that_is_not_in_order_is_refused_before_any_row() -> None:
    described = DESCRIPTION | {"result": [{"result_description": "urn:x:none"}]}

    with pytest.raises(MalformedCredential, match="does not describe"):
        bulk(read_sheet(b"log,grade\n7,A\n"), described)
