"""Instants: one spelling, always with a zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealwright.credentials.errors import MalformedCredential
from sealwright.credentials.model.instants import (
    format_instant,
    parse_instant,
    parse_numeric_date,
)

ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
INSTANTS = st.datetimes(
    min_value=datetime(1, 1, 2),  # noqa: DTZ001
    max_value=datetime(9999, 12, 30),  # noqa: DTZ001
    timezones=ZONES,
)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-03-01T09:00:00Z", datetime(2026, 3, 1, 9, tzinfo=UTC)),
        ("2026-03-01T10:30:00+01:30", datetime(2026, 3, 1, 9, tzinfo=UTC)),
        ("2026-03-01T09:00:00-00:00", datetime(2026, 3, 1, 9, tzinfo=UTC)),
        ("2026-03-01T09:00:00.25Z", datetime(2026, 3, 1, 9, 0, 0, 250_000, tzinfo=UTC)),
        ("2026-03-01T09:00:00.123456789Z", datetime(2026, 3, 1, 9, 0, 0, 123_456, tzinfo=UTC)),
        ("9999-12-31T23:59:59Z", datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_date_time_and_zone_are_read(text: str, instant: datetime) -> None:
    parsed = parse_instant(text, pointer="/validFrom")

    assert parsed == instant
    assert parsed.utcoffset() == timedelta(0)


@pytest.mark.parametrize("text", ["2026-03-01T09:00:00", "2026-03-01T09:00", "2026-03-01"])
def test_a_time_without_a_zone_is_refused_by_that_name(text: str) -> None:
    with pytest.raises(MalformedCredential) as caught:
        parse_instant(text, pointer="/validFrom")

    assert caught.value.code == "instant-without-zone"
    assert caught.value.evidence == {"pointer": "/validFrom"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2026-02-30T09:00:00Z",
        "2026-03-01T24:00:00Z",
        "2026-03-01T23:59:60Z",
        "2026-03-01t09:00:00z",
        "2026-03-01 09:00:00Z",
        "2026-03-01T09:00:00+01",
        "2026-03-01T09:00:00+15:00",
        "2026-03-01T09:00:00,5Z",
        "20260301T090000Z",
        "2026-W09-7T09:00:00Z",
        "0000-01-01T00:00:00Z",
        "12026-03-01T09:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "2026-03-01T09:00:00Z\n",
        "２026-03-01T09:00:00Z",
        "2026-03-01T09:00:00." + "1" * 100 + "Z",
        1772355600,
        None,
        ["2026-03-01T09:00:00Z"],
    ],
)
def test_every_other_spelling_is_refused(text: object) -> None:
    with pytest.raises(MalformedCredential) as caught:
        parse_instant(text, pointer="/validFrom")

    assert caught.value.code == "instant-malformed"


@given(INSTANTS)
def test_what_we_write_we_read_to_the_second(instant: datetime) -> None:
    text = format_instant(instant)

    assert text.endswith("Z")
    assert parse_instant(text, pointer="") == instant.replace(microsecond=0)
    assert parse_instant(instant.isoformat(), pointer="") == instant


def test_an_instant_without_a_zone_is_never_written() -> None:
    with pytest.raises(ValueError, match="zone"):
        format_instant(datetime(2026, 3, 1))  # noqa: DTZ001


@given(st.text() | st.from_regex(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"))
def test_any_text_is_an_instant_or_refused(text: str) -> None:
    try:
        parsed = parse_instant(text, pointer="/x")
    except MalformedCredential:
        return

    assert parsed.tzinfo is UTC


def test_a_numeric_date_counts_seconds_since_1970() -> None:
    assert parse_numeric_date(0, pointer="/nbf") == datetime(1970, 1, 1, tzinfo=UTC)
    assert parse_numeric_date(1.5, pointer="/nbf").microsecond == 500_000
    assert parse_numeric_date(-86_400, pointer="/nbf") == datetime(1969, 12, 31, tzinfo=UTC)


@pytest.mark.parametrize("value", [None, True, "0", [0], 1e300, -1e300, 10**400, 10**12])
def test_what_is_no_numeric_date_is_refused(value: object) -> None:
    with pytest.raises(MalformedCredential) as caught:
        parse_numeric_date(value, pointer="/nbf")

    assert caught.value.code == "instant-malformed"
    assert caught.value.evidence == {"pointer": "/nbf"}
