"""The five steps from a table to awards, as pages: bring it, match, check, look, issue."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Sequence
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sealwright.web.accounts.leaving import close_account, export
from sealwright.web.catalogue.models import Programme, Version
from sealwright.web.catalogue.services.publishing import write_version
from sealwright.web.core.models import Message
from sealwright.web.core.refusals import Refusal
from sealwright.web.core.worker import run_pending
from sealwright.web.issuing.models import Award, Batch, Sheet, SheetRow
from sealwright.web.issuing.services import incoming, intake, sheets
from sealwright.web.organisations.models import Organisation, Role, Unit
from tests.web.factories import (
    NOON,
    a_person,
    a_programme,
    a_version,
    an_actor,
    an_award,
    an_organisation,
    somebody,
)
from tests.web.scenes import secured

pytestmark = pytest.mark.django_db(transaction=True)

HEADINGS = ("Name", "E-mail", "Grade")


@pytest.fixture
def college() -> Organisation:
    return an_organisation("Harbour College", slug="harbour")


@pytest.fixture
def version(college: Organisation) -> Version:
    return a_version(college, grade="percent")


@pytest.fixture
def desk(college: Organisation) -> Client:
    """The browser of an issuer."""
    return browser_of(Role.ISSUER, college)


def browser_of(role: Role, college: Organisation, unit: Unit | None = None) -> Client:
    client = Client()
    client.force_login(secured(somebody(role, college, unit)))
    return client


def people(number: int, of: str = "p") -> list[list[str]]:
    return [[f"P {n}", f"{of}{n}@people.example", str(n % 101)] for n in range(number)]


def a_file(*rows: Sequence[str], heading: Sequence[str] = HEADINGS) -> SimpleUploadedFile:
    text = io.StringIO()
    csv.writer(text).writerows([heading, *rows])
    return SimpleUploadedFile("june.csv", text.getvalue().encode(), "text/csv")


def door(version: Version) -> str:
    return f"/o/harbour/issue/{version.programme.public_id}/table"


def bring(desk: Client, version: Version, *rows: Sequence[str], **more: Any) -> Sheet:
    """Go through the first two steps, columns as they are guessed."""
    answer = desk.post(door(version), {"file": a_file(*rows, **more)})
    assert answer.status_code == 302, words(answer)
    sheet = Sheet.objects.latest("pk")
    guessed = {field: name for name, field in sheet.mapping.items()}
    chosen = {
        f"column-{place}": guessed.get(column["name"], "")
        for place, column in enumerate(sheet.columns)
    }
    answer = desk.post(at(sheet, "columns"), chosen)
    assert answer["Location"] == at(sheet, "check")
    sheet.refresh_from_db()
    return sheet


def at(sheet: Sheet, step: str) -> str:
    return f"/o/harbour/issue/tables/{sheet.public_id}/{step}"


def words(answer: Any) -> str:
    """What a page says, without its markup."""
    main = answer.content.decode().partition("<main")[2]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", main)).split())


def rows_in(answer: Any) -> list[list[str]]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def press(desk: Client, sheet: Sheet, row: int, do: str = "save", **cells: str) -> Any:
    told = {"do": do, **{f"cell-{name}": text for name, text in cells.items()}}
    answer = desk.post(at(sheet, f"rows/{row}"), told)
    assert answer.status_code == 302
    return desk.get(answer["Location"])


# --- The whole way --------------------------------------------------------------------------


def test_of_a_thousand_rows_the_page_names_row_column_value_and_reason_of_seven(
    desk: Client, version: Version
) -> None:
    rows = people(1000)
    rows[10][1] = "not an address"
    rows[20][1] = ""
    rows[30][0] = ""
    rows[40][2] = "very good"
    rows[50][1] = "p3@people.example"
    rows[60][0] = "p60@people.example"
    rows[70].append("left over")

    sheet = bring(desk, version, *rows)
    page = desk.get(at(sheet, "check"))

    said = words(page)
    assert "993 ready 7 to fix 0 already hold it" in said
    for row, column, value, reason in (
        (12, "E-mail", "not an address", "“not an address” is no e-mail address."),
        (22, "E-mail", "", "There is no e-mail address."),
        (32, "Name", "", "There is no name, and this programme signs the holder's name."),
        (42, "Grade", "very good", "“very good” is no grade here. Write a number from 0 to 100"),
        (52, "E-mail", "p3@people.example", "“p3@people.example” is in row 5 already."),
        (62, "Name", "p60@people.example", "“p60@people.example” is an e-mail address"),
    ):
        assert re.search(rf"Row {row}, {column} {re.escape(reason)}", said), row
        assert f'value="{value}"'.encode() in page.content
    assert "Row 72 P 70 The row has more cells than there are columns: “left over”" in said

    answer = desk.post(at(sheet, "issue"), {"ready": "993", "why": "June"})
    batch = Batch.objects.get()
    assert answer["Location"] == f"/o/harbour/batches/{batch.public_id}"
    assert desk.post(at(sheet, "issue"), {"ready": "993"})["Location"] == answer["Location"]
    run_pending()
    assert Award.objects.count() == Message.objects.count() == 993

    again = bring(desk, version, *rows)
    said = words(desk.get(at(again, "check")))
    assert "0 ready 7 to fix 993 already hold it" in said
    assert "This very file was issued on" in said
    refused = desk.post(at(again, "issue"), {"ready": "0"})
    assert "No row of this table is ready to be issued." in words(refused)
    run_pending()
    assert Award.objects.count() == Message.objects.count() == 993


def test_each_step_leads_to_the_next_and_nothing_is_issued_before_the_last(
    desk: Client, version: Version
) -> None:
    first = desk.get("/o/harbour/issue")
    assert door(version) in first.content.decode()
    sheet = bring(desk, version, *people(3))

    check = desk.get(at(sheet, "check")).content.decode()
    assert at(sheet, "look") in check
    look = desk.get(at(sheet, "look")).content.decode()
    assert at(sheet, "check") in look
    on = desk.post(at(sheet, "look"), {"do": "next", "send_mail": "on", "note": "Well done."})
    assert on["Location"] == at(sheet, "issue")
    assert "Issue to 3 people?" in words(desk.get(on["Location"]))
    assert not Batch.objects.exists()

    desk.post(on["Location"], {"ready": "3", "why": "Exam board of June"})
    run_pending()

    batch = Batch.objects.get()
    assert (batch.why, batch.source, batch.issued) == ("Exam board of June", "csv", 3)
    assert all("Well done." in str(sent.body) for sent in mail.outbox)
    assert len(mail.outbox) == 3


def test_a_table_that_was_issued_leads_to_its_batch(desk: Client, version: Version) -> None:
    sheet = bring(desk, version, *people(2))
    desk.post(at(sheet, "issue"), {"ready": "2"})
    batch = f"/o/harbour/batches/{Batch.objects.get().public_id}"

    for step in ("columns", "check", "look", "issue", "discard"):
        assert desk.get(at(sheet, step))["Location"] == batch
    for step in ("columns", "look", "issue", "discard"):
        assert desk.post(at(sheet, step), {"ready": "2"})["Location"] == batch
    assert desk.post(at(sheet, "rows/2"), {"do": "out"})["Location"] == batch


def test_before_columns_are_matched_no_later_step_is_shown(desk: Client, version: Version) -> None:
    desk.post(door(version), {"file": a_file(*people(2))})
    sheet = Sheet.objects.get()

    for step in ("check", "look", "issue"):
        assert desk.get(at(sheet, step))["Location"] == at(sheet, "columns")


# --- 1. Bring it ----------------------------------------------------------------------------


def test_cells_are_pasted_from_a_spreadsheet(desk: Client, version: Version) -> None:
    pasted = "\r\n".join("\t".join(row) for row in [HEADINGS, *people(2)])

    answer = desk.post(door(version), {"pasted": pasted})

    sheet = Sheet.objects.get()
    assert answer["Location"] == at(sheet, "columns")
    assert sheet.rows.get(number=3).cells["email"] == "p1@people.example"
    assert "A table that was pasted" in words(desk.get(answer["Location"]))


def test_unicode_text_of_a_spreadsheet_is_read(desk: Client, version: Version) -> None:
    text = "Name\tE-mail\nZoë Åkesson\tzoe@people.example\n".encode("utf-16")

    desk.post(door(version), {"file": SimpleUploadedFile("june.txt", text)})

    assert SheetRow.objects.get().cells["name"] == "Zoë Åkesson"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04workbook", "This is a workbook. In your spreadsheet choose “Save as”"),
        (b"\xd0\xcf\x11\xe0old workbook", "This is a workbook."),
        (b"%PDF-1.7", "This is no table of text."),
        (b"Name,E-mail\0\n", "This is no table of text."),
        ("Näme;E-mail\nx;y\n".encode("latin-1"), "is not in UTF-8."),
        (b"", "The sheet is empty."),
        (b"Name,E-mail\n", "The table has headings, but no rows below them."),
        (b"Mira,mira@people.example\n", "The first row must be headings"),
        (b",".join(b"c%d" % n for n in range(61)) + b"\n1\n", "has 61 columns, and may have 60."),
        (b"Name,E-mail\n" + b"x" * 5_000_000, "The file is larger than 5 MB."),
    ],
)
def test_what_is_no_table_is_refused_in_plain_words_and_nothing_is_lost(
    desk: Client, version: Version, data: bytes, said: str
) -> None:
    page = desk.post(door(version), {"file": SimpleUploadedFile("june.csv", data)})

    assert page.status_code == 200
    assert said in words(page)
    assert "Nothing was lost." in words(page)
    assert not Sheet.objects.exists()


def test_what_was_pasted_stays_when_it_is_refused(desk: Client, version: Version) -> None:
    page = desk.post(door(version), {"pasted": "Mira\tmira@people.example"})

    assert b"Mira\tmira@people.example</textarea>" in page.content


def test_a_file_or_cells_are_brought_not_both_and_not_nothing(
    desk: Client, version: Version
) -> None:
    both = desk.post(door(version), {"pasted": "Name\tE-mail", "file": a_file(*people(1))})
    nothing = desk.post(door(version), {"pasted": "  "})

    assert "not both at once" in words(both)
    assert "Choose a file, or paste the cells of a table." in words(nothing)


def test_a_table_with_too_many_rows_is_refused(
    desk: Client, version: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incoming, "LARGEST", 3)

    page = desk.post(door(version), {"file": a_file(*people(4))})

    assert "The table has 4 rows. Split it: a table may have 3." in words(page)


def test_the_same_file_is_gone_on_with_where_it_was_left(desk: Client, version: Version) -> None:
    sheet = bring(desk, version, *people(2))

    answer = desk.post(door(version), {"file": a_file(*people(2))})

    assert answer["Location"] == at(sheet, "check")
    assert Sheet.objects.count() == 1


def test_the_empty_table_has_the_columns_of_the_programme_and_they_are_known_again(
    desk: Client, college: Organisation, version: Version
) -> None:
    url = f"/o/harbour/issue/{version.programme.public_id}/template.csv"
    (headings,) = rows_in(desk.get(url))

    assert headings[:2] == ["E-mail address", "Name"]
    assert "Grade" in headings
    row = ["ida@people.example", "Ida Berg", "", "90", "2026-06-30", "2029-06-30",
           "https://people.example/log", "Logbook"]  # fmt: skip
    desk.post(door(version), {"file": a_file(row, heading=headings)})
    assert Sheet.objects.get().mapping.keys() == {
        "email", "name", "identifier", "grade", "awarded", "valid_until", "evidence_url",
        "evidence_name",
    }  # fmt: skip

    plain = a_version(college, "Knots")
    (headings,) = rows_in(desk.get(f"/o/harbour/issue/{plain.programme.public_id}/template.csv"))
    assert "Grade" not in headings


def test_a_programme_that_was_never_published_is_not_issued(
    desk: Client, college: Organisation
) -> None:
    programme = a_programme(college)

    answer = desk.get(f"/o/harbour/issue/{programme.public_id}/table")

    assert answer["Location"] == "/o/harbour/issue"


def test_a_programme_of_another_unit_is_not_issued(college: Organisation) -> None:
    sea = Unit.objects.create(organisation=college, name="Sea")
    land = Unit.objects.create(organisation=college, name="Land")
    version = a_version(college, unit=land)

    answer = browser_of(Role.ISSUER, college, sea).get(door(version))

    assert answer.status_code == 404


# --- 2. Match columns -----------------------------------------------------------------------


def test_the_guess_is_shown_with_three_values_each(desk: Client, version: Version) -> None:
    rows = [[*row, "" if n else "x" * 100] for n, row in enumerate(people(5))]
    desk.post(door(version), {"file": a_file(*rows, heading=[*HEADINGS, "Remark"])})

    page = desk.get(at(Sheet.objects.get(), "columns"))

    said = words(page)
    assert "p0@people.example p1@people.example p2@people.example" in said
    assert "p3@people.example" not in said
    assert "Needed: E-mail address (or an identifier), Name" in said
    assert b'<option value="email" selected>' in page.content
    assert page.content.count(b'<option value="" selected>Leave out') == 1


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (["name", "", ""], "Say which column has the e-mail addresses, or the identifiers."),
        (["", "email", ""], "This programme signs the holder’s name"),
        (["name", "email", "email"], "“E-mail” is taken for this already."),
        (["name", "email", "shoe"], "Select a valid choice."),
    ],
)
def test_a_choice_that_makes_no_sense_is_said_beside_it(
    desk: Client, version: Version, chosen: list[str], said: str
) -> None:
    desk.post(door(version), {"file": a_file(*people(2))})
    told = {f"column-{place}": field for place, field in enumerate(chosen)}

    page = desk.post(at(Sheet.objects.get(), "columns"), told)

    assert page.status_code == 200
    assert said in words(page)


def test_a_round_lets_somebody_be_awarded_again(
    desk: Client, college: Organisation, version: Version
) -> None:
    an_award(college, address="p0@people.example", version=version)
    sheet = bring(desk, version, *people(1))
    assert "0 ready" in words(desk.get(at(sheet, "check")))

    told = {"column-0": "name", "column-1": "email", "column-2": "grade", "period": "2027"}
    desk.post(at(sheet, "columns"), told)

    assert "1 ready" in words(desk.get(at(sheet, "check")))
    assert "2027" in words(desk.get(at(sheet, "look")))


# --- 3. Check -------------------------------------------------------------------------------


def test_a_cell_is_put_right_in_its_place_and_the_next_one_is_in_hand(
    desk: Client, version: Version
) -> None:
    sheet = bring(desk, version, ["Mira", "mira", "90"], ["Rolf", "rolf", "9"], *people(1))

    page = press(desk, sheet, 2, email="mira@people.example")

    assert "Row 2 is ready." in words(page)
    assert "2 ready 1 to fix" in words(page)
    (focused,) = re.findall(r"<input[^>]*autofocus[^>]*>", page.content.decode())
    assert 'id="cell-3-email"' in focused


def test_a_cell_that_is_still_wrong_stays_and_says_so(desk: Client, version: Version) -> None:
    sheet = bring(desk, version, ["Mira", "mira", "good"])

    page = press(desk, sheet, 2, email="mira at home", grade="90")

    assert "Row 2 is not right yet." in words(page)
    assert b'value="mira at home"' in page.content
    assert "is no grade here" not in words(page)


def test_a_row_is_left_out_and_taken_in_again(desk: Client, version: Version) -> None:
    sheet = bring(desk, version, ["Mira", "mira", "90"], *people(1))

    out = press(desk, sheet, 2, "out")
    assert "Row 2 is left out." in words(out)
    assert at(sheet, "rows/2") in out.content.decode()
    assert "1 ready 0 to fix 0 already hold it 1 left out" in words(out)
    assert "Nothing is left to fix" in words(out)
    assert "Take in again" in words(desk.get(f"{at(sheet, 'check')}?show=left-out"))

    back = press(desk, sheet, 2, "in")
    assert "1 ready 1 to fix" in words(back)


def test_cells_beyond_the_last_column_are_given_up_on_demand(
    desk: Client, version: Version
) -> None:
    sheet = bring(desk, version, ["Mira", "mira@people.example", "90", "left over"])
    assert "Take the row without “left over”" in words(desk.get(at(sheet, "check")))

    page = press(desk, sheet, 2, "drop")

    assert "1 ready 0 to fix" in words(page)


def test_a_row_whose_person_turns_out_to_hold_it_is_told(
    desk: Client, college: Organisation, version: Version
) -> None:
    an_award(college, address="mira@people.example", version=version)
    sheet = bring(desk, version, ["Mira", "mira", "90"])

    page = press(desk, sheet, 2, email="mira@people.example")

    assert "Row 2: this person holds it already." in words(page)
    held = words(desk.get(f"{at(sheet, 'check')}?show=holds"))
    assert "Row 2 Mira Was awarded this programme before" in held


def test_only_some_problem_rows_stand_on_one_page(desk: Client, version: Version) -> None:
    sheet = bring(desk, version, *([f"P {n}", "", "1"] for n in range(45)))

    first = desk.get(at(sheet, "check"))
    answer = desk.post(at(sheet, "rows/46"), {"do": "out", "page": "3", "show": "faulty"})

    assert first.content.count(b'<li id="row-') == 20
    assert "Page 1 of 3" in words(first)
    assert answer["Location"] == f"{at(sheet, 'check')}?at=46&show=faulty&page=3&out=46"
    last = desk.get(answer["Location"])
    assert "Page 3 of 3" in words(last)
    (focused,) = re.findall(r"<input[^>]*autofocus[^>]*>", last.content.decode())
    assert 'id="cell-45-email"' in focused


def test_the_rows_that_stay_are_taken_along_with_what_is_wrong(
    desk: Client, version: Version
) -> None:
    sheet = bring(desk, version, ["=1+1", "mira", "90"], *people(1))

    heading, row = rows_in(desk.get(at(sheet, "to-fix.csv")))

    assert heading == [*HEADINGS, "Row", "What is wrong"]
    assert row[:4] == ["'=1+1", "mira", "90", "2"]
    assert "is no e-mail address" in row[4]


def test_a_row_that_is_not_there_is_not_found(desk: Client, version: Version) -> None:
    sheet = bring(desk, version, *people(1))

    assert desk.post(at(sheet, "rows/99"), {"do": "out"}).status_code == 404
    assert desk.post(at(sheet, "rows/2"), {"cell-shoe": "44"}).status_code == 404


def test_the_check_page_asks_the_same_number_of_questions_however_much_is_wrong(
    desk: Client, version: Version
) -> None:
    def asked(number: int) -> int:
        rows = [[f"P {n}", "", "1"] for n in range(number)]
        sheet = bring(desk, version, *rows, *people(number))
        desk.get(at(sheet, "check"))
        with CaptureQueriesContext(connection) as questions:
            assert desk.get(at(sheet, "check")).status_code == 200
        return len(questions)

    assert asked(5) == asked(50)


# --- 4. Look --------------------------------------------------------------------------------


def test_one_real_person_is_looked_at_before_anything_is_issued(
    desk: Client, college: Organisation
) -> None:
    version = a_version(college, grade="percent", valid_months=12)
    row = ["Ida Berg", "ida@people.example", "91", "2026-06-30", "https://a.example/log"]
    sheet = bring(desk, version, row, heading=[*HEADINGS, "Date", "Portfolio"])

    page = desk.get(at(sheet, "look"))

    said = words(page)
    assert "What Ida Berg would get" in said
    assert "A dry run: nothing was issued or sent." in said
    assert "Awarded to Ida Berg on 30 June 2026." in said
    assert "Valid until 30 June 2027" in said
    assert "Grade 91" in said
    assert "ida@people.example for the offer; not in the credential" in said
    assert "Hello Ida Berg, Harbour College has awarded you “Coastal Navigation”." in said
    assert "/claim/…" in said
    assert '"validFrom": "2026-06-30T00:00:00Z"' in said
    assert (
        "ida@people.example" not in said.partition("As it would be signed")[2].partition("To ")[0]
    )
    assert not Award.objects.exists()
    assert not Message.objects.exists()


def test_people_are_leafed_through(desk: Client, version: Version) -> None:
    sheet = bring(desk, version, ["Mira", "mira", "90"], *people(3))

    second = words(desk.get(f"{at(sheet, 'look')}?page=2"))

    assert "What P 1 would get Row 4, 2 of 3." in second
    assert "Previous" in second
    assert "Next" in second


def test_the_note_is_shown_in_the_mail(desk: Client, version: Version) -> None:
    sheet = bring(desk, version, *people(2))

    answer = desk.post(
        at(sheet, "look"),
        {"do": "show", "page": "2", "send_mail": "on", "note": "See you at the quay."},
    )

    assert answer["Location"] == f"{at(sheet, 'look')}?page=2#mail"
    assert "See you at the quay." in words(desk.get(answer["Location"]))
    long = desk.post(at(sheet, "look"), {"do": "next", "note": "x" * 501})
    assert long.status_code == 200


def test_nobody_is_told_by_mail_where_that_was_chosen(desk: Client, version: Version) -> None:
    sheet = bring(desk, version, *people(2))
    desk.post(at(sheet, "look"), {"do": "next", "note": ""})
    assert "Nobody is told by mail." in words(desk.get(at(sheet, "look")))

    desk.post(at(sheet, "issue"), {"ready": "2"})
    run_pending()

    assert Award.objects.count() == 2
    assert not Message.objects.exists()
    page = desk.get(f"/o/harbour/batches/{Batch.objects.get().public_id}")
    assert "Nobody was told by mail." in words(page)


def test_who_has_no_address_gets_no_mail(desk: Client, version: Version) -> None:
    sheet = bring(desk, version, ["Ida", "S-17"], heading=["Name", "Student number"])

    said = words(desk.get(at(sheet, "look")))

    assert "There is no address in this row, so no mail is sent." in said
    assert "Identifier S-17 not in the credential" in said


def test_a_name_that_is_not_signed_is_said_to_be_so(desk: Client, college: Organisation) -> None:
    version = a_version(college, name_signed=False)
    desk.post(door(version), {"file": a_file(*people(1))})
    sheet = Sheet.objects.get()
    desk.post(at(sheet, "columns"), {"column-0": "name", "column-1": "email"})
    assert "The name is not signed" in words(desk.get(at(sheet, "look")))

    desk.post(at(sheet, "columns"), {"column-1": "email"})
    assert "To whom is not told by name." in words(desk.get(at(sheet, "look")))


def test_where_nobody_is_ready_there_is_nobody_to_look_at(desk: Client, version: Version) -> None:
    sheet = bring(desk, version, ["Mira", "mira", "90"])

    for step in ("look", "issue"):
        assert "No row is ready" in words(desk.get(at(sheet, step)))


def test_a_newer_version_is_told_of(desk: Client, version: Version) -> None:
    sheet = bring(desk, version, *people(1))
    programme = Programme.objects.get(pk=version.programme_id)
    write_version(programme, programme.content, number=2, by="person:test", at=NOON)

    for step in ("look", "issue"):
        assert "This table awards version 1" in words(desk.get(at(sheet, step)))


# --- 5. Issue -------------------------------------------------------------------------------


def test_what_changed_since_somebody_looked_is_not_issued(
    desk: Client, college: Organisation, version: Version
) -> None:
    sheet = bring(desk, version, *people(3))
    assert "Issue to 3 people?" in words(desk.get(at(sheet, "issue")))
    an_award(college, address="p1@people.example", version=version)

    page = desk.post(at(sheet, "issue"), {"ready": "3", "why": "June"})

    said = words(page)
    assert "2 rows are ready now, not 3. Nothing was issued." in said
    assert "Issue to 2 people?" in said
    assert b'value="June"' in page.content
    assert b'name="ready" value="2"' in page.content
    assert Batch.objects.filter(source=Batch.Source.CSV).count() == 0


def test_without_the_number_that_was_seen_nothing_is_issued(desk: Client, version: Version) -> None:
    sheet = bring(desk, version, *people(3))

    assert desk.post(at(sheet, "issue")).status_code == 200
    assert not Batch.objects.exists()


def test_progress_receipt_and_what_stayed_are_on_the_page_of_the_batch(
    desk: Client, version: Version
) -> None:
    sheet = bring(desk, version, ["Mira", "mira", "90"], *people(2))
    url = desk.post(at(sheet, "issue"), {"ready": "2"})["Location"]
    moving = desk.get(url)
    assert "You can close this page; the work goes on." in words(moving)
    assert b'http-equiv="refresh"' in moving.content
    assert "Receipt" not in words(moving)
    run_pending()

    done = desk.get(url)
    assert "2 issued" in words(done)
    assert "The row of the table that stayed" in words(done)
    rows = rows_in(desk.get(f"{url}/receipt.csv"))
    assert [row[:3] for row in rows[1:]] == [
        ["3", "P 0", "p0@people.example"],
        ["4", "P 1", "p1@people.example"],
    ]
    assert len(rows_in(desk.get(at(sheet, "to-fix.csv")))) == 2


def test_a_large_table_says_how_much_is_still_to_be_taken_in(
    desk: Client, version: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (intake, sheets):
        monkeypatch.setattr(module, "PIECE", 4)
    sheet = bring(desk, version, *people(9))

    url = desk.post(at(sheet, "issue"), {"ready": "9"})["Location"]

    assert "9 rows still to be taken in" in words(desk.get(url))
    run_pending()
    assert "9 issued" in words(desk.get(url))


# --- Begun, and not issued ------------------------------------------------------------------


def test_tables_that_were_begun_are_listed_to_be_gone_on_with(
    desk: Client, college: Organisation, version: Version
) -> None:
    sheet = bring(desk, version, ["Mira", "mira", "90"], *people(2))
    desk.post(door(version), {"pasted": "Name\tE-mail\nIda\tida@people.example"})

    said = words(desk.get("/o/harbour/issue"))

    assert "june.csv Coastal Navigation" in said
    assert "2 of 3 ready, 1 to fix" in said
    assert "1 row, not looked at yet" in said
    colleague = browser_of(Role.ISSUER, college).get("/o/harbour/issue")
    assert at(sheet, "check") in colleague.content.decode()
    Sheet.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert "june.csv" not in words(desk.get("/o/harbour/issue"))


def test_a_table_is_deleted_after_asking(desk: Client, version: Version) -> None:
    sheet = bring(desk, version, *people(2))
    assert "Delete the table with its 2 rows?" in words(desk.get(at(sheet, "discard")))
    assert Sheet.objects.exists()

    answer = desk.post(at(sheet, "discard"))

    assert not Sheet.objects.exists()
    assert not SheetRow.objects.exists()
    assert "The table with 2 rows is deleted." in words(desk.get(answer["Location"]))


def test_the_page_of_a_programme_leads_to_a_table_for_who_may_issue(
    college: Organisation, version: Version
) -> None:
    url = f"/o/harbour/programmes/{version.programme.public_id}"

    assert door(version) in browser_of(Role.ISSUER, college).get(url).content.decode()
    assert door(version) not in browser_of(Role.READER, college).get(url).content.decode()


# --- Whose data it is -----------------------------------------------------------------------


def test_who_leaves_is_forgotten_in_tables_as_well(desk: Client, version: Version) -> None:
    bring(desk, version, ["Mira", "mira@people.example", "90"], *people(1, "q"))
    others = [
        ["Mira", "MIRA@people.example", ""],
        ["Ida", "ida@people.example", "M. Holt <mira@people.example>"],
        ["Amira", "amira@people.example", "mira@people.example.org"],
    ]
    desk.post(door(version), {"file": a_file(*others, heading=["Name", "E-mail", "Told by"])})

    close_account(a_person("mira@people.example"))

    left = [row.cells for row in SheetRow.objects.order_by("pk")]
    assert [(cells["name"], cells.get("told_by")) for cells in left] == [
        ("P 0", None),
        ("Ida", "M. Holt <…>"),
        ("Amira", "mira@people.example.org"),
    ]


def test_where_no_column_has_addresses_a_row_with_the_address_is_deleted(
    desk: Client, version: Version
) -> None:
    rows = [["Mira", "mira@people.example"], ["Ida", "-"], ["Rolf", "-"]]
    desk.post(door(version), {"file": a_file(*rows, heading=["Name", "Where"])})
    assert Sheet.objects.get().mapping == {"name": "name"}

    close_account(a_person("mira@people.example"))

    assert [row.cells["name"] for row in SheetRow.objects.order_by("pk")] == ["Ida", "Rolf"]


def test_an_address_is_taken_out_of_what_is_said_of_others(desk: Client, version: Version) -> None:
    sheet = bring(desk, version, ["mira@people.example", "ida@people.example", "90"])
    assert "mira@people.example" in words(desk.get(at(sheet, "check")))

    close_account(a_person("mira@people.example"))

    assert "mira@people.example" not in desk.get(at(sheet, "check")).content.decode()


def test_people_take_along_the_rows_that_stand_for_them(desk: Client, version: Version) -> None:
    bring(desk, version, ["Mira", "mira@people.example", "90"], *people(1))

    packed = zipfile.ZipFile(io.BytesIO(export(a_person("mira@people.example"))))

    (row,) = json.loads(packed.read("tables.json"))
    assert (row["provider"], row["programme"]) == ("Harbour College", "Coastal Navigation")
    assert row["cells"] == {"name": "Mira", "email": "mira@people.example", "grade": "90"}


def test_the_table_of_another_organisation_is_not_there(version: Version, desk: Client) -> None:
    sheet = bring(desk, version, *people(1))
    hill = an_organisation("Hill School", slug="hill")
    stranger = browser_of(Role.OWNER, hill)

    own = stranger.get(f"/o/hill/issue/tables/{sheet.public_id}/check")
    through = stranger.get(at(sheet, "check"))

    assert own.status_code == through.status_code == 404


def test_who_may_not_issue_sees_the_receipt_but_no_table(
    college: Organisation, version: Version, desk: Client
) -> None:
    sheet = bring(desk, version, ["Mira", "mira", "90"], *people(1))
    url = desk.post(at(sheet, "issue"), {"ready": "1"})["Location"]
    run_pending()
    reader = browser_of(Role.READER, college)

    assert reader.get(at(sheet, "to-fix.csv")).status_code == 403
    assert "stayed" not in words(reader.get(url))
    assert len(rows_in(reader.get(f"{url}/receipt.csv"))) == 2


def test_nothing_is_issued_from_columns_that_nobody_matched(version: Version) -> None:
    actor = an_actor(Role.ISSUER, version.programme.organisation)
    data = a_file(*people(1)).read()
    sheet = sheets.bring_sheet(version, data, actor=actor)

    with pytest.raises(Refusal, match="conflict"):
        sheets.issue_sheet(sheet.public_id, actor=actor)
