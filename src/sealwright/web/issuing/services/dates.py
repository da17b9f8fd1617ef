"""Dates of awards: texts as credentials write them, and calendar months."""

from __future__ import annotations

from calendar import monthrange
from datetime import datetime
from typing import Any

from sealwright.credentials.errors import MalformedCredential
from sealwright.credentials.model.instants import parse_instant


def moment(text: Any) -> datetime | None:
    """The moment that a text names; None for nothing, and for what names none."""
    try:
        return parse_instant(text, pointer="") if text else None
    except MalformedCredential:
        return None


def as_written(text: str) -> str:
    """A plain date as its first moment; anything else as it is.

    >>> as_written("2026-06-30"), as_written("in June")
    ('2026-06-30T00:00:00Z', 'in June')
    """
    is_day = len(text) == len("2026-06-30") and moment(f"{text}T00:00:00Z") is not None
    return f"{text}T00:00:00Z" if is_day else text


def months_later(start: datetime, months: int) -> datetime:
    """The same day `months` calendar months later, or the last day of a shorter month.

    >>> months_later(datetime(2026, 1, 31), 13)
    datetime.datetime(2027, 2, 28, 0, 0)
    """
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    return start.replace(year=year, month=month, day=min(start.day, monthrange(year, month)[1]))
