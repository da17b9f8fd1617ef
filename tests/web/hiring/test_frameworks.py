"""Screening in the frameworks that the site has brought in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from sealwright.credentials.issue import Achievement, Alignment, Criteria
from sealwright.skills.frameworks import About, Concept, Framework, Kind, Occupation, demo
from sealwright.skills.matching import Named, StaticMatcher, Target, TokenTable, held
from sealwright.web.catalogue import indexes
from sealwright.web.catalogue.models import SkillFramework
from sealwright.web.catalogue.services import bring_framework
from tests.web import badges
from tests.web.catalogue.pages import fields_of, words_of
from tests.web.hiring.awkward import file
from tests.web.hiring.test_screen import asked, found

pytestmark = pytest.mark.django_db(transaction=True)

TABLE = TokenTable.shipped()
AT = datetime(2026, 3, 1, tzinfo=UTC)
WELD = Concept(
    "https://skills.example.org/weld-hyperbaric",
    (("en", "weld under pressure"),),
    alternatives=(("en", "hyperbaric welding"),),
)
DIVE = Concept("https://skills.example.org/dive", (("en", "dive with surface supply"),))
TWINS = tuple(
    Concept(f"https://skills.example.org/rig-{n}", (("en", "rig loads"),)) for n in (1, 2)
)
SONAR = Concept("https://skills.example.org/sonar", (("en", "use sonar"),), kind=Kind.TECHNOLOGY)
ENDLESS = Concept("https://skills.example.org/long", (("en", "weld and weld " * 20),))
HARBOUR = Framework(
    About(
        "https://skills.example.org/harbour", (("en", "Harbour skills"),), "1",
        attribution="By the harbours.",
    ),
    (WELD, DIVE, *TWINS, SONAR, ENDLESS),
)  # fmt: skip
ADVERT = "You have experience in hyperbaric welding, and you dive with surface supply."


def bring(framework: Framework) -> SkillFramework:
    return bring_framework(framework, by="operator", at=AT)


def fields_of_screening(page: str) -> dict[str, Any]:
    return fields_of(page, "screening")


def rows_of(page: str) -> list[tuple[str, str]]:
    """The name and the address of each row in which something stands."""
    fields = fields_of_screening(page)
    numbers = range(int(fields["asked-TOTAL_FORMS"]))
    told = [(fields[f"asked-{n}-label"], fields[f"asked-{n}-skill"]) for n in numbers]
    return [each for each in told if each[0]]


def states(client: Client, page: str, form: Mapping[str, Any]) -> list[str]:
    """The state of each requirement of the one candidate."""
    told = {**form, "found": found(page), "issuer": badges.ISSUER}
    record = json.loads(client.post("/screen/record.json", told).content)
    return [each["state"] for each in record["candidates"][0]["requirements"]]


def test_an_advert_is_found_in_the_framework_of_the_site(client: Client) -> None:
    bring(HARBOUR)

    page = client.post("/screen", {"step": "find", "advert": ADVERT}).text

    assert rows_of(page) == [
        ("weld under pressure", WELD.uri), ("dive with surface supply", DIVE.uri),
    ]  # fmt: skip
    assert "Found: “hyperbaric welding”" in page
    assert "Look for a skill in Harbour skills 1" in words_of(page)
    assert "By the harbours." in words_of(page)
    assert '<option value="use sonar">' in page
    again = client.post("/screen", fields_of_screening(page) | {"step": "look", "wanted": "x"})
    assert "Found: “hyperbaric welding”" in again.text


def test_with_several_frameworks_the_recruiter_chooses_and_the_first_is_preset(
    client: Client,
) -> None:
    bring(HARBOUR)
    bring(demo())

    page = client.get("/screen").text
    advert = "We need somebody who can query databases with SQL and analyse data for others."
    ours = client.post("/screen", {"step": "find", "advert": advert}).text
    chosen = {"step": "find", "advert": advert, "framework": demo().about.address}
    theirs = client.post("/screen", chosen).text

    assert page.index("Harbour skills 1") < page.index(demo().about.title[0][1])
    assert "query databases with SQL" not in [label for label, _ in rows_of(ours)]
    assert "query databases with SQL" in [label for label, _ in rows_of(theirs)]
    assert fields_of_screening(theirs)["framework"] == demo().about.address


def test_with_one_framework_there_is_nothing_to_choose(client: Client) -> None:
    bring(HARBOUR)

    assert "<select" not in client.get("/screen").text


def test_a_framework_without_skills_is_not_offered(client: Client) -> None:
    jobs = (Occupation("https://skills.example.org/diver", (("en", "diver"),)),)
    bring(Framework(replace(HARBOUR.about, address="https://jobs.example.org"), (), jobs))

    page = client.get("/screen").text
    found = client.post("/screen", {"step": "find", "advert": "SQL"}).text

    assert "Harbour" not in page + found
    assert "is being made ready" not in page


def test_while_an_index_is_missing_the_page_says_so_and_finds_skills_of_another(
    client: Client,
) -> None:
    kept = bring(HARBOUR)
    indexes.place_of(kept.digest).unlink()

    before = client.get("/screen").text
    page = client.post("/screen", {"step": "find", "advert": "- SQL"}).text
    indexes.make_missing()
    after = client.get("/screen").text

    assert "Harbour skills 1 is being made ready" in words_of(before)
    assert [label for label, _ in rows_of(page)] == ["SQL"]
    assert "is being made ready" not in after


def test_a_skill_is_looked_for_by_its_words_and_picked_without_scripts(client: Client) -> None:
    bring(HARBOUR)
    sent = fields_of_screening(
        client.post("/screen", {"step": "find", "advert": "- Flower arranging"}).text
    )

    looked = client.post("/screen", sent | {"step": "look", "wanted": "hyperb"}).text
    nothing = client.post("/screen", sent | {"step": "look", "wanted": "zzz"}).text
    picked = client.post("/screen", fields_of_screening(looked) | {"step": f"add:{WELD.uri}"}).text

    assert f'value="add:{WELD.uri}"' in looked
    assert "No skill has these words in a name" in words_of(nothing)
    assert "Name at least one skill" not in looked
    assert "“weld under pressure” has a row now." in words_of(picked)
    assert rows_of(picked) == [
        ("Flower arranging", "label:flower arranging"), ("weld under pressure", WELD.uri),
    ]  # fmt: skip


def test_skills_of_the_framework_that_is_shipped_can_be_looked_for(client: Client) -> None:
    sent = asked("Flower arranging")

    looked = client.post("/screen", sent | {"step": "look", "wanted": "databases"}).text

    assert "query databases with SQL" in looked


def test_a_button_that_was_tampered_with_adds_nothing(client: Client) -> None:
    sent = asked("Flower arranging", step="add:https://elsewhere.example/1")

    assert rows_of(client.post("/screen", sent).text) == [("Flower arranging", "")]


def test_a_form_that_is_full_takes_no_more(client: Client) -> None:
    bring(HARBOUR)
    sent = asked(*(f"Skill {n}" for n in range(33)), step=f"add:{DIVE.uri}")

    assert len(rows_of(client.post("/screen", sent).text)) == 33


def test_looking_loses_nothing_that_was_checked(client: Client) -> None:
    bring(HARBOUR)
    page = client.post("/screen", asked("Flower arranging", files=[badge()])).text
    sent = asked("Flower arranging", found=found(page), step=f"add:{WELD.uri}")

    picked = client.post("/screen", sent).text

    assert "Candidates by proof" in picked
    assert [label for label, _ in rows_of(picked)] == ["Flower arranging", "weld under pressure"]


def badge(**alignment: str) -> Any:
    """A badge whose skill is called otherwise than in the framework."""
    members: dict[str, Any] = {}
    if alignment:
        skill = Alignment(**alignment)
        members["achievement"] = replace(
            Achievement(
                id="https://harbour.example.org/achievements/one",
                name="A badge",
                description="For somebody who can do it.",
                criteria=Criteria(narrative="Done."),
            ),
            alignment=(skill,),
        )
    return file("Mira Castell.json", json.dumps(badges.signed(**members)))


def test_an_alignment_to_the_framework_counts_by_its_address(client: Client) -> None:
    bring(HARBOUR)
    form = asked("weld under pressure")
    page = client.post("/screen", form | {"files": [badge()]}).text

    assert states(client, page, form) == ["proven"]


@pytest.mark.parametrize(
    ("name", "url", "state"),
    [
        ("Hyperbaric  Welding", "https://elsewhere.example/skills/9", "proven"),
        ("rig loads", "https://elsewhere.example/skills/9", "open"),
        ("weld under pressure", DIVE.uri, "open"),
        ("anything", "http://skills.example.org/weld-hyperbaric/", "proven"),
    ],
)
def test_an_alignment_elsewhere_counts_by_words_that_one_skill_has(
    client: Client, name: str, url: str, state: str
) -> None:
    bring(HARBOUR)
    brought = badge(target_name=name, target_url=url)
    form = asked("weld under pressure")
    page = client.post("/screen", form | {"files": [brought]}).text

    assert states(client, page, form) == [state]


def test_of_two_skills_with_one_name_the_picked_one_is_asked_for(client: Client) -> None:
    bring(HARBOUR)
    brought = badge(target_name="rig loads", target_url=TWINS[1].uri)
    form = asked("rig loads", "rig loads")
    form |= {f"asked-{n}-skill": twin.uri for n, twin in enumerate(TWINS)}
    page = client.post("/screen", form | {"files": [brought]}).text

    assert states(client, page, form) == ["open", "proven"]


def test_a_row_whose_name_was_changed_is_what_it_is_called_now(client: Client) -> None:
    bring(HARBOUR)
    form = asked("dive with surface supply") | {"asked-0-skill": WELD.uri}
    page = client.post("/screen", form | {"files": [badge()]}).text

    assert states(client, page, form) == ["open"]


def test_a_technology_ages_as_one_and_the_record_tells_the_framework(client: Client) -> None:
    kept = bring(HARBOUR)
    form = asked("use sonar")
    page = client.post("/screen", form | {"files": [badge()]}).text
    record = json.loads(client.post("/screen/record.json", form | {"found": found(page)}).content)

    assert record["requirements"][0]["kind"] == "technology"
    assert record["framework"] == {
        "address": kept.address, "version": "1", "digest": kept.digest,
        "engine": StaticMatcher(held({Target.SKILLS: [Named("urn:x", "x")]}, TABLE)).engine,
    }  # fmt: skip


def test_whoever_has_too_many_adverts_read_is_told_to_wait(client: Client, settings: Any) -> None:
    settings.ADVERTS_A_MINUTE = 1
    first, second = (client.post("/screen", {"step": "find", "advert": ADVERT}) for _ in range(2))

    assert (first.status_code, second.status_code) == (200, 429)
