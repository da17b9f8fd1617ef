from __future__ import annotations

import json
from typing import Any

import pytest

from sealwright.credentials.fetching import RecordedWeb
from sealwright.credentials.model.report import Report, Verdict
from sealwright.credentials.verify import Verifier
from tests.credentials.verify.samples import NOON, a_badge, signed, the

PAGE = "https://elm.example/c/1"
FILE = "https://elm.example/c/1.json"
BADGE = json.dumps(signed(a_badge()))


def follow(records: dict[str, Any], url: str = PAGE) -> Report:
    return Verifier(fetcher=RecordedWeb(records)).verify_link(url, at=NOON)


def a_page(*links: str, kind: str = "text/html; charset=utf-8") -> dict[str, Any]:
    return {"content_type": kind, "body": f"<html><head>{''.join(links)}</head></html>"}


def a_link(**attributes: str) -> str:
    given = {"rel": "alternate", "type": "application/vc+ld+json", "href": "1.json", **attributes}
    return "<link " + " ".join(f'{name}="{value}"' for name, value in given.items()) + ">"


def test_a_link_leads_to_the_credential() -> None:
    report = follow({FILE: {"body": BADGE}}, FILE)

    assert report.verdict is Verdict.VALID
    assert report.fetched == (FILE,)


def test_a_credential_that_is_served_as_a_page_is_still_a_credential() -> None:
    report = follow({FILE: {"content_type": "text/html", "body": BADGE}}, FILE)

    assert report.verdict is Verdict.VALID


@pytest.mark.parametrize(
    "link",
    [
        a_link(),
        a_link(href=FILE),
        a_link(rel="nofollow Alternate"),
        a_link(type="application/vc"),
        "<LINK REL=alternate TYPE=application/vc+ld+json HREF=1.json>",
        "<link rel='alternate' type='application/vc+ld+json' href='1.json'/>",
        a_link(href="&#49;.json"),
        a_link(href="https://thief.example/1.json") + a_link(),
        a_link(type="text/html", href="2.html") + a_link(),
        '<link rel="stylesheet" href="ui.css">' + a_link(),
    ],
)
def test_a_page_says_where_the_credential_is(link: str) -> None:
    report = follow({PAGE: a_page(link), FILE: {"body": BADGE}})

    assert report.verdict is Verdict.VALID
    assert report.fetched == (PAGE, FILE)


@pytest.mark.parametrize(
    "link",
    [
        "",
        a_link(href="https://thief.example/1.json"),
        a_link(href="http://elm.example/c/1.json"),
        a_link(href=""),
        a_link(href="https://[elm/"),
        a_link(rel="canonical"),
        "<a" * 1000,
    ],
)
def test_a_page_that_names_no_credential_of_its_own_is_none(link: str) -> None:
    report = follow({PAGE: a_page(link, kind="application/xhtml+xml")})

    assert report.verdict is Verdict.UNREADABLE
    assert the(report, "input").code == "link-is-a-page"
    assert report.fetched == (PAGE,)


def test_what_cannot_be_had_is_no_credential() -> None:
    report = follow({PAGE: {"status": 404}})

    assert report.verdict is Verdict.UNREADABLE
    assert the(report, "input").code == "http-not-found"


def test_a_link_that_was_pasted_is_followed() -> None:
    verifier = Verifier(fetcher=RecordedWeb({FILE: {"body": BADGE}}))

    report = verifier.verify(f" {FILE}\n", at=NOON)

    assert report.verdict is Verdict.VALID


def test_a_link_is_followed_once() -> None:
    report = follow({PAGE: {"content_type": "text/plain", "body": FILE}, FILE: {"body": BADGE}})

    assert the(report, "input").code == "link-to-a-link"
    assert report.verdict is Verdict.UNREADABLE
