"""Looking closely at a page: for everybody, light, asking nobody else, fitting every screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import ConsoleMessage, Page, Request

RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LARGEST: Final = 100_000
"""Bytes on the wire for a page with everything it loads."""

MOST_ASKED: Final = 8
"""Requests of a page, its own included. Badge pictures in lists are counted by weight alone."""

TOO_SMALL: Final = """() => [...document.querySelectorAll("a, button, input, summary, textarea")]
  .filter((one) => one.checkVisibility() && !one.closest("p, .evidence, dd, .vh") &&
                   one.type !== "hidden" && one.type !== "file" && !one.closest(".skip"))
  .map((one) => [one.outerHTML.slice(0, 90), one.getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.width < 24 || box.height < 24))
  .map(([html]) => html)"""

_AXE: Final = """([rules, without]) =>
  axe.run({ exclude: without }, { runOnly: rules, resultTypes: ["violations"] })"""
_ROWS_LIKE_OTHERS: Final = [["li:nth-of-type(n+9)"], ["tr:nth-of-type(n+9)"]]
"""What is only looked at once, because the rows above are made the same way."""
_ALL: Final = {"type": "tag", "values": RULES}
_OF_COLOUR: Final = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""What can differ between light and dark: our pages change nothing but colours there."""

_TOO_WIDE: Final = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
_OPEN_ALL: Final = "document.querySelectorAll('details').forEach((one) => (one.open = true))"


class Eyes:
    """Whoever looks closely through one page of a browser, at one address after another.

    The browser keeps nothing between two looks, so each is as heavy as the first one.
    """

    def __init__(self, page: Page, site: str) -> None:
        self.page = page
        self._known = (site, "data:")
        self._sizes: list[float] = []
        self._asked: list[str] = []
        self._complaints: list[str] = []
        wire = page.context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
        wire.on("Network.loadingFinished", self._weigh)
        page.on("request", self._note)
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self._complaints.append(str(error)))

    def _weigh(self, done: dict[str, Any]) -> None:
        self._sizes.append(done["encodedDataLength"])

    def _note(self, request: Request) -> None:
        self._asked.append(request.url)

    def _listen(self, said: ConsoleMessage) -> None:
        if said.type in {"error", "warning"}:
            self._complaints.append(said.text)

    def look_at(self, path: str, *, status: int = 200) -> None:
        """Go there and look. Fails with what was found."""
        self.page.goto("about:blank")  # or the end of what is there counts for this page
        for seen in (self._sizes, self._asked, self._complaints):
            seen.clear()
        self._make_wide(1280)
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == status
        if self.page.locator("img[loading=lazy]").count():
            self.page.wait_for_load_state("networkidle")
        if status >= 400:  # which the browser mentions
            self._complaints[:] = [said for said in self._complaints if str(status) not in said]
        faults = [*self._weight(), *self._fitness(), *self._complaints]
        assert not faults, "\n".join(faults)

    def _weight(self) -> Iterator[str]:
        yield from (f"asks {url}" for url in self._asked if not url.startswith(self._known))
        parts = [url for url in self._asked if "/pictures/" not in url]
        if len(parts) > MOST_ASKED:
            yield "asks too often: " + " ".join(parts)
        if sum(self._sizes) > LARGEST:
            yield f"weighs {sum(self._sizes):,.0f} bytes: {self._sizes}"

    def _fitness(self) -> Iterator[str]:
        open_all(self.page)
        self.page.evaluate(AXE_SCRIPT)
        for across in (1280, 390):
            self._make_wide(across)
            self.page.emulate_media(color_scheme="light")
            without = [] if across == 1280 else _ROWS_LIKE_OTHERS
            yield from self._axe(f"{across} light", _ALL, without)
            self.page.emulate_media(color_scheme="dark")
            yield from self._axe(f"{across} dark", _OF_COLOUR, _ROWS_LIKE_OTHERS)
        yield from (f"too small to press: {one}" for one in self.page.evaluate(TOO_SMALL))
        for across in (320, 390, 640, 1280):
            self._make_wide(across)
            if self.page.evaluate(_TOO_WIDE):
                yield f"scrolls sideways at {across}"

    def _axe(
        self, seen: str, rules: Mapping[str, object], without: Sequence[list[str]]
    ) -> Iterator[str]:
        found = AxeResults(self.page.evaluate(_AXE, [rules, without]))
        if found.violations_count:
            yield f"{seen}: {found.generate_report()}"

    def _make_wide(self, across: int) -> None:
        self.page.set_viewport_size({"width": across, "height": 900})


def open_all(page: Page) -> None:
    """Unfold whatever is folded."""
    page.evaluate(_OPEN_ALL)
