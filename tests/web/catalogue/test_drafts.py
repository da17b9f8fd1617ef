"""Drafts are saved part by part, and nobody's work is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import Http404

from sealwright.web.audit.models import Entry
from sealwright.web.catalogue.content import PARTS, Content, Skill, mark_of
from sealwright.web.catalogue.models import Picture, Programme
from sealwright.web.catalogue.services import (
    copy_programme,
    create_programme,
    save_part,
)
from sealwright.web.catalogue.services.drafts import DraftMoved
from sealwright.web.core.refusals import Refusal
from sealwright.web.organisations.actors import Actor
from sealwright.web.organisations.models import Organisation, Role, Unit
from tests.web.factories import a_content, a_programme, an_actor, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def college() -> Organisation:
    return an_organisation()


@pytest.fixture
def manager(college: Organisation) -> Actor:
    return an_actor(Role.MANAGER, college)


def save(programme: Programme, part: str, actor: Actor, seen: Content, **members: Any) -> Programme:
    return save_part(programme.public_id, part, members, seen=mark_of(seen, part), actor=actor)


def test_every_member_of_the_content_belongs_to_one_part() -> None:
    told = [name for names in PARTS.values() for name in names]

    assert sorted(told) == sorted(Content.__dataclass_fields__)


def test_a_programme_begins_as_a_draft(manager: Actor) -> None:
    programme = create_programme(a_content("Night Sailing"), actor=manager)

    assert programme.title == "Night Sailing"
    assert programme.current is None
    assert Entry.objects.get().event == "programme.created"


def test_whoever_manages_a_unit_begins_programmes_in_it_only(college: Organisation) -> None:
    deck = Unit.objects.create(organisation=college, name="Deck")
    of_deck = an_actor(Role.MANAGER, college, deck)

    programme = create_programme(actor=of_deck, unit_id=deck.public_id)

    assert programme.unit == deck
    with pytest.raises(Refusal, match="unfit"):
        create_programme(actor=of_deck)


def test_a_unit_of_another_organisation_is_not_there(manager: Actor) -> None:
    foreign = Unit.objects.create(organisation=an_organisation("Elsewhere"), name="Deck")

    with pytest.raises(Refusal, match="not-found"):
        create_programme(actor=manager, unit_id=foreign.public_id)


def test_a_copy_says_the_same_under_another_title(college: Organisation, manager: Actor) -> None:
    source = a_programme(college, "Coastal Navigation")

    copy = copy_programme(source.public_id, actor=manager)

    assert copy.title == "Coastal Navigation (copy)"
    assert copy.content.skills == source.content.skills
    assert copy.public_id != source.public_id


def test_saving_a_part_leaves_the_others_alone(college: Organisation, manager: Actor) -> None:
    programme = a_programme(college)
    before = programme.content

    saved = save(programme, "criteria", manager, before, criteria="Sail 40 miles.")

    assert saved.content.criteria == "Sail 40 miles."
    assert saved.content.skills == before.skills
    assert saved.draft_changed_by == manager.label
    assert Entry.objects.get().details == {"part": "criteria"}


def test_two_people_save_two_parts_without_getting_in_each_others_way(
    college: Organisation, manager: Actor
) -> None:
    programme = a_programme(college)
    opened = programme.content

    save(programme, "criteria", manager, opened, criteria="Sail 40 miles.")
    saved = save(programme, "identity", manager, opened, title="Coastal Sailing")

    assert (saved.content.criteria, saved.title) == ("Sail 40 miles.", "Coastal Sailing")


def test_whoever_saves_the_same_part_later_is_shown_what_the_other_saved(
    college: Organisation, manager: Actor
) -> None:
    programme = a_programme(college)
    opened = programme.content
    save(programme, "criteria", manager, opened, criteria="Sail 40 miles.")

    with pytest.raises(DraftMoved) as moved:
        save(programme, "criteria", manager, opened, criteria="Sail 60 miles.")

    assert moved.value.programme.content.criteria == "Sail 40 miles."
    assert Programme.objects.get(pk=programme.pk).content.criteria == "Sail 40 miles."


def test_saving_the_same_twice_is_no_change(college: Organisation, manager: Actor) -> None:
    programme = a_programme(college)
    opened = programme.content
    save(programme, "criteria", manager, opened, criteria="Sail 40 miles.")

    save(programme, "criteria", manager, opened, criteria="Sail 40 miles.")

    assert Entry.objects.filter(event="programme.drafted").count() == 1


def test_skills_are_kept_in_their_order(college: Organisation, manager: Actor) -> None:
    programme = a_programme(college)
    skills = [{"name": "B", "kind": "human", "level": 1}, {"name": "A", "level": 4}]

    saved = save(programme, "skills", manager, programme.content, skills=skills)

    assert saved.content.skills == (Skill("B", "human", 1), Skill("A", level=4))


def test_a_picture_of_another_organisation_cannot_be_used(
    college: Organisation, manager: Actor
) -> None:
    programme = a_programme(college)
    foreign = Picture.objects.create(
        organisation=an_organisation("Elsewhere"), png=b"", sha256="0", width=1, height=1
    )

    with pytest.raises(Refusal, match="unfit"):
        save(programme, "design", manager, programme.content, picture=foreign.public_id)


def test_whoever_may_not_edit_begins_nothing(college: Organisation) -> None:
    with pytest.raises(Refusal, match="forbidden"):
        create_programme(actor=an_actor(Role.READER, college))


@pytest.mark.parametrize("role", [Role.ISSUER, Role.ASSESSOR, Role.RECRUITER, Role.READER])
def test_whoever_may_only_read_changes_nothing(college: Organisation, role: Role) -> None:
    programme = a_programme(college)

    with pytest.raises(Refusal, match="forbidden"):
        save(programme, "identity", an_actor(role, college), programme.content, title="Mine")


def test_a_draft_of_another_organisation_is_not_there(college: Organisation) -> None:
    programme = a_programme(college)
    stranger = an_actor(Role.OWNER, an_organisation("Elsewhere"))

    with pytest.raises(Http404):
        save(programme, "identity", stranger, programme.content, title="Mine")
    with pytest.raises(Http404):
        copy_programme(programme.public_id, actor=stranger)
