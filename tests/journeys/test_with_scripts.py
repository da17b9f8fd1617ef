"""What scripts add: dropping, pasting files, the camera, copying, and being told at once."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.web import badges, recorded

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("scripts", [True], indirect=True)]

SOUND = "Signature sound, issuer not known to us"

DROP = """([name, text, where]) => {
  const carried = new DataTransfer();
  carried.items.add(new File([text], name, { type: "application/json" }));
  const target = document.querySelector(where);
  for (const kind of ["dragenter", "dragover", "drop"]) {
    const event = { bubbles: true, cancelable: true, dataTransfer: carried };
    target.dispatchEvent(new DragEvent(kind, event));
    if (kind === "dragenter") window.wasLit = !!document.querySelector(".over-it");
  }
}"""

PASTE = """([name, text]) => {
  const carried = new DataTransfer();
  carried.items.add(new File([text], name, { type: "application/json" }));
  document.querySelector("#credential").dispatchEvent(
    new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData: carried }));
}"""

DETECTOR = """
  window.BarcodeDetector = class {
    static async getSupportedFormats() { return ["qr_code"]; }
    async detect() { return [{ rawValue: "%s" }]; }
  };
"""


def test_a_dropped_file_is_checked_with_no_second_click(page: Page) -> None:
    page.goto("/verify")

    page.evaluate(DROP, ["badge.json", badges.good(), "main"])

    expect(page.locator("#verdict")).to_have_text(SOUND)
    assert page.evaluate("window.wasLit")
    expect(page.locator(".over-it")).to_have_count(0)


def test_a_file_from_the_clipboard_is_checked(page: Page) -> None:
    page.goto("/verify")

    page.evaluate(PASTE, ["badge.json", badges.good()])

    expect(page.locator("#verdict")).to_have_text(SOUND)


def test_a_file_is_not_sent_a_second_time(page: Page) -> None:
    page.goto("/verify")
    page.evaluate(DROP, ["badge.json", badges.good(), "main"])
    expect(page.locator("#verdict")).to_have_text(SOUND)

    page.get_by_label("A link, or the text of a credential").fill(badges.tampered())
    page.keyboard.press("Control+Enter")

    expect(page.locator("#verdict")).to_contain_text("Not genuine")


def test_the_verdict_is_brought_into_view_and_read_out(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 700})
    page.goto("/verify")

    page.get_by_label("A link, or the text of a credential").fill(badges.good())
    page.get_by_role("button", name="Check", exact=True).click()

    expect(page.locator("#verdict")).to_be_focused()
    expect(page.locator("#verdict")).to_be_in_viewport()


def test_the_camera_reads_a_code_where_the_browser_can(page: Page) -> None:
    recorded.DOCUMENTS[badges.LINK] = {"body": badges.good()}
    page.add_init_script(DETECTOR % badges.LINK)
    page.goto("/verify")

    page.get_by_role("button", name="Scan with camera").click()

    expect(page.locator("#verdict")).to_have_text(SOUND)
    expect(page.locator("#camera")).to_be_hidden()
    assert page.evaluate("document.querySelector('video').srcObject") is None


def test_a_browser_that_cannot_scan_is_not_asked_to(page: Page) -> None:
    page.goto("/verify")

    expect(page.get_by_label("A link, or the text of a credential")).to_be_visible()
    expect(page.get_by_role("button", name="Scan with camera")).to_be_hidden()


def test_the_raw_text_can_be_copied(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/state/valid")

    page.get_by_text("The credential itself, as data").click()
    page.get_by_role("button", name="Copy").click()

    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#raw").text_content()


def test_a_lost_connection_is_told(context: BrowserContext) -> None:
    page = context.new_page()  # the browser complains here, and rightly
    page.goto("/verify")

    def lose(route: Route) -> None:
        route.abort() if route.request.method == "POST" else route.continue_()

    page.route("**/verify", lose)
    page.get_by_label("A link, or the text of a credential").fill("x")
    page.get_by_role("button", name="Check", exact=True).click()

    expect(page.locator("#verdict")).to_have_text("No answer")
    expect(page.get_by_text("Nothing was checked. Please try again.")).to_be_visible()


def test_nothing_that_was_brought_stays_in_the_browser(page: Page) -> None:
    page.goto("/verify")
    page.get_by_label("A link, or the text of a credential").fill(badges.good())
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator("#verdict")).to_have_text(SOUND)

    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")

    assert "Castell" not in kept
    assert [cookie["name"] for cookie in page.context.cookies()] == ["form"]
