"""Authenticator apps and recovery codes, and what is stored of them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)

from sealwright.web.accounts.adapter import MFAAdapter
from tests.web.accounts.people import a_client, last_code, mails_to
from tests.web.factories import a_person

pytestmark = pytest.mark.django_db

MIRA = "mira@people.example"
AUTHENTICATE = "/accounts/2fa/authenticate/"


def code_of(secret: str) -> str:
    """What the app shows now."""
    return str(format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time()))))


def test_an_app_is_set_up_and_recovery_codes_follow(
    django_capture_on_commit_callbacks: Any,
) -> None:
    person = a_person(MIRA)
    client = a_client(person)
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    shown = re.search(r'<dd class="code secret">([A-Z2-7 ]+)</dd>', page)
    assert shown

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(
            "/accounts/2fa/totp/activate/", {"code": code_of(shown.group(1).replace(" ", ""))}
        )
    codes = client.get(answer["Location"]).content.decode()

    assert answer["Location"] == "/accounts/2fa/recovery-codes/"
    assert len(re.findall(r'<li class="code">\d{8}</li>', codes)) == 10
    assert "authenticator app" in mails_to(MIRA)[-1].subject
    assert "<svg" in page
    assert "data:" not in page


def test_a_code_by_mail_is_not_enough_where_there_is_a_second_factor() -> None:
    person = a_person(MIRA)
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    client = a_client()
    client.post("/accounts/login/", {"login": MIRA})

    first = client.post("/accounts/login/code/confirm/", {"code": last_code(MIRA)})
    before = client.session.get("_auth_user_id")
    client.post(AUTHENTICATE, {"code": code_of(secret)})

    assert first["Location"] == AUTHENTICATE
    assert before is None
    assert client.session["_auth_user_id"] == str(person.pk)


def test_a_recovery_code_works_once() -> None:
    person = a_person(MIRA, password="four plain words here")
    TOTP.activate(person, generate_totp_secret())
    code = RecoveryCodes.activate(person).get_unused_codes()[0]
    signed_in = []
    for _ in range(2):
        client = a_client()
        client.post("/accounts/login/", {"login": MIRA, "password": "four plain words here"})
        client.post(AUTHENTICATE, {"code": code})
        signed_in.append("_auth_user_id" in client.session)

    assert signed_in == [True, False]


def test_guessing_a_second_factor_stops_after_five_tries() -> None:
    person = a_person(MIRA, password="four plain words here")
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    client = a_client()
    client.post("/accounts/login/", {"login": MIRA, "password": "four plain words here"})
    for _ in range(5):
        client.post(AUTHENTICATE, {"code": "000000"})

    client.post(AUTHENTICATE, {"code": code_of(secret)})

    assert "_auth_user_id" not in client.session


def test_who_has_a_second_factor_shows_it_again_and_not_a_code_by_mail() -> None:
    person = a_person(MIRA)
    TOTP.activate(person, generate_totp_secret())
    client = a_client(person, lately=False)

    answer = client.get("/account/close")
    by_mail = client.get("/accounts/reauthenticate/code/")

    assert answer["Location"].startswith("/accounts/2fa/reauthenticate/")
    assert by_mail["Location"].startswith("/accounts/2fa/reauthenticate/")


def test_what_is_stored_of_an_app_is_sealed() -> None:
    secret = generate_totp_secret()
    TOTP.activate(a_person(), secret)

    stored = Authenticator.objects.get().data["secret"]

    assert secret not in stored
    assert MFAAdapter().decrypt(stored) == secret


def test_a_secret_key_that_was_replaced_still_opens_what_it_sealed(settings: object) -> None:
    sealed = MFAAdapter().encrypt("JBSWY3DPEHPK3PXP")
    old = settings.SECRET_KEY  # type: ignore[attr-defined]
    settings.SECRET_KEY = "another"  # type: ignore[attr-defined]
    settings.SECRET_KEY_FALLBACKS = [old]  # type: ignore[attr-defined]

    assert MFAAdapter().decrypt(sealed) == "JBSWY3DPEHPK3PXP"


def test_switching_the_app_off_takes_the_recovery_codes_along() -> None:
    person = a_person(MIRA)
    TOTP.activate(person, generate_totp_secret())
    RecoveryCodes.activate(person)

    a_client(person).post("/accounts/2fa/totp/deactivate/")

    assert not Authenticator.objects.exists()
    assert "switched off" in mails_to(MIRA)[-1].subject


@pytest.mark.parametrize("action", ["remove", "edit"])
def test_another_persons_passkey_is_as_if_it_were_not_there(action: str) -> None:
    theirs = Authenticator.objects.create(
        user=a_person(), type=Authenticator.Type.WEBAUTHN, data={"name": "Key", "credential": {}}
    )
    client = a_client(a_person())

    for number in (theirs.pk, 99):
        answer = client.post(f"/accounts/2fa/webauthn/keys/{number}/{action}/", {"name": "Mine"})
        assert answer.status_code == 404

    assert Authenticator.objects.get().data["name"] == "Key"


def test_the_page_that_explains_leads_back_on_this_site_only() -> None:
    client = a_client(a_person())

    within = client.get("/account/second-factor?next=/o/harbour/awards").content.decode()
    outside = client.get("/account/second-factor?next=https://evil.example/").content.decode()
    script = client.get("/account/second-factor?next=javascript:alert(1)").content.decode()

    assert 'href="/o/harbour/awards"' in within
    assert "evil.example" not in outside
    assert "javascript:" not in script
