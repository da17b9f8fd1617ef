"""Roles offered by mail: taken up once, in time, and by whom they are for."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from sealwright.web.audit.models import Entry
from sealwright.web.core.ids import new_token, token_hash
from sealwright.web.core.models import Message
from sealwright.web.organisations.actors import Actor, actor_of_person
from sealwright.web.organisations.models import Grant, Invitation, Organisation, Role, Unit
from sealwright.web.organisations.services.invitations import (
    accept,
    invitation_of,
    invite,
    invite_again,
    withdraw,
)
from tests.web.factories import a_person, an_actor, an_organisation
from tests.web.organisations.refusing import refused

pytestmark = pytest.mark.django_db

GUEST = "guest@people.example"


def token_in_mail() -> str:
    waiting = Message.objects.filter(kind="invitation", state=Message.State.WAITING)
    found = re.search(r"/invitations/(\S+)", waiting.get().text)
    assert found
    return found[1]


@pytest.fixture
def college() -> Organisation:
    return an_organisation()


@pytest.fixture
def owner(college: Organisation) -> Actor:
    return an_actor(Role.OWNER, college)


def test_an_invitation_is_taken_up_by_who_proved_the_address(owner: Actor) -> None:
    sea = Unit.objects.create(organisation=owner.organisation, name="Sea")
    invite(email=" Guest@People.example ", role=Role.ISSUER, unit=sea.public_id, actor=owner)
    guest = a_person(GUEST)

    accept(token_in_mail(), person=guest)

    grant = Grant.objects.get(person=guest)
    assert (grant.role, grant.unit, grant.granted_by) == ("issuer", sea, owner.label)
    assert actor_of_person(guest, owner.organisation) is not None


def test_an_address_is_forgotten_once_it_is_not_needed(owner: Actor) -> None:
    invite(email=GUEST, role=Role.READER, actor=owner)
    accept(token_in_mail(), person=a_person(GUEST))
    invite(email="other@people.example", role=Role.READER, actor=owner)
    withdraw(Invitation.objects.still_open().get().public_id, actor=owner)

    assert set(Invitation.objects.values_list("email", flat=True)) == {""}


def test_any_proven_address_of_a_person_will_do(owner: Actor) -> None:
    invite(email=GUEST, role=Role.READER, actor=owner)
    person = a_person("main@people.example")
    EmailAddress.objects.create(user=person, email=GUEST, verified=True)

    accept(token_in_mail(), person=person)

    assert Grant.objects.filter(person=person).exists()


def test_an_address_that_was_not_proven_will_not_do(owner: Actor) -> None:
    invite(email=GUEST, role=Role.READER, actor=owner)
    person = a_person("main@people.example")
    EmailAddress.objects.create(user=person, email=GUEST, verified=False)

    with refused(403, "another address"):
        accept(token_in_mail(), person=person)


def test_a_forwarded_link_opens_nothing(owner: Actor) -> None:
    invite(email=GUEST, role=Role.OWNER, actor=owner)
    stranger = a_person()

    with refused(403):
        accept(token_in_mail(), person=stranger)

    assert not Grant.objects.filter(person=stranger).exists()


def test_an_invitation_is_taken_up_once(owner: Actor) -> None:
    invite(email=GUEST, role=Role.READER, actor=owner)
    guest, token = a_person(GUEST), token_in_mail()
    accept(token, person=guest)

    with refused(410, "before"):
        accept(token, person=guest)

    assert Grant.objects.filter(person=guest).count() == 1


def test_a_removed_member_cannot_come_back_by_the_old_link(owner: Actor) -> None:
    invite(email=GUEST, role=Role.READER, actor=owner)
    guest, token = a_person(GUEST), token_in_mail()
    accept(token, person=guest)
    Grant.objects.filter(person=guest).delete()

    with refused(410):
        accept(token, person=guest)


def test_an_invitation_runs_out(owner: Actor) -> None:
    invite(email=GUEST, role=Role.READER, actor=owner)
    Invitation.objects.update(expires_at=timezone.now())

    with refused(410, "expired"):
        accept(token_in_mail(), person=a_person(GUEST))


def test_an_expired_invitation_is_renewed_by_sending_it_again(owner: Actor) -> None:
    invitation = invite(email=GUEST, role=Role.READER, actor=owner)
    old = token_in_mail()
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))

    invite_again(invitation.public_id, actor=owner)

    accept(token_in_mail(), person=a_person(GUEST))
    with refused(404):
        invitation_of(old)


def test_of_two_mails_only_the_newer_is_sent(owner: Actor) -> None:
    invitation = invite(email=GUEST, role=Role.READER, actor=owner)

    invite_again(invitation.public_id, actor=owner)

    states = Message.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [Message.State.CANCELLED, Message.State.WAITING]


def test_a_withdrawn_invitation_opens_nothing(owner: Actor) -> None:
    invitation = invite(email=GUEST, role=Role.READER, actor=owner)
    token = token_in_mail()

    withdraw(invitation.public_id, reason="Wrong person", actor=owner)

    with refused(410, "withdrawn"):
        accept(token, person=a_person(GUEST))
    assert Entry.objects.get(event="member.invitation-withdrawn").reason == "Wrong person"
    assert Message.objects.get().state == Message.State.CANCELLED


def test_an_unknown_secret_opens_nothing() -> None:
    with refused(404):
        accept(new_token(), person=a_person())


def test_a_closed_organisation_takes_up_nobody(owner: Actor) -> None:
    invite(email=GUEST, role=Role.READER, actor=owner)
    Organisation.objects.update(closed_at=timezone.now())

    with refused(404):
        accept(token_in_mail(), person=a_person(GUEST))


def test_the_same_is_offered_once_at_a_time(owner: Actor) -> None:
    invite(email=GUEST, role=Role.READER, actor=owner)

    with refused(409, "again"):
        invite(email=GUEST.upper(), role=Role.READER, actor=owner)
    invite(email=GUEST, role=Role.ISSUER, actor=owner)

    assert Invitation.objects.count() == 2


def test_who_was_turned_down_may_be_invited_anew(owner: Actor) -> None:
    invitation = invite(email=GUEST, role=Role.READER, actor=owner)
    withdraw(invitation.public_id, actor=owner)

    invite(email=GUEST, role=Role.READER, actor=owner)

    assert Invitation.objects.still_open().count() == 1


def test_who_has_the_role_is_not_invited_to_it(owner: Actor) -> None:
    person = a_person(GUEST)
    Grant.objects.create(organisation=owner.organisation, person=person, role=Role.READER)

    with refused(409, "already"):
        invite(email=GUEST, role=Role.READER, actor=owner)


def test_only_a_hash_of_the_secret_is_kept(owner: Actor) -> None:
    invitation = invite(email=GUEST, role=Role.READER, actor=owner)
    token = token_in_mail()

    assert invitation.token_hash == token_hash(token)
    assert not any(token in str(value) for value in vars(invitation).values())


def test_invitations_of_another_organisation_are_not_there(owner: Actor) -> None:
    invitation = invite(email=GUEST, role=Role.READER, actor=owner)
    stranger = an_actor(Role.OWNER, an_organisation("Hill School"))

    with refused(404):
        invite_again(invitation.public_id, actor=stranger)
    with refused(404):
        withdraw(invitation.public_id, actor=stranger)


def test_a_manager_does_not_send_an_owners_invitation_again(
    college: Organisation, owner: Actor
) -> None:
    invitation = invite(email=GUEST, role=Role.OWNER, actor=owner)

    with refused(403):
        invite_again(invitation.public_id, actor=an_actor(Role.MANAGER, college))


def test_the_trail_knows_no_addresses(owner: Actor) -> None:
    invitation = invite(email=GUEST, role=Role.READER, actor=owner)
    invite_again(invitation.public_id, actor=owner)
    accept(token_in_mail(), person=a_person(GUEST))

    told = [str(vars(entry)) for entry in Entry.objects.all()]
    assert len(told) == 3
    assert not any("guest" in each for each in told)
