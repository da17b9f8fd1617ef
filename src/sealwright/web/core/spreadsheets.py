"""Tables that open safely in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from django.http import StreamingHttpResponse

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def inert(cell: str) -> str:
    """The cell such that no spreadsheet takes it for a formula (T16).

    >>> inert("=HYPERLINK(1)"), inert("Anna"), inert(" +1")
    ("'=HYPERLINK(1)", 'Anna', "' +1")
    """
    return f"'{cell}" if cell.lstrip(" \u00a0").startswith(_FORMULA) else cell


def csv_lines(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The table line by line: a byte order mark, its head, and no live formula."""
    yield "\ufeff" + _line(head)
    for row in rows:
        yield _line([inert(cell) for cell in row])


def csv_file(
    name: str, head: Sequence[str], rows: Iterable[Sequence[str]]
) -> StreamingHttpResponse:
    """The table as a file to save, sent while it is being made."""
    response = StreamingHttpResponse(csv_lines(head, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


def _line(cells: Sequence[str]) -> str:
    text = StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue()
