"""Reading a table as somebody brought it; what is none is refused in words that help."""

from __future__ import annotations

import codecs
from typing import Final

from django.utils.translation import gettext as _

from sealwright.credentials.errors import UnreadableInput
from sealwright.credentials.issue import Sheet as Table
from sealwright.credentials.issue import read_sheet
from sealwright.web.core.refusals import TOO_LARGE, UNFIT, Refusal
from sealwright.web.issuing.services.checks import is_address

LARGEST: Final = 20_000
"""Rows of one table."""

WIDEST: Final = 60
"""Columns of one table."""

_WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How files of spreadsheet programs begin: packed (XLSX, ODS) and old ones (XLS)."""

_WIDE: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_table(data: bytes) -> Table:
    """The table in a CSV file, or in what was copied from a spreadsheet.

    Raises a `Refusal`: 422 where it is no table, 413 where it is too large.
    """
    text = _as_utf8(data)
    try:
        table = read_sheet(text)
    except UnreadableInput as problem:
        said = _("%(problem)s Or copy the cells in your spreadsheet and paste them here.")
        raise Refusal(UNFIT, said % {"problem": problem}) from problem
    address = next(filter(is_address, table.headings.values()), "")
    if address:
        said = _(
            "The first row must be headings, but “%(value)s” stands in it. Put a row with the "
            "names of the columns above it."
        )
        raise Refusal(UNFIT, said % {"value": address})
    _check_size(table)
    return table


def _check_size(table: Table) -> None:
    if len(table.rows) > LARGEST:
        said = _("The table has %(rows)d rows. Split it: a table may have %(most)d.")
        raise Refusal(TOO_LARGE, said % {"rows": len(table.rows), "most": LARGEST})
    if len(table.headings) > WIDEST:
        said = _(
            "The table has %(columns)d columns, and may have %(most)d. Bring only those that "
            "are needed."
        )
        raise Refusal(TOO_LARGE, said % {"columns": len(table.headings), "most": WIDEST})
    if not table.rows:
        raise Refusal(UNFIT, _("The table has headings, but no rows below them."))


def _as_utf8(data: bytes) -> bytes:
    """The text as the engine reads it; spreadsheets save “Unicode text” as UTF-16."""
    if data.startswith(_WORKBOOKS):
        raise Refusal(
            UNFIT,
            _(
                "This is a workbook. In your spreadsheet choose “Save as” and “CSV UTF-8”, or "
                "copy the cells and paste them here."
            ),
        )
    if data.startswith(_WIDE):
        return data.decode("utf-16", errors="replace").encode()
    if b"\0" in data[:4096] or data.startswith(b"%PDF"):
        said = _("This is no table of text. Bring a CSV file, or paste cells from a spreadsheet.")
        raise Refusal(UNFIT, said)
    return data
