"""Addresses: added by a code, whoever they belong to; removed, but never the last one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from sealwright.web.accounts import services
from sealwright.web.accounts.events import AddressProven
from sealwright.web.accounts.models import AddressProof, User
from sealwright.web.accounts.services import Outcome
from sealwright.web.core import events
from sealwright.web.core.refusals import Refusal
from tests.web.accounts.people import a_client, code_in, last_code, mails_to
from tests.web.factories import a_person

pytestmark = pytest.mark.django_db

WORK = "mira@work.example"


def address_of(person: User, email: str) -> EmailAddress:
    return EmailAddress.objects.get(user=person, email=email)


def test_an_address_is_added_with_the_code_that_went_there() -> None:
    person = a_person("mira@people.example")
    client = a_client(person)

    client.post("/account/addresses/add", {"email": "Mira@Work.example"})
    answer = client.post("/account/addresses/prove", {"code": last_code(WORK)})

    assert answer["Location"] == "/account"
    assert person.addresses() == ["mira@people.example", WORK]
    assert "added" in mails_to("mira@people.example")[-1].subject


def test_a_code_may_be_typed_in_small_letters_without_the_hyphen() -> None:
    person = a_person()
    services.start_proof(person, email=WORK)

    outcome = services.enter_code(person, code=last_code(WORK).replace("-", " ").lower())

    assert outcome is Outcome.ADDED


def test_everybody_hears_that_an_address_was_proven(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[AddressProven] = []
    monkeypatch.setitem(events._listeners, AddressProven, [heard.extend])
    person = a_person()
    services.start_proof(person, email=WORK)

    services.enter_code(person, code=last_code(WORK))

    assert [event.subject for event in heard] == [person.public_id]


def test_the_code_of_one_person_adds_nothing_for_another() -> None:
    mira, mallory = a_person(), a_person()
    services.start_proof(mira, email=WORK)
    services.start_proof(mallory, email="mallory@work.example")

    outcome = services.enter_code(mallory, code=last_code(WORK))

    assert outcome is Outcome.WRONG
    assert WORK not in mallory.addresses()


def test_a_code_that_is_too_old_adds_nothing() -> None:
    person = a_person()
    services.start_proof(person, email=WORK)
    AddressProof.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert services.enter_code(person, code=last_code(WORK)) is Outcome.OVER


def test_after_five_wrong_codes_the_right_one_comes_too_late() -> None:
    person = a_person()
    services.start_proof(person, email=WORK)

    outcomes = [services.enter_code(person, code="WRNG-WRNG") for _ in range(5)]

    assert outcomes == [*[Outcome.WRONG] * 4, Outcome.OVER]
    assert services.enter_code(person, code=last_code(WORK)) is Outcome.OVER


def test_a_code_works_once() -> None:
    person = a_person()
    services.start_proof(person, email=WORK)
    code = last_code(WORK)
    services.enter_code(person, code=code)

    assert services.enter_code(person, code=code) is Outcome.OVER


def test_a_new_code_ends_the_one_before() -> None:
    person = a_person()
    services.start_proof(person, email=WORK)
    services.start_proof(person, email=WORK)
    first, second = mails_to(WORK)

    assert services.enter_code(person, code=code_in(first)) is Outcome.WRONG
    assert services.enter_code(person, code=code_in(second)) is Outcome.ADDED


def test_naming_an_address_tells_nothing_about_it_and_its_mail_names_nobody() -> None:
    a_person("known@people.example")
    client = a_client(a_person(name="Mallory"))
    told = []
    for address in ("known@people.example", "unknown@people.example"):
        answer = client.post("/account/addresses/add", {"email": address}, follow=True)
        mail = mails_to(address)[-1]
        told.append(
            (
                answer.redirect_chain,
                answer.content.decode().count(address),
                mail.subject,
                mail.text.replace(code_in(mail), "CODE"),
            )
        )

    assert told[0] == told[1]
    assert "Mallory" not in told[0][3]


def test_the_code_that_is_kept_cannot_be_read() -> None:
    services.start_proof(a_person(), email=WORK)

    kept = AddressProof.objects.get()

    assert last_code(WORK) not in kept.code_hash
    assert len(kept.code_hash) == 64


def test_an_address_that_is_mine_already_is_not_added_twice() -> None:
    person = a_person("mira@people.example")

    answer = a_client(person).post("/account/addresses/add", {"email": "mira@people.example"})

    assert answer.status_code == 422
    assert "yours already" in answer.content.decode()


def test_mails_go_to_the_address_that_was_made_the_main_one() -> None:
    person = a_person("mira@people.example")
    work = EmailAddress.objects.create(user=person, email=WORK, verified=True)

    a_client(person).post("/account/addresses/main", {"address": work.pk})

    person.refresh_from_db()
    assert person.email == WORK
    assert [a.email for a in EmailAddress.objects.filter(user=person, primary=True)] == [WORK]
    assert WORK in mails_to("mira@people.example")[-1].text


def test_removing_the_main_address_makes_another_one_the_main_one() -> None:
    person = a_person("mira@people.example")
    EmailAddress.objects.create(user=person, email=WORK, verified=True)

    a_client(person).post(
        "/account/addresses/remove", {"address": address_of(person, "mira@people.example").pk}
    )

    person.refresh_from_db()
    assert (person.email, person.addresses()) == (WORK, [WORK])


def test_the_only_address_stays() -> None:
    person = a_person()
    only = EmailAddress.objects.get(user=person)

    with pytest.raises(Refusal):
        services.remove_address(person, address_id=only.pk)

    assert person.addresses() == [only.email]


@pytest.mark.parametrize("what", ["main", "remove"])
@pytest.mark.parametrize("number", ["theirs", "", "x", "9" * 30])
def test_nobody_touches_anothers_address(what: str, number: str) -> None:
    other = a_person("other@people.example")
    theirs = EmailAddress.objects.get(user=other)
    client = a_client(a_person())

    client.post(
        f"/account/addresses/{what}", {"address": theirs.pk if number == "theirs" else number}
    )

    assert other.addresses() == ["other@people.example"]


@pytest.mark.parametrize(
    "path", ["/account/addresses/add", "/account/recovery-kit", "/account/close", "/account/export",
             "/account/addresses/remove", "/account/addresses/main", "/account/sessions/end",
             "/accounts/2fa/webauthn/add/", "/accounts/2fa/totp/activate/",
             "/accounts/password/set/"]
)  # fmt: skip
def test_a_session_that_was_left_open_does_nothing_that_matters(path: str) -> None:
    client = a_client(a_person(), lately=False)

    answer = client.post(path, {"word": "close my account"})

    assert answer["Location"].startswith("/accounts/reauthenticate/code/")


def test_who_shows_again_who_they_are_goes_on_from_where_they_were() -> None:
    person = a_person("mira@people.example")
    work = EmailAddress.objects.create(user=person, email=WORK, verified=True)
    client = a_client(person, lately=False)

    asked = client.post("/account/addresses/main", {"address": work.pk})
    client.post(asked["Location"], {"recipient": "mira@people.example"})
    confirm = "/accounts/reauthenticate/code/confirm/?next=/account/addresses/main"
    answer = client.post(confirm, {"code": last_code("mira@people.example")})

    person.refresh_from_db()
    assert answer["Location"] == "/account"
    assert person.email == WORK


def test_signing_out_elsewhere_ends_all_sessions_but_this_one() -> None:
    person = a_person()
    here, there = a_client(person), a_client(person)

    here.post("/account/sessions/end")

    assert here.get("/account").status_code == 200
    assert there.get("/account").status_code == 302


def test_the_page_about_oneself_names_all_ways_in() -> None:
    person = a_person("mira@people.example", password="four plain words here")
    EmailAddress.objects.create(user=person, email=WORK, verified=True)

    page = a_client(person).get("/account").content.decode()

    for words in ("mira@people.example", WORK, "None yet", "Change it", "Make a recovery kit"):
        assert words in page


def test_a_name_is_saved() -> None:
    person = a_person()

    a_client(person).post("/account/name", {"name": "Mira van Holt"})

    person.refresh_from_db()
    assert person.name == "Mira van Holt"
