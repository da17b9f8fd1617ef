"""Rows of tables that name somebody: taken along by them, and forgotten when they leave."""

from __future__ import annotations

import json
import re
from collections.abc import Collection

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from sealwright.web.issuing.models import SheetRow
from sealwright.web.issuing.services.columns import column_for
from sealwright.web.issuing.services.recipients import normalised, recipient_key


def rows_of(addresses: Collection[str]) -> list[SheetRow]:
    """The rows that stand for whoever has these addresses, with their tables."""
    return [row for address in addresses for row in _rows_naming(address) if _is_of(row, address)]


def forget_people(addresses: Collection[str]) -> None:
    """Delete the rows of these people, and take their addresses out of the rows of others.

    Within the caller's transaction.
    """
    for address in addresses:
        rows = _rows_naming(address)
        theirs = [row.pk for row in rows if _is_of(row, address)]
        SheetRow.objects.filter(pk__in=theirs).delete()
        for row in rows:
            if row.pk not in theirs:
                _take_out(row, address)


def _rows_naming(address: str) -> list[SheetRow]:
    """Every row with the address anywhere in it.

    Not those with its `SheetRow.key` alone: that is empty before columns are matched, and any
    other column may hold an address.
    """
    alone = _alone(address)
    key = recipient_key(address)
    written = Q(text__icontains=address) | Q(text__icontains=json.dumps(address)[1:-1])
    rows = SheetRow.objects.annotate(text=Cast("cells", TextField()))
    found = (
        rows.filter(written | Q(key=key))
        .select_related("sheet__organisation", "sheet__version")
        .order_by("pk")
    )
    return [
        row
        for row in found.iterator(chunk_size=1000)
        if row.key == key or any(map(alone.search, row.cells.values()))
    ]


def _is_of(row: SheetRow, address: str) -> bool:
    """Does the row stand for who has the address? In doubt it does."""
    if row.key == recipient_key(address):
        return True
    column = column_for("email", row.sheet.mapping)
    cells = [row.cells.get(column, "")] if column else row.cells.values()
    return address in map(normalised, cells)


def _take_out(row: SheetRow, address: str) -> None:
    alone = _alone(address)

    def without(texts: dict[str, str]) -> dict[str, str]:
        return {name: alone.sub("…", text) for name, text in texts.items()}

    row.cells = without(row.cells)
    row.form = [without(fault) for fault in row.form]
    row.faults = [without(fault) for fault in row.faults]
    row.save(update_fields=["cells", "form", "faults"])


def _alone(address: str) -> re.Pattern[str]:
    """Finds the address, but not within a longer one."""
    return re.compile(rf"(?<![\w.+-]){re.escape(address)}(?!\.?[\w-])", re.IGNORECASE)
