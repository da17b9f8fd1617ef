"""Programmes in the console: the list, beginning one, publishing, versions, retiring."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sealwright.web.catalogue.content import Skill, mark_of
from sealwright.web.catalogue.models import Programme, Version
from sealwright.web.catalogue.services import publish, save_part
from sealwright.web.catalogue.starters import STARTERS, starter_of
from sealwright.web.organisations.models import Organisation, Role, Unit
from tests.web.catalogue.conftest import SignIn
from tests.web.catalogue.pages import read, words_of
from tests.web.factories import (
    a_programme,
    a_version,
    an_actor,
    an_organisation,
    somebody,
)

pytestmark = pytest.mark.django_db

LIST = "/o/harbour/programmes"


def address(programme: Programme, below: str = "") -> str:
    return f"{LIST}/{programme.public_id}{below}"


def edited(programme: Programme, college: Organisation, **changes: Any) -> None:
    part = "criteria" if "criteria" in changes else "identity"
    seen = mark_of(Programme.objects.get(pk=programme.pk).content, part)
    save_part(programme.public_id, part, changes, seen=seen, actor=an_actor(Role.MANAGER, college))


# --- The list -------------------------------------------------------------------------------


def test_the_list_says_where_each_programme_stands(college: Organisation, manager: Client) -> None:
    a_programme(college, "Only a draft")
    a_version(college, "Published")
    edited(a_version(college, "Changed since").programme, college, summary="Another.")

    words = read(manager, LIST)

    assert "Only a draft Draft 11 of 11 5 of 8" in words
    assert "Published Version 1 11 of 11" in words
    assert "Changed since Version 1 Changes not published" in words


def test_the_list_is_narrowed_by_state_and_title(college: Organisation, manager: Client) -> None:
    a_programme(college, "Only a draft")
    a_version(college, "Published")

    assert "Published Version 1" not in read(manager, LIST, state="draft")
    assert "Only a draft" not in read(manager, LIST, q="publ")
    assert "None of your programmes fits" in read(manager, LIST, q="zebra\0")


def test_an_empty_list_leads_to_the_first_programme(manager: Client) -> None:
    answer = manager.get(LIST)

    assert "Make your first programme from a template" in answer.content.decode()
    assert f'href="{LIST}/new"' in answer.content.decode()


def test_nobody_sees_programmes_of_another_organisation(manager: Client) -> None:
    a_version(an_organisation(), "Of somebody else")

    assert "Of somebody else" not in read(manager, LIST)


def test_a_longer_list_costs_no_more_queries(college: Organisation, manager: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            read(manager, LIST)
        return len(captured)

    a_version(college)
    before = queries()
    for n in range(10):
        a_version(college, f"Sailing {n}")

    assert queries() == before


# --- Beginning ------------------------------------------------------------------------------


@pytest.mark.parametrize("starter", STARTERS, ids=lambda starter: starter.key)
def test_a_programme_begins_with_a_starter(manager: Client, starter: Any) -> None:
    answer = manager.post(f"{LIST}/new", {"start": starter.key})

    programme = Programme.objects.get()
    assert answer["Location"] == address(programme, "/identity")
    assert programme.content == starter.content


def test_there_are_starters_of_different_kinds_ready_to_be_published(
    college: Organisation,
) -> None:
    actor = an_actor(Role.OWNER, college)

    for starter in STARTERS:
        programme = a_programme(college)
        programme.draft = starter.content.as_json()
        programme.save()
        assert publish(programme.public_id, actor=actor).title == starter.content.title
    assert len({starter.content.field for starter in STARTERS}) == len(STARTERS) >= 5


def test_what_only_the_provider_knows_is_left_open_in_starters() -> None:
    for starter in STARTERS:
        assert starter.content.cost is None
        assert starter.content.quality == starter.content.assessment.external_review == ""


def test_no_starter_goes_by_that_key() -> None:
    assert starter_of("unheard-of") is None


def test_a_programme_begins_with_nothing_or_with_a_copy(
    college: Organisation, manager: Client
) -> None:
    source = a_version(college, "Coastal Navigation").programme

    manager.post(f"{LIST}/new", {"start": "blank"})
    manager.post(f"{LIST}/new", {"copy": source.public_id})

    titles = set(Programme.objects.values_list("draft__title", flat=True))
    assert titles == {"Coastal Navigation", "", "Coastal Navigation (copy)"}


def test_whoever_manages_a_unit_begins_in_that_unit(
    college: Organisation, signed_in: SignIn
) -> None:
    deck = Unit.objects.create(organisation=college, name="Deck")
    client = signed_in(Role.MANAGER, deck)

    assert "Belongs to Deck" in read(client, f"{LIST}/new")
    assert client.post(f"{LIST}/new", {"start": "lab"}).status_code == 422
    assert client.post(f"{LIST}/new", {"start": "lab", "unit": deck.public_id}).status_code == 302


# --- Where it stands ------------------------------------------------------------------------


def test_the_page_of_a_programme_says_who_did_what_last(
    college: Organisation, manager: Client
) -> None:
    programme = a_version(college).programme
    edited(programme, college, summary="Another.")

    words = read(manager, address(programme))

    assert "Last saved by Manager of Harbour College" in words
    assert "Changes not published" in words
    assert "Review and publish" in words


def test_readers_see_where_it_stands_and_nothing_to_change(
    college: Organisation, signed_in: SignIn
) -> None:
    programme = a_version(college).programme

    words = read(signed_in(Role.READER), address(programme))

    assert "EU facts 11 of 11 told" in words
    for verb in ("Edit the draft", "Review and publish", "Retire"):
        assert verb not in words


# --- Publishing -----------------------------------------------------------------------------


def seen_in(page: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', page)
    assert found is not None
    return found[1]


def test_the_first_version_is_looked_at_as_a_whole_and_published(
    college: Organisation, manager: Client
) -> None:
    programme = a_programme(college)
    page = manager.get(address(programme, "/publish")).content.decode()

    answer = manager.post(address(programme, "/publish"), {"seen": seen_in(page)}, follow=True)

    assert "What will be public" in words_of(page)
    assert "Version 1 is published." in words_of(answer.content.decode())
    assert Version.objects.get().programme == programme


def test_before_the_next_version_what_changes_is_shown(
    college: Organisation, manager: Client
) -> None:
    programme = a_version(college).programme
    criteria = programme.content.criteria.replace("20", "40")
    edited(programme, college, criteria=criteria)

    words = read(manager, address(programme, "/publish"))

    assert "Awards that were made under version 1 keep showing it." in words
    assert "What changes Criteria Criteria" in words
    assert "removed: 20" in words
    assert "added: 40" in words


def test_gaps_are_shown_and_do_not_stop(college: Organisation, manager: Client) -> None:
    programme = a_programme(college, eqf="", quality="")

    words = read(manager, address(programme, "/publish"))

    assert "9 of 11 told" in words
    assert "Not told: Level, Quality assurance" in words
    assert "Publish version 1" in words


def test_what_is_needed_is_named_before_anybody_can_publish(
    college: Organisation, manager: Client
) -> None:
    programme = a_programme(college, criteria="", skills=())
    page = manager.get(address(programme, "/publish")).content.decode()

    answer = manager.post(address(programme, "/publish"))

    assert "this is still needed: Skills, Criteria" in words_of(page)
    assert 'name="seen"' not in page
    assert answer.status_code == 422


def test_only_what_was_looked_at_is_published(college: Organisation, manager: Client) -> None:
    programme = a_programme(college)
    page = manager.get(address(programme, "/publish")).content.decode()
    edited(programme, college, summary="Another.")

    answer = manager.post(address(programme, "/publish"), {"seen": seen_in(page)})

    assert answer.status_code == 422
    assert not Version.objects.exists()


def test_nothing_new_says_so(college: Organisation, manager: Client) -> None:
    programme = a_version(college).programme

    assert "Version 1 says the same already" in read(manager, address(programme, "/publish"))


def test_publishing_asks_for_a_second_factor(college: Organisation) -> None:
    client = Client()
    client.force_login(somebody(Role.OWNER, college))

    answer = client.post(address(a_programme(college), "/publish"))

    assert answer.status_code == 302
    assert not Version.objects.exists()


# --- Versions -------------------------------------------------------------------------------


def test_any_two_versions_are_compared(college: Organisation, manager: Client) -> None:
    actor = an_actor(Role.OWNER, college)
    programme = a_version(college, skills=(Skill("A"),)).programme
    for miles in (40, 60):
        edited(programme, college, criteria=f"Sail {miles} miles by day and by night.")
        publish(programme.public_id, actor=actor)

    newest = read(manager, address(programme, "/versions"))
    chosen = read(manager, address(programme, "/versions"), **{"from": "3", "to": "1"})
    odd = read(manager, address(programme, "/versions"), **{"from": "x", "to": "99"})

    assert "From version 2 to version 3" in newest
    assert "removed: 40 added: 60" in newest
    assert "From version 3 to version 1" in chosen
    assert "From version 2 to version 3" in odd
    assert "Owner of Harbour College" in newest


def test_before_the_first_version_there_is_nothing_to_compare(
    college: Organisation, manager: Client
) -> None:
    assert "No version yet" in read(manager, address(a_programme(college), "/versions"))


# --- Retiring -------------------------------------------------------------------------------


def test_a_programme_is_retired_and_reopened(college: Organisation, manager: Client) -> None:
    programme = a_version(college).programme

    retired = manager.post(address(programme, "/retire"), {"reason": "No quay"}, follow=True)
    reopened = manager.post(address(programme, "/reopen"), follow=True)

    assert "It is no longer offered." in words_of(retired.content.decode())
    assert "It is offered again." in words_of(reopened.content.decode())
