"""How awards become somebody's, and what a forwarded link proves."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import transaction
from django.test import Client
from django.utils import timezone

from sealwright.web.accounts import joining, leaving
from sealwright.web.accounts.events import AddressProven
from sealwright.web.accounts.models import User
from sealwright.web.audit.models import Entry
from sealwright.web.core.events import publish
from sealwright.web.core.models import Message
from sealwright.web.core.refusals import Refusal
from sealwright.web.issuing.models import Award, Batch, Credential, Intent, Reason, Recipient
from sealwright.web.issuing.services.batches import Person, make_batch
from sealwright.web.issuing.services.claims import (
    attach_awards_of,
    award_of_token,
    claim_by_link,
    claim_for,
    is_addressee,
    set_visibility,
)
from sealwright.web.issuing.services.offers import claim_token
from sealwright.web.issuing.services.personal import (
    erase_awards,
    export_awards,
    move_awards,
    tell_awards,
)
from sealwright.web.issuing.services.reminders import expire_due
from sealwright.web.issuing.services.standing import cancel_offers, revoke_awards, suspend_awards
from sealwright.web.organisations.models import Role
from tests.web.factories import a_person, a_version, an_actor, an_award, an_organisation

pytestmark = pytest.mark.django_db

MIRA = "mira@people.example"
Proof = Award.HolderProof


def the_link(award: Award) -> str:
    """The secret in the link that was mailed."""
    text = Message.objects.get(about=award.public_id, kind="offer").text
    token = text.partition("/claim/")[2].split()[0]
    assert token == claim_token(award.public_id)
    return token


def with_link(award: Award) -> tuple[Award, str]:
    return award, the_link(award)


def attempts(token: str) -> list[Callable[[], Award]]:
    """All there is to do with a link."""
    return [
        partial(award_of_token, token),
        partial(claim_by_link, token),
        partial(claim_for, a_person(), token=token),
    ]


def again(award: Award) -> Award:
    return Award.objects.get(pk=award.pk)


def add_address(person: User, address: str) -> None:
    EmailAddress.objects.create(user=person, email=address, verified=True)
    with transaction.atomic():
        publish(AddressProven(actor=person.label, subject=person.public_id))


# --- By a link alone ------------------------------------------------------------------------


def test_an_award_claimed_by_a_link_is_somebodys_but_not_proven_whose() -> None:
    award, token = with_link(an_award(an_organisation(), address=MIRA))

    claim_by_link(token)

    claimed = again(award)
    assert claimed.claimed_at is not None
    assert (claimed.holder, claimed.holder_proof) == (None, Proof.NONE)
    assert Entry.objects.filter(event="award.claimed").count() == 1


def test_whoever_claimed_by_a_link_can_come_back_by_it() -> None:
    award, token = with_link(an_award(an_organisation(), address=MIRA))
    first = claim_by_link(token).claimed_at

    second = claim_by_link(token)

    assert second.claimed_at == first
    assert award_of_token(token) == award
    assert Entry.objects.filter(event="award.claimed").count() == 1


def test_what_was_claimed_by_a_link_can_be_taken_into_an_account_later() -> None:
    award, token = with_link(an_award(an_organisation(), address=MIRA))
    claim_by_link(token)
    stranger = a_person()

    claim_for(stranger, token=token)

    assert (again(award).holder, again(award).holder_proof) == (stranger, Proof.NONE)


def test_a_link_is_of_no_use_to_others_once_the_award_is_in_an_account() -> None:
    award, token = with_link(an_award(an_organisation(), address=MIRA))
    holder = a_person(MIRA)
    claim_for(holder, token=token)

    for attempt in attempts(token):
        with pytest.raises(Refusal, match="claimed-already"):
            attempt()

    assert award_of_token(token, person=holder) == award
    assert claim_for(holder, token=token) == award


def test_only_the_hash_of_a_link_is_kept_but_in_the_mail_that_waits() -> None:
    award, token = with_link(an_award(an_organisation(), address=MIRA))
    Message.objects.all().delete()

    stored = str([vars(each) for each in (award, award.recipient, *Intent.objects.all())])

    assert token not in stored


# --- What a link is answered with -----------------------------------------------------------


def _cancelled(award: Award) -> None:
    cancel_offers([award.public_id], actor=an_actor(Role.ISSUER, award.organisation))


def _revoked(award: Award) -> None:
    revoke_awards(
        [award.public_id],
        reason=Reason.MISCONDUCT,
        actor=an_actor(Role.ISSUER, award.organisation),
    )


def _over(award: Award) -> None:
    Award.objects.filter(pk=award.pk).update(claim_until=timezone.now())


def _taken_back(award: Award) -> None:
    _over(award)
    expire_due()


def _held(award: Award) -> None:
    Award.objects.filter(pk=award.pk).update(holder=a_person(), claimed_at=timezone.now())


def _erased(award: Award) -> None:
    erase_awards(a_person(MIRA))


@pytest.mark.parametrize(
    ("change", "kind", "status"),
    [
        (_cancelled, "offer-cancelled", 410),
        (_revoked, "award-revoked", 410),
        (_over, "offer-expired", 410),
        (_taken_back, "offer-expired", 410),
        (_held, "claimed-already", 409),
        (_erased, "link-unknown", 404),
    ],
)
def test_a_link_that_claims_nothing_says_why(
    change: Callable[[Award], None], kind: str, status: int
) -> None:
    award, token = with_link(an_award(an_organisation(), address=MIRA))
    change(award)

    for attempt in attempts(token):
        with pytest.raises(Refusal) as refusal:
            attempt()
        assert refusal.value.kind.code == kind
        assert refusal.value.kind.status == status
        assert refusal.value.detail


def test_a_suspended_award_can_be_claimed() -> None:
    award, token = with_link(an_award(an_organisation(), address=MIRA))
    suspend_awards([award.public_id], actor=an_actor(Role.ISSUER, award.organisation))

    assert claim_by_link(token) == award


@pytest.mark.parametrize("token", ["", "x", "ä", claim_token("1" * 22), "a" * 5000])
def test_every_unknown_link_gets_the_same_answer(token: str) -> None:
    an_award(an_organisation(), address=MIRA)

    with pytest.raises(Refusal) as refusal:
        claim_by_link(token)

    assert refusal.value.kind.code == "link-unknown"
    assert "Was all of it copied" in str(refusal.value.detail)


# --- With an account ------------------------------------------------------------------------


def test_who_proved_the_address_is_proven_to_be_the_holder() -> None:
    award, token = with_link(an_award(an_organisation(), address=MIRA))
    person = a_person(MIRA)

    claim_for(person, token=token)

    assert (again(award).holder, again(award).holder_proof) == (person, Proof.ADDRESS)


def test_an_address_is_the_same_however_it_is_written() -> None:
    award = an_award(an_organisation(), address=" MIRA@People.Example ")
    person = a_person(MIRA)

    assert attach_awards_of(person) == [award]
    assert award.recipient.address == MIRA


def test_who_came_by_a_forwarded_link_is_not_proven_until_they_prove_the_address() -> None:
    award, token = with_link(an_award(an_organisation(), address=MIRA))
    person = a_person("mira@elsewhere.example")

    claimed = claim_for(person, token=token)
    assert not is_addressee(claimed, person)
    assert again(award).holder_proof == Proof.NONE

    add_address(person, MIRA)
    assert (again(award).holder, again(award).holder_proof) == (person, Proof.ADDRESS)


def test_who_has_the_address_takes_an_award_without_a_link() -> None:
    award = an_award(an_organisation(), address=MIRA)
    person = a_person(MIRA)

    claim_for(person, award_id=award.public_id)

    assert again(award).holder == person


def test_nobody_takes_an_award_that_was_made_out_to_somebody_else() -> None:
    award = an_award(an_organisation(), address=MIRA)

    with pytest.raises(Refusal) as refusal:
        claim_for(a_person(), award_id=award.public_id)

    assert refusal.value.kind.status == 404
    assert again(award).holder is None


def test_whom_it_was_made_out_to_takes_it_back_from_somebody_unproven() -> None:
    award, token = with_link(an_award(an_organisation(), address=MIRA))
    stranger, mira = a_person(), a_person(MIRA)
    claim_for(stranger, token=token)

    assert attach_awards_of(mira) == []
    claim_for(mira, award_id=award.public_id)

    assert (again(award).holder, again(award).holder_proof) == (mira, Proof.ADDRESS)
    with pytest.raises(Refusal, match="claimed-already"):
        claim_for(stranger, token=token)


def test_a_proven_holder_keeps_the_award_when_the_address_goes_to_somebody_else() -> None:
    award = an_award(an_organisation(), address=MIRA)
    first = a_person(MIRA)
    claim_for(first, award_id=award.public_id)
    EmailAddress.objects.all().delete()
    second = a_person(MIRA)

    with pytest.raises(Refusal, match="claimed-already"):
        claim_for(second, award_id=award.public_id)

    assert attach_awards_of(second) == []
    assert again(award).holder == first


def test_what_waits_for_a_person_is_theirs_when_they_sign_in(client: Client) -> None:
    college = an_organisation()
    unclaimed = an_award(college, address=MIRA)
    by_link, token = with_link(an_award(college, address=MIRA))
    claim_by_link(token)
    person = a_person(MIRA)

    client.force_login(person)

    for award in (unclaimed, by_link):
        assert (again(award).holder, again(award).holder_proof) == (person, Proof.ADDRESS)


def test_an_address_that_is_not_proven_attaches_nothing() -> None:
    award = an_award(an_organisation(), address=MIRA)
    person = a_person()
    EmailAddress.objects.create(user=person, email=MIRA, verified=False)

    assert attach_awards_of(person) == []
    assert again(award).holder is None


def test_what_was_taken_back_or_revoked_before_it_was_claimed_comes_to_nobody() -> None:
    college = an_organisation()
    for change in (_cancelled, _revoked):
        change(an_award(college, address=MIRA))

    assert attach_awards_of(a_person(MIRA)) == []


def test_an_address_that_only_looks_alike_is_somebody_elses() -> None:
    award = an_award(an_organisation(), address=MIRA)
    lookalike = a_person("ｍｉｒａ@people.example")

    assert attach_awards_of(lookalike) == []
    assert not is_addressee(award, lookalike)


def test_mails_that_wait_are_not_sent_once_it_is_claimed() -> None:
    _award, token = with_link(an_award(an_organisation(), address=MIRA))

    claim_by_link(token)

    assert Message.objects.get().state == Message.State.CANCELLED


def test_the_trail_of_the_organisation_does_not_know_whose_account_it_is() -> None:
    award = an_award(an_organisation(), address=MIRA)
    person = a_person(MIRA)

    claim_for(person, award_id=award.public_id)
    set_visibility(award.public_id, Award.Visibility.PUBLIC, person=person)

    entries = list(Entry.objects.filter(organisation=award.organisation.public_id).values())
    assert person.public_id not in str(entries)
    assert MIRA not in str(entries)


def test_only_the_holder_says_who_may_see_an_award() -> None:
    award = an_award(an_organisation(), address=MIRA)
    person = a_person(MIRA)
    claim_for(person, award_id=award.public_id)

    set_visibility(award.public_id, Award.Visibility.PRIVATE, person=person)

    assert again(award).visibility == Award.Visibility.PRIVATE
    with pytest.raises(Refusal) as refusal:
        set_visibility(award.public_id, Award.Visibility.PUBLIC, person=a_person())
    assert refusal.value.kind.status == 404


# --- Moving, taking along, forgetting -------------------------------------------------------


def test_joined_accounts_hold_what_both_held() -> None:
    award = an_award(an_organisation(), address=MIRA)
    goes, stays = a_person(MIRA), a_person()
    claim_for(goes, award_id=award.public_id)

    told = list(tell_awards(goes))
    move_awards(goes, stays)

    assert told == ["1 award"]
    assert again(award).holder == stays
    assert list(tell_awards(goes)) == []


def test_a_person_takes_along_what_was_signed() -> None:
    award = an_award(an_organisation(), address=MIRA)
    person = a_person(MIRA)
    claim_for(person, award_id=award.public_id)

    (taken,) = export_awards(person)

    assert taken["credentials"][0]["id"] == award.url
    assert taken["made_out_to"]["address"] == MIRA
    assert "awards.json" in str(leaving.export(person))


def test_what_is_erased_leaves_its_id_and_its_standing_and_nothing_else() -> None:
    college = an_organisation()
    held, waiting, revoked = (an_award(college, address=MIRA) for _ in range(3))
    person = a_person(MIRA)
    claim_for(person, award_id=held.public_id)
    claim_for(person, award_id=revoked.public_id)
    _revoked(revoked)
    others = an_award(college, address="rolf@people.example", name="Rolf")

    leaving.close_account(person)

    for award in (held, waiting, revoked):
        erased = again(award)
        assert erased.erased_at is not None
        assert (erased.holder, erased.claim_hash) == (None, "")
        assert erased.credentials.get().document is None
        assert erased.credentials.get().sha256
    assert again(revoked).revoked_at is not None
    assert Recipient.objects.get().award == others
    assert Credential.objects.get(award=others).document is not None
    mails = json.dumps(list(Message.objects.values()), default=str)
    assert "Mira" not in mails


def test_apps_are_told_what_to_move_and_to_erase() -> None:
    assert any(known.mover is move_awards for known in joining._movers)
    assert erase_awards in leaving._erasers


def test_a_waiting_intent_of_somebody_who_left_is_dropped() -> None:
    college = an_organisation()
    make_batch(
        a_version(college),
        [Person(MIRA, name="Mira Holt")],
        actor=an_actor(Role.ISSUER, college),
        source=Batch.Source.API,
    )

    leaving.close_account(a_person(MIRA))

    intent: Any = Intent.objects.get()
    assert (intent.state, intent.address, intent.name) == (Intent.State.DROPPED, "", "")


def test_the_time_of_an_offer_is_over_for_links_that_were_used_without_an_account() -> None:
    award, token = with_link(an_award(an_organisation(), address=MIRA))
    claim_by_link(token)
    Award.objects.update(claim_until=timezone.now() - timedelta(days=1))

    with pytest.raises(Refusal, match="offer-expired"):
        claim_for(a_person(), token=token)

    assert again(award).revoked_at is None
