"""Two accounts of one person become one: with both proofs, in one piece, once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils import timezone

from sealwright.web.accounts import joining, services
from sealwright.web.accounts.models import AddressProof, RecoveryKit, User
from sealwright.web.core.refusals import Refusal
from tests.web.accounts.people import a_client, last_code, mails_to
from tests.web.factories import a_person

pytestmark = pytest.mark.django_db

OLD = "mira@college.example"


@pytest.fixture
def held() -> Iterator[dict[int, int]]:
    """What an app above holds: a number of badges for each person."""
    badges: dict[int, int] = {}

    def mover(goes: User, stays: User) -> None:
        badges[stays.pk] = badges.get(stays.pk, 0) + badges.pop(goes.pk, 0)

    before = list(joining._movers)
    joining.register(mover, tells=lambda goes: [f"{badges.get(goes.pk, 0)} badges"])
    yield badges
    joining._movers[:] = before


def a_cleared_proof(stays: User, *, of: str) -> AddressProof:
    """A proof of an address of another account, entered rightly, its second factor shown."""
    services.start_proof(stays, email=of)
    services.enter_code(stays, code=last_code(of))
    proof = AddressProof.objects.get(person=stays)
    services.clear_proof(proof)
    return proof


def test_the_code_shows_what_would_move_and_nothing_moves_yet(held: dict[int, int]) -> None:
    stays, goes = a_person("mira@people.example"), a_person(OLD)
    held[goes.pk] = 3
    client = a_client(stays)

    client.post("/account/addresses/add", {"email": OLD})
    answer = client.post("/account/addresses/prove", {"code": last_code(OLD)}, follow=True)

    assert answer.redirect_chain == [("/account/join", 302)]
    assert "3 badges" in answer.content.decode()
    assert goes.addresses() == [OLD]


def test_everything_moves_and_the_other_account_is_closed(held: dict[int, int]) -> None:
    stays, goes = a_person("mira@people.example"), a_person(OLD)
    held[goes.pk] = 3
    client = a_client(stays)
    client.post("/account/addresses/add", {"email": OLD})
    client.post("/account/addresses/prove", {"code": last_code(OLD)})
    client.get("/account/join")

    client.post("/account/join", {"join": "yes"})

    goes.refresh_from_db()
    assert sorted(stays.addresses()) == sorted(["mira@people.example", OLD])
    assert held == {stays.pk: 3}
    assert (goes.is_active, goes.name, goes.email) == (False, "", "")
    assert goes.closed_at
    assert "became one" in mails_to(OLD)[-1].subject
    assert "became one" in mails_to("mira@people.example")[-1].subject


def test_the_main_address_stays_the_main_one() -> None:
    stays = a_person("mira@people.example")
    a_person(OLD)

    joining.join(proof_id=a_cleared_proof(stays, of=OLD).public_id, stays=stays)

    main = EmailAddress.objects.filter(user=stays, primary=True)
    assert [address.email for address in main] == ["mira@people.example"]


def test_a_session_of_the_other_account_is_over() -> None:
    stays, goes = a_person(), a_person(OLD)
    elsewhere = a_client(goes)

    joining.join(proof_id=a_cleared_proof(stays, of=OLD).public_id, stays=stays)

    assert elsewhere.get("/account").status_code == 302


def test_two_accounts_are_joined_once() -> None:
    stays = a_person()
    a_person(OLD)
    proof = a_cleared_proof(stays, of=OLD)
    joining.join(proof_id=proof.public_id, stays=stays)

    with pytest.raises(Refusal):
        joining.join(proof_id=proof.public_id, stays=stays)


def test_of_two_who_want_the_same_account_the_second_gets_nothing() -> None:
    mira, other = a_person(), a_person()
    a_person(OLD)
    first, second = a_cleared_proof(mira, of=OLD), a_cleared_proof(other, of=OLD)

    joining.join(proof_id=first.public_id, stays=mira)
    with pytest.raises(Refusal):
        joining.join(proof_id=second.public_id, stays=mira)

    assert OLD in mira.addresses()


def test_nobody_joins_with_the_proof_of_another_person() -> None:
    mira, mallory = a_person(), a_person()
    a_person(OLD)
    proof = a_cleared_proof(mira, of=OLD)

    with pytest.raises(Refusal):
        joining.join(proof_id=proof.public_id, stays=mallory)

    assert OLD not in mallory.addresses()


def test_a_proof_that_is_too_old_joins_nothing() -> None:
    stays, goes = a_person(), a_person(OLD)
    proof = a_cleared_proof(stays, of=OLD)
    AddressProof.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    with pytest.raises(Refusal):
        joining.join(proof_id=proof.public_id, stays=stays)

    assert goes.addresses() == [OLD]


def test_a_mover_that_fails_takes_everything_back(held: dict[int, int]) -> None:
    stays, goes = a_person(), a_person(OLD)
    proof = a_cleared_proof(stays, of=OLD)

    def broken(_goes: User, _stays: User) -> None:
        raise ValueError("no room")

    joining.register(broken)
    with pytest.raises(ValueError, match="no room"):
        joining.join(proof_id=proof.public_id, stays=stays)

    goes.refresh_from_db()
    assert goes.addresses() == [OLD]
    assert goes.is_active


def test_an_account_that_runs_the_site_is_not_joined_into_another() -> None:
    stays, goes = a_person(), a_person(OLD, is_operator=True)
    proof = a_cleared_proof(stays, of=OLD)

    with pytest.raises(Refusal):
        joining.join(proof_id=proof.public_id, stays=stays)

    assert goes.addresses() == [OLD]


def test_a_mailbox_alone_does_not_join_an_account_with_a_second_factor() -> None:
    stays, goes = a_person(), a_person(OLD)
    TOTP.activate(goes, generate_totp_secret())
    client = a_client(stays)
    client.post("/account/addresses/add", {"email": OLD})
    client.post("/account/addresses/prove", {"code": last_code(OLD)})

    page = client.post("/account/join", {"join": "yes"})
    wrong = client.post("/account/join", {"code": "000000"})

    assert "second factor" in page.content.decode()
    assert "did not match" in wrong.content.decode()
    assert AddressProof.objects.get().cleared_at is None
    assert goes.addresses() == [OLD]


def test_with_its_second_factor_the_account_is_joined_and_the_factor_gone() -> None:
    stays, goes = a_person(), a_person(OLD)
    secret = generate_totp_secret()
    TOTP.activate(goes, secret)
    codes = RecoveryCodes.activate(goes).get_unused_codes()
    RecoveryKit.objects.create(person=goes, code_hash="0" * 64, occasion="form")
    client = a_client(stays)
    client.post("/account/addresses/add", {"email": OLD})
    client.post("/account/addresses/prove", {"code": last_code(OLD)})

    client.post("/account/join", {"code": codes[0]})
    client.post("/account/join", {"join": "yes"})

    assert OLD in stays.addresses()
    assert not Authenticator.objects.exists()
    assert not RecoveryKit.objects.exists()
