from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealwright.credentials.errors import UnreadableInput
from sealwright.credentials.issue import read_sheet, write_sheet
from sealwright.credentials.issue.sheet import column_name, safe_cell


def test_a_sheet_has_named_columns_and_numbered_rows() -> None:
    sheet = read_sheet(b"Name,E-mail,Grade\nMira, mira@h.example ,A\n\nTano,,B\n")

    assert sheet.headings == {"name": "Name", "email": "E-mail", "grade": "Grade"}
    assert [row.number for row in sheet.rows] == [2, 4]
    assert sheet.rows[0].cells == {"name": "Mira", "email": "mira@h.example", "grade": "A"}
    assert sheet.rows[1].cells["email"] == ""
    assert sheet.problems == ()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_any_usual_separator_will_do(separator: str) -> None:
    sheet = read_sheet(f"name{separator}grade\nMira{separator}A\n".encode())

    assert sheet.rows[0].cells == {"name": "Mira", "grade": "A"}


def test_the_mark_that_spreadsheets_put_first_is_not_part_of_a_name() -> None:
    assert "name" in read_sheet(b"\xef\xbb\xbfname\nMira\n").headings


def test_a_text_may_run_over_several_lines() -> None:
    sheet = read_sheet(b'name,note\nMira,"first, then\nsecond"\nTano,x\n')

    assert sheet.rows[0].cells["note"] == "first, then\nsecond"
    assert sheet.rows[1].number == 3


def test_short_rows_are_filled_up() -> None:
    assert read_sheet(b"name,grade\nMira\n").rows[0].cells == {"name": "Mira", "grade": ""}


def test_a_cell_beyond_the_last_column_is_told_with_its_row() -> None:
    problem = read_sheet(b"name,city\nMira,Port Aurora,NZ\n").problems[0]

    assert (problem.row, problem.column, problem.value) == (2, "", "NZ")
    assert "quotation marks" in problem.detail


def test_characters_that_cannot_be_seen_are_told_with_row_and_column() -> None:
    problem = read_sheet(b"Name\nMi\x07ra\n").problems[0]

    assert (problem.row, problem.column, problem.code) == (2, "Name", "sheet-control-character")


def test_a_column_without_a_heading_is_numbered() -> None:
    assert list(read_sheet(b"name,\nMira,x\n").headings) == ["name", "column_2"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"name\nMir\xe9\n", "sheet-not-utf-8"),
        (b"", "sheet-empty"),
        (b" , \n", "sheet-empty"),
        (b"email,E-mail\n", "sheet-column-twice"),
        (b"name\n" + b"x" * 200_000, "sheet-not-csv"),
    ],
)
def test_what_is_no_sheet_is_refused_in_plain_words(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableInput) as caught:
        read_sheet(data)

    assert caught.value.code == code


def test_columns_are_known_by_the_names_that_people_give_them() -> None:
    assert column_name("Recipient e-mail") == "recipient_e_mail"
    assert column_name("E-MAIL ADDRESS") == "email"
    assert column_name("DID") == "recipient_id"


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_that_is_written_is_a_formula(cell: str) -> None:
    assert safe_cell(cell) == f"'{cell}"


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2)))
def test_what_is_written_can_be_read_again(rows: list[list[str]]) -> None:
    written = "".join(write_sheet(["one", "two"], rows))

    read = list(csv.reader(io.StringIO(written, newline="")))

    assert read[1:] == [[safe_cell(cell) for cell in row] for row in rows]


@given(st.binary())
def test_no_bytes_make_the_reader_stumble(data: bytes) -> None:
    try:
        sheet = read_sheet(data)
    except UnreadableInput:
        return
    assert sheet.headings
