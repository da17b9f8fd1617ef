"""A real browser against a real server, on this machine only.

`SEALWRIGHT_CHROMIUM` names the browser; without it Debian's is used. Every journey is
walked twice: as the page is meant, and with scripts switched off.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.wsgi import get_wsgi_application
from django.test import override_settings
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from sealwright.web.core.limits import counters
from sealwright.web.ui.assets import prepare
from tests.web import recorded

# Playwright keeps an event loop in the thread of the tests, whose own code is not asynchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM = os.environ.get("SEALWRIGHT_CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
]


class Server(ThreadingMixIn, WSGIServer):
    """The site, a thread for each request."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    """Says nothing about requests."""

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The address of the site, with a page for each state that an answer can be in."""
    with override_settings(
        ROOT_URLCONF="tests.web.preview_urls",
        VERIFYING_WEB="tests.web.recorded.web",
        CHECKS_A_MINUTE=100_000,
    ):
        prepare()
        with make_server("127.0.0.1", 0, get_wsgi_application(), Server, Quiet) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            yield f"http://127.0.0.1:{server.server_port}"
            server.shutdown()


@contextmanager
def served() -> Iterator[str]:
    """The site, answering with the database that whoever asks for it has open.

    Its name is `localhost`: browsers keep passkeys for names only.
    """
    prepare()
    # Static files are the site's own business, as they are under gunicorn.
    server = LiveServerThread(
        "localhost",
        lambda site: site,  # type: ignore[arg-type]
    )
    server.daemon = True
    server.start()
    server.is_ready.wait()
    assert server.error is None
    server.httpd.daemon_threads = False  # so that closing waits for what is being answered
    yield f"http://localhost:{server.port}"
    server.terminate()


@pytest.fixture
def own_site(transactional_db: None) -> Iterator[str]:
    """The address of a site that shares the test's database, in which there is nobody yet."""
    with served() as site:
        yield site


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.skip(f"no Chromium at {CHROMIUM} (set SEALWRIGHT_CHROMIUM)")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    """Whether the journey is walked with scripts."""
    return bool(request.param)


@pytest.fixture
def context(browser: Browser, site: str, scripts: bool) -> Iterator[BrowserContext]:
    recorded.DOCUMENTS.clear()
    counters.forget()
    opened = browser.new_context(
        base_url=site,
        java_script_enabled=scripts,
        accept_downloads=True,
        viewport={"width": 1280, "height": 900},
    )
    opened.set_default_timeout(10_000)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext, site: str) -> Iterator[Page]:
    """A page that has neither complained nor asked anybody else when the journey ends."""
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on(
        "console",
        lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None,
    )
    opened.on(
        "request",
        lambda asked: (
            complaints.append(f"asked {asked.url}")
            if not asked.url.startswith((site, "blob:", "data:"))
            else None
        ),
    )
    yield opened
    assert complaints == []
