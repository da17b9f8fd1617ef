"""Signing up and in as people do it: with a passkey in the browser, with a code without scripts."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from sealwright.web.accounts.adapter import SIGNED_IN_AT
from sealwright.web.accounts.models import DemoSide, User
from sealwright.web.core.models import DeliveredMail
from tests.journeys.test_every_page import LARGEST, RULES, TOO_SMALL, open_all
from tests.web.accounts.people import last_code
from tests.web.factories import a_person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MIRA = "mira@people.example"
OUTSIDE = ["/start", "/accounts/login/", "/accounts/signup/", "/accounts/signup/passkey/",
           "/accounts/login/code/", "/accounts/password/reset/", "/accounts/inactive/",
           "/recover", "/demo", "/demo/outbox"]  # fmt: skip
INSIDE = ["/start", "/account", "/account/second-factor?next=/start", "/account/addresses/add",
          "/account/addresses/add?join", "/account/recovery-kit", "/account/close",
          "/accounts/logout/", "/accounts/password/set/", "/accounts/2fa/totp/activate/",
          "/accounts/2fa/webauthn/add/", "/accounts/reauthenticate/code/"]  # fmt: skip


@pytest.fixture
def address(own_site: str, settings: Any) -> str:
    """The address of a site in demo mode with nobody in it."""
    settings.DEMO = True
    return own_site


@pytest.fixture
def browsing(browser: Browser, address: str) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=address, reduced_motion="reduce")
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def opened(browsing: BrowserContext) -> Iterator[Page]:
    """A page that complained of nothing when the journey ends: no script, no policy, no file."""
    page = browsing.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    yield page
    assert complaints == []


def with_authenticator(page: Page) -> None:
    """Give the browser a device that keeps passkeys and recognises its owner."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def sign_in(context: BrowserContext, address: str, person: User) -> None:
    """Put the person's session into the browser."""
    client = Client()
    client.force_login(person)
    session = client.session
    session[SIGNED_IN_AT] = time.time()
    session.save()
    key = str(session.session_key)
    context.add_cookies([{"name": "session", "value": key, "url": address}])


def test_a_newcomer_signs_up_with_a_passkey_and_comes_back_with_it(opened: Page) -> None:
    with_authenticator(opened)

    opened.goto("/accounts/signup/passkey/")
    opened.get_by_label("E-mail address").fill(MIRA)
    opened.get_by_label("Your name").fill("Mira Holt")
    opened.get_by_role("button", name="Send me a code").click()
    opened.get_by_label("Code").fill(last_code(MIRA))
    opened.get_by_role("button", name="Confirm").click()
    opened.get_by_role("button", name="Make the passkey").click()
    expect(opened.get_by_role("heading", name="Welcome, Mira Holt")).to_be_visible()
    opened.goto("/account")
    opened.get_by_role("button", name="Sign out", exact=True).click()
    opened.goto("/accounts/login/")
    opened.get_by_role("button", name="Sign in with a passkey").click()

    expect(opened.get_by_role("heading", name="Welcome, Mira Holt")).to_be_visible()


def test_a_passkey_is_the_second_factor_of_a_sign_in_by_code(opened: Page, address: str) -> None:
    with_authenticator(opened)
    sign_in(opened.context, address, a_person(MIRA, name="Mira Holt"))
    opened.goto("/accounts/2fa/webauthn/add/")
    opened.get_by_label("Sign in with it alone").uncheck()
    opened.get_by_role("button", name="Make the passkey").click()
    expect(opened.get_by_role("heading", name="Recovery codes")).to_be_visible()
    opened.context.clear_cookies()

    opened.goto("/accounts/login/")
    opened.get_by_label("E-mail address").fill(MIRA)
    opened.get_by_role("button", name="Send me a code").click()
    opened.get_by_label("Code").fill(last_code(MIRA))
    opened.get_by_role("button", name="Sign in").click()
    opened.get_by_role("button", name="Use a passkey").click()

    expect(opened.get_by_role("heading", name="Welcome, Mira Holt")).to_be_visible()


def test_an_account_with_a_passkey_is_joined_with_its_passkey(opened: Page, address: str) -> None:
    with_authenticator(opened)
    other = a_person("mira@college.example", name="Mira at college")
    sign_in(opened.context, address, other)
    opened.goto("/accounts/2fa/webauthn/add/")
    opened.get_by_role("button", name="Make the passkey").click()
    expect(opened.get_by_role("heading", name="Recovery codes")).to_be_visible()
    stays = a_person(MIRA)
    sign_in(opened.context, address, stays)

    opened.goto("/account/addresses/add?join")
    opened.get_by_label("E-mail address").fill("mira@college.example")
    opened.get_by_role("button", name="Send a code there").click()
    opened.get_by_label("Code").fill(last_code("mira@college.example"))
    opened.get_by_role("button", name="Confirm").click()
    opened.get_by_role("button", name="Use its passkey").click()
    opened.get_by_role("button", name="Join the two accounts").click()

    expect(opened.get_by_text("The two accounts are one now.")).to_be_visible()
    assert sorted(stays.addresses()) == ["mira@college.example", MIRA]


def test_a_device_that_refuses_is_explained(opened: Page) -> None:
    opened.goto("/accounts/login/")
    opened.evaluate("() => { navigator.credentials.get = () => Promise.reject('stopped'); }")

    opened.get_by_role("button", name="Sign in with a passkey").click()

    expect(opened.get_by_role("alert").filter(has_text="Nothing happened")).to_be_visible()


def test_without_scripts_a_code_signs_in_and_passkeys_are_excused(
    browser: Browser, address: str
) -> None:
    a_person(MIRA, name="Mira Holt")
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()

    page.goto("/accounts/login/")
    expect(page.get_by_text("passkeys cannot do without")).to_be_visible()
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    page.get_by_label("E-mail address").fill(MIRA)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code").fill(last_code(MIRA))
    page.get_by_role("button", name="Sign in").click()

    expect(page.get_by_role("heading", name="Welcome, Mira Holt")).to_be_visible()
    context.close()


@pytest.mark.parametrize("path", OUTSIDE)
def test_pages_at_the_door_are_for_everybody(browsing: BrowserContext, path: str) -> None:
    for side in DemoSide:
        a_person(is_demo=True, demo_side=side, demo_note="Somebody of the demo")
    DeliveredMail.objects.create(sender="us@here.example", to=MIRA, subject="Your code", text="x")

    look_closely(browsing.new_page(), path)


@pytest.mark.parametrize("path", INSIDE)
def test_pages_about_oneself_are_for_everybody(
    browsing: BrowserContext, address: str, path: str
) -> None:
    sign_in(browsing, address, a_person(MIRA))

    look_closely(browsing.new_page(), path)


def look_closely(page: Page, path: str) -> None:
    """Nothing for axe, nothing from elsewhere, light, no sideways scroll, large enough to press."""
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    sizes: list[float] = []
    asked: list[str] = []
    wire.on("Network.loadingFinished", lambda done: sizes.append(done["encodedDataLength"]))
    page.on("request", lambda request: asked.append(request.url))
    answer = page.goto(path)
    page.wait_for_load_state("networkidle")
    assert answer is not None
    assert answer.status == 200
    assert len(asked) <= 8
    assert sum(sizes) <= LARGEST
    open_all(page)
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
            assert found.violations_count == 0, f"{width} {scheme} {found.generate_report()}"
    assert page.evaluate(TOO_SMALL) == []
    for width in (320, 640, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
