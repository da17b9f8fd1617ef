from __future__ import annotations

from typing import Any

import pytest

from sealwright.credentials.model.report import Outcome, Report, Verdict
from tests.credentials.verify.samples import (
    STRANGER,
    a_badge,
    did_of,
    findings,
    said,
    signed,
    the,
    verify,
)

HERE = "https://elm.example/credentials/1"
SERVICE = {"id": HERE, "type": "1EdTechCredentialRefresh"}


def checked(served: Any, **changes: Any) -> Report:
    return verify(signed(a_badge(refreshService=SERVICE, **changes)), {HERE: served})


def test_a_newer_edition_takes_the_place_of_the_old_one() -> None:
    newer = signed(a_badge(name="Baking of bread", validUntil="2026-05-01T00:00:00Z"))

    report = checked(newer)

    assert said(report, "refresh") == (Outcome.PASSED, "refreshed")
    assert report.document == newer
    assert said(report, "validity") == (Outcome.FAILED, "expired")


def test_an_expired_badge_may_have_been_prolonged() -> None:
    report = checked(signed(a_badge()), validUntil="2026-05-01T00:00:00Z")

    assert report.verdict is Verdict.VALID


def test_the_same_edition_is_the_same_edition() -> None:
    badge = signed(a_badge(refreshService=SERVICE))

    report = verify(badge, {HERE: badge})

    assert said(report, "refresh") == (Outcome.PASSED, "refresh-unchanged")


@pytest.mark.parametrize(
    ("served", "reason"),
    [
        (404, "http-not-found"),
        ("not a credential", "no-credential"),
        (signed(a_badge(id="https://elm.example/credentials/2")), "refresh-of-another"),
        (signed(a_badge(issuer=did_of(STRANGER)), STRANGER), "refresh-of-another"),
        ({**signed(a_badge()), "type": "VerifiablePresentation"}, "refresh-of-another"),
        (signed(a_badge(), STRANGER), "refresh-not-proven"),
        (a_badge(), "refresh-not-proven"),
    ],
)
def test_whatever_goes_wrong_the_badge_at_hand_is_judged_as_it_is(served: Any, reason: str) -> None:
    report = checked(served)

    assert said(report, "refresh") == (Outcome.SKIPPED, "refresh-not-possible")
    assert the(report, "refresh").evidence["reason"] == reason
    assert report.verdict is Verdict.VALID
    assert report.document["name"] == "Bread baking"


def test_a_service_without_an_address_is_not_asked() -> None:
    service = {"id": 7, "type": "1EdTechCredentialRefresh"}
    badge = signed(a_badge(refreshService=service), suite="eddsa-jcs-2022")

    report = verify(badge)

    assert the(report, "refresh").evidence["reason"] == "identifier-missing"


@pytest.mark.parametrize("service", [{"id": HERE, "type": "Another"}, "text", None, []])
def test_other_services_are_left_alone(service: Any) -> None:
    report = verify(signed(a_badge(refreshService=service), suite="eddsa-jcs-2022"))

    assert findings(report, "refresh") == []
    assert report.fetched == ()


def test_nothing_is_refreshed_before_the_proof_holds() -> None:
    badge = signed(a_badge(refreshService=SERVICE))

    report = verify({**badge, "name": "Master baker"}, {HERE: signed(a_badge())})

    assert report.fetched == ()


def test_a_refreshed_badge_is_refreshed_once() -> None:
    newer = signed(a_badge(name="Newer", refreshService={**SERVICE, "id": f"{HERE}/2"}))

    report = verify(
        signed(a_badge(refreshService=SERVICE)),
        {HERE: newer, f"{HERE}/2": signed(a_badge(name="Newest"))},
    )

    assert report.document["name"] == "Newer"
    assert report.fetched == (HERE,)
