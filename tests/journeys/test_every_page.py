"""Every page in every state: readable by everybody, light to carry, asking nobody else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.web.reports import STATES

pytestmark = pytest.mark.browser

PAGES = ["/", "/verify", "/api/v1/", "/nothing-here", "/broken"]
ALL = [*PAGES, "/state/several", *(f"/state/{name}" for name in STATES)]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LARGEST = 100_000
"""Bytes on the wire for a page with everything it loads."""

TOO_SMALL = """() => [...document.querySelectorAll("a, button, input, summary, textarea")]
  .filter((one) => one.checkVisibility() && !one.closest("p, .evidence, dd, .vh") &&
                   one.type !== "hidden" && one.type !== "file" && !one.closest(".skip"))
  .map((one) => [one.outerHTML.slice(0, 90), one.getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.width < 24 || box.height < 24))
  .map(([html]) => html)"""

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


def open_all(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")


@pytest.mark.parametrize("path", ALL)
def test_axe_finds_nothing(plain: Page, path: str) -> None:
    plain.goto(path)
    open_all(plain)

    for across in (1280, 390):
        plain.set_viewport_size({"width": across, "height": 900})
        for scheme in ("light", "dark"):
            plain.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            found = Axe().run(plain, options={"runOnly": {"type": "tag", "values": RULES}})
            assert found.violations_count == 0, f"{across} {scheme} {found.generate_report()}"


@pytest.mark.parametrize("path", ALL)
def test_nothing_is_asked_of_others_and_a_page_is_light(plain: Page, path: str, site: str) -> None:
    client = plain.context.new_cdp_session(plain)
    client.send("Network.enable")
    sizes: list[float] = []
    asked: list[str] = []
    client.on("Network.loadingFinished", lambda done: sizes.append(done["encodedDataLength"]))
    plain.on("request", lambda request: asked.append(request.url))

    plain.goto(path)
    plain.wait_for_load_state("networkidle")

    assert [url for url in asked if not url.startswith(site)] == []
    assert len(asked) <= 8
    assert sum(sizes) <= LARGEST


@pytest.mark.parametrize("path", ALL)
def test_no_page_scrolls_sideways(plain: Page, path: str) -> None:
    plain.goto(path)
    open_all(plain)

    for across in (320, 390, 640, 1280):
        plain.set_viewport_size({"width": across, "height": 800})
        assert plain.evaluate("document.documentElement.scrollWidth") <= across


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
