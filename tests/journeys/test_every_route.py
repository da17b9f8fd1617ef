"""Every page of the product, seen by whoever it is for, with long lists and with nothing in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.test import override_settings
from django.urls import resolve
from playwright.sync_api import Browser, Page
from pytest_django import DjangoDbBlocker

from sealwright.web.accounts.models import User
from sealwright.web.core.ids import new_id
from sealwright.web.core.limits import counters
from tests.journeys.conftest import served
from tests.journeys.looks import Eyes
from tests.journeys.people import sign_in, with_authenticator
from tests.web.accounts.people import last_code
from tests.web.factories import a_person
from tests.web.scenes import secured
from tests.web.visits import BEGUN, VISITS, Visit, Who, World

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

ROWS = 26
"""How much longer than one line every list is."""


@pytest.fixture(autouse=True)
def _django_db_marker() -> None:
    """The mark asks for a database; here it is not emptied after each test."""


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """A site with something of everything, for all pages together: they leave it as it is.

    Whoever begins something there is new and comes after them.
    """
    with django_db_blocker.unblock(), override_settings(DEMO=True):
        made = World()
        made.fill(ROWS)
        yield made
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(scope="module")
def address(world: World) -> Iterator[str]:
    with served() as site:
        yield site


@pytest.fixture(scope="module")
def eyes(browser: Browser, world: World, address: str) -> Iterator[dict[Who, Eyes]]:
    """A browser for each person, signed in once."""
    opened = {}
    for who in Who:
        context = browser.new_context(base_url=address, reduced_motion="reduce")
        context.set_default_timeout(15_000)
        if who in world.people:
            sign_in(context, address, world.people[who])
        opened[who] = Eyes(context.new_page(), address)
    yield opened
    for each in opened.values():
        each.page.context.close()


@pytest.mark.parametrize("visit", VISITS, ids=str)
def test_every_page_is_light_and_fit_for_everybody(
    visit: Visit, world: World, eyes: dict[Who, Eyes]
) -> None:
    eyes[visit.who].look_at(visit.path(world))


# --- Pages in the middle of something ---------------------------------------------------------


@dataclass
class Somebody:
    """Somebody in a browser of their own, on the way to a page."""

    page: Page
    site: str
    address: str = field(default_factory=lambda: f"{new_id().lower()}@people.example")

    def person(self) -> User:
        """Themselves, with an account."""
        return a_person(self.address)

    def signed_in(self, person: User | None = None, *, lately: bool = True) -> User:
        person = person or self.person()
        sign_in(self.page.context, self.site, person, lately=lately)
        return person

    def asks_for_a_code(self, path: str, button: str = "Send me a code", address: str = "") -> None:
        self.page.goto(path)
        for field_of_address in self.page.get_by_label("E-mail address").all():
            field_of_address.fill(address or self.address)
        for field_of_name in self.page.get_by_label("Your name").all():
            field_of_name.fill("Noor Vermeulen")
        self.page.get_by_role("button", name=button).click()

    def enters_the_code(self, button: str = "Confirm", address: str = "") -> None:
        self.page.get_by_label("Code").fill(last_code(address or self.address))
        self.page.get_by_role("button", name=button).click()

    def makes_a_passkey(self) -> int:
        """The number of the new passkey."""
        with_authenticator(self.page)
        person = self.signed_in()
        self.page.goto("/accounts/2fa/webauthn/add/")
        self.page.get_by_role("button", name="Make the passkey").click()
        self.page.get_by_role("heading", name="Recovery codes").wait_for()
        return int(Authenticator.objects.get(user=person, type=Authenticator.Type.WEBAUTHN).pk)

    def has_a_password(self, *, lately: bool) -> None:
        person = self.person()
        person.set_password("correct horse battery")
        person.save()
        self.signed_in(person, lately=lately)


def join(one: Somebody) -> None:
    one.signed_in()
    other = f"other.{one.address}"
    a_person(other)
    one.asks_for_a_code("/account/addresses/add?join", "Send a code there", other)
    one.enters_the_code(address=other)


def prove_address(one: Somebody) -> None:
    one.signed_in()
    one.asks_for_a_code("/account/addresses/add", "Send a code there", f"other.{one.address}")


def confirm_login_code(one: Somebody) -> None:
    one.person()
    one.asks_for_a_code("/accounts/login/code/")


def authenticate(one: Somebody) -> None:
    secured(one.person())
    one.asks_for_a_code("/accounts/login/code/")
    one.enters_the_code("Sign in")


def confirm_password_reset(one: Somebody) -> None:
    one.person()
    one.asks_for_a_code("/accounts/password/reset/")


def complete_password_reset(one: Somebody) -> None:
    confirm_password_reset(one)
    one.enters_the_code()


def confirm_reauthentication(one: Somebody) -> None:
    one.signed_in(lately=False)
    one.page.goto("/accounts/reauthenticate/code/")
    one.page.get_by_role("button", name="Send me a code").click()


def signup_by_passkey(one: Somebody) -> None:
    one.asks_for_a_code("/accounts/signup/passkey/")
    one.enters_the_code()


def see_recovery_codes(one: Somebody) -> None:
    one.signed_in(secured(one.person()))
    one.page.goto("/accounts/2fa/recovery-codes/generate/")
    one.page.get_by_role("button", name="Make new codes").click()


def change_passkey(one: Somebody, change: str) -> None:
    one.page.goto(f"/accounts/2fa/webauthn/keys/{one.makes_a_passkey()}/{change}/")


def show_passkey_again(one: Somebody) -> None:
    one.makes_a_passkey()
    one.signed_in(User.objects.get(email=one.address), lately=False)
    one.page.goto("/accounts/2fa/webauthn/reauthenticate/")


def with_a_password(one: Somebody, path: str, *, lately: bool = True) -> None:
    one.has_a_password(lately=lately)
    one.page.goto(path)


STEPS: dict[str, Callable[[Somebody], None]] = {
    "accounts:join": join,
    "accounts:prove-address": prove_address,
    "account_change_password": lambda one: with_a_password(one, "/accounts/password/change/"),
    "account_complete_password_reset": complete_password_reset,
    "account_confirm_login_code": confirm_login_code,
    "account_confirm_password_reset_code": confirm_password_reset,
    "account_confirm_reauthentication_code": confirm_reauthentication,
    "account_email_verification_sent": lambda one: one.asks_for_a_code("/accounts/signup/"),
    "account_reauthenticate": lambda one: with_a_password(
        one, "/accounts/reauthenticate/", lately=False
    ),
    "mfa_authenticate": authenticate,
    "mfa_edit_webauthn": lambda one: change_passkey(one, "edit"),
    "mfa_reauthenticate_webauthn": show_passkey_again,
    "mfa_remove_webauthn": lambda one: change_passkey(one, "remove"),
    "mfa_signup_webauthn": signup_by_passkey,
    "mfa_view_recovery_codes": see_recovery_codes,
}


@pytest.fixture
def somebody(browser: Browser, address: str) -> Iterator[Somebody]:
    counters.forget()
    context = browser.new_context(base_url=address, reduced_motion="reduce")
    context.set_default_timeout(15_000)
    yield Somebody(context.new_page(), address)
    context.close()


@pytest.mark.parametrize("route", sorted(BEGUN))
def test_every_page_in_the_middle_of_something_is_so_too(route: str, somebody: Somebody) -> None:
    STEPS[route](somebody)
    somebody.page.wait_for_load_state()

    found = resolve(urlsplit(somebody.page.url).path).view_name
    assert found == route
    Eyes(somebody.page, somebody.site).look_at(somebody.page.url)
