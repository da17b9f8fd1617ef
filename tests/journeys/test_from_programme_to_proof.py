"""What a newcomer does first, on the site that `make run` serves: from a programme to red.

The site is a process of its own with the demo world and its worker, as it is for them.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

pytestmark = pytest.mark.browser

PROVIDER = "Harbour University"
STARTS_WITHIN = 300
"""Seconds that the site may take to make its world; it is ready in a tenth of that."""

ARRIVES_WITHIN = 30_000
"""Milliseconds that the worker may take over mail and orders; it looks every second."""

SECONDS_FOR_ALL_OF_IT = 120
WHY = "Somebody else sat the exam."


@dataclass(frozen=True)
class Demo:
    """A served demo."""

    url: str
    folder: Path

    def verify(self, source: str) -> tuple[int, str]:
        """What `sealwright verify` ends with and says of a link or a file."""
        host = self.url.removeprefix("http://")
        ran = subprocess.run(
            [sys.executable, "-m", "sealwright", "verify", "--allow-local", host, source],
            capture_output=True,
            text=True,
            check=False,
            cwd=self.folder,
        )
        return ran.returncode, ran.stdout + ran.stderr


def a_free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The demo as `make run` serves it, with its data in a folder of its own."""
    folder = tmp_path_factory.mktemp("demo")
    port = a_free_port()
    ours = ("SEALWRIGHT_", "DJANGO_")  # what the tests themselves run under
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    with (folder / "said.txt").open("w") as said:
        served = subprocess.Popen(
            [sys.executable, "-m", "sealwright", "serve", "--demo", "--port", str(port)],
            env=kept | {"SEALWRIGHT_DATA": str(folder / "var")},
            stdout=said,
            stderr=subprocess.STDOUT,
        )
    try:
        until_it_answers(served, port, folder / "said.txt")
        yield Demo(f"http://localhost:{port}", folder)
    finally:
        served.terminate()
        served.wait(timeout=30)


def until_it_answers(served: subprocess.Popen[bytes], port: int, said: Path) -> None:
    gives_up = time.monotonic() + STARTS_WITHIN
    with socket.socket() as knocking:
        while knocking.connect_ex(("127.0.0.1", port)):
            assert served.poll() is None, said.read_text()
            assert time.monotonic() < gives_up, said.read_text()
            time.sleep(0.2)


def a_window(browser: Browser, demo: Demo, *, scripts: bool) -> Page:
    """A browser of somebody who was never here."""
    context = browser.new_context(
        base_url=demo.url,
        java_script_enabled=scripts,
        accept_downloads=True,
        viewport={"width": 1280, "height": 900},
    )
    context.set_default_timeout(20_000)
    return context.new_page()


def until_there(page: Page, wanted: Locator) -> None:
    """Look again until the worker has done its part, as a person would."""
    gives_up = time.monotonic() + ARRIVES_WITHIN / 1000
    while not wanted.count():
        assert time.monotonic() < gives_up, page.locator("main").inner_text()
        page.wait_for_timeout(500)
        page.reload()


# --- The steps, each as far as one person looks -----------------------------------------------


def sign_in_as_the_provider(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Demo", exact=True).click()
    page.get_by_role(
        "button", name=re.compile(rf"Sign in as .*{PROVIDER}", re.DOTALL)
    ).first.click()
    page.get_by_role("link", name=PROVIDER).first.click()


def publish_a_programme(page: Page, title: str) -> None:
    page.get_by_role("link", name="Programmes", exact=True).click()
    page.get_by_role("link", name="New programme").click()
    page.get_by_role("button", name="Begin with this Safety training").click()
    page.get_by_label("Title").fill(title)
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_role("button", name="Add a skill").click()
    page.get_by_role("group", name="Skill 5").get_by_label("Skill", exact=True).fill("Splicing")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("link", name="Review and publish").click()
    page.get_by_role("button", name="Publish version 1").click()


def issue(page: Page, name: str, address: str) -> str:
    """Issue from the page of the programme; the address of the award's page in the console."""
    page.get_by_role("link", name="Issue to somebody").click()
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("E-mail address").fill(address)
    page.get_by_role("button", name="Issue and send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    return page.url


def read_the_mail(page: Page, address: str) -> str:
    """Find the mail in the outbox; the link that it carries."""
    page.get_by_role("link", name="Demo outbox").click()
    page.get_by_label("Address or subject").fill(address)
    page.get_by_role("button", name="Search").click()
    subject = page.get_by_role("link", name=re.compile("awarded you"))
    until_there(page, subject)
    subject.click()
    link = page.locator("main a[href*='/claim/']").first.get_attribute("href")
    assert link
    return link


def claim(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_role("button", name="Claim it now").click()
    page.wait_for_url("**/c/*")


def download(page: Page, folder: Path) -> Path:
    page.get_by_text("Link, QR code and files").click()
    with page.expect_download() as underway:
        page.get_by_role("link", name="Signed credential (JSON)").click()
    file = folder / underway.value.suggested_filename
    underway.value.save_as(file)
    return file


def revoke(page: Page, award: str) -> None:
    page.goto(award)
    page.get_by_role("link", name="Revoke").click()
    page.get_by_label("Reason", exact=True).select_option(label="Misconduct in the assessment")
    page.get_by_label("In your words").fill(WHY)
    page.get_by_label("Show reason and words on the public page").check()
    page.get_by_role("button", name="Revoke").click()


# --- The walk ------------------------------------------------------------------------------------


def test_a_newcomer_gets_from_a_programme_to_a_revoked_proof(
    browser: Browser, demo: Demo, scripts: bool
) -> None:
    provider, learner = (a_window(browser, demo, scripts=scripts) for _ in range(2))
    address = f"nora.{uuid4().hex[:8]}@people.example"
    began = time.monotonic()

    sign_in_as_the_provider(provider)
    publish_a_programme(provider, f"Working on Masts {uuid4().hex[:4]}")
    award = issue(provider, "Nora Quay", address)
    claim(learner, read_the_mail(provider, address))
    verdict = learner.locator("#verdict")
    expect(verdict).to_have_text("Genuine and current")
    public = learner.url
    file = download(learner, demo.folder)
    assert json.loads(file.read_bytes())["type"][0] == "VerifiableCredential"
    assert demo.verify(public)[0] == 0
    assert demo.verify(str(file))[0] == 0

    revoke(provider, award)
    until_there(learner, learner.get_by_text(WHY))
    expect(verdict).to_have_text("Revoked by its issuer")
    took = time.monotonic() - began

    assert demo.verify(public)[0] == 1
    assert demo.verify(str(file))[0] == 1
    assert took < SECONDS_FOR_ALL_OF_IT  # what was promised; it takes a fraction of that
