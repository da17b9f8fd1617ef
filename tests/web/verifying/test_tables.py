"""The table that people take away."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from sealwright.web.core.spreadsheets import inert
from sealwright.web.verifying.presentation import shown
from sealwright.web.verifying.tables import as_csv, head, packed, row_of, unpacked
from tests.web.reports import NOON, STATES


def table(*states: str) -> list[list[str]]:
    return [row_of(shown(STATES[state], name=f"{state}.json", at=NOON)) for state in states]


def read(text: str) -> list[list[str]]:
    return list(csv.reader(StringIO(text.removeprefix("\ufeff"), newline="")))


def test_each_credential_is_a_row_with_its_verdict_and_words() -> None:
    rows = read(as_csv(table("known", "revoked", "unreadable")))

    assert rows[0] == head()
    assert [row[:3] for row in rows[1:]] == [
        ["known.json", "valid", "Genuine and current"],
        ["revoked.json", "invalid", "Revoked by its issuer"],
        ["unreadable.json", "unreadable", "No credential found here"],
    ]
    assert rows[1][4:8] == [
        "Cloud Security Engineering", "Amara Okafor", "Northshore University",
        "did:web:northshore.example",
    ]  # fmt: skip
    assert {len(row) for row in rows} == {len(head())}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "  =", "\u00a0="])
def test_no_cell_is_a_formula(start: str) -> None:
    assert inert(f"{start}cmd|' /C calc'!A0").startswith("'")


@given(st.text(max_size=50))
def test_a_cell_never_begins_like_a_formula(text: str) -> None:
    assert inert(text).lstrip(" ")[:1] not in {"=", "+", "-", "@", "\t", "\r"}


@given(st.lists(st.lists(st.text(max_size=20), min_size=1, max_size=4), max_size=4))
def test_rows_come_back_as_they_were_packed(rows: list[list[str]]) -> None:
    assert unpacked(packed(rows)) == rows


def test_the_page_gives_the_table_it_was_made_with(client: Client) -> None:
    answer = client.post("/verify/table.csv", {"rows": packed(table("known", "hostile"))})

    rows = read(answer.content.decode())
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "no-store"
    assert rows[2][4].startswith("<script>")


@pytest.mark.parametrize("rows", ["", "made-up", packed([["a"]])[:-1]])
def test_rows_that_we_did_not_make_are_refused(client: Client, rows: str) -> None:
    assert client.post("/verify/table.csv", {"rows": rows}).status_code == 400
