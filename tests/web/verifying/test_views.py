"""The checking page as people use it, with and without htmx."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.web import badges, recorded

HTMX = {"HX-Request": "true"}


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_empty_page_offers_a_field_files_a_photo_and_three_samples(client: Client) -> None:
    page = text(client.get("/verify"))

    assert '<textarea id="credential"' in page
    assert 'type="file" name="files" multiple' in page
    assert 'name="photo" accept="image/*" capture="environment"' in page
    assert page.count("?sample=") == 6  # each as a link, and for htmx
    assert 'class="verdict"' not in page.split("<template")[0]


def test_a_pasted_badge_is_answered_with_a_whole_page(client: Client) -> None:
    page = text(client.post("/verify", {"credential": badges.good()}))

    assert "<html" in page
    assert "Signature sound, issuer not known to us" in page
    assert "Welding in Confined Spaces" in page
    assert "Mira Castell" in page


def test_htmx_gets_the_answer_alone(client: Client) -> None:
    answer = client.post("/verify", {"credential": badges.good()}, headers=HTMX)

    assert text(answer).lstrip().startswith("<section")
    assert "HX-Request" in answer.headers["Vary"]


def test_nothing_given_is_no_mistake(client: Client) -> None:
    answer = client.post("/verify", {"credential": "  "})

    assert answer.status_code == 200
    assert "Nothing to check yet" in text(answer)


@pytest.mark.parametrize("field", ["files", "photo"])
def test_a_file_is_checked(client: Client, field: str) -> None:
    answer = client.post("/verify", {field: SimpleUploadedFile("badge.png", badges.baked())})

    assert "Signature sound, issuer not known to us" in text(answer)


def test_a_tampered_badge_is_shown_as_a_claim(client: Client) -> None:
    page = text(client.post("/verify", {"credential": badges.tampered()}))

    assert "Not genuine: the signature does not fit" in page
    assert "None of it is proven." in page


def test_a_deep_link_is_checked_when_it_is_opened(client: Client) -> None:
    recorded.DOCUMENTS[badges.LINK] = {"body": badges.good()}

    page = text(client.get("/verify", {"url": badges.LINK}))

    assert "Signature sound, issuer not known to us" in page
    assert badges.LINK in page


def test_several_files_give_a_table_that_can_be_taken_away(client: Client) -> None:
    files = [
        SimpleUploadedFile("good.json", badges.good().encode()),
        SimpleUploadedFile("bad.json", badges.tampered().encode()),
        SimpleUploadedFile("photo.png", badges.picture()),
    ]

    page = text(client.post("/verify", {"files": files}))
    rows = page.split('name="rows" value="')[1].split('"')[0]
    table = text(client.post("/verify/table.csv", {"rows": rows}))

    assert "3 credentials checked" in page
    assert page.count("<tbody>") == 3
    lines = table.splitlines()
    assert [line.split(",")[:2] for line in lines[1:]] == [
        ["good.json", "valid"], ["bad.json", "invalid"], ["photo.png", "unreadable"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sample", "title"),
    [
        ("good", "Genuine and current"),
        ("expired", "Was sound, but ended on"),
        ("tampered", "Not genuine: the signature does not fit"),
    ],
)
def test_each_sample_shows_what_it_promises(client: Client, sample: str, title: str) -> None:
    page = text(client.get(f"/verify?sample={sample}"))

    assert title in page


def test_an_unknown_sample_is_the_empty_page(client: Client) -> None:
    assert client.get("/verify?sample=nothing").status_code == 200


def test_sixty_checks_a_minute_and_no_more(client: Client, settings: Any) -> None:
    settings.CHECKS_A_MINUTE = 2
    for _ in range(2):
        assert client.post("/verify", {"credential": "x"}).status_code == 200

    page = client.post("/verify", {"credential": "x"})
    fragment = client.post("/verify", {"credential": "x"}, headers=HTMX)

    assert (page.status_code, fragment.status_code) == (429, 429)
    assert int(page.headers["Retry-After"]) <= 60
    assert "<html" not in text(fragment)
    assert client.get("/verify").status_code == 200


def test_each_file_of_many_counts(client: Client, settings: Any) -> None:
    settings.CHECKS_A_MINUTE = 2
    files = [SimpleUploadedFile(f"{n}.json", b"{}") for n in range(3)]

    assert client.post("/verify", {"files": files}).status_code == 429


def test_nothing_of_what_was_brought_is_kept_or_logged(
    client: Client, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    def files() -> dict[Path, int]:
        return {path: path.stat().st_mtime_ns for path in settings.DATA.rglob("*")}

    before = files()
    with caplog.at_level(logging.DEBUG):
        client.post("/verify", {"credential": badges.good(), "recipient": "mira@example.org"})
        client.get("/verify", {"url": badges.LINK})
        client.post("/verify", {"credential": badges.good()}, CONTENT_LENGTH="20000001")

    assert files() == before
    assert "Castell" not in caplog.text
    assert "mira@example.org" not in caplog.text
    assert badges.LINK not in caplog.text


def test_answers_are_kept_by_nobody_on_the_way(client: Client) -> None:
    answer = client.post("/verify", {"credential": badges.good()})

    assert "no-store" in answer.headers["Cache-Control"]
    assert not answer.cookies.get("sessionid")
    assert {cookie.key for cookie in answer.cookies.values()} <= {"form"}
