"""A recruiter compares candidates in a browser, with and without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page, expect

from sealwright.web.catalogue.services import bring_framework
from tests.web import badges
from tests.web.hiring import awkward, boards

LIGHTS: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")

pytestmark = [pytest.mark.browser, pytest.mark.loopback]


@pytest.fixture
def site(own_site: str) -> str:
    """A site with a database: it is asked for its frameworks."""
    return own_site


def brought(folder: Path) -> list[Path]:
    """Fourteen files, more than go at once where scripts run."""
    files = [folder / f"Person {number}.json" for number in range(12)]
    for number, file in enumerate(files):
        file.write_text(awkward.badge_of(f"Person {number}"), "utf-8")
    forged = folder / "Forger.json"
    forged.write_text(badges.tampered(), "utf-8")
    picture = folder / "Pictured.png"
    picture.write_bytes(badges.picture())
    return [*files, forged, picture]


def walk(page: Page, site: str, folder: Path) -> None:
    page.goto(f"{site}/screen")
    page.get_by_label("The advert, or one skill a line").fill(f"{awkward.SKILL}\nFlower arranging")
    page.get_by_role("button", name="Find the skills").click()
    page.get_by_label("Must (row 1)").check()
    page.locator('input[name="files"]').set_input_files(brought(folder))
    page.get_by_role("button", name="Compare").click()
    expect(page.locator(".funnel")).to_contain_text("14")
    page.get_by_label("Harbour College").check()
    page.get_by_role("button", name="Compare again").first.click()
    expect(page.locator(".board tbody").first).to_contain_text("Every must is proven and current.")
    expect(page.locator(".funnel")).to_contain_text("12")
    with page.expect_download() as download:
        page.get_by_role("button", name="Table (CSV)").click()
    table = Path(download.value.path()).read_text("utf-8-sig")
    assert table.count("Verified and current") == 12
    assert "Withdrawn, false, or not theirs" in table


def test_from_an_advert_to_the_table(site: str, page: Page, scripts: bool, tmp_path: Path) -> None:
    walk(page, site, tmp_path)

    if scripts:  # axe is a script
        assert list(barriers(page)) == []


def test_looking_for_a_skill_loses_no_file(
    site: str, page: Page, scripts: bool, tmp_path: Path
) -> None:
    badge = tmp_path / "Mira Castell.json"
    badge.write_text(badges.good(), "utf-8")
    page.goto(f"{site}/screen")
    page.get_by_label("The advert, or one skill a line").fill("Flower arranging")
    page.get_by_role("button", name="Find the skills").click()
    page.locator('input[name="files"]').set_input_files(badge)

    page.get_by_label("Look for a skill in").fill("databases")
    page.get_by_role("button", name="Look", exact=True).click()
    page.get_by_role("button", name="query databases with SQL").click()

    expect(page.get_by_label("Skill (row 2)")).to_have_value("query databases with SQL")
    expect(page.get_by_label("Look for a skill in")).to_be_focused()
    if scripts:
        assert page.locator('input[name="files"]').evaluate("it => it.files.length") == 1
        assert list(barriers(page)) == []
    else:
        expect(page.get_by_text("1 credential was checked and is still here.")).to_be_visible()


def test_on_a_phone_a_full_board_is_short_and_the_rest_is_one_press_away(
    site: str, page: Page, scripts: bool
) -> None:
    bring_framework(boards.framework(), by="operator", at=boards.AT)
    board = Client().post("/screen", boards.form()).text
    page.route("**/screen/full", lambda it: it.fulfill(body=board, content_type="text/html"))
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site}/screen/full")

    rows = page.locator(".board tbody")
    closed = [rows.nth(n).bounding_box() for n in range(1, rows.count())]
    assert len(closed) == 22
    assert max(box["height"] for box in closed if box) <= 844 / 4
    row = rows.filter(has_text="1 near").first
    expect(row.get_by_text("Comes near: ")).to_be_hidden()
    row.get_by_text("Why here").click()
    expect(row.get_by_text("Comes near: ").first).to_be_visible()
    for label in boards.ASKED:
        expect(row.locator(".bars").get_by_text(label).first).to_be_visible()
    if scripts:
        assert list(barriers(page)) == []


def barriers(page: Page) -> Iterator[str]:
    """What axe finds, and whether anything runs over, in both lights and two widths."""
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        for light in LIGHTS:
            page.emulate_media(color_scheme=light, reduced_motion="reduce")
            found = Axe().run(page)
            if found.violations_count:
                yield found.generate_report()
        if page.evaluate("document.documentElement.scrollWidth") > width:
            yield f"runs over {width}"
