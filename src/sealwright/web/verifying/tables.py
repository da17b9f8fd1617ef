"""Several answers as a table that opens safely in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from django.core import signing
from django.utils.translation import gettext as _

from sealwright.web.verifying.presentation import Shown

SALT = "sealwright.verifying.table"
LONGEST_CELL = 500
MINUTES_GOOD_FOR = 24 * 60

Row = list[str]

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def head() -> Row:
    return [
        _("Brought as"),
        _("Verdict"),
        _("In words"),
        _("Reason"),
        _("Title"),
        _("Awarded to"),
        _("Issuer"),
        _("Issuer’s identifier"),
        _("Awarded on"),
        _("Valid until"),
        _("Checked at"),
    ]


def row_of(answer: Shown) -> Row:
    """One row: the verdict as programs know it, then in words."""
    card = answer.card
    told = [""] * 6
    if card:
        told = [
            card.title,
            card.holder.called,
            card.issuer.name,
            card.issuer.identifier,
            card.awarded.text,
            card.ends.text,
        ]
    cells = [
        answer.name,
        answer.report.verdict.value,
        answer.headline.title,
        answer.reason,
        *told,
        answer.at.isoformat(timespec="seconds"),
    ]
    return [cell[:LONGEST_CELL] for cell in cells]


def as_csv(rows: Iterable[Sequence[str]]) -> str:
    """The table with its head, for spreadsheets: a byte order mark, and no live formula."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(head())
    writer.writerows([inert(cell) for cell in row] for row in rows)
    return f"\ufeff{text.getvalue()}"


def inert(cell: str) -> str:
    """The cell such that no spreadsheet takes it for a formula (T16).

    >>> inert("=HYPERLINK(1)"), inert("Anna"), inert(" +1")
    ("'=HYPERLINK(1)", 'Anna', "' +1")
    """
    return f"'{cell}" if cell.lstrip(" \u00a0").startswith(_FORMULA) else cell


def packed(rows: Sequence[Row]) -> str:
    """The rows as a signed text that the page can carry and post back."""
    return signing.dumps(rows, salt=SALT, compress=True)


def unpacked(text: str) -> list[Row] | None:
    """The rows of a text that `packed` made in the last day, or None."""
    try:
        rows: list[Row] = signing.loads(text, salt=SALT, max_age=MINUTES_GOOD_FOR * 60)
    except signing.BadSignature:
        return None
    return rows
