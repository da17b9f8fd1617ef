"""Somebody has a badge and wants to know whether it is real."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.web import badges, recorded

pytestmark = pytest.mark.browser

SOUND = "Signature sound, issuer not known to us"
FALSE = "Not genuine: the signature does not fit"


def file(name: str, data: bytes | str, kind: str = "application/json") -> FilePayload:
    content = data.encode() if isinstance(data, str) else data
    return {"name": name, "mimeType": kind, "buffer": content}


def verdict(page: Page, words: str) -> None:
    expect(page.locator("#verdict").first).to_have_text(words)


def test_pasting_a_badge(page: Page) -> None:
    page.goto("/verify")

    page.get_by_label("A link, or the text of a credential").fill(badges.good())
    page.get_by_role("button", name="Check", exact=True).click()

    verdict(page, SOUND)
    expect(page.get_by_role("heading", name="Welding in Confined Spaces")).to_be_visible()
    page.get_by_text("What each check read").click()
    expect(page.get_by_role("heading", name="Addresses asked")).to_be_visible()
    page.get_by_text("The credential itself, as data").click()
    expect(page.locator("#raw")).to_contain_text("eddsa-rdfc-2022")


def test_from_the_start_page_with_a_link(page: Page) -> None:
    recorded.DOCUMENTS[badges.LINK] = {"body": badges.good()}
    page.goto("/")

    page.get_by_label("Link to a badge, or its text").fill(badges.LINK)
    page.get_by_role("button", name="Check", exact=True).click()

    verdict(page, SOUND)


def test_choosing_a_file(page: Page, scripts: bool) -> None:
    page.goto("/verify")

    page.locator('input[name="files"]').set_input_files(
        file("badge.png", badges.baked(), "image/png")
    )
    if not scripts:
        page.get_by_role("button", name="Check", exact=True).click()

    verdict(page, SOUND)


def test_photographing_a_code(page: Page, scripts: bool) -> None:
    recorded.DOCUMENTS[badges.LINK] = {"body": badges.good()}
    page.goto("/verify")

    page.locator('input[name="photo"]').set_input_files(
        file("photo.jpg", badges.photo_of(badges.LINK), "image/jpeg")
    )
    if not scripts:
        page.get_by_role("button", name="Check", exact=True).click()

    verdict(page, SOUND)


def test_a_screenshot_is_told_from_a_badge(page: Page, scripts: bool) -> None:
    page.goto("/verify")

    page.locator('input[name="files"]').set_input_files(
        file("shot.png", badges.picture(), "image/png")
    )
    if not scripts:
        page.get_by_role("button", name="Check", exact=True).click()

    verdict(page, "No credential found here")
    expect(page.get_by_text("Was it a screenshot?").first).to_be_visible()


def test_several_files_and_their_table(page: Page, scripts: bool, tmp_path: Path) -> None:
    page.goto("/verify")

    page.locator('input[name="files"]').set_input_files(
        [file("good.json", badges.good()), file("bad.json", badges.tampered()),
         file("old.json", badges.ended())]
    )  # fmt: skip
    if not scripts:
        page.get_by_role("button", name="Check", exact=True).click()
    verdict(page, "3 credentials checked")
    page.get_by_role("row", name="bad.json").get_by_text(FALSE).wait_for()
    page.locator("tbody").nth(1).get_by_text("Why").click()
    expect(
        page.locator("tbody").nth(1).get_by_text("Signature does not fit", exact=True)
    ).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as CSV").click()

    saved = tmp_path / "table.csv"
    download.value.save_as(saved)
    rows = list(csv.reader(StringIO(saved.read_text("utf-8-sig"))))
    assert [row[:2] for row in rows[1:]] == [
        ["good.json", "valid"], ["bad.json", "invalid"], ["old.json", "invalid"],
    ]  # fmt: skip


def test_asking_for_whom_it_was_made(page: Page) -> None:
    page.goto("/verify")

    page.get_by_text("Was it made for a certain person?").click()
    page.get_by_label("Their e-mail address or identifier (DID)").fill("else@example.org")
    page.get_by_label("A link, or the text of a credential").fill(badges.good())
    page.get_by_role("button", name="Check", exact=True).click()

    verdict(page, "Awarded to somebody else")


@pytest.mark.parametrize(
    ("sample", "words"),
    [
        ("A good one", "Genuine and current"),
        ("One that ended", "Was sound, but ended on"),
        ("A tampered one", FALSE),
    ],
)
def test_trying_a_sample(page: Page, sample: str, words: str) -> None:
    page.goto("/verify")

    page.get_by_role("link", name=sample).click()

    expect(page.locator("#verdict")).to_contain_text(words)


def test_opening_a_deep_link(page: Page) -> None:
    recorded.DOCUMENTS[badges.LINK] = {"body": badges.tampered()}

    page.goto(f"/verify?url={badges.LINK}")

    verdict(page, FALSE)
    expect(page.get_by_text("None of it is proven.")).to_be_visible()


def test_pressing_check_with_nothing_to_check(page: Page) -> None:
    page.goto("/verify")

    page.get_by_role("button", name="Check", exact=True).click()

    verdict(page, "Nothing to check yet")


def test_one_check_after_another(page: Page) -> None:
    page.goto("/verify")
    field = page.get_by_label("A link, or the text of a credential")

    for text, words in ((badges.good(), SOUND), (badges.tampered(), FALSE)):
        field.fill(text)
        page.get_by_role("button", name="Check", exact=True).click()
        verdict(page, words)
