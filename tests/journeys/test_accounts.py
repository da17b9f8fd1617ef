"""Signing up and in as people do it: with a passkey in the browser, with a code without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.people import sign_in, with_authenticator
from tests.web.accounts.people import last_code
from tests.web.factories import a_person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MIRA = "mira@people.example"


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
