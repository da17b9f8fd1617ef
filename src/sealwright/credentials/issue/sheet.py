"""A sheet of recipients: CSV as spreadsheets write it, read with care, written without harm."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sealwright.credentials.errors import UnreadableInput
from sealwright.credentials.messages import sentence

SEPARATORS = (",", ";", "\t")
ALIASES: Mapping[str, str] = {
    "awarded": "awarded_date",
    "did": "recipient_id",
    "e_mail": "email",
    "e_mail_address": "email",
    "email_address": "email",
    "expires": "valid_until",
    "full_name": "name",
    "mail": "email",
    "recipient": "recipient_id",
    "recipient_email": "email",
    "recipient_name": "name",
}
"""Other names that people give to columns."""

_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as the spreadsheet shows it, and its cells by column, trimmed."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a row. `column` is as in the sheet, '' for the row as a whole.

    `code` and `evidence` are those of a message, which says what would be right.
    """

    row: int
    column: str
    value: str
    code: str
    evidence: Mapping[str, Any] = field(default_factory=dict)

    @property
    def detail(self) -> str:
        """The problem as an English sentence."""
        return sentence(self.code, self.evidence)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as read. `headings` gives each column's heading by the column's name.

    `problems` are those of the form: cells beyond the last column, control characters.
    """

    headings: Mapping[str, str]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()


def read_sheet(data: bytes) -> Sheet:
    """The sheet in a CSV file: UTF-8, its first row the names of the columns.

    Comma, semicolon and tab are all taken as the separator. A column's name is its heading
    in small letters with underscores, or what `ALIASES` makes of it. Empty rows are left out.
    Raises `UnreadableInput`.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableInput("sheet-not-utf-8") from None
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text)))
    except csv.Error as problem:
        raise UnreadableInput("sheet-not-csv", problem=str(problem)) from None
    if not records or not any(map(str.strip, records[0])):
        raise UnreadableInput("sheet-empty")
    headings = _headings(records[0])
    problems: list[Problem] = []
    rows = [
        Row(number, _cells(number, record, headings, problems))
        for number, record in enumerate(records[1:], start=2)
        if any(map(str.strip, record))
    ]
    return Sheet(headings, tuple(rows), tuple(problems))


def safe_cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula.

    >>> safe_cell("=1+1"), safe_cell("Mira")
    ("'=1+1", 'Mira')
    """
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def write_sheet(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """The lines of a CSV file, formulas disarmed, for spreadsheets to open."""
    for row in (columns, *rows):
        line = io.StringIO()
        csv.writer(line).writerow([safe_cell(cell) for cell in row])
        yield line.getvalue()


def column_name(heading: str) -> str:
    """The name of a column by its heading.

    >>> column_name(" E-mail address")
    'email'
    """
    name = _NOT_A_WORD.sub("_", heading.strip().lower()).strip("_")
    return ALIASES.get(name, name)


def _separator(text: str) -> str:
    first = text.partition("\n")[0]
    return max(SEPARATORS, key=first.count)


def _headings(record: list[str]) -> dict[str, str]:
    headings: dict[str, str] = {}
    for number, heading in enumerate(record, start=1):
        name = column_name(heading) or f"column_{number}"
        if name in headings:
            raise UnreadableInput("sheet-column-twice", one=headings[name], two=heading.strip())
        headings[name] = heading.strip()
    return headings


def _cells(
    number: int, record: list[str], headings: Mapping[str, str], problems: list[Problem]
) -> dict[str, str]:
    extra = "".join(record[len(headings) :]).strip()
    if extra:
        problems.append(Problem(number, "", extra, "sheet-row-too-long", {"value": extra}))
    cells = dict.fromkeys(headings, "")
    for name, text in zip(headings, record, strict=False):
        cells[name] = text.strip()
        if _CONTROL.search(text):
            problems.append(Problem(number, headings[name], text, "sheet-control-character"))
    return cells
