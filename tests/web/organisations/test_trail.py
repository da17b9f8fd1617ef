"""The trail as the organisation's people read it."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sealwright.web.accounts.models import User
from sealwright.web.audit.models import Entry
from sealwright.web.audit.services import digest
from sealwright.web.core.events import kinds, title_of
from sealwright.web.organisations.actors import Actor, actor_of_person
from sealwright.web.organisations.models import Organisation, Role
from sealwright.web.organisations.services.founding import change_profile
from sealwright.web.organisations.services.people import give_role, remove_member
from sealwright.web.organisations.services.units import make_unit
from sealwright.web.organisations.trail import SUBJECTS, Asked, entries, in_words
from tests.web.factories import a_person, an_actor, an_api_key, an_organisation, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def college() -> Organisation:
    return an_organisation(slug="harbour")


@pytest.fixture
def mira(college: Organisation) -> User:
    person = somebody(Role.OWNER, college)
    person.name = "Mira Holt"
    person.save()
    return person


@pytest.fixture
def actor(mira: User, college: Organisation) -> Actor:
    actor = actor_of_person(mira, college)
    assert actor is not None
    return actor


@pytest.fixture
def client(mira: User) -> Client:
    client = Client()
    client.force_login(mira)
    return client


def titles(actor: Actor, **asked: Any) -> list[str]:
    found = entries(actor, Asked(**asked))
    return [line.title for line in in_words(found, actor.organisation)]


def streamed(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]


def test_ids_are_shown_by_name_for_as_long_as_there_is_one(
    actor: Actor, college: Organisation
) -> None:
    sea = make_unit(name="Sea", actor=actor)
    jonas = somebody(Role.READER, college)
    give_role(jonas.public_id, role=Role.ISSUER, unit=sea.public_id, actor=actor)

    (line, *_) = in_words(entries(actor, Asked()), college)

    assert (line.who, line.title, line.about) == ("Mira Holt", "Role given", str(jonas))
    assert dict(line.details) == {"Role": "Issuer", "Unit": "Sea"}
    assert line.url.endswith(f"/people/{jonas.public_id}")


def test_who_is_gone_has_no_name(actor: Actor, college: Organisation, mira: User) -> None:
    change_profile(actor=actor, name="Harbour University")
    User.objects.filter(pk=mira.pk).update(is_active=False, name="")

    (line,) = in_words(entries(actor, Asked()), college)

    assert line.who == ""


def test_a_trail_is_asked_by_event_person_subject_and_day(
    actor: Actor, college: Organisation
) -> None:
    other = an_actor(Role.MANAGER, college)
    sea = make_unit(name="Sea", actor=actor)
    change_profile(actor=other, name="Harbour University")
    an_api_key(college)
    today = timezone.now().date()

    assert titles(actor, event="unit.made") == ["Unit made"]
    assert titles(actor, event="organisation") == ["Organisation changed"]
    assert titles(actor, who="mira") == ["Unit made"]
    assert titles(actor, who=other.label) == ["Organisation changed"]
    assert titles(actor, subject=sea.public_id) == ["Unit made"]
    assert len(titles(actor, since=today, until=today)) == 3
    assert titles(actor, since=today + timedelta(days=1)) == []
    assert titles(actor, until=today - timedelta(days=1)) == []


def test_a_trail_is_one_organisations_own(actor: Actor) -> None:
    make_unit(name="Land", actor=an_actor(Role.OWNER, an_organisation("Hill School")))

    assert titles(actor) == []


def test_every_kind_of_event_has_a_title_a_subject_and_words() -> None:
    ours = [kind for kind in kinds() if kind.__module__.startswith("sealwright.")]

    assert "award.issued" in [kind.name for kind in ours]
    assert len({str(kind.title) for kind in ours}) == len(ours)
    for kind in ours:
        assert str(kind.title)[:1].isupper(), kind
        assert "kw_only" not in (kind.__doc__ or ""), kind
        assert (kind.__doc__ or "").rstrip().endswith("."), kind
        assert kind.name.partition(".")[0] in SUBJECTS, kind


def test_what_no_kind_is_called_any_more_keeps_its_name() -> None:
    assert title_of("award.gilded") == "award.gilded"


def test_the_page_shows_what_was_asked_and_hands_it_out_the_same(
    client: Client, actor: Actor
) -> None:
    make_unit(name="Sea", actor=actor)
    change_profile(actor=actor, name="Harbour University")

    page = client.get("/o/harbour/trail?event=unit.made").content.decode()

    assert "Unit made: Sea" in page
    assert "Organisation changed</h2>" not in page
    assert "/o/harbour/trail.csv?event=unit.made" in page


@pytest.mark.parametrize("query", ["event=no.such", "since=yesterday", "page=99", "who=%00"])
def test_a_question_that_makes_no_sense_is_still_answered(client: Client, query: str) -> None:
    assert client.get(f"/o/harbour/trail?{query}").status_code == 200


def test_a_spreadsheet_takes_nothing_for_a_formula(
    client: Client, actor: Actor, college: Organisation
) -> None:
    jonas = somebody(Role.READER, college)
    remove_member(jonas.public_id, reason='=HYPERLINK("https://evil.example")', actor=actor)

    head, row = csv.reader(StringIO(streamed(client, "/o/harbour/trail.csv").lstrip("\ufeff")))

    told = dict(zip(head, row, strict=True))
    assert told["What"] == "Member removed"
    assert told["Who"] == "Mira Holt"
    assert told["Why"].startswith("'=HYPERLINK")


def test_programs_can_follow_the_chain_themselves(client: Client, actor: Actor) -> None:
    for name in ("Sea", "Land", "Sky"):
        make_unit(name=name, actor=actor)

    told = json.loads(streamed(client, "/o/harbour/trail.json"))

    before = "0" * 64
    for each in told["entries"]:
        at = datetime.fromisoformat(each["at"]).astimezone(UTC)
        entry = Entry(**{**each, "at": at, "organisation": told["organisation"]})
        assert each["hash"] == digest(before, entry)
        before = each["hash"]
    assert [each["number"] for each in told["entries"]] == [1, 2, 3]


def test_a_click_checks_the_chain(client: Client, actor: Actor) -> None:
    for name in ("Sea", "Land", "Sky"):
        make_unit(name=name, actor=actor)

    sound = client.post("/o/harbour/trail/check", follow=True).content.decode()
    Entry.objects.filter(number=2).delete()
    broken = client.post("/o/harbour/trail/check", follow=True).content.decode()

    assert "3 entries, unbroken." in sound
    assert "entry 2 is missing, changed, or out of place" in broken


def test_a_long_trail_costs_no_more_than_a_short_one(client: Client, actor: Actor) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/o/harbour/trail")
        return len(queries)

    make_unit(name="Sea", actor=actor)
    few = asked()
    for number in range(30):
        make_unit(name=f"Unit {number}", actor=actor)

    assert asked() == few


def test_readers_do_not_see_the_trail(college: Organisation) -> None:
    client = Client()
    client.force_login(somebody(Role.READER, college))

    assert client.get("/o/harbour/trail").status_code == 403
    assert client.get("/o/harbour/trail.csv").status_code == 403
    client.force_login(a_person())
    assert client.get("/o/harbour/trail.json").status_code == 404
