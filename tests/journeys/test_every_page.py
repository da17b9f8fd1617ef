"""Every answer of a check, and what goes for all pages: the keyboard, print, both directions."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.looks import TOO_SMALL, Eyes, open_all
from tests.web.reports import STATES

pytestmark = pytest.mark.browser

STATUSES = [("/nothing-here", 404), ("/broken", 500)]
ALL = [*STATUSES, ("/state/several", 200), *((f"/state/{name}", 200) for name in STATES)]

OUTLINE = """() => {
  const one = document.activeElement;
  const shown = one.type === "file" ? one.parentElement.querySelector(".btn") : one;
  const style = getComputedStyle(shown);
  return [one.outerHTML.slice(0, 90), parseFloat(style.outlineWidth), style.outlineStyle];
}"""


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=[1280, 390])
def width(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def opened(browser: Browser, site: str, scheme: str, width: int) -> Iterator[Page]:
    context = browser.new_context(
        base_url=site,
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": width, "height": 900},
        reduced_motion="reduce",
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def plain(browser: Browser, site: str) -> Iterator[Page]:
    context = browser.new_context(base_url=site, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("path", "status"), ALL)
def test_every_state_is_light_and_fit_for_everybody(
    plain: Page, site: str, path: str, status: int
) -> None:
    Eyes(plain, site).look_at(path, status=status)


@pytest.mark.parametrize("path", ["/", "/verify", "/state/valid", "/state/several"])
def test_no_page_scrolls_sideways_where_text_runs_the_other_way(plain: Page, path: str) -> None:
    plain.set_viewport_size({"width": 390, "height": 800})
    plain.goto(path)
    plain.evaluate("document.documentElement.dir = 'rtl'")
    open_all(plain)

    assert plain.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("path", ["/", "/verify", "/api/v1/", "/state/valid", "/state/several"])
def test_every_stop_of_the_keyboard_can_be_seen(opened: Page, path: str) -> None:
    opened.goto(path)
    stops = set()
    for _ in range(60):
        opened.keyboard.press("Tab")
        if opened.evaluate("document.activeElement === document.body"):
            break
        html, thickness, style = opened.evaluate(OUTLINE)
        stops.add(html)
        assert thickness >= 2, html
        assert style == "solid", html

    assert len(stops) >= 5


@pytest.mark.parametrize("path", ["/", "/verify", "/state/valid", "/state/several"])
def test_whatever_can_be_pressed_is_large_enough(opened: Page, path: str) -> None:
    opened.goto(path)
    open_all(opened)

    assert opened.evaluate(TOO_SMALL) == []


def test_the_skip_link_leads_past_the_bar(plain: Page) -> None:
    plain.goto("/verify")

    plain.keyboard.press("Tab")
    plain.keyboard.press("Enter")

    assert plain.evaluate("document.activeElement.id") == "main"


def test_nothing_moves_for_those_who_asked_for_rest(plain: Page) -> None:
    plain.goto("/state/valid")

    assert plain.evaluate("document.getAnimations().length") == 0


@pytest.mark.parametrize("path", ["/state/valid", "/state/several"])
def test_an_answer_can_be_printed(plain: Page, path: str) -> None:
    plain.goto(path)
    plain.emulate_media(media="print", color_scheme="dark")

    assert plain.evaluate("getComputedStyle(document.querySelector('.ask')).display") == "none"
    assert plain.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert len(plain.pdf()) > 10_000
