"""Who has which role, and who may change that."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection
from django.utils import timezone

from sealwright.web.accounts.models import User
from sealwright.web.audit.models import Entry
from sealwright.web.core.refusals import Refusal
from sealwright.web.core.transactions import in_transaction
from sealwright.web.organisations.actors import Actor, actor_of_person
from sealwright.web.organisations.models import Grant, Invitation, Organisation, Role, Unit
from sealwright.web.organisations.services.invitations import invite
from sealwright.web.organisations.services.people import (
    change_role,
    give_role,
    leave,
    remove_member,
    take_role,
)
from tests.web.factories import a_person, an_actor, an_organisation, somebody
from tests.web.organisations.refusing import refused

pytestmark = pytest.mark.django_db


def roles_of(person: User) -> list[tuple[str, str]]:
    grants = Grant.objects.filter(person=person).order_by("pk").select_related("unit")
    return [(grant.role, grant.unit.name if grant.unit else "") for grant in grants]


def acting(person: User, organisation: Organisation) -> Actor:
    actor = actor_of_person(person, organisation)
    assert actor is not None
    return actor


def test_a_member_may_have_several_roles_in_several_units() -> None:
    college = an_organisation()
    sea = Unit.objects.create(organisation=college, name="Sea")
    person = somebody(Role.READER, college)
    owner = an_actor(Role.OWNER, college)

    give_role(person.public_id, role=Role.ISSUER, unit=sea.public_id, actor=owner)
    give_role(person.public_id, role=Role.ISSUER, unit=sea.public_id, actor=owner)

    assert roles_of(person) == [("reader", ""), ("issuer", "Sea")]
    assert Entry.objects.get().details == {"role": "issuer", "unit": sea.public_id}


def test_a_role_is_exchanged_for_another() -> None:
    college = an_organisation()
    person = somebody(Role.READER, college)

    change_role(
        person.public_id,
        before=Role.READER,
        now=Role.ISSUER,
        reason="Teaches now",
        actor=an_actor(Role.OWNER, college),
    )

    assert roles_of(person) == [("issuer", "")]
    assert Entry.objects.get(event="member.role-taken").reason == "Teaches now"


def test_who_has_no_role_left_is_a_member_no_more() -> None:
    college = an_organisation()
    person = somebody(Role.READER, college)

    take_role(person.public_id, role=Role.READER, actor=an_actor(Role.OWNER, college))

    assert actor_of_person(person, college) is None


@pytest.mark.parametrize("way", ["take", "change", "remove", "leave"])
def test_the_last_owner_stays(way: str) -> None:
    college = an_organisation()
    person = somebody(Role.OWNER, college)
    owner = acting(person, college)
    somebody(Role.MANAGER, college)
    ways: dict[str, Callable[[], None]] = {
        "take": lambda: take_role(person.public_id, role=Role.OWNER, actor=owner),
        "change": lambda: change_role(
            person.public_id, before=Role.OWNER, now=Role.READER, actor=owner
        ),
        "remove": lambda: remove_member(person.public_id, actor=owner),
        "leave": lambda: leave(person, actor=owner),
    }

    with refused(409, "owner"):
        ways[way]()

    assert roles_of(person) == [("owner", "")]
    assert not Entry.objects.exists()


def test_an_owner_who_cannot_sign_in_any_more_does_not_count() -> None:
    college = an_organisation()
    gone = somebody(Role.OWNER, college)
    User.objects.filter(pk=gone.pk).update(is_active=False, closed_at=timezone.now())
    person = somebody(Role.OWNER, college)

    with refused(409):
        leave(person, actor=acting(person, college))


def test_one_of_two_owners_may_leave() -> None:
    college = an_organisation()
    somebody(Role.OWNER, college)
    person = somebody(Role.OWNER, college)

    leave(person, actor=acting(person, college))

    assert roles_of(person) == []
    assert Entry.objects.get().event == "member.left"


def test_a_manager_neither_makes_nor_unmakes_owners() -> None:
    college = an_organisation()
    manager = an_actor(Role.MANAGER, college)
    owner = somebody(Role.OWNER, college)
    reader = somebody(Role.READER, college)

    with refused(403):
        give_role(reader.public_id, role=Role.OWNER, actor=manager)
    with refused(403):
        take_role(owner.public_id, role=Role.OWNER, actor=manager)
    with refused(403):
        remove_member(owner.public_id, actor=manager)
    with refused(403):
        invite(email="friend@people.example", role=Role.OWNER, actor=manager)

    assert roles_of(owner) == [("owner", "")]


def test_a_manager_makes_other_managers() -> None:
    college = an_organisation()
    reader = somebody(Role.READER, college)

    give_role(reader.public_id, role=Role.MANAGER, actor=an_actor(Role.MANAGER, college))

    assert roles_of(reader) == [("reader", ""), ("manager", "")]


def test_there_are_no_owners_of_units() -> None:
    college = an_organisation()
    sea = Unit.objects.create(organisation=college, name="Sea")
    reader = somebody(Role.READER, college)

    with refused(422):
        give_role(
            reader.public_id,
            role=Role.OWNER,
            unit=sea.public_id,
            actor=an_actor(Role.OWNER, college),
        )


def test_a_closed_unit_takes_up_nobody_new() -> None:
    college = an_organisation()
    sea = Unit.objects.create(organisation=college, name="Sea", closed_at=timezone.now())
    reader = somebody(Role.READER, college)

    with refused(409):
        give_role(
            reader.public_id,
            role=Role.ISSUER,
            unit=sea.public_id,
            actor=an_actor(Role.OWNER, college),
        )


def test_members_of_another_organisation_are_not_there() -> None:
    reader = somebody(Role.READER, an_organisation())
    stranger = an_actor(Role.OWNER, an_organisation("Hill School"))

    with refused(404):
        give_role(reader.public_id, role=Role.OWNER, actor=stranger)
    with refused(404):
        take_role(reader.public_id, role=Role.READER, actor=stranger)
    with refused(404):
        remove_member(reader.public_id, actor=stranger)


def test_a_role_that_a_member_does_not_have_cannot_be_taken() -> None:
    college = an_organisation()
    reader = somebody(Role.READER, college)

    with refused(404):
        take_role(reader.public_id, role=Role.ISSUER, actor=an_actor(Role.OWNER, college))


def test_a_role_in_a_unit_changes_no_roles() -> None:
    college = an_organisation()
    sea = Unit.objects.create(organisation=college, name="Sea")
    reader = somebody(Role.READER, college)

    with refused(403):
        give_role(reader.public_id, role=Role.READER, actor=an_actor(Role.MANAGER, college, sea))


def test_who_is_removed_has_nobody_invited_any_more() -> None:
    college = an_organisation()
    manager = somebody(Role.MANAGER, college)
    invite(email="friend@people.example", role=Role.MANAGER, actor=acting(manager, college))

    remove_member(manager.public_id, reason="Left", actor=an_actor(Role.OWNER, college))

    invitation = Invitation.objects.get()
    assert invitation.withdrawn_at is not None
    assert invitation.email == ""


@pytest.mark.django_db(transaction=True)
def test_two_owners_who_leave_at_once_leave_one_behind() -> None:
    college = an_organisation()
    people = [somebody(Role.OWNER, college) for _ in range(2)]
    start = threading.Barrier(2)
    answers: list[str] = []

    def go(person: User) -> None:
        actor = acting(person, college)
        start.wait()
        try:
            in_transaction(partial(leave, person, actor=actor))
            answers.append("left")
        except Refusal:
            answers.append("stays")
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == ["left", "stays"]
    assert Grant.objects.of_owners(college).count() == 1


def test_the_trail_names_nobody() -> None:
    college = an_organisation()
    person = a_person("secret@people.example", name="Secret Name")
    Grant.objects.create(organisation=college, person=person, role=Role.READER)

    remove_member(person.public_id, reason="Moved on", actor=an_actor(Role.OWNER, college))

    assert "secret" not in str(vars(Entry.objects.get())).lower()
