"""Instants as credentials write them: date, time and zone, no other spelling.

We take what both xsd:dateTimeStamp (asked for by the data model) and RFC 3339 (asked for by
everybody's libraries) allow. Outside that lie hour 24, leap seconds, lower-case letters,
and times without a zone, which two readers may put hours apart.

https://www.w3.org/TR/vc-data-model-2.0/#representing-time
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from sealwright.credentials.errors import MalformedCredential

_SHAPE = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?"
    r"(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))",
    re.ASCII,
)
_WITHOUT_ZONE = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?", re.ASCII)
_LONGEST = 64
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def parse_instant(text: object, *, pointer: str) -> datetime:
    """The instant that `text` names, in UTC; digits past the microsecond are cut off.

    Raises `MalformedCredential` (`instant-without-zone`, `instant-malformed`) with `pointer`.
    Instants reach from year 1 to 9999: add durations to the clock's time, not to these.

    >>> parse_instant("2026-03-01T10:00:00+01:00", pointer="/validFrom")
    datetime.datetime(2026, 3, 1, 9, 0, tzinfo=datetime.timezone.utc)
    """
    if not isinstance(text, str) or len(text) > _LONGEST:
        raise MalformedCredential("instant-malformed", pointer=pointer)
    instant = _parsed(text)
    if instant is None:
        code = "instant-without-zone" if _WITHOUT_ZONE.fullmatch(text) else "instant-malformed"
        raise MalformedCredential(code, pointer=pointer)
    return instant


@lru_cache(maxsize=256)
def _parsed(text: str) -> datetime | None:
    """The last ones are kept: several checks read the same few dates of a credential."""
    if not _SHAPE.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def parse_numeric_date(seconds: object, *, pointer: str) -> datetime:
    """The instant of a token's claim, in UTC: seconds since 1970, a fraction allowed.

    Raises `MalformedCredential` (`instant-malformed`) with `pointer`.
    https://www.rfc-editor.org/rfc/rfc7519#section-2

    >>> parse_numeric_date(1772355600, pointer="/nbf")
    datetime.datetime(2026, 3, 1, 9, 0, tzinfo=datetime.timezone.utc)
    """
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        raise MalformedCredential("instant-malformed", pointer=pointer)
    try:
        return _EPOCH + timedelta(seconds=seconds)
    except OverflowError:
        raise MalformedCredential("instant-malformed", pointer=pointer) from None


@lru_cache(maxsize=16)
def format_instant(instant: datetime) -> str:
    """`instant` as we write it: UTC, whole seconds, `Z`. Raises `ValueError` without a zone.

    The last ones are kept: many credentials are judged, or issued, at one and the same.

    >>> format_instant(datetime(2026, 3, 1, 9, 30, tzinfo=UTC))
    '2026-03-01T09:30:00Z'
    """
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return instant.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
