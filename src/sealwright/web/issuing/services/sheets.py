"""From a table to a batch in five steps: bring it, match columns, check, look, issue.

What is wrong with a row is kept with it, so that a page shows only the rows with problems and
one that was put right is looked at alone. A row is deleted when it becomes an intent; whatever
is left is forgotten after 30 days.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from hashlib import sha256
from typing import Any, Final

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from sealwright.web.catalogue.models import Version
from sealwright.web.core.refusals import CONFLICT, NOT_FOUND, UNFIT, Refusal
from sealwright.web.core.transactions import in_transaction, within_transaction
from sealwright.web.issuing.models import Batch, Intent, Recipient, Sheet, SheetRow
from sealwright.web.issuing.services.checks import Checker, holders
from sealwright.web.issuing.services.columns import (
    FIELDS,
    NAMES,
    Column,
    column_for,
    columns_of,
    guess,
    headings_of,
    person_of,
)
from sealwright.web.issuing.services.incoming import LARGEST, read_table
from sealwright.web.issuing.services.intake import (
    PIECE,
    Person,
    Request,
    begin,
    check_can_issue,
    take_in,
)
from sealwright.web.organisations.actors import Actor
from sealwright.web.organisations.permissions import Permission

__all__ = ["LARGEST", "Summary", "bring_sheet", "check_again", "check_sheet", "discard_sheet",
           "drop_surplus", "fix_cells", "forget", "issue_sheet", "issued_before",
           "leave_out", "match_columns", "person_in", "problem_rows", "receipt",
           "sheet_columns", "sheet_of", "summary_of", "take_in_next", "write_note"]  # fmt: skip

KEPT: Final = timedelta(days=30)
State = SheetRow.State


@dataclass(frozen=True, slots=True)
class Summary:
    """How many rows of a table there are of each kind."""

    ready: int = 0
    faulty: int = 0
    holds: int = 0
    left_out: int = 0

    @property
    def behind(self) -> int:
        """How many are not issued as things are."""
        return self.faulty + self.holds + self.left_out


# --- Bringing it ----------------------------------------------------------------------------


def bring_sheet(version: Version, data: bytes, *, file_name: str = "", actor: Actor) -> Sheet:
    """Store a CSV file, or what was pasted from a spreadsheet, with its columns guessed.

    The same file that the same person brought and did not issue yet comes back as it is.
    Raises a `Refusal`: 422 where it is no table, 413 where it is too large.
    """
    check_can_issue(Request(version, actor, Batch.Source.CSV))
    table = read_table(data)
    digest = sha256(data).hexdigest()
    form: dict[int, list[dict[str, str]]] = {}
    by_heading = {heading: name for name, heading in table.headings.items()}
    for each in table.problems:
        fault = _fault(by_heading.get(each.column, ""), each.value, each.code, each.detail)
        form.setdefault(each.row, []).append(fault)

    def store() -> Sheet:
        known = Sheet.objects.filter(
            organisation=actor.organisation, version=version, sha256=digest, owner=actor.label
        )
        found = known.filter(batch=None, expires_at__gt=timezone.now()).first()
        if found is not None:
            return found
        sheet = Sheet.objects.create(
            organisation=actor.organisation,
            version=version,
            owner=actor.label,
            owner_name=actor.name,
            file_name=file_name[:200],
            sha256=digest,
            columns=headings_of(table),
            mapping=guess(table.headings, (row.cells for row in table.rows), version.content),
            expires_at=timezone.now() + KEPT,
        )
        SheetRow.objects.bulk_create(
            (
                SheetRow(
                    sheet=sheet,
                    number=row.number,
                    cells=dict(row.cells),
                    form=form.get(row.number, []),
                )
                for row in table.rows
            ),
            batch_size=1000,
        )
        return sheet

    return within_transaction(store)


def issued_before(sheet: Sheet) -> Batch | None:
    """The batch that the same file was issued with before, if it was."""
    same = Sheet.objects.filter(organisation=sheet.organisation_id, sha256=sheet.sha256)
    earlier = same.exclude(pk=sheet.pk).exclude(batch=None).select_related("batch")
    found = earlier.order_by("-created_at").first()
    return found.batch if found else None


def sheet_of(public_id: str, *, actor: Actor) -> Sheet:
    """A table that the actor may work on. Raises a `Refusal` (404, 403)."""
    return _found(Sheet.objects.visible_to(actor), public_id, actor)


# --- Matching columns -----------------------------------------------------------------------


def sheet_columns(sheet: Sheet) -> list[Column]:
    """Its columns with sample values and the field that each is taken for."""
    rows = list(sheet.rows.order_by("number").values_list("cells", flat=True)[:50])
    headings = {column["name"]: column["heading"] for column in sheet.columns}
    return columns_of(headings, rows, sheet.mapping)


def match_columns(
    public_id: str, mapping: Mapping[str, str], *, period: str = "", actor: Actor
) -> Summary:
    """Say which column each field is taken from, and check every row.

    Raises a `Refusal` (422) for a column or field that is not there, where one column is taken
    for two fields, where nothing tells people apart, and where a name must be and is not.
    """

    def match() -> Summary:
        sheet = _open_sheet(public_id, actor)
        sheet.mapping = _fitting(sheet, mapping)
        sheet.period = period.strip()[:40]
        sheet.matched_at = timezone.now()
        sheet.save(update_fields=["mapping", "period", "matched_at"])
        return check_sheet(sheet)

    return in_transaction(match)


def _fitting(sheet: Sheet, mapping: Mapping[str, str]) -> dict[str, str]:
    names = {column["name"] for column in sheet.columns}
    chosen = {field: name for field, name in mapping.items() if name}
    if not chosen.keys() <= FIELDS.keys() or not set(chosen.values()) <= names:
        raise Refusal(UNFIT, _("There is no such column or field."))
    if len(set(chosen.values())) < len(chosen):
        raise Refusal(UNFIT, _("One column is taken for two things. Choose another for one."))
    if not chosen.keys() & {"email", "identifier"}:
        raise Refusal(UNFIT, _("Say which column has the e-mail addresses, or the identifiers."))
    if sheet.version.content.name_signed and not chosen.keys() & NAMES:
        raise Refusal(UNFIT, _("This programme signs the holder’s name: say which column has it."))
    return chosen


# --- Checking -------------------------------------------------------------------------------


def check_sheet(sheet: Sheet) -> Summary:
    """Look at every row anew, within the caller's transaction; who holds it already as well."""
    rows = list(sheet.rows.order_by("number"))
    _judge(sheet, rows)
    return summary_of(sheet)


def summary_of(sheet: Sheet) -> Summary:
    """How many rows are ready, and how many are not."""
    counted = sheet.rows.values_list("state").annotate(number=Count("pk"))
    return Summary(**{state.replace("-", "_"): number for state, number in counted})


def check_again(public_id: str, *, actor: Actor) -> Summary:
    """Look at every row once more: others may have issued to the same people meanwhile."""
    return in_transaction(lambda: check_sheet(_open_sheet(public_id, actor)))


def fix_cells(public_id: str, number: int, texts: Mapping[str, str], *, actor: Actor) -> SheetRow:
    """Write cells of a row, and look at the row again, with others of the same person.

    `texts` are by the names of their columns. Raises a `Refusal` (404) for a row or column
    that is not there.
    """

    def fix() -> SheetRow:
        sheet = _open_sheet(public_id, actor)
        row = _row(sheet, number)
        if not texts.keys() <= {each["name"] for each in sheet.columns}:
            raise _no_row()
        for column, text in texts.items():
            row.cells[column] = " ".join(text.replace("\0", "").split())
        row.form = [fault for fault in row.form if fault["column"] not in texts]
        row.state = State.READY
        return _judged_again(sheet, row)

    return in_transaction(fix)


def drop_surplus(public_id: str, number: int, *, actor: Actor) -> SheetRow:
    """Take a row without the cells that it has beyond the last column."""

    def drop() -> SheetRow:
        sheet = _open_sheet(public_id, actor)
        row = _row(sheet, number)
        row.form = [fault for fault in row.form if fault["column"]]
        return _judged_again(sheet, row)

    return in_transaction(drop)


def leave_out(public_id: str, number: int, *, actor: Actor, out: bool = True) -> SheetRow:
    """Leave a row out when the table is issued, or take it in again."""

    def leave() -> SheetRow:
        sheet = _open_sheet(public_id, actor)
        row = _row(sheet, number)
        row.state = State.LEFT_OUT if out else State.READY
        return _judged_again(sheet, row)

    return in_transaction(leave)


def _judged_again(sheet: Sheet, row: SheetRow) -> SheetRow:
    """Judge a row that was changed, and the rows of whom it stood for and stands for now."""
    before = row.key
    person = person_in(sheet, row)
    row.key = _key(person)
    row.save(update_fields=["cells", "form", "state", "key"])
    keys = {before, row.key} - {""}
    others = sheet.rows.filter(key__in=keys).exclude(pk=row.pk)
    rows = sorted([row, *others], key=lambda each: each.number)
    _judge(sheet, rows)
    return row


def _judge(sheet: Sheet, rows: Sequence[SheetRow]) -> None:
    """Set state and faults of these rows: all of the table, or all of some people."""
    checker = Checker(sheet.version, at=timezone.now())
    people = {row.number: person_in(sheet, row) for row in rows}
    for row in rows:
        row.key = _key(people[row.number])
    held = holders(sheet.version, {row.key for row in rows} - {""})
    first: dict[str, int] = {}
    for row in rows:
        person = people[row.number]
        if row.state == State.LEFT_OUT:
            continue
        row.faults = [*row.form, *_faults(sheet, checker, person)]
        earlier = first.setdefault(row.key, row.number)
        if row.key and earlier != row.number:
            row.faults.append(_repeated(sheet, row, earlier))
        holds = (row.key, sheet.period) in held
        row.state = State.FAULTY if row.faults else State.HOLDS if holds else State.READY
    SheetRow.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["sheet", "number"],
        update_fields=["state", "faults", "key"],
        batch_size=1000,
    )


def _faults(sheet: Sheet, checker: Checker, person: Person) -> Iterator[dict[str, str]]:
    for fault in checker.faults(person):
        column = column_for(fault.field, sheet.mapping) or column_for("email", sheet.mapping)
        yield _fault(column, fault.value, fault.code, fault.detail)


def _repeated(sheet: Sheet, row: SheetRow, earlier: int) -> dict[str, str]:
    column = column_for("email", sheet.mapping) or column_for("identifier", sheet.mapping)
    value = row.cells.get(column, "")
    said = _("“%(value)s” is in row %(first)d already. Leave one of the two rows out.")
    return _fault(column, value, "repeated", said % {"value": value, "first": earlier})


def _fault(column: str, value: str, code: str, detail: str) -> dict[str, str]:
    return {"column": column, "value": value, "code": code, "detail": detail}


def person_in(sheet: Sheet, row: SheetRow) -> Person:
    """The person that a row of the table stands for."""
    person = person_of(row.number, row.cells, sheet.mapping, sheet.version.content)
    return Person(
        person.address,
        person.name,
        person.identifier,
        person.values,
        period=sheet.period,
        number=row.number,
    )


def _key(person: Person) -> str:
    return person.key if person.address or person.identifier else ""


# --- Looking and issuing --------------------------------------------------------------------


def write_note(public_id: str, note: str, *, send_mail: bool = True, actor: Actor) -> Sheet:
    """Say whether people are told by mail, and what is added to each mail."""

    def write() -> Sheet:
        sheet = _open_sheet(public_id, actor)
        sheet.note, sheet.send_mail = note.strip(), send_mail
        sheet.save(update_fields=["note", "send_mail"])
        return sheet

    return in_transaction(write)


def issue_sheet(
    public_id: str, *, why: str = "", expected: int | None = None, actor: Actor
) -> Batch:
    """Make a batch of the rows that are ready. Asked again, the same batch comes back.

    Up to 1,000 people are taken in at once, more by the worker. The other rows stay, to be
    taken along as a table of their own. Raises a `Refusal` (409) where no row is ready, or
    not `expected` of them: what is issued is what somebody saw.
    """

    def issue() -> Batch:
        sheet = _locked_sheet(public_id, actor)
        if sheet.batch is not None:
            return sheet.batch
        if sheet.matched_at is None:
            raise Refusal(CONFLICT, _("Say first which column is which."))
        options = {"send_mail": sheet.send_mail, "note": sheet.note}
        key = f"sheet:{sheet.public_id}"
        request = Request(sheet.version, actor, Batch.Source.CSV, why, key, options)
        check_can_issue(request)
        ready = check_sheet(sheet).ready
        if not ready:
            raise Refusal(CONFLICT, _("No row of this table is ready to be issued."))
        if expected is not None and ready != expected:
            said = _(
                "Something changed since you looked: %(ready)d rows are ready now, not "
                "%(expected)d. Nothing was issued."
            )
            raise Refusal(CONFLICT, said % {"ready": ready, "expected": expected})
        batch, _made = begin(request)
        sheet.batch = batch
        sheet.save(update_fields=["batch"])
        return _take_in_piece(sheet, at_most=PIECE)

    return in_transaction(issue)


def take_in_next() -> bool:
    """Take in a piece of a large table that is being issued; the worker's duty."""
    waiting = Sheet.objects.filter(batch__state=Batch.State.TAKING_IN)
    number = waiting.order_by("batch__lease_until", "pk").values_list("pk", flat=True).first()
    if number is None:
        return False
    in_transaction(partial(_take_in_of, number))
    return True


def _take_in_of(number: int) -> None:
    sheets = Sheet.objects.select_for_update(no_key=True, of=("self",))
    sheet = sheets.select_related("version__programme", "organisation").get(pk=number)
    _take_in_piece(sheet, at_most=0)


def _take_in_piece(sheet: Sheet, *, at_most: int) -> Batch:
    """Turn the next rows into intents. With `at_most`, leave a larger table to the worker."""
    batch = sheet.batch
    if batch is None:
        raise ValueError("the sheet is not being issued")
    ready = sheet.rows.filter(state=State.READY).order_by("number")
    rows = list(ready[: PIECE + 1])
    if at_most and len(rows) > at_most:
        return batch
    piece = rows[:PIECE]
    people = [person_in(sheet, row) for row in piece]
    batch = take_in(batch.pk, people, last=len(rows) <= PIECE)
    if batch.state != Batch.State.CANCELLED:
        sheet.rows.filter(pk__in=[row.pk for row in piece]).delete()
    return batch


def discard_sheet(public_id: str, *, actor: Actor) -> None:
    """Delete a table that was not issued, with all of its rows."""
    in_transaction(lambda: _open_sheet(public_id, actor).delete())


# --- Taking along ---------------------------------------------------------------------------


def problem_rows(sheet: Sheet) -> tuple[list[str], Iterator[list[str]]]:
    """The rows that are not issued, each with what is wrong with it, and their headings.

    Headings and cells are as they were, so that the file can be put right and brought again.
    """
    names = [column["name"] for column in sheet.columns]
    headings = [column["heading"] for column in sheet.columns]
    rows = sheet.rows.exclude(state=State.READY).order_by("number")
    return [*headings, _("Row"), _("What is wrong")], (
        [*(row.cells.get(name, "") for name in names), str(row.number), _what_is_wrong(row)]
        for row in rows.iterator(chunk_size=1000)
    )


def receipt(batch: Batch) -> tuple[list[str], Iterator[list[str]]]:
    """Who was awarded with a batch, with the address of each award, and the headings."""
    numbers = dict(
        batch.intents.filter(state=Intent.State.ISSUED).values_list("award_id", "number")
    )
    recipients = Recipient.objects.filter(award__batch=batch).select_related("award")
    return [_("Row"), _("Name"), _("E-mail address"), _("Award")], (
        [str(numbers.get(r.award.public_id, "")), r.name, r.address, r.award.url]
        for r in recipients.order_by("award_id").iterator(chunk_size=1000)
    )


def forget() -> bool:
    """Delete a piece of the tables whose time is over, and what refused rows knew of people."""
    now = timezone.now()
    over = Sheet.objects.filter(expires_at__lte=now).exclude(batch__state=Batch.State.TAKING_IN)
    numbers = list(over.values_list("pk", flat=True)[:20])
    Sheet.objects.filter(pk__in=numbers).delete()
    refused = Intent.objects.filter(
        state=Intent.State.REFUSED, batch__ended_at__lte=now - KEPT
    ).exclude(address="", name="", values={})
    intents = list(refused.values_list("pk", flat=True)[:500])
    Intent.objects.filter(pk__in=intents).update(address="", name="", values={})
    return len(numbers) == 20 or len(intents) == 500


def _what_is_wrong(row: SheetRow) -> str:
    if row.state != State.FAULTY:
        return str(row.get_state_display())
    return " ".join(fault["detail"] for fault in row.faults)


# --- Finding --------------------------------------------------------------------------------


def _found(sheets: Any, public_id: str, actor: Actor) -> Sheet:
    wanted = sheets.select_related("version__programme__organisation", "organisation")
    sheet: Sheet | None = wanted.filter(public_id=public_id, expires_at__gt=timezone.now()).first()
    if sheet is None:
        raise Refusal(NOT_FOUND, _("There is no such table. Tables are kept for 30 days."))
    actor.require(Permission.AWARD_ISSUE, unit_id=sheet.version.programme.unit_id)
    return sheet


def _locked_sheet(public_id: str, actor: Actor) -> Sheet:
    sheets = Sheet.objects.visible_to(actor).select_for_update(no_key=True, of=("self",))
    return _found(sheets, public_id, actor)


def _open_sheet(public_id: str, actor: Actor) -> Sheet:
    """The table, locked, if it was not issued yet."""
    sheet = _locked_sheet(public_id, actor)
    if sheet.batch_id is not None:
        raise Refusal(CONFLICT, _("This table was issued already."))
    return sheet


def _row(sheet: Sheet, number: int) -> SheetRow:
    row = sheet.rows.select_for_update(no_key=True).filter(number=number).first()
    if row is None:
        raise _no_row()
    return row


def _no_row() -> Refusal:
    return Refusal(NOT_FOUND, _("There is no such row or column in this table."))
