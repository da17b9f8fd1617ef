"""Frameworks of skills in the site: brought in by who runs it, picked from by providers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client

from sealwright.skills.frameworks import About, Concept, Framework, Kind
from sealwright.web.catalogue.content import Skill
from sealwright.web.catalogue.frameworks import (
    has_frameworks,
    picked,
    resolved,
    suggest,
    suggest_from,
)
from sealwright.web.catalogue.models import FrameworkSkill, SkillFramework
from sealwright.web.catalogue.services import bring_framework
from sealwright.web.organisations.models import Organisation
from tests.cli.runs import Desk
from tests.web.catalogue.pages import fields_of, words_of
from tests.web.catalogue.test_designer import address, content_of, opened
from tests.web.factories import a_programme

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


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, capsys)


def test_only_what_can_be_signed_is_brought() -> None:
    assert bring_framework(BAKERY, at=AT) == 3
    assert set(FrameworkSkill.objects.values_list("label", flat=True)) == {
        "bake bread", "bake cakes for feasts", "listen to guests",
    }  # fmt: skip


def test_brought_again_a_version_is_replaced_and_the_last_one_is_picked_from() -> None:
    bring_framework(BAKERY, at=AT)
    second = replace(BAKERY, about=replace(ABOUT, version="2"), concepts=(LISTEN,))

    bring_framework(second, at=AT)
    bring_framework(second, at=AT)

    assert [str(one) for one in SkillFramework.objects.order_by("version")] == [
        "Bakery skills 1", "Bakery skills 2",
    ]  # fmt: skip
    assert suggest("bake") == []
    assert [one.framework for one in suggest("listen")] == ["Bakery skills 2"]


def test_a_framework_without_a_title_is_called_by_its_address() -> None:
    bring_framework(replace(BAKERY, about=replace(ABOUT, title=(), version="")), at=AT)

    assert str(SkillFramework.objects.get()) == "https://skills.example/f"


def test_skills_are_found_by_the_beginnings_of_words_in_any_language() -> None:
    bring_framework(BAKERY, at=AT)

    assert [one.name for one in suggest("bake")] == ["bake bread", "bake cakes for feasts"]
    assert [one.name for one in suggest("BROT")] == ["bake bread"]
    assert [one.name for one in suggest("feast cak")] == ["bake cakes for feasts"]
    assert suggest("") == suggest("weld") == []


def test_the_best_eight_are_shown() -> None:
    many = tuple(
        Concept(f"https://skills.example/{n}", (("en", f"bake no {n}"),)) for n in range(12)
    )
    bring_framework(Framework(ABOUT, many), at=AT)

    assert len(suggest("bake")) == 8


def test_a_picked_skill_tells_its_framework_code_and_kind() -> None:
    bring_framework(BAKERY, at=AT)

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
    bring_framework(BAKERY, at=AT)
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
    bring_framework(BAKERY, at=AT)
    programme = a_programme(college, skills=(Skill("weld"),))
    sent = opened(manager, programme, "skills")

    page = manager.post(address(programme, "skills"), sent | {"do": "look:skills:0"})

    assert "No framework of this site has a skill with these words" in words_of(
        page.content.decode()
    )


def test_skills_are_suggested_from_what_the_programme_says(
    college: Organisation, manager: Client
) -> None:
    bring_framework(BAKERY, at=AT)
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
    bring_framework(BAKERY, at=AT)
    fields = {"description": "", "summary": "Xyzzy.", "criteria": "", "outcomes": ()}
    programme = a_programme(college, "Plugh", skills=(Skill("weld"),), **fields)
    sent = opened(manager, programme, "skills")

    page = manager.post(address(programme, "skills"), sent | {"do": "suggest:skills"})

    assert "is near enough to a skill of a framework" in words_of(page.content.decode())


def test_an_alignment_is_resolved_by_its_address_else_by_a_name_that_one_skill_has() -> None:
    twins = tuple(Concept(f"https://skills.example/{n}", (("en", "knead"),)) for n in range(2))
    bring_framework(replace(BAKERY, concepts=(BAKE, LISTEN, *twins)), at=AT)
    asked = [
        ("http://skills.example/bake/", "anything"),
        ("https://elsewhere.example/1", "Listen to  guests"),
        ("", "bake bread"),
        ("", "knead"),
        ("urn:x:1", ""),
        ("", "make bread"),
    ]

    found = [one.url if one else None for one in resolved(asked)]

    assert found == [BAKE.uri, LISTEN.uri, BAKE.uri, None, None, None]
    assert resolved([]) == []


def test_without_a_framework_or_a_text_nothing_is_suggested() -> None:
    assert suggest_from("We bake bread.") == []
    bring_framework(BAKERY, at=AT)
    assert suggest_from(" ") == []
    assert [one.name for one in suggest_from("We bake bread.")][:1] == ["bake bread"]


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
    assert "Brought into this site: 1 skills can be picked." in ran.out
    assert [one.name for one in suggest("bake")] == ["bake"]


def test_an_import_that_goes_nowhere_is_refused(desk: Desk) -> None:
    ran = desk.run("frameworks", "import", desk.file("bakery.csv", ""))

    assert ran.code == 64
    assert "say where it shall go" in ran.err
