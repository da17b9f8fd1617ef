"""From a table to awards: columns, problems by row and column, and nothing twice."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from sealwright.web.catalogue.models import Version
from sealwright.web.core.models import Message
from sealwright.web.core.refusals import Refusal
from sealwright.web.core.spreadsheets import csv_lines
from sealwright.web.core.worker import run_pending
from sealwright.web.issuing.models import Award, Batch, Intent, Sheet, SheetRow
from sealwright.web.issuing.services import incoming, intake, sheets
from sealwright.web.issuing.services.batches import cancel_batch
from sealwright.web.issuing.services.columns import FIELDS
from sealwright.web.issuing.services.personal import erase_awards
from sealwright.web.issuing.services.sheets import (
    Summary,
    bring_sheet,
    fix_cells,
    forget,
    issue_sheet,
    issued_before,
    leave_out,
    match_columns,
    person_in,
    problem_rows,
    receipt,
    sheet_columns,
    sheet_of,
    summary_of,
    take_in_next,
)
from sealwright.web.organisations.actors import Actor
from sealwright.web.organisations.models import Organisation, Role
from tests.web.factories import a_person, a_version, an_actor, an_award, an_organisation
from tests.web.side_by_side import side_by_side

pytestmark = pytest.mark.django_db(transaction=True)

PLAIN = {"email": "email", "name": "name", "grade": "grade"}


@pytest.fixture
def college() -> Organisation:
    return an_organisation()


@pytest.fixture
def issuer(college: Organisation) -> Actor:
    return an_actor(Role.ISSUER, college)


@pytest.fixture
def version(college: Organisation) -> Version:
    return a_version(college, grade="percent")


def a_file(*rows: Sequence[str], heading: Sequence[str] = ("Name", "E-mail", "Grade")) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([heading, *rows])
    return text.getvalue().encode()


def people(number: int) -> list[list[str]]:
    return [[f"P {n}", f"p{n}@people.example", str(n % 101)] for n in range(number)]


def brought(version: Version, actor: Actor, *rows: Sequence[str], **more: Any) -> Sheet:
    """A table with its columns matched and its rows checked."""
    sheet = bring_sheet(version, a_file(*rows, **more), file_name="june.csv", actor=actor)
    match_columns(sheet.public_id, sheet.mapping, actor=actor)
    return Sheet.objects.get(pk=sheet.pk)


def problems(sheet: Sheet) -> list[tuple[int, str, str, str]]:
    """Row, column, value and code of everything that is wrong."""
    rows = sheet.rows.filter(state=SheetRow.State.FAULTY).order_by("number")
    return [
        (row.number, fault["column"], fault["value"], fault["code"])
        for row in rows
        for fault in row.faults
    ]


def read(table: tuple[Sequence[str], Iterable[Sequence[str]]]) -> list[list[str]]:
    """The rows of a CSV file as a spreadsheet shows them."""
    return list(csv.reader(line.removeprefix("\ufeff") for line in csv_lines(*table)))


# --- The whole way --------------------------------------------------------------------------


def test_a_thousand_rows_with_seven_bad_ones_name_row_column_value_and_reason(
    version: Version, issuer: Actor
) -> None:
    rows = people(1000)
    rows[10][1] = "not an address"
    rows[20][1] = ""
    rows[30][0] = ""
    rows[40][2] = "very good"
    rows[50][1] = "p3@people.example"
    rows[60][0] = "P\u202e 60"
    rows[70].append("left over")

    sheet = brought(version, issuer, *rows)

    assert summary_of(sheet) == Summary(ready=993, faulty=7)
    assert problems(sheet) == [
        (12, "email", "not an address", "not-an-email"),
        (22, "email", "", "email-missing"),
        (32, "name", "", "name-missing"),
        (42, "grade", "very good", "not-a-grade"),
        (52, "email", "p3@people.example", "repeated"),
        (62, "name", "P\u202e 60", "control-character"),
        (72, "", "left over", "sheet-row-too-long"),
    ]
    reasons = [row.faults[0]["detail"] for row in sheet.rows.filter(state="faulty")]
    assert all(len(reason) > 20 for reason in reasons)

    batch = issue_sheet(sheet.public_id, actor=issuer)
    run_pending()

    batch.refresh_from_db()
    assert (batch.state, batch.total, batch.issued) == (Batch.State.DONE, 993, 993)
    assert Award.objects.count() == Message.objects.count() == 993
    assert issue_sheet(sheet.public_id, actor=issuer) == batch

    second = brought(version, issuer, *rows)
    assert second != sheet
    assert issued_before(second) == batch
    assert summary_of(second) == Summary(faulty=7, holds=993)
    with pytest.raises(Refusal, match="conflict"):
        issue_sheet(second.public_id, actor=issuer)
    run_pending()
    assert Award.objects.count() == Message.objects.count() == 993


def test_the_same_file_that_was_not_issued_is_gone_on_with(
    version: Version, issuer: Actor, college: Organisation
) -> None:
    first = brought(version, issuer, *people(3))

    assert brought(version, issuer, *people(3)) == first
    assert brought(version, an_actor(Role.ISSUER, college), *people(3)) != first
    assert issued_before(first) is None


def test_two_who_issue_at_once_make_one_batch(version: Version, issuer: Actor) -> None:
    sheet = brought(version, issuer, *people(5))

    side_by_side([partial(issue_sheet, sheet.public_id, actor=issuer)] * 8)
    run_pending()

    assert Batch.objects.count() == 1
    assert Award.objects.count() == 5


def test_two_copies_of_a_file_that_are_issued_at_once_award_nobody_twice(
    version: Version, issuer: Actor, college: Organisation
) -> None:
    for actor in (issuer, an_actor(Role.ISSUER, college)):
        issue_sheet(brought(version, actor, *people(5)).public_id, actor=actor)

    run_pending()

    assert Award.objects.count() == 5
    assert sorted(Batch.objects.values_list("issued", "refused")) == [(0, 5), (5, 0)]


def test_a_large_table_is_taken_in_by_the_worker_piece_by_piece(
    version: Version, issuer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (intake, sheets):
        monkeypatch.setattr(module, "PIECE", 4)
    sheet = brought(version, issuer, *people(11))

    batch = issue_sheet(sheet.public_id, actor=issuer)
    assert (batch.state, sheet.rows.count()) == (Batch.State.TAKING_IN, 11)
    take_in_next()
    assert (batch.intents.count(), sheet.rows.count()) == (4, 7)

    run_pending()

    batch.refresh_from_db()
    assert (batch.state, batch.total, batch.issued) == (Batch.State.DONE, 11, 11)
    assert not sheet.rows.exists()


def test_a_large_table_can_be_cancelled_while_it_is_taken_in(
    version: Version, issuer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (intake, sheets):
        monkeypatch.setattr(module, "PIECE", 4)
    batch = issue_sheet(brought(version, issuer, *people(11)).public_id, actor=issuer)
    take_in_next()

    cancel_batch(batch.public_id, actor=issuer)
    run_pending()

    assert not Award.objects.exists()
    assert not Intent.objects.exclude(address="").exists()


def test_what_the_batch_refuses_is_named_by_the_row_of_the_table(
    version: Version, issuer: Actor
) -> None:
    batch = issue_sheet(brought(version, issuer, *people(3)).public_id, actor=issuer)
    an_award(version.programme.organisation, address="p1@people.example", version=version)

    run_pending()

    refused = batch.intents.get(state=Intent.State.REFUSED)
    assert (refused.number, refused.refusal) == (3, "already-holds")


# --- Columns --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "guessed"),
    [
        (["Name", "E-mail", "Grade"], {"name": 0, "email": 1, "grade": 2}),
        (["Full name", "Mail", "Score"], {"name": 0, "email": 1, "grade": 2}),
        (["First name", "Contact", "Surname"], {"given_name": 0, "email": 1, "family_name": 2}),
        (["Who", "Where", "What"], {"email": 1}),
        (["Student number", "Email address", "Date"], {"identifier": 0, "email": 1, "awarded": 2}),
    ],
)
def test_columns_are_guessed(
    version: Version, issuer: Actor, heading: list[str], guessed: dict[str, int]
) -> None:
    sheet = bring_sheet(version, a_file(*people(4), heading=heading), actor=issuer)

    names = [column["name"] for column in sheet.columns]
    assert sheet.mapping == {field: names[place] for field, place in guessed.items()}
    columns = sheet_columns(sheet)
    assert [column.heading for column in columns] == heading
    assert columns[1].samples == [f"p{n}@people.example" for n in range(3)]
    assert columns[1].field == "email"


def test_what_the_programme_cannot_use_is_not_guessed(college: Organisation, issuer: Actor) -> None:
    version = a_version(college, name_signed=False)

    sheet = bring_sheet(version, a_file(*people(2)), actor=issuer)

    assert sheet.mapping == {"email": "email"}


@pytest.mark.parametrize(
    "mapping",
    [
        {},
        {"name": "name"},
        {"email": "nothing"},
        {"shoe_size": "name", "email": "email"},
        {"email": "email", "identifier": "email"},
    ],
)
def test_a_mapping_that_makes_no_sense_is_refused(
    version: Version, issuer: Actor, mapping: dict[str, str]
) -> None:
    sheet = bring_sheet(version, a_file(*people(2)), actor=issuer)

    with pytest.raises(Refusal) as refusal:
        match_columns(sheet.public_id, mapping, actor=issuer)

    assert refusal.value.kind.status == 422


def test_cells_are_understood_as_people_write_them(college: Organisation, issuer: Actor) -> None:
    version = a_version(college, grade="percent")
    sheet = brought(
        version,
        issuer,
        ["Mira", "Holt ", "Mira@People.example", "87,5 %", "2026-02-28", "https://a.example/x"],
        heading=["First name", "Last name", "Email", "Mark", "Date", "Portfolio"],
    )

    person = person_in(sheet, sheet.rows.get())

    assert (person.name, person.address) == ("Mira Holt", "Mira@People.example")
    assert person.values == {
        "grade": "87.5",
        "awarded": "2026-02-28T00:00:00Z",
        "evidence_url": "https://a.example/x",
    }


@pytest.mark.parametrize(
    ("scale", "cell", "code"),
    [
        ("percent", "100", ""),
        ("percent", "100.5", "not-a-grade"),
        ("letter", "b", ""),
        ("letter", "G", "not-a-grade"),
        ("merit", "distinction", ""),
        ("merit", "good", "not-a-grade"),
        ("Passed or failed", "Passed", ""),
        ("", "1", "no-grades"),
    ],
)
def test_a_grade_must_be_of_the_programmes_scale(
    college: Organisation, issuer: Actor, scale: str, cell: str, code: str
) -> None:
    sheet = bring_sheet(
        a_version(college, grade=scale), a_file(["Mira", "mira@people.example", cell]), actor=issuer
    )

    match_columns(sheet.public_id, PLAIN, actor=issuer)

    assert [found for _row, _column, _value, found in problems(sheet)] == ([code] if code else [])


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b"Name,E-mail\n", "no rows"),
        ("Näme;x\n".encode("latin-1"), "UTF-8"),
        (b"Email,E-mail\na,b\n", "mean the same"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_words(
    version: Version, issuer: Actor, data: bytes, word: str
) -> None:
    with pytest.raises(Refusal) as refusal:
        bring_sheet(version, data, actor=issuer)

    assert word in str(refusal.value.detail)
    assert not Sheet.objects.exists()


def test_a_table_has_its_limits(
    version: Version, issuer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incoming, "LARGEST", 3)

    with pytest.raises(Refusal, match="too-large"):
        bring_sheet(version, a_file(*people(4)), actor=issuer)


# --- Putting right --------------------------------------------------------------------------


def test_a_cell_is_put_right_in_its_place(version: Version, issuer: Actor) -> None:
    sheet = brought(version, issuer, ["Mira", "mira", "90"], ["Rolf", "rolf@people.example", "9"])

    row = fix_cells(sheet.public_id, 2, {"email": " mira@people.example "}, actor=issuer)

    assert (row.state, row.faults) == (SheetRow.State.READY, [])
    assert summary_of(sheet) == Summary(ready=2)


def test_of_two_rows_of_one_person_the_second_is_named_until_one_is_left_out(
    version: Version, issuer: Actor
) -> None:
    twice = [["Mira", "mira@people.example", "90"], ["Mira H.", "MIRA@people.example", "91"]]
    sheet = brought(version, issuer, *twice)
    assert problems(sheet) == [(3, "email", "MIRA@people.example", "repeated")]

    leave_out(sheet.public_id, 2, actor=issuer)
    assert summary_of(sheet) == Summary(ready=1, left_out=1)

    leave_out(sheet.public_id, 2, out=False, actor=issuer)
    assert summary_of(sheet) == Summary(ready=1, faulty=1)

    fix_cells(sheet.public_id, 2, {"email": "rolf@people.example"}, actor=issuer)
    assert summary_of(sheet) == Summary(ready=2)

    fix_cells(sheet.public_id, 3, {"email": "rolf@people.example"}, actor=issuer)
    assert problems(sheet) == [(3, "email", "rolf@people.example", "repeated")]


def test_what_was_wrong_with_the_form_goes_with_the_cell(version: Version, issuer: Actor) -> None:
    sheet = brought(version, issuer, ["Mi\x01ra", "mira@people.example", "90"])
    assert problems(sheet)[0][3] == "sheet-control-character"

    fix_cells(sheet.public_id, 2, {"name": "Mira"}, actor=issuer)

    assert summary_of(sheet) == Summary(ready=1)


@pytest.mark.parametrize(("number", "column"), [(99, "email"), (2, "nothing")])
def test_only_what_is_there_is_put_right(
    version: Version, issuer: Actor, number: int, column: str
) -> None:
    sheet = brought(version, issuer, *people(1))

    with pytest.raises(Refusal) as refusal:
        fix_cells(sheet.public_id, number, {column: "x"}, actor=issuer)

    assert refusal.value.kind.status == 404


def test_an_issued_table_is_not_changed_any_more(version: Version, issuer: Actor) -> None:
    sheet = brought(version, issuer, *people(2), ["", "", ""], ["Mira", "mira", "1"])
    issue_sheet(sheet.public_id, actor=issuer)

    for change in (
        partial(fix_cells, sheet.public_id, 5, {"email": "mira@people.example"}),
        partial(leave_out, sheet.public_id, 5),
        partial(match_columns, sheet.public_id, PLAIN),
    ):
        with pytest.raises(Refusal, match="conflict"):
            change(actor=issuer)


def test_who_holds_it_already_is_told_before_anything_is_issued(
    version: Version, issuer: Actor
) -> None:
    an_award(version.programme.organisation, address="p1@people.example", version=version)

    sheet = brought(version, issuer, *people(3))

    assert summary_of(sheet) == Summary(ready=2, holds=1)
    match_columns(sheet.public_id, PLAIN, period="2027", actor=issuer)
    assert summary_of(sheet) == Summary(ready=3)


# --- Taking along ---------------------------------------------------------------------------


def test_problem_rows_are_taken_along_without_formulas(version: Version, issuer: Actor) -> None:
    sheet = brought(
        version, issuer, ['=HYPERLINK("x")', "mira", "90"], ["Rolf", "rolf@people.example", "9"]
    )

    heading, row = read(problem_rows(sheet))

    assert heading == ["Name", "E-mail", "Grade", "Row", "What is wrong"]
    assert row[:4] == ['\'=HYPERLINK("x")', "mira", "90", "2"]
    assert "no e-mail address" in row[4]


def test_problem_rows_can_be_brought_again(version: Version, issuer: Actor) -> None:
    sheet = brought(version, issuer, ["Mira", "mira", "90"])
    text = "".join(csv_lines(*problem_rows(sheet))).replace("mira,", "mira@people.example,")

    again = bring_sheet(version, text.encode(), actor=issuer)
    match_columns(again.public_id, again.mapping, actor=issuer)

    assert summary_of(again) == Summary(ready=1)


def test_the_receipt_names_everybody_who_was_awarded(version: Version, issuer: Actor) -> None:
    batch = issue_sheet(brought(version, issuer, *people(2)).public_id, actor=issuer)
    run_pending()

    rows = read(receipt(batch))

    assert [row[:3] for row in rows[1:]] == [
        ["2", "P 0", "p0@people.example"],
        ["3", "P 1", "p1@people.example"],
    ]
    assert {row[3] for row in rows[1:]} == {award.url for award in Award.objects.all()}


# --- Whose it is, and for how long ----------------------------------------------------------


def test_a_table_of_another_organisation_is_not_there(version: Version, issuer: Actor) -> None:
    sheet = brought(version, issuer, *people(1))

    for actor, status in (
        (an_actor(Role.OWNER, an_organisation("Hill School")), 404),
        (an_actor(Role.READER, version.programme.organisation), 404),
    ):
        with pytest.raises(Refusal) as refusal:
            sheet_of(sheet.public_id, actor=actor)
        assert refusal.value.kind.status == status


def test_a_reader_brings_no_table(version: Version, college: Organisation) -> None:
    with pytest.raises(Refusal, match="forbidden"):
        bring_sheet(version, a_file(*people(1)), actor=an_actor(Role.READER, college))


def test_a_table_is_forgotten_after_thirty_days(version: Version, issuer: Actor) -> None:
    sheet = brought(version, issuer, *people(3))
    forget()
    assert Sheet.objects.exists()

    Sheet.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(Refusal):
        issue_sheet(sheet.public_id, actor=issuer)
    forget()

    assert not Sheet.objects.exists()
    assert not SheetRow.objects.exists()


def test_what_refused_rows_knew_is_forgotten_after_thirty_days(
    version: Version, issuer: Actor
) -> None:
    sheet = brought(version, issuer, *people(1))
    batch = issue_sheet(sheet.public_id, actor=issuer)
    an_award(version.programme.organisation, address="p0@people.example", version=version)
    run_pending()
    forget()
    assert batch.intents.get().address == "p0@people.example"

    Batch.objects.update(ended_at=timezone.now() - timedelta(days=31))
    forget()

    intent = batch.intents.get()
    assert (intent.address, intent.name, intent.values) == ("", "", {})
    assert intent.refusal == "already-holds"


def test_rows_of_somebody_who_left_are_deleted(version: Version, issuer: Actor) -> None:
    sheet = brought(version, issuer, *people(3))

    erase_awards(a_person("p1@people.example"))

    assert [row.number for row in sheet.rows.order_by("number")] == [2, 4]


def test_every_field_has_words_for_people() -> None:
    assert all(str(words) for words in FIELDS.values())
