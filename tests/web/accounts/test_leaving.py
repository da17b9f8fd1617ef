"""Taking one's data along, and being forgotten."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from sealwright.web.accounts import leaving, recovery
from sealwright.web.accounts.models import User
from sealwright.web.core.models import Message
from sealwright.web.core.refusals import Refusal
from tests.web.accounts.people import a_client, last_code, mails_to
from tests.web.factories import a_person

pytestmark = pytest.mark.django_db

MIRA = "mira@people.example"


@pytest.fixture(autouse=True)
def _own_registries() -> Iterator[None]:
    """What the apps above registered stays out of these tests, and what they register, too."""
    kept = dict(leaving._parts), list(leaving._erasers), list(leaving._objections)
    leaving._parts.clear()
    leaving._erasers.clear()
    leaving._objections.clear()
    yield
    leaving._parts.clear()
    leaving._parts.update(kept[0])
    leaving._erasers[:] = kept[1]
    leaving._objections[:] = kept[2]


def unpacked(content: bytes) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {
            name: json.loads(archive.read(name))
            for name in archive.namelist()
            if name.endswith(".json")
        }


def test_what_is_taken_along_has_a_file_for_each_app_and_one_that_explains() -> None:
    person = a_person(MIRA, name="Mira Holt")
    day = datetime(2026, 3, 1, tzinfo=UTC)
    leaving.register_export("wallet", lambda _: {"badges": ["A"], "since": day})

    answer = a_client(person).post("/account/export")

    files = unpacked(answer.content)
    assert files["account.json"]["addresses"] == [{"address": MIRA, "proven": True, "main": True}]
    assert files["wallet.json"] == {"badges": ["A"], "since": "2026-03-01T00:00:00Z"}
    assert answer["Cache-Control"] == "no-store"
    assert "attachment" in answer["Content-Disposition"]


def test_no_secret_is_taken_along() -> None:
    person = a_person(MIRA, password="four plain words here")
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    code = recovery.make_kit(person, occasion="form")

    text = json.dumps(unpacked(leaving.export(person)))

    for hidden in (secret, str(code), recovery.hash_of(str(code)), person.password):
        assert hidden not in text


def test_a_closed_account_names_nobody_and_nothing_signs_in_to_it() -> None:
    person = a_person(MIRA, name="Mira Holt", password="four plain words here")
    TOTP.activate(person, generate_totp_secret())
    code = str(recovery.make_kit(person, occasion="form"))
    client, elsewhere = a_client(person), a_client(person)

    answer = client.post("/account/close", {"word": "close my account"})

    person.refresh_from_db()
    assert answer["Location"] == "/"
    assert (person.name, person.email, person.addresses()) == ("", "", [])
    assert not Authenticator.objects.exists()
    assert recovery.person_with(recovery.hash_of(code)) is None
    for session in (client, elsewhere):
        assert session.get("/account").status_code == 302
    a_client().post("/accounts/login/", {"login": MIRA, "password": "four plain words here"})
    assert not person.has_usable_password()


def test_the_receipt_is_the_only_mail_that_still_knows_the_address() -> None:
    person = a_person(MIRA)
    leaving.close_account(person)

    (receipt,) = mails_to(MIRA)

    assert "closed" in receipt.subject
    assert receipt.state == Message.State.WAITING


def test_mails_that_wait_are_not_sent_after_somebody_left() -> None:
    person = a_person(MIRA)
    waiting = Message.objects.create(key="offer", kind="offer", to=MIRA, subject="s", text="t")

    leaving.close_account(person)

    waiting.refresh_from_db()
    assert (waiting.state, waiting.to, waiting.text) == (Message.State.CANCELLED, "", "")


def test_whoever_comes_back_with_the_address_is_a_new_person() -> None:
    person = a_person(MIRA)
    leaving.close_account(person)
    client = a_client()

    client.post("/accounts/signup/", {"email": MIRA})
    client.post("/accounts/confirm-email/", {"code": last_code(MIRA)})

    newcomer = EmailAddress.objects.get(email=MIRA).user
    assert newcomer.pk != person.pk
    assert client.session["_auth_user_id"] == str(newcomer.pk)


def test_signing_in_after_leaving_finds_no_account() -> None:
    leaving.close_account(a_person(MIRA))

    a_client().post("/accounts/login/", {"login": MIRA})

    assert "no account" in mails_to(MIRA)[-1].subject


def test_every_app_forgets_while_the_addresses_are_still_known() -> None:
    forgotten: list[list[str]] = []
    leaving.register_erasure(lambda person: forgotten.append(person.addresses()))

    leaving.close_account(a_person(MIRA))

    assert forgotten == [[MIRA]]


def test_who_is_needed_is_told_what_to_do_first() -> None:
    person = a_person(MIRA)
    leaving.register_objection(lambda _: "Make somebody else owner of Harbour College.")
    client = a_client(person)

    page = client.get("/account/close").content.decode()
    client.post("/account/close", {"word": "close my account"})
    with pytest.raises(Refusal):
        leaving.close_account(person)

    assert "Make somebody else owner" in page
    assert person.addresses() == [MIRA]


def test_an_app_that_fails_to_forget_keeps_the_account_open() -> None:
    person = a_person(MIRA)

    def broken(_person: User) -> None:
        raise ValueError("no")

    leaving.register_erasure(broken)
    with pytest.raises(ValueError, match="no"):
        leaving.close_account(person)

    person.refresh_from_db()
    assert person.is_active
    assert person.addresses() == [MIRA]


@pytest.mark.parametrize("word", ["", "close", "yes", "CLOSE MY ACCOUNT NOW"])
def test_an_account_is_not_closed_by_a_slip(word: str) -> None:
    person = a_person(MIRA)

    answer = a_client(person).post("/account/close", {"word": word})

    assert answer.status_code == 422
    assert person.addresses() == [MIRA]
