"""Signing up and in: by code, with a password, and what strangers learn on the way."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from django.http import HttpResponseBase
from django.test import Client

from sealwright.web.accounts.models import User
from sealwright.web.core.models import Message
from tests.web.accounts.people import a_client, last_code, mails_to
from tests.web.factories import a_person

pytestmark = pytest.mark.django_db

MIRA = "mira@people.example"
LOGIN, SIGNUP = "/accounts/login/", "/accounts/signup/"
LOGIN_CODE, ADDRESS_CODE = "/accounts/login/code/confirm/", "/accounts/confirm-email/"


def who_is_in(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def words(answer: HttpResponseBase, address: str) -> str:
    """A page without its form's mark and without the address that was typed."""
    content: bytes = answer.content  # type: ignore[attr-defined]
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", content.decode())
    return page.replace(address, "ADDRESS")


def test_a_newcomer_signs_up_with_a_code_and_is_led_on() -> None:
    client = a_client()

    client.post(SIGNUP, {"email": MIRA, "name": "Mira Holt"})
    answer = client.post(ADDRESS_CODE, {"code": last_code(MIRA)})

    assert answer["Location"] == "/start"
    person = User.objects.get()
    assert (person.name, person.addresses()) == ("Mira Holt", [MIRA])
    assert who_is_in(client) == str(person.pk)
    assert not person.has_usable_password()


def test_a_person_signs_in_with_a_code_and_goes_where_they_wanted() -> None:
    person = a_person(MIRA)
    client = a_client()

    client.post(f"{LOGIN}?next=/account", {"login": MIRA, "next": "/account"})
    answer = client.post(LOGIN_CODE, {"code": last_code(MIRA), "next": "/account"})

    assert answer["Location"] == "/account"
    assert who_is_in(client) == str(person.pk)


def test_any_proven_address_signs_in() -> None:
    person = a_person(MIRA)
    EmailAddress.objects.create(user=person, email="mira@work.example", verified=True)
    client = a_client()

    client.post(LOGIN, {"login": "mira@work.example"})
    client.post(LOGIN_CODE, {"code": last_code("mira@work.example")})

    assert who_is_in(client) == str(person.pk)


def test_a_password_signs_in_where_one_was_set() -> None:
    person = a_person(MIRA, password="four plain words here")
    client = a_client()

    client.post(LOGIN, {"login": MIRA, "password": "four plain words here"})

    assert who_is_in(client) == str(person.pk)
    assert mails_to(MIRA) == []


def test_a_code_works_in_the_browser_that_asked_for_it_and_in_no_other() -> None:
    a_person(MIRA)
    asking, other = a_client(), a_client()
    asking.post(LOGIN, {"login": MIRA})

    other.post(LOGIN, {"login": "somebody@else.example"})
    other.post(LOGIN_CODE, {"code": last_code(MIRA)})

    assert who_is_in(other) is None


def test_a_code_works_once() -> None:
    a_person(MIRA)
    client = a_client()
    client.post(LOGIN, {"login": MIRA})
    client.post(LOGIN_CODE, {"code": last_code(MIRA)})
    client.post("/accounts/logout/")

    client.post(LOGIN_CODE, {"code": last_code(MIRA)})

    assert who_is_in(client) is None


def test_a_code_that_is_too_old_signs_nobody_in(settings: object) -> None:
    a_person(MIRA)
    client = a_client()
    client.post(LOGIN, {"login": MIRA})
    settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT = -1  # type: ignore[attr-defined]

    client.post(LOGIN_CODE, {"code": last_code(MIRA)})

    assert who_is_in(client) is None


def test_three_wrong_codes_end_the_sign_in() -> None:
    a_person(MIRA)
    client = a_client()
    client.post(LOGIN, {"login": MIRA})

    for _ in range(3):
        client.post(LOGIN_CODE, {"code": "WRNG-WRNG"})
    client.post(LOGIN_CODE, {"code": last_code(MIRA)})

    assert who_is_in(client) is None


@pytest.mark.parametrize("page", [LOGIN, SIGNUP, "/accounts/password/reset/"])
def test_no_answer_tells_whether_an_address_has_an_account(page: str) -> None:
    a_person("known@people.example", password="four plain words here")
    field = "login" if page == LOGIN else "email"
    told = []
    for address in ("known@people.example", "unknown@people.example"):
        client = a_client()
        first = client.post(page, {field: address}, follow=True)
        wrong = client.post(first.request["PATH_INFO"], {"code": "WRNG-WRNG"})
        told.append((first.redirect_chain, words(first, address), words(wrong, address),
                     wrong.status_code, len(mails_to(address))))  # fmt: skip

    assert told[0] == told[1]
    assert told[0][-1] == 1


def test_a_wrong_password_tells_as_much_as_an_unknown_address() -> None:
    a_person("known@people.example", password="four plain words here")
    a_person("none@people.example")
    told = {
        words(a_client().post(LOGIN, {"login": address, "password": "wrong words"}), address)
        for address in ("known@people.example", "none@people.example", "unknown@people.example")
    }

    assert len(told) == 1


def test_a_second_sign_up_with_an_address_makes_no_second_account() -> None:
    a_person(MIRA)

    a_client().post(SIGNUP, {"email": MIRA, "name": "Mallory"})

    assert User.objects.count() == 1
    assert "an account already" in mails_to(MIRA)[0].subject
    assert "Mallory" not in mails_to(MIRA)[0].text


def test_a_forgotten_password_is_chosen_anew_with_a_code() -> None:
    person = a_person(MIRA, password="four plain words here")
    client = a_client()

    client.post("/accounts/password/reset/", {"email": MIRA})
    client.post("/accounts/password/reset/confirm/", {"code": last_code(MIRA)})
    new = {"password1": "five other words go here", "password2": "five other words go here"}
    client.post("/accounts/password/reset/complete/", new)

    person.refresh_from_db()
    assert person.check_password("five other words go here")
    assert "password was changed" in mails_to(MIRA)[-1].subject


def test_codes_for_one_address_are_sent_three_times_a_minute_at_most() -> None:
    a_person(MIRA)
    for _ in range(5):
        a_client().post(LOGIN, {"login": MIRA})

    assert Message.objects.count() == 3


def test_sign_ups_from_one_caller_stop_after_twenty_in_a_minute() -> None:
    answers = [
        a_client().post(SIGNUP, {"email": f"person{number}@people.example"}).status_code
        for number in range(21)
    ]

    assert answers == [302] * 20 + [429]


def test_who_counts_the_tries_stores_no_address_of_anybody() -> None:
    from sealwright.web.core.models import CachedCount

    a_client().post(LOGIN, {"login": MIRA}, REMOTE_ADDR="192.0.2.7")

    keys = " ".join(CachedCount.objects.values_list("cache_key", flat=True))
    assert keys
    assert "192.0.2.7" not in keys
    assert "mira" not in keys


def test_a_session_cookie_is_not_for_scripts_nor_for_other_sites() -> None:
    client = a_client()
    a_person(MIRA)
    client.post(LOGIN, {"login": MIRA})
    client.post(LOGIN_CODE, {"code": last_code(MIRA)})

    cookie = client.cookies["session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_name_that_is_sent_elsewhere_after_signing_in_stays_on_this_site() -> None:
    a_person(MIRA)
    client = a_client()
    client.post(LOGIN, {"login": MIRA})

    answer = client.post(LOGIN_CODE, {"code": last_code(MIRA), "next": "https://evil.example/"})

    assert answer["Location"] == "/start"
