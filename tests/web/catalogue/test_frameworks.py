"""Frameworks of skills in the site: brought in by who runs it, picked from by providers."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from sealwright.skills.frameworks import About, Concept, Framework, Kind, demo
from sealwright.web.audit.models import Entry
from sealwright.web.audit.services import first_break
from sealwright.web.catalogue import indexes
from sealwright.web.catalogue.content import Skill
from sealwright.web.catalogue.frameworks import (
    concepts_of,
    current,
    has_frameworks,
    picked,
    resolved,
    suggest,
    suggest_from,
)
from sealwright.web.catalogue.models import FrameworkEntry, SkillFramework
from sealwright.web.catalogue.services import bring_framework, put_first
from sealwright.web.core.events import SITE
from sealwright.web.core.refusals import Refusal
from sealwright.web.organisations.models import Organisation
from tests.cli.runs import Desk
from tests.web.accounts.people import a_client
from tests.web.catalogue.pages import fields_of, words_of
from tests.web.catalogue.test_designer import address, content_of, opened
from tests.web.factories import a_person, a_programme
from tests.web.scenes import secured
from tests.web.side_by_side import side_by_side

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 1, tzinfo=UTC)
ABOUT = About(
    "https://skills.example/f", (("en", "Bakery skills"),), "1", attribution="By the bakers."
)
BAKE = Concept(
    "https://skills.example/bake",
    (("en", "bake bread"), ("de", "Brot backen")),
    alternatives=(("en", "make bread"),),
    code="B1",
)
LISTEN = Concept("https://skills.example/listen", (("en", "listen to guests"),), transversal=True)
BAKERY = Framework(
    ABOUT,
    (
        Concept("https://skills.example/group", (("en", "baking"),), kind=Kind.GROUP),
        BAKE,
        Concept("https://skills.example/bake-cakes", (("en", "bake cakes for feasts"),)),
        LISTEN,
        Concept("urn:x:no-page", (("en", "bake nowhere"),)),
        Concept("https://skills.example/long", (("en", "bake " * 50),)),
    ),
)


def bring(framework: Framework) -> SkillFramework:
    return bring_framework(framework, by="operator", at=AT)


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, capsys)


def test_only_what_can_be_signed_is_brought() -> None:
    assert bring(BAKERY).counts["pickable"] == 3
    pickable = FrameworkEntry.objects.filter(is_pickable=True)
    assert set(pickable.values_list("label", flat=True)) == {
        "bake bread", "bake cakes for feasts", "listen to guests",
    }  # fmt: skip


def test_brought_again_a_version_is_replaced_and_the_last_one_is_picked_from() -> None:
    bring(BAKERY)
    second = replace(BAKERY, about=replace(ABOUT, version="2"), concepts=(LISTEN,))

    bring(second)
    bring(second)

    assert [str(one) for one in SkillFramework.objects.order_by("version")] == [
        "Bakery skills 1", "Bakery skills 2",
    ]  # fmt: skip
    assert suggest("bake") == []
    assert [one.framework for one in suggest("listen")] == ["Bakery skills 2"]


@pytest.mark.django_db(transaction=True)
def test_brought_by_several_at_once_a_version_is_there_once() -> None:
    side_by_side([lambda: bring(BAKERY)] * 3)

    kept = SkillFramework.objects.get()
    assert (kept.is_current, kept.is_first) == (True, True)
    assert kept.entries.count() == len(BAKERY.concepts) + len(BAKERY.occupations)


def test_a_framework_without_a_title_is_called_by_its_address() -> None:
    bring(replace(BAKERY, about=replace(ABOUT, title=(), version="")))

    assert str(SkillFramework.objects.get()) == "https://skills.example/f"


def test_skills_are_found_by_the_beginnings_of_words_in_any_language() -> None:
    bring(BAKERY)

    assert [one.name for one in suggest("bake")] == ["bake bread", "bake cakes for feasts"]
    assert [one.name for one in suggest("BROT")] == ["bake bread"]
    assert [one.name for one in suggest("feast cak")] == ["bake cakes for feasts"]
    assert suggest("") == suggest("weld") == []


def test_the_best_eight_are_shown() -> None:
    many = tuple(
        Concept(f"https://skills.example/{n}", (("en", f"bake no {n}"),)) for n in range(12)
    )
    bring(Framework(ABOUT, many))

    assert len(suggest("bake")) == 8


def test_a_picked_skill_tells_its_framework_code_and_kind() -> None:
    bring(BAKERY)

    bread, listening = picked(BAKE.uri), picked(LISTEN.uri)

    assert bread is not None
    assert listening is not None
    assert (bread.framework, bread.code, bread.kind) == ("Bakery skills 1", "B1", "technical")
    assert listening.kind == "human"
    assert picked("https://elsewhere.example/1") is None


def test_without_a_framework_nothing_is_offered(college: Organisation, manager: Client) -> None:
    programme = a_programme(college, skills=(Skill("bake"),))

    page = manager.get(address(programme, "skills")).content.decode()

    assert not has_frameworks()
    assert "Look for it in frameworks" not in page


def test_a_person_looks_and_picks_without_scripts(college: Organisation, manager: Client) -> None:
    bring(BAKERY)
    programme = a_programme(college, skills=(Skill("bake", level=2, shown_by="Baked."),))
    url = address(programme, "skills")
    sent = opened(manager, programme, "skills")

    found = manager.post(url, sent | {"do": "look:skills:0"}).content.decode()
    pick = f"pick:skills:0:{BAKE.uri}"
    taken = manager.post(url, fields_of(found) | {"do": pick}).content.decode()
    saved = manager.post(url, fields_of(taken) | {"do": "save"})

    assert f'value="{pick}"' in found
    assert "By the bakers." in words_of(found)
    assert 'value="bake bread"' in taken
    assert saved.status_code == 302
    assert content_of(programme).skills == (
        Skill("bake bread", "technical", 2, BAKE.uri, "Bakery skills 1", "B1", "Baked."),
    )


def test_where_nothing_fits_the_page_says_what_to_do(
    college: Organisation, manager: Client
) -> None:
    bring(BAKERY)
    programme = a_programme(college, skills=(Skill("weld"),))
    sent = opened(manager, programme, "skills")

    page = manager.post(address(programme, "skills"), sent | {"do": "look:skills:0"})

    assert "No framework of this site has a skill with these words" in words_of(
        page.content.decode()
    )


def test_skills_are_suggested_from_what_the_programme_says(
    college: Organisation, manager: Client
) -> None:
    bring(BAKERY)
    told = "Holders bake bread for a hotel and listen to guests who complain."
    programme = a_programme(college, description=told, skills=(Skill("weld"),))
    url = address(programme, "skills")
    sent = opened(manager, programme, "skills")

    offered = manager.post(url, sent | {"do": "suggest:skills"}).content.decode()
    pick = f"pick:skills:1:{BAKE.uri}"
    taken = manager.post(url, fields_of(offered) | {"do": pick}).content.decode()
    again = manager.post(url, fields_of(taken) | {"do": "suggest:skills"}).content.decode()
    manager.post(url, fields_of(taken) | {"do": "save"})

    assert f'value="{pick}"' in offered
    assert f'value="pick:skills:1:{LISTEN.uri}"' in offered
    assert BAKE.uri not in [one for one in again.split('"') if one.startswith("pick:skills:2")]
    assert [skill.name for skill in content_of(programme).skills] == ["weld", "bake bread"]


def test_a_text_that_is_near_no_skill_says_so(college: Organisation, manager: Client) -> None:
    bring(BAKERY)
    fields = {"description": "", "summary": "Xyzzy.", "criteria": "", "outcomes": ()}
    programme = a_programme(college, "Plugh", skills=(Skill("weld"),), **fields)
    sent = opened(manager, programme, "skills")

    page = manager.post(address(programme, "skills"), sent | {"do": "suggest:skills"})

    assert "is near enough to a skill of a framework" in words_of(page.content.decode())


def test_an_alignment_is_resolved_by_its_address_else_by_a_name_that_one_skill_has() -> None:
    twins = tuple(Concept(f"https://skills.example/{n}", (("en", "knead"),)) for n in range(2))
    bring(replace(BAKERY, concepts=(BAKE, LISTEN, *twins)))
    asked = [
        ("http://skills.example/bake/", "anything"),
        ("https://elsewhere.example/1", "Listen to  guests"),
        ("", "bake bread"),
        ("", "knead"),
        ("urn:x:1", ""),
        ("", "make bread"),
    ]

    found = [one.url if one else None for one in resolved(asked)]

    assert found == [BAKE.uri, LISTEN.uri, BAKE.uri, None, None, BAKE.uri]
    assert resolved([]) == []


def test_without_a_framework_or_a_text_nothing_is_suggested() -> None:
    assert suggest_from("We bake bread.") == []
    bring(BAKERY)
    assert suggest_from(" ") == []
    assert [one.name for one in suggest_from("We bake bread.")][:1] == ["bake bread"]


def test_a_framework_comes_out_of_the_site_as_it_went_in() -> None:
    kept = bring(demo())

    assert indexes.whole(kept) == demo()
    assert kept.counts["occupation"] == len(demo().occupations)
    assert kept.counts["needs"] == sum(len(each.needs) for each in demo().occupations)
    assert kept.counts["levels"] == sum(len(each.levels) for each in demo().concepts)
    assert kept.counts["skill"] == len(demo().skills())
    assert (kept.publisher, kept.licence) == (demo().about.publisher, demo().about.licence)


def test_the_trail_of_the_site_says_who_brought_it() -> None:
    kept = bring(BAKERY)

    entry = Entry.objects.get(organisation=SITE)
    assert (entry.event, entry.actor, entry.subject) == (
        "framework.brought", "operator", kept.public_id,
    )  # fmt: skip
    assert (entry.details["title"], entry.details["version"]) == ("Bakery skills", "1")
    assert first_break(SITE) is None


def test_progress_is_told_as_rows_come_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sealwright.web.catalogue.services.frameworks.AT_ONCE", 4)
    told: list[int] = []

    bring_framework(BAKERY, by="operator", at=AT, progress=told.append)

    assert told == [4, 6]


def test_the_first_framework_is_offered_first_until_another_is_chosen() -> None:
    first = bring(BAKERY)
    other = bring(replace(demo(), about=replace(demo().about, version="7")))
    newer = bring(replace(BAKERY, about=replace(ABOUT, version="2")))
    assert [each.pk for each in current()] == [newer.pk, other.pk]

    put_first(other.public_id, by="person:1")
    put_first(other.public_id, by="person:1")

    assert [each.pk for each in current()] == [other.pk, newer.pk]
    assert Entry.objects.filter(event="framework.put-first").count() == 1
    with pytest.raises(Refusal):
        put_first(first.public_id, by="person:1")


def test_the_operator_sees_what_there_is_and_chooses_what_is_offered_first() -> None:
    operator = a_client(secured(a_person(name="Ida Berg", is_operator=True)))
    nothing = words_of(operator.get("/operator/frameworks").text)
    bring(replace(BAKERY, about=replace(ABOUT, version="0")))
    bring(BAKERY)
    other = bring(replace(demo(), about=replace(demo().about, licence="https://licence.example/1")))
    indexes.place_of(other.digest).unlink()

    page = operator.get("/operator/frameworks").text
    answer = operator.post(f"/operator/frameworks/{other.public_id}/first", follow=True)

    assert "No framework yet" in nothing
    words = words_of(page)
    assert words.index("Bakery skills 1") < words.index(str(other)) < words.index("Older version")
    assert "Being made ready for texts" in words
    assert "By the bakers." in words
    assert 'href="https://licence.example/1"' in page
    assert "Operator of this site" in words
    assert f"{len(demo().occupations)}" in words
    assert f"{other} is offered first." in words_of(answer.text)
    assert re.search(r"Framework of skills put first : .*, Ida Berg", words_of(answer.text))


def test_the_worker_makes_an_index_that_is_missing_and_pages_say_so_until_then(
    college: Organisation, manager: Client
) -> None:
    kept = bring(BAKERY)
    indexes.place_of(kept.digest).unlink()
    programme = a_programme(college, description="We bake bread.", skills=(Skill("weld"),))
    sent = opened(manager, programme, "skills")

    page = manager.post(address(programme, "skills"), sent | {"do": "suggest:skills"})
    assert "is being made ready" in words_of(page.content.decode())
    assert resolved([("", "bake bread")]) == [None]

    assert indexes.make_missing()
    assert not indexes.make_missing()
    assert [one.name for one in suggest_from("We bake bread.")][:1] == ["bake bread"]


def test_a_damaged_index_is_thrown_away_and_made_again() -> None:
    kept = bring(BAKERY)
    place = indexes.place_of(kept.digest)
    place.write_bytes(place.read_bytes()[:-1])

    assert indexes.index_of(kept) is None
    assert not place.exists()
    assert indexes.make_missing()
    assert indexes.index_of(kept) is not None


def test_an_index_that_may_not_be_read_counts_as_missing() -> None:
    kept = bring(BAKERY)
    place = indexes.place_of(kept.digest)
    place.unlink()
    place.mkdir()

    assert indexes.index_of(kept) is None


def test_indexes_that_nothing_needs_are_forgotten_once_they_are_old(settings: Any) -> None:
    bring(BAKERY)
    newer = bring(replace(BAKERY, about=replace(ABOUT, version="2")))
    left = settings.SKILL_INDEXES / "cut-off.part"
    left.write_bytes(b"")
    indexes.make_missing()
    assert len(list(settings.SKILL_INDEXES.iterdir())) == 3

    for each in settings.SKILL_INDEXES.iterdir():
        os.utime(each, (1, 1))
    indexes.make_missing()

    assert list(settings.SKILL_INDEXES.iterdir()) == [indexes.place_of(newer.digest)]


def test_concepts_are_read_by_their_addresses() -> None:
    kept = bring(demo())
    some = demo().skills()[:2]

    found = concepts_of(kept, [each.uri for each in some] + [demo().occupations[0].uri, "urn:x"])

    assert found == {each.uri: each for each in some}


@pytest.mark.parametrize(
    "button",
    [
        "look:skills:7",
        "look:skills:x",
        "pick:skills:0:urn:x:1",
        "pick:skills:1:urn:x:1",
        "suggest:skills",
    ],
)
def test_a_button_that_was_tampered_with_changes_nothing(
    college: Organisation, manager: Client, button: str
) -> None:
    programme = a_programme(college, skills=(Skill("weld"),))
    sent = opened(manager, programme, "skills")

    page = manager.post(address(programme, "skills"), sent | {"do": button}).content.decode()

    assert fields_of(page)["skills-0-name"] == "weld"
    assert fields_of(page)["skills-0-url"] == ""


def test_the_command_line_brings_a_framework_in(desk: Desk) -> None:
    rows = "Canonical URL,RSD Name,Skill Statement\nhttps://skills.example/1,bake,Use an oven.\n"
    file = desk.file("bakery.csv", rows)

    ran = desk.run("frameworks", "import", file, "--site")

    assert ran.code == 0
    assert "Brought into this site: 1 skills can be picked, 0 occupations." in ran.out
    assert [one.name for one in suggest("bake")] == ["bake"]


def test_an_import_that_goes_nowhere_is_refused(desk: Desk) -> None:
    ran = desk.run("frameworks", "import", desk.file("bakery.csv", ""))

    assert ran.code == 64
    assert "say where it shall go" in ran.err
