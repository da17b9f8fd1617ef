"""Several answers as a table that opens safely in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.core import signing
from django.utils.translation import gettext as _

from sealwright.web.core.spreadsheets import csv_lines
from sealwright.web.verifying.presentation import Shown

SALT = "sealwright.verifying.table"
LONGEST_CELL = 500
MINUTES_GOOD_FOR = 24 * 60

Row = list[str]


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
    """The table with its head, for spreadsheets."""
    return "".join(csv_lines(head(), rows))


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
