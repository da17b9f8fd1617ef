"""Removing a version of a framework: what it means is told before, and nothing published breaks."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from sealwright.skills.frameworks import Concept, Framework, demo
from sealwright.web.audit.models import Entry
from sealwright.web.catalogue import indexes
from sealwright.web.catalogue.content import Skill
from sealwright.web.catalogue.frameworks import current, resolved, suggest
from sealwright.web.catalogue.models import FrameworkEntry, SkillFramework
from sealwright.web.catalogue.removal import SHOWN, removal_of
from sealwright.web.catalogue.services import bring_framework, publish, remove_framework
from sealwright.web.core.events import SITE
from sealwright.web.core.refusals import Refusal
from sealwright.web.organisations.models import Organisation, Role
from tests.web.accounts.people import a_client
from tests.web.catalogue.pages import words_of
from tests.web.catalogue.test_frameworks import ABOUT, AT, BAKE, BAKERY, LISTEN
from tests.web.factories import (
    a_person,
    a_programme,
    a_version,
    an_actor,
    an_award,
    an_organisation,
)
from tests.web.scenes import secured
from tests.web.side_by_side import side_by_side

pytestmark = pytest.mark.django_db

CAKES = Concept("https://skills.example/bake-cakes", (("en", "bake cakes for feasts"),))
SECOND = replace(BAKERY, about=replace(ABOUT, version="2"), concepts=(BAKE, LISTEN))
"""The next version, without the cakes."""
BREAD = Skill("bake bread", level=2, url=BAKE.uri, framework="Bakery skills 1", code="B1")
FEASTS = Skill("bake cakes for feasts", level=2, url=CAKES.uri, framework="Bakery skills 1")


def bring(framework: Framework, *, days: int = 0) -> SkillFramework:
    return bring_framework(framework, by="operator", at=AT + timedelta(days))


@pytest.fixture
def old() -> SkillFramework:
    """The first of two versions."""
    kept = bring(BAKERY)
    bring(SECOND, days=1)
    return SkillFramework.objects.get(pk=kept.pk)


@pytest.fixture
def operator() -> Client:
    return a_client(secured(a_person(name="Ida Berg", is_operator=True)))


def newer() -> SkillFramework:
    return SkillFramework.objects.get(version="2")


def address(kept: SkillFramework) -> str:
    return f"/operator/frameworks/{kept.public_id}/remove"


def test_an_older_version_goes_with_all_that_was_made_from_it(
    operator: Client, old: SkillFramework, django_capture_on_commit_callbacks: Any
) -> None:
    place = indexes.place_of(old.digest)
    assert place.exists()

    before = words_of(operator.get(address(old)).text)
    with django_capture_on_commit_callbacks(execute=True):
        after = words_of(operator.post(address(old), follow=True).text)

    assert "Nothing that anybody picks, looks for or compares." in before
    assert "I have read what changes" not in before
    assert "Bakery skills 1 is removed." in after
    assert re.search(r"Framework of skills removed : Bakery skills 1, Ida Berg", after)
    assert [str(each) for each in SkillFramework.objects.all()] == ["Bakery skills 2"]
    assert not FrameworkEntry.objects.filter(label="bake cakes for feasts").exists()
    assert not place.exists()
    assert indexes.place_of(newer().digest).exists()
    assert [each.name for each in suggest("bake")] == ["bake bread"]


def test_the_trail_of_the_site_says_who_removed_what(old: SkillFramework) -> None:
    remove_framework(old.public_id, by="person:1")

    entry = Entry.objects.filter(organisation=SITE).latest("number")
    assert (entry.event, entry.actor, entry.subject) == (
        "framework.removed", "person:1", old.public_id,
    )  # fmt: skip
    assert (entry.details["title"], entry.details["version"]) == ("Bakery skills", "1")
    assert entry.details["digest"] == old.digest


def test_what_was_made_stays_where_another_version_says_the_same(
    old: SkillFramework, django_capture_on_commit_callbacks: Any
) -> None:
    SkillFramework.objects.filter(version="2").update(digest=old.digest)

    with django_capture_on_commit_callbacks(execute=True):
        remove_framework(old.public_id, by="person:1")

    assert indexes.place_of(old.digest).exists()


def test_a_version_that_skills_are_picked_from_goes_only_when_somebody_says_so(
    operator: Client, old: SkillFramework
) -> None:
    told = words_of(operator.get(address(newer())).text)
    refused = operator.post(address(newer()))

    assert "Skills are picked from this version today." in told
    assert "Skills are picked from Bakery skills 1 again." in told
    assert "Bakery skills 1 is offered first." in told
    assert refused.status_code == 422
    assert "This field is required." in words_of(refused.text)
    with pytest.raises(Refusal, match="conflict"):
        remove_framework(newer().public_id, by="person:1")
    assert SkillFramework.objects.count() == 2

    operator.post(address(newer()), {"sure": "on"})

    kept = SkillFramework.objects.get()
    assert (kept.pk, kept.is_current, kept.is_first) == (old.pk, True, True)
    assert {each.name for each in suggest("bake")} == {"bake bread", "bake cakes for feasts"}


def test_a_page_of_an_older_version_does_not_remove_what_became_current_since(
    operator: Client, old: SkillFramework
) -> None:
    remove_framework(newer().public_id, by="person:1", even_current=True)

    answer = operator.post(address(old))

    assert answer.status_code == 422
    assert "Nobody can look for its skills or pick them any longer." in words_of(answer.text)
    assert SkillFramework.objects.get().pk == old.pk


def test_of_a_framework_without_another_version_it_is_told_what_is_left(operator: Client) -> None:
    kept = bring(BAKERY)
    alone = words_of(operator.get(address(kept)).text)
    other = bring(demo())
    beside = words_of(operator.get(address(kept)).text)

    remove_framework(kept.public_id, by="person:1", even_current=True)

    assert "It is the only one: providers write skills in their own words" in alone
    assert f"Texts and adverts are compared with {other} only." in beside
    assert f"{other} is offered first." in beside
    assert [(each.pk, each.is_first) for each in current()] == [(other.pk, True)]


def test_what_is_not_first_takes_nothing_from_what_is(operator: Client) -> None:
    first = bring(BAKERY)
    other = bring(demo())

    remove_framework(other.public_id, by="person:1", even_current=True)

    assert [(each.pk, each.is_first) for each in current()] == [(first.pk, True)]


def test_programmes_that_name_its_skills_are_told_those_that_lose_most_first(
    operator: Client, old: SkillFramework
) -> None:
    college = an_organisation("Harbour College")
    a_programme(college, "In the making", skills=(BREAD, Skill("weld")))
    a_version(college, "Ovens", skills=(BREAD,))
    a_version(college, "Feasts", skills=(BREAD, FEASTS))
    a_version(college, "Elsewhere", skills=(Skill("sing", url="https://elsewhere.example/1"),))

    removal = removal_of(old.public_id)
    page = words_of(operator.get(address(old)).text)

    assert [(each.programme.title, each.skills, each.lost) for each in removal.namings] == [
        ("Feasts", 2, ("bake cakes for feasts",)),
        ("In the making", 1, ()),
        ("Ovens", 1, ()),
    ]
    assert (removal.programmes, removal.losing, removal.more) == (3, 1, 0)
    assert "Feasts Harbour College 2 skills; in no other framework here: bake cakes" in page
    assert "In the making Harbour College, not published 1 skill" in page
    assert "Elsewhere" not in page


def test_before_a_current_one_goes_it_is_told_what_nothing_here_will_know(
    operator: Client,
) -> None:
    kept = bring(BAKERY)
    a_version(an_organisation(), "Feasts", skills=(BREAD, FEASTS))

    page = words_of(operator.get(address(kept)).text)

    assert "1 programme names skills that no framework here knows then." in page
    assert "in no other framework here: bake bread, bake cakes for feasts" in page


def test_of_many_programmes_some_are_named_and_the_others_counted(
    operator: Client, old: SkillFramework
) -> None:
    college = an_organisation()
    for number in range(SHOWN + 2):
        a_version(college, f"Ovens {number}", skills=(BREAD,))

    page = words_of(operator.get(address(old)).text)

    assert f"{SHOWN + 2} programmes, published or in their drafts." in page
    assert "And 2 more." in page
    assert page.count("Ovens ") == SHOWN


def test_where_no_programme_names_a_skill_of_it_the_page_says_so(
    operator: Client, old: SkillFramework
) -> None:
    assert "No programme names a skill of it." in words_of(operator.get(address(old)).text)


@pytest.mark.django_db(transaction=True)
def test_what_is_published_stays_as_it_is(client: Client, college: Organisation) -> None:
    kept = bring(BAKERY)
    version = a_version(college, "Feasts", skills=(BREAD, FEASTS))
    award = an_award(college, version=version)
    pages = (version.path, f"{version.path}.json", f"/c/{award.public_id}.json")

    def seen() -> list[bytes]:
        answers = [client.get(page) for page in pages]
        assert {each.status_code for each in answers} == {200}
        return [re.sub(rb'nonce="[^"]*"|csrf[^>]*', b"", each.content) for each in answers]

    before = seen()
    remove_framework(kept.public_id, by="person:1", even_current=True)

    assert seen() == before
    assert b"Bakery skills 1" in before[1]
    assert resolved([(BAKE.uri, "bake bread")]) == [None]


def test_a_draft_that_names_its_skills_can_be_published_still(college: Organisation) -> None:
    kept = bring(BAKERY)
    programme = a_programme(college, "Feasts", skills=(BREAD, FEASTS))
    remove_framework(kept.public_id, by="person:1", even_current=True)

    version = publish(programme.public_id, actor=an_actor(Role.OWNER, college))

    assert [skill.framework for skill in version.content.skills] == ["Bakery skills 1"] * 2


def test_a_version_is_removed_once(operator: Client, old: SkillFramework) -> None:
    remove_framework(old.public_id, by="person:1")

    assert operator.get(address(old)).status_code == 404
    with pytest.raises(Refusal, match="not-found"):
        remove_framework(old.public_id, by="person:1")


@pytest.mark.django_db(transaction=True)
def test_removed_by_several_at_once_it_takes_nothing_else_along() -> None:
    kept = bring(BAKERY)
    bring(SECOND, days=1)
    refused: list[Refusal] = []

    def remove() -> None:
        try:
            remove_framework(newer_id, by="person:1", even_current=True)
        except Refusal as refusal:
            refused.append(refusal)

    newer_id = newer().public_id
    side_by_side([remove] * 3)

    assert len(refused) == 2
    assert [(each.pk, each.is_current) for each in SkillFramework.objects.all()] == [
        (kept.pk, True)
    ]


def test_a_removed_version_can_be_brought_in_again(old: SkillFramework) -> None:
    remove_framework(old.public_id, by="person:1")

    again = bring(BAKERY, days=3)

    assert again.is_current
    assert len(suggest("bake")) == 2
