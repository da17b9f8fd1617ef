"""Checking what people bring, with the real verifier and a recorded web."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from sealwright.credentials.errors import ResolutionFailed
from sealwright.credentials.fetching import Fetched
from sealwright.credentials.issue import sign_token
from sealwright.credentials.model.report import Report, Verdict
from sealwright.web.verifying.presentation import headline
from sealwright.web.verifying.services import check_all
from sealwright.web.verifying.sources import Source, from_text
from sealwright.web.verifying.web import OneRequest, fetcher
from tests.web import badges, recorded

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def check(source: Source, **more: Any) -> Report:
    (report,) = check_all([source], at=NOON, **more)
    return report


def codes(report: Report) -> set[str]:
    return {finding.code for finding in report.findings}


@pytest.mark.parametrize(
    ("data", "verdict"),
    [
        (badges.good(), Verdict.VALID),
        (badges.token(), Verdict.VALID),
        (badges.baked(), Verdict.VALID),
        (badges.ended(), Verdict.INVALID),
        (badges.tampered(), Verdict.INVALID),
        (badges.with_status(), Verdict.UNDECIDED),
        ("hello", Verdict.UNREADABLE),
        (b"", Verdict.UNREADABLE),
        (badges.picture(), Verdict.UNREADABLE),
        (badges.picture("JPEG"), Verdict.UNREADABLE),
    ],
)
def test_each_kind_of_input_gets_its_verdict(data: bytes | str, verdict: Verdict) -> None:
    assert check(Source("a", data=data)).verdict is verdict


def test_a_link_is_followed() -> None:
    recorded.DOCUMENTS[badges.LINK] = {"body": badges.good()}

    report = check(from_text(badges.LINK))

    assert report.verdict is Verdict.VALID
    assert report.fetched == (badges.LINK,)


def test_the_code_in_a_photo_is_read_and_its_link_followed() -> None:
    recorded.DOCUMENTS[badges.LINK] = {"body": badges.good()}

    report = check(Source("photo.jpg", data=badges.photo_of(badges.LINK)))

    assert report.verdict is Verdict.VALID


def test_the_code_in_a_photo_may_be_the_token_itself() -> None:
    small = sign_token(badges.unsigned(evidence=()), badges.SIGNER)

    assert check(Source("photo.jpg", data=badges.photo_of(small))).verdict is Verdict.VALID


def test_a_code_that_says_something_else_is_told_as_it_is() -> None:
    report = check(Source("photo.jpg", data=badges.photo_of("WIFI:S:cafe;;")))

    assert codes(report) == {"code-without-credential"}
    assert "WIFI:S:cafe;;" in report.findings[0].detail


def test_a_picture_with_neither_badge_nor_code_says_what_to_ask_for() -> None:
    report = check(Source("screenshot.png", data=badges.picture()))

    assert codes(report) == {"picture-without-code"}
    assert "Was it a screenshot?" in report.findings[0].detail


def test_a_photo_whose_link_cannot_be_had_says_so() -> None:
    report = check(Source("photo.jpg", data=badges.photo_of(badges.LINK)))

    assert codes(report) == {"not-recorded"}
    assert headline(report).title == "The link could not be read"


def test_what_is_no_credential_is_not_called_a_broken_link() -> None:
    assert headline(check(Source("a", data="hello"))).title == "No credential found here"


@pytest.mark.parametrize(
    ("person", "verdict"),
    [("Mira@Example.org", Verdict.VALID), ("someone@example.org", Verdict.INVALID)],
)
def test_it_can_be_asked_for_whom_a_badge_was_made(person: str, verdict: Verdict) -> None:
    report = check(Source("a", data=badges.good()), recipient=person)

    assert report.verdict is verdict


class Counting:
    """A web with one document, which counts how often it was asked."""

    def __init__(self, seconds: float = 0) -> None:
        self.asked: list[str] = []
        self.now = 0.0
        self.seconds = seconds

    def fetch(self, url: str, *, accept: str = "", max_bytes: int = 0) -> Fetched:
        self.asked.append(url)
        self.now += self.seconds
        if url.endswith("missing"):
            raise ResolutionFailed("http-not-found", url=url, status=404)
        return Fetched(url, 200, "application/json", b"{}")

    def clock(self) -> float:
        return self.now


def test_within_one_request_an_address_is_asked_once() -> None:
    web = Counting()
    shared = OneRequest(web, seconds=10)

    for _ in range(3):
        shared.fetch("https://a.example/did.json")
        with pytest.raises(ResolutionFailed):
            shared.fetch("https://a.example/missing")

    assert web.asked == ["https://a.example/did.json", "https://a.example/missing"]


def test_a_request_does_not_wait_for_ever() -> None:
    web = Counting(seconds=5)
    shared = OneRequest(web, seconds=12, clock=web.clock)

    for n in range(3):
        shared.fetch(f"https://a.example/{n}")
    with pytest.raises(ResolutionFailed) as refusal:
        shared.fetch("https://a.example/4")

    assert refusal.value.code == "timed-out"
    assert len(web.asked) == 3


def test_what_is_remembered_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    web = Counting()
    shared = OneRequest(web, seconds=10, _room=3)

    for _ in range(2):
        shared.fetch("https://a.example/1")
        shared.fetch("https://a.example/2")

    assert web.asked.count("https://a.example/1") == 1
    assert web.asked.count("https://a.example/2") == 2


def test_the_site_itself_goes_through_the_guard(settings: Any) -> None:
    settings.VERIFYING_WEB = "sealwright.web.core.web.guarded"

    with pytest.raises(ResolutionFailed) as refusal:
        fetcher().fetch("https://127.0.0.1/")

    assert refusal.value.code == "address-not-public"
