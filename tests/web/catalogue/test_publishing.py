"""A draft becomes a version that never changes; programmes are retired and reopened."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import pytest
from django.db import connections
from django.http import Http404

from sealwright.web.audit.models import Entry
from sealwright.web.catalogue.content import Assessment, Link, Skill, mark_of
from sealwright.web.catalogue.models import Programme, Version
from sealwright.web.catalogue.services import publish, reopen, retire, save_part
from sealwright.web.core.refusals import Refusal
from sealwright.web.organisations.models import Organisation, Role, Unit
from tests.web.factories import a_programme, a_version, an_actor, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def college() -> Organisation:
    return an_organisation("Harbour College")


def test_the_first_version_says_what_the_draft_said(college: Organisation) -> None:
    manager = an_actor(Role.MANAGER, college)
    programme = a_programme(college)

    version = publish(programme.public_id, actor=manager)

    programme.refresh_from_db()
    assert (version.number, version.content) == (1, programme.content)
    assert programme.current == version
    assert version.published_by == manager.label
    assert list(version.skills.values_list("position", "name", "level")) == [
        (0, "Passage planning", 3),
        (1, "Calm under pressure", 2),
    ]


def test_publishing_is_in_the_trail(college: Organisation) -> None:
    programme = a_programme(college)

    publish(programme.public_id, actor=an_actor(Role.OWNER, college))

    entry = Entry.objects.get(event="programme.published")
    assert entry.subject == programme.public_id
    assert entry.details == {"version": 1, "title": "Coastal Navigation"}


def test_what_is_found_by_is_taken_from_the_content(college: Organisation) -> None:
    programme = a_programme(
        college,
        "Pâtisserie",
        cost=120.0,
        field="Maritime",
        stacks_into=(Link("Diploma in Pastry"),),
        assessment=Assessment(type="performed-task", retake="Once, after a month"),
    )

    version = publish(programme.public_id, actor=an_actor(Role.OWNER, college))

    assert "patisserie" in version.search_text
    assert "harbour college" in version.search_text
    assert "passage planning" in version.search_text
    assert (version.cost, version.currency, version.stacks) == (120.0, "EUR", True)
    assert version.rigour_told == 4  # workload, level, type, retake


def test_editing_criteria_makes_version_2_and_version_1_still_says_what_it_said(
    college: Organisation,
) -> None:
    manager = an_actor(Role.MANAGER, college)
    programme = a_programme(college)
    first = publish(programme.public_id, actor=manager)
    told = first.content

    save_part(
        programme.public_id,
        "criteria",
        {"criteria": "Sail 40 miles."},
        seen=mark_of(told, "criteria"),
        actor=manager,
    )
    second = publish(programme.public_id, actor=manager)

    assert second.number == 2
    assert second.content == replace(told, criteria="Sail 40 miles.")
    assert Version.objects.get(pk=first.pk).content == told


def test_a_draft_that_says_the_same_is_not_published_again(college: Organisation) -> None:
    manager = an_actor(Role.MANAGER, college)
    programme = a_programme(college)
    publish(programme.public_id, actor=manager)

    with pytest.raises(Refusal, match="unfit") as refused:
        publish(programme.public_id, actor=manager)

    assert "Version 1 says the same" in str(refused.value.detail)
    assert programme.versions.count() == 1


def test_gaps_are_allowed(college: Organisation) -> None:
    programme = a_programme(
        college, eqf="", hours=None, ects=None, quality="", outcomes=(), assessment=Assessment()
    )

    assert publish(programme.public_id, actor=an_actor(Role.OWNER, college)).number == 1


@pytest.mark.parametrize("name", ["title", "description", "criteria", "skills"])
def test_what_is_needed_must_be_there(college: Organisation, name: str) -> None:
    programme = a_programme(college)
    programme.draft[name] = [] if name == "skills" else ""
    programme.save()

    with pytest.raises(Refusal) as refused:
        publish(programme.public_id, actor=an_actor(Role.OWNER, college))

    assert "at least one skill" in str(refused.value.detail)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", "x" * 161),
        ("participation", "by-pigeon"),
        ("eqf", "9"),
        ("hours", -1.0),
        ("skills", (Skill("x", level=5),)),
        ("skills", (Skill("x" * 121),)),
        ("skills", (Skill("x", url="javascript:alert(1)"),)),
        ("website", "javascript:alert(1)"),
        ("outcomes", ("x",) * 21),
        ("assessment", Assessment(type="guessing")),
    ],
)
def test_what_cannot_be_said_is_named(college: Organisation, name: str, value: Any) -> None:
    programme = a_programme(college, **{name: value} if name != "title" else {})
    if name == "title":
        programme.draft["title"] = value
        programme.save()

    with pytest.raises(Refusal) as refused:
        publish(programme.public_id, actor=an_actor(Role.OWNER, college))

    assert name in str(refused.value.detail)


def test_what_was_not_looked_at_is_not_published(college: Organisation) -> None:
    manager = an_actor(Role.MANAGER, college)
    programme = a_programme(college)
    seen = mark_of(programme.content)
    Programme.objects.update(draft=programme.draft | {"summary": "Something else."})

    with pytest.raises(Refusal) as refused:
        publish(programme.public_id, seen=seen, actor=manager)

    assert "changed while you looked" in str(refused.value.detail)


def test_a_link_keeps_the_version_that_was_current(college: Organisation) -> None:
    skipper = a_version(college, "Day Skipper")
    programme = a_programme(
        college, prerequisites=(Link("", programme=skipper.programme.public_id),)
    )

    version = publish(programme.public_id, actor=an_actor(Role.OWNER, college))

    assert version.content.prerequisites == (
        Link("Day Skipper", programme=skipper.programme.public_id, version=1),
    )


def test_a_link_to_what_is_not_published_keeps_its_words(college: Organisation) -> None:
    draft = a_programme(college, "Day Skipper")
    programme = a_programme(college, stacks_into=(Link("Skipper", programme=draft.public_id),))

    version = publish(programme.public_id, actor=an_actor(Role.OWNER, college))

    assert version.content.stacks_into == (Link("Skipper"),)


@pytest.mark.parametrize("role", [Role.ISSUER, Role.ASSESSOR, Role.RECRUITER, Role.READER])
def test_whoever_may_not_publish_is_told_so(college: Organisation, role: Role) -> None:
    programme = a_programme(college)

    with pytest.raises(Refusal, match="forbidden"):
        publish(programme.public_id, actor=an_actor(role, college))


def test_a_programme_of_another_organisation_is_not_there(college: Organisation) -> None:
    elsewhere = an_organisation("Elsewhere")

    with pytest.raises(Http404):
        publish(a_programme(college).public_id, actor=an_actor(Role.OWNER, elsewhere))


def test_a_manager_of_a_unit_publishes_in_that_unit_only(college: Organisation) -> None:
    deck = Unit.objects.create(organisation=college, name="Deck")
    engine = Unit.objects.create(organisation=college, name="Engine")
    manager = an_actor(Role.MANAGER, college, deck)
    own = a_programme(college, unit=deck)

    version = publish(own.public_id, actor=manager)

    assert version.number == 1
    for foreign in (a_programme(college, unit=engine), a_programme(college)):
        with pytest.raises(Http404):
            publish(foreign.public_id, actor=manager)


def test_a_retired_programme_can_be_reopened(college: Organisation) -> None:
    manager = an_actor(Role.MANAGER, college)
    programme = a_version(college).programme

    retire(programme.public_id, reason="The quay is closed.", actor=manager)
    retired = Programme.objects.get(pk=programme.pk)
    reopen(programme.public_id, actor=manager)

    assert retired.retired_at is not None
    assert Programme.objects.get(pk=programme.pk).retired_at is None
    assert list(Entry.objects.order_by("number").values_list("event", "reason")) == [
        ("programme.retired", "The quay is closed."),
        ("programme.reopened", ""),
    ]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_publish_at_once_one_is_told_that_it_is_done() -> None:
    college = an_organisation()
    programme = a_programme(college)
    actors = [an_actor(Role.OWNER, college) for _ in range(4)]
    start = threading.Barrier(len(actors))
    outcomes: list[str] = []

    def publish_now(actor: Any) -> None:
        start.wait()
        try:
            outcomes.append(str(publish(programme.public_id, actor=actor).number))
        except Refusal as refused:
            outcomes.append(refused.kind.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=publish_now, args=(actor,)) for actor in actors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["1", "unfit", "unfit", "unfit"]
    assert programme.versions.count() == 1
