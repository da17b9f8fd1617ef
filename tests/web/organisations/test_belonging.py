"""Roles go along when two accounts join, end when somebody leaves, and are never left ownerless."""

from __future__ import annotations

import pytest

from sealwright.web.accounts import joining, leaving, services
from sealwright.web.accounts.models import AddressProof, User
from sealwright.web.audit.models import Entry
from sealwright.web.core.refusals import Refusal
from sealwright.web.organisations import belonging
from sealwright.web.organisations.models import Grant, Organisation, Role
from tests.web.accounts.people import last_code
from tests.web.factories import a_person, an_organisation, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def college() -> Organisation:
    return an_organisation("Harbour College")


def join(goes: User, stays: User) -> None:
    services.start_proof(stays, email=goes.email)
    services.enter_code(stays, code=last_code(goes.email))
    proof = AddressProof.objects.get(person=stays)
    services.clear_proof(proof)
    joining.join(proof_id=proof.public_id, stays=stays)


def roles(person: User) -> list[str]:
    return sorted(Grant.objects.filter(person=person).values_list("role", flat=True))


def test_roles_move_to_the_account_that_stays(college: Organisation) -> None:
    goes, stays = somebody(Role.ISSUER, college), a_person()

    join(goes, stays)

    assert (roles(goes), roles(stays)) == ([], ["issuer"])
    trail = Entry.objects.filter(organisation=college.public_id).order_by("number")
    assert [entry.event for entry in trail][-2:] == ["member.left", "member.joined"]


def test_a_role_that_both_had_is_there_once(college: Organisation) -> None:
    goes, stays = somebody(Role.ISSUER, college), somebody(Role.ISSUER, college)
    Grant.objects.create(organisation=college, person=goes, role=Role.ASSESSOR)

    join(goes, stays)

    assert roles(stays) == ["assessor", "issuer"]


def test_the_last_owner_stays_an_owner_through_a_joining(college: Organisation) -> None:
    goes, stays = somebody(Role.OWNER, college), a_person()

    join(goes, stays)

    assert roles(stays) == ["owner"]


def test_the_only_owner_cannot_leave_and_is_told_what_to_do(college: Organisation) -> None:
    owner = somebody(Role.OWNER, college)

    with pytest.raises(Refusal) as refusal:
        leaving.close_account(owner)

    assert "Harbour College" in str(refusal.value.detail)
    assert roles(owner) == ["owner"]


def test_one_of_two_owners_may_leave(college: Organisation) -> None:
    owner, other = somebody(Role.OWNER, college), somebody(Role.OWNER, college)

    leaving.close_account(owner)

    assert (roles(owner), roles(other)) == ([], ["owner"])
    last = Entry.objects.filter(organisation=college.public_id).order_by("number").last()
    assert last is not None
    assert (last.event, last.subject) == ("member.left", owner.public_id)


def test_what_a_person_takes_along_names_their_roles(college: Organisation) -> None:
    person = somebody(Role.ASSESSOR, college)

    (told,) = belonging.export(person)

    assert (told["organisation"], told["role"]) == ("Harbour College", "assessor")
