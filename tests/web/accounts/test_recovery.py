"""The recovery kit: shown once, works once, stands in for an address and for nothing else."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from sealwright.web.accounts import recovery
from sealwright.web.accounts.models import RecoveryKit, User
from tests.web.accounts.people import a_client, last_code, mails_to
from tests.web.factories import a_person

pytestmark = pytest.mark.django_db


def a_kit(person: User, occasion: str = "form") -> str:
    code = recovery.make_kit(person, occasion=occasion)
    assert code is not None
    return code


def who_is_in(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_a_kit_is_shown_once_and_only_its_hash_is_kept() -> None:
    person = a_person("mira@people.example")
    client = a_client(person)
    form = client.get("/account/recovery-kit").content.decode()
    occasion = re.search(r'name="occasion" value="(\w+)"', form)
    assert occasion

    first = client.post("/account/recovery-kit", {"occasion": occasion.group(1)})
    again = client.post("/account/recovery-kit", {"occasion": occasion.group(1)})

    code = re.search(r"(?:[0-9A-Z]{4}-){6}[0-9A-Z]{4}", first.content.decode())
    assert code
    assert code.group() not in again.content.decode()
    assert RecoveryKit.objects.get().code_hash == recovery.hash_of(code.group())
    assert first["Cache-Control"].count("no-store")
    assert len(mails_to("mira@people.example")) == 1


def test_a_kit_signs_in_and_leads_to_a_new_address() -> None:
    person = a_person("gone@college.example")
    code = a_kit(person)
    client = a_client()

    answer = client.post("/recover", {"code": code.lower().replace("-", " ")})
    client.post("/account/addresses/add", {"email": "mira@people.example"})
    client.post("/account/addresses/prove", {"code": last_code("mira@people.example")})

    assert answer["Location"] == "/account/addresses/add"
    assert who_is_in(client) == str(person.pk)
    assert "mira@people.example" in person.addresses()
    assert "kit was used" in mails_to("gone@college.example")[1].subject


def test_a_kit_works_once() -> None:
    code = a_kit(a_person())
    a_client().post("/recover", {"code": code})
    second = a_client()

    second.post("/recover", {"code": code})

    assert who_is_in(second) is None
    assert not RecoveryKit.objects.exists()


def test_a_new_kit_makes_the_one_before_void() -> None:
    person = a_person()
    old = a_kit(person, "first form")
    a_kit(person, "second form")
    client = a_client()

    client.post("/recover", {"code": old})

    assert who_is_in(client) is None


def test_using_a_kit_ends_all_other_sessions() -> None:
    person = a_person()
    code = a_kit(person)
    elsewhere, here = a_client(person), a_client()

    here.post("/recover", {"code": code})

    assert elsewhere.get("/account").status_code == 302
    assert here.get("/account").status_code == 200


def test_who_came_in_with_a_kit_adds_an_address_later_than_ten_minutes_but_nothing_else() -> None:
    person = a_person()
    client = a_client()
    client.post("/recover", {"code": a_kit(person)})
    session = client.session
    session["signed_in_at"] -= timedelta(minutes=20).total_seconds()
    session.save()

    assert client.get("/account/addresses/add").status_code == 200
    assert client.get("/account/close").status_code == 302


def test_a_kit_does_not_stand_in_for_a_second_factor() -> None:
    person = a_person()
    TOTP.activate(person, generate_totp_secret())
    codes = RecoveryCodes.activate(person).get_unused_codes()
    code = a_kit(person)
    client = a_client()

    answer = client.post("/recover", {"code": code})
    before = who_is_in(client)
    client.post("/accounts/2fa/authenticate/", {"code": codes[0]})

    assert answer["Location"] == "/accounts/2fa/authenticate/"
    assert before is None
    assert who_is_in(client) == str(person.pk)


def test_a_kit_is_not_used_up_before_the_second_factor_is_shown() -> None:
    person = a_person()
    TOTP.activate(person, generate_totp_secret())
    code = a_kit(person)

    a_client().post("/recover", {"code": code})

    assert recovery.person_with(recovery.hash_of(code)) == person


def test_of_two_who_use_a_kit_at_once_one_comes_in() -> None:
    person = a_person()
    TOTP.activate(person, generate_totp_secret())
    codes = RecoveryCodes.activate(person).get_unused_codes()
    code = a_kit(person)
    first, second = a_client(), a_client()
    for client in (first, second):
        client.post("/recover", {"code": code})

    first.post("/accounts/2fa/authenticate/", {"code": codes[0]})
    answer = second.post("/accounts/2fa/authenticate/", {"code": codes[1]})

    assert who_is_in(first) == str(person.pk)
    assert who_is_in(second) is None
    assert answer["Location"] == "/recover"


def test_a_wrong_code_and_the_code_of_a_closed_account_get_the_same_answer() -> None:
    closed = a_person()
    code = a_kit(closed)
    User.objects.update(is_active=False)

    answers = [a_client().post("/recover", {"code": tried}) for tried in (code, "0" * 28)]

    first, second = (re.sub(r'value="[^"]*"', "", answer.content.decode()) for answer in answers)
    assert first == second
    assert answers[0].status_code == 422


def test_guessing_stops_after_five_tries_in_a_minute() -> None:
    code = a_kit(a_person())
    for _ in range(5):
        a_client().post("/recover", {"code": "0" * 28})
    client = a_client()

    answer = client.post("/recover", {"code": code})

    assert answer.status_code == 429
    assert who_is_in(client) is None


def test_a_kit_goes_with_the_addresses_that_are_known_then() -> None:
    person = a_person("one@people.example")
    EmailAddress.objects.create(user=person, email="two@people.example", verified=True)
    code = a_kit(person)

    a_client().post("/recover", {"code": code})

    for address in ("one@people.example", "two@people.example"):
        assert "kit was used" in mails_to(address)[-1].subject
