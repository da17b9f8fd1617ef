from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sealwright.credentials.model.report import Outcome, Verdict
from tests.credentials.verify.samples import (
    ELM_ACADEMY,
    NOON,
    a_badge,
    said,
    signed,
    the,
    token_of,
    verify,
)

MINUTE = timedelta(seconds=60)
SECOND = timedelta(seconds=1)
START = datetime(2026, 1, 1, tzinfo=UTC)
END = datetime(2026, 12, 31, tzinfo=UTC)
DATES = {"validFrom": "2026-01-01T00:00:00Z", "validUntil": "2026-12-31T00:00:00Z"}


@pytest.mark.parametrize(
    ("at", "outcome", "code"),
    [
        (START - MINUTE - SECOND, Outcome.FAILED, "not-yet-valid"),
        (START - MINUTE, Outcome.PASSED, "within-validity"),
        (NOON, Outcome.PASSED, "within-validity"),
        (END + MINUTE - SECOND, Outcome.PASSED, "within-validity"),
        (END + MINUTE, Outcome.FAILED, "expired"),
        (datetime.min.replace(tzinfo=UTC), Outcome.FAILED, "not-yet-valid"),
        (datetime.max.replace(tzinfo=UTC), Outcome.FAILED, "expired"),
    ],
)
def test_clocks_may_be_a_minute_apart(at: datetime, outcome: Outcome, code: str) -> None:
    report = verify(signed(a_badge(**DATES)), at=at)

    assert said(report, "validity") == (outcome, code)


def test_an_expired_badge_is_not_valid_and_says_when_it_ended() -> None:
    report = verify(signed(a_badge(**DATES)), at=END + timedelta(days=1))

    assert report.verdict is Verdict.INVALID
    assert the(report, "validity").evidence == {
        "valid_from": "2026-01-01T00:00:00Z",
        "valid_until": "2026-12-31T00:00:00Z",
        "compared_with": "2027-01-01T00:00:00Z",
    }


def test_a_badge_without_an_end_is_valid_from_its_start() -> None:
    report = verify(signed(a_badge()))

    assert said(report, "validity") == (Outcome.PASSED, "validity-open-ended")


def test_dates_that_are_null_say_nothing() -> None:
    report = verify(signed(a_badge(validFrom=None, validUntil=None)))

    assert said(report, "validity") == (Outcome.PASSED, "validity-undated")


def test_a_date_without_a_zone_is_no_date() -> None:
    report = verify(signed(a_badge(validUntil="2027-01-01T00:00:00"), suite="eddsa-jcs-2022"))

    assert said(report, "validity") == (Outcome.FAILED, "instant-without-zone")


def test_the_older_standard_calls_its_dates_otherwise() -> None:
    badge: dict[str, Any] = {
        "@context": [
            "https://www.w3.org/2018/credentials/v1",
            "https://w3id.org/security/data-integrity/v2",
        ],
        "type": ["VerifiableCredential"],
        "issuer": a_badge()["issuer"]["id"],
        "issuanceDate": "2026-01-01T00:00:00Z",
        "expirationDate": "2026-02-01T00:00:00Z",
        "credentialSubject": {"id": "did:example:ada"},
    }

    report = verify(signed(badge))

    assert said(report, "validity") == (Outcome.FAILED, "expired")


def test_a_token_may_end_earlier_than_what_it_carries() -> None:
    badge = a_badge()
    later = NOON + timedelta(days=1)
    token = token_of({**badge, "exp": int(later.timestamp())}, ELM_ACADEMY)

    before = verify(token, at=NOON)
    after = verify(token, at=later + MINUTE)

    assert said(before, "validity") == (Outcome.PASSED, "within-validity")
    assert said(after, "validity") == (Outcome.FAILED, "expired")
