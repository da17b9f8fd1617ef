"""Reading tables on their way to a batch, as the pages of the five steps show them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sealwright.web.catalogue.content import Content
from sealwright.web.issuing.models import Batch, Sheet, SheetRow
from sealwright.web.issuing.services.columns import FIELDS, is_needed, wanted
from sealwright.web.issuing.services.sheets import Summary, person_in
from sealwright.web.organisations.actors import Actor

State = SheetRow.State

KINDS: Final = (State.FAULTY, State.HOLDS, State.LEFT_OUT)
"""Rows that are not issued, in the order in which they are shown."""

_THINNEST: Final = 1.5
"""Percent of the bar that even a single row takes, so that it is seen."""

_WRITTEN: Final[dict[str, str | Promise]] = {
    "email": _("like mira@harbour.example; it is not written into the credential"),
    "identifier": _("such as a student number; it tells people apart and is not kept"),
    "awarded": _("like 2026-06-30; empty means the day of issuing"),
    "valid_until": _("like 2029-06-30"),
    "evidence_url": _("a web address that anybody may open"),
    "evidence_name": _("for example “Logbook”"),
}
_GRADES: Final[dict[str, str | Promise]] = {
    "percent": _("a number from 0 to 100"),
    "letter": _("a letter from A to F"),
    "merit": _("Pass, Merit or Distinction"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A column that a table for a programme may have, and how its cells are written."""

    field: str
    label: str
    is_needed: bool
    written: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with what is wrong with it. `name` is empty for cells beyond the last column."""

    name: str
    heading: str
    value: str
    faults: Sequence[str]


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row that is not issued: who it seems to be, and each cell that is wrong."""

    number: int
    state: str
    who: str
    cells: Sequence[Cell]

    @property
    def can_be_written(self) -> bool:
        return any(cell.name for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the bar above the rows, in percent of its length."""

    kind: str
    start: str
    length: str


def wanted_columns(content: Content) -> list[Wanted]:
    """What a table for this programme may have, each with how it is written."""
    return [
        Wanted(
            field,
            str(FIELDS[field]),
            is_needed(field, content),
            str(_GRADES.get(content.grade, content.grade))
            if field == "grade"
            else str(_WRITTEN.get(field, "")),
        )
        for field in wanted(content)
        if field not in ("given_name", "family_name")
    ]


def rows_of(sheet: Sheet, kind: str) -> QuerySet[SheetRow]:
    """The rows of one kind, in the order of the table."""
    return sheet.rows.filter(state=kind).order_by("number")


def shown(sheet: Sheet, rows: Iterable[SheetRow]) -> list[ShownRow]:
    """Rows as a page shows them, without asking the database again."""
    headings = {column["name"]: column["heading"] for column in sheet.columns}
    return [
        ShownRow(row.number, row.state, _who(sheet, row), list(_cells(row, headings)))
        for row in rows
    ]


def bar(summary: Summary) -> list[Part]:
    """The rows of each kind as stretches of a line."""
    numbers = {
        State.READY: summary.ready,
        State.FAULTY: summary.faulty,
        State.HOLDS: summary.holds,
        State.LEFT_OUT: summary.left_out,
    }
    total = sum(numbers.values()) or 1
    wide = {kind: max(_THINNEST, 100 * n / total) for kind, n in numbers.items() if n}
    scale = 100 / (sum(wide.values()) or 1)
    parts, start = [], 0.0
    for kind, length in wide.items():
        parts.append(Part(kind.value, f"{start * scale:.2f}%", f"{length * scale:.2f}%"))
        start += length
    return parts


def unfinished(actor: Actor) -> QuerySet[Sheet]:
    """Tables that were brought and not issued, newest first, with how many rows are what."""
    rows = Sheet.objects.visible_to(actor).filter(batch=None, expires_at__gt=timezone.now())
    counted = {
        "number": Count("rows"),
        "ready": Count("rows", filter=Q(rows__state=State.READY)),
        "faulty": Count("rows", filter=Q(rows__state=State.FAULTY)),
    }
    return rows.select_related("version").annotate(**counted).order_by("-created_at", "-pk")


def sheet_behind(batch: Batch) -> Sheet | None:
    """The table that a batch was made from, if it is still there."""
    return Sheet.objects.filter(batch=batch, expires_at__gt=timezone.now()).first()


def still_to_come(sheet: Sheet) -> int:
    """How many rows of a table that is being issued were not taken in yet."""
    return sheet.rows.filter(state=State.READY).count()


def left_behind(sheet: Sheet) -> int:
    """How many rows of a table were not issued with it."""
    return sheet.rows.exclude(state=State.READY).count()


def _who(sheet: Sheet, row: SheetRow) -> str:
    person = person_in(sheet, row)
    return person.name or person.address or person.identifier


def _cells(row: SheetRow, headings: dict[str, str]) -> Iterator[Cell]:
    """The faults of a row by the cell they are about."""
    told: dict[str, list[str]] = {}
    values: dict[str, str] = {}
    for fault in row.faults:
        told.setdefault(fault["column"], []).append(fault["detail"])
        values[fault["column"]] = fault["value"]
    for name, faults in told.items():
        yield Cell(name, headings.get(name, ""), row.cells.get(name, values[name]), faults)
