"""`sealwright skills gap`, `reach`, `routes` and `standing`: files in, tables and JSON out."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cli.runs import Desk, Ran

DEMO = "https://skills.sealwright.example/demo"
SQL, CHARTS = f"{DEMO}/skill/sql", f"{DEMO}/skill/data-visualisation"
THINKING = f"{DEMO}/skill/critical-thinking"
DAY = ("--at", "2026-11-01")


def evidence(**more: Any) -> dict[str, Any]:
    return {
        "skill": SQL,
        "strength": "supervised-exam",
        "when": "2026-05-01",
        "level": 1,
        "verified": True,
        "confirmed_by": "North College",
    } | more


def a_request(**more: Any) -> dict[str, Any]:
    """Somebody who wants to become a data analyst, and two programmes."""
    return {
        "goal": {"occupation": f"{DEMO}/occupation/data-analyst", "stage": "early"},
        "evidence": [evidence()],
        "bounds": {"hours_a_week": 8, "budget": 1500},
        "programmes": [
            {
                "address": "p:sql",
                "title": "Asking databases",
                "teaches": [{"skill": SQL, "level": 2}],
                "shown": "supervised-exam",
                "hours": 40,
                "cost": 190,
                "eqf": 4,
                "standing": 0.7,
                "credits": 4,
                "towards": ["a:diploma"],
                "reviewed": "2026-02-01",
            },
            {
                "address": "p:charts",
                "title": "Charts that tell the truth",
                "teaches": [{"skill": CHARTS, "level": 2}, {"skill": THINKING, "level": 2}],
                "shown": "reviewed-project",
                "hours": 20,
                "cost": 160,
                "eqf": 5,
                "standing": 0.62,
            },
            {"address": "p:dear", "title": "Dear", "cost": 9000},
        ],
    } | more


def asked(desk: Desk, action: str, content: Any, *options: str) -> Ran:
    return desk.run("skills", action, desk.file("request.json", content), *DAY, *options)


def answer(desk: Desk, action: str, content: Any, *options: str) -> Any:
    ran = asked(desk, action, content, "--json", *options)
    assert (ran.code, ran.err) == (0, "")
    return json.loads(ran.out)


def test_a_gap_is_a_table_for_people_and_adds_up_for_programs(desk: Desk) -> None:
    ran = asked(desk, "gap", a_request())
    found = answer(desk, "gap", a_request())

    assert ran.code == 0
    assert ran.out.startswith("data analyst, early: 4% proven\n")
    assert "query databases with SQL" in ran.out
    covered = sum(each["weight"] * each["covered"] for each in found["skills"])
    assert found["coverage"] == pytest.approx(covered, abs=1e-9)
    assert found["goal"]["label"] == "data analyst"


def test_a_senior_goal_says_which_step_up_was_told_and_which_is_proposed(desk: Desk) -> None:
    told = {"goal": {"occupation": f"{DEMO}/occupation/software-developer", "stage": "senior"}}
    address = "http://data.europa.eu/esco"
    skill = f"{address}/skill/1,skill/competence,sector-specific,audit,x\n"
    skills = skill + skill.replace("/1", "/2").replace("audit", "book")
    jobs = f"{address}/occupation/a,2411,accountant\n{address}/occupation/m,1211,treasurer\n"
    jobs += f"{address}/occupation/c,5120,cook\n"
    needs = [f"{address}/occupation/{o},essential,{address}/skill/{n}" for o in "am" for n in "12"]
    files = (
        desk.file("s.csv", "conceptUri,skillType,reuseLevel,preferredLabel,inScheme\n" + skills),
        desk.file("o.csv", "conceptUri,iscoGroup,preferredLabel\n" + jobs),
        desk.file("n.csv", "\n".join(("occupationUri,relationType,skillUri", *needs))),
    )
    own = {"goal": {"occupation": f"{address}/occupation/a", "stage": "senior"}}
    frameworks = [part for file in files for part in ("--framework", file)]

    assert "  a step up engineering manager\n" in asked(desk, "gap", told).out
    assert (
        "  a step up treasurer, proposed: 100% alike, such as in audit, book\n"
        in asked(desk, "gap", own, *frameworks).out
    )
    assert answer(desk, "gap", own, *frameworks)["goal"]["above"] == [
        {
            "address": f"{address}/occupation/m",
            "label": "treasurer",
            "proposed": True,
            "alike": 1.0,
            "shared": ["audit", "book"],
        }
    ]


def test_a_goal_of_ones_own_may_name_skills_that_no_framework_has(desk: Desk) -> None:
    mine = {
        "goal": {
            "label": "beekeeper",
            "stage": "mid",
            "wanted": [
                {"skill": "urn:x:bees", "level": 2},
                {"skill": THINKING, "level": 2, "must": False},
            ],
        },
        "skills": [{"address": "urn:x:bees", "label": "keep bees", "kind": "technology"}],
        "evidence": [evidence(skill="urn:x:bees", level=2, strength="performed-task")],
    }
    found = answer(desk, "gap", mine)

    assert [each["label"] for each in found["skills"]] == ["think critically", "keep bees"]
    assert found["human"] == 0
    assert round(found["skills"][1]["weight"], 3) == 0.667


def test_reach_orders_occupations_across_fields(desk: Desk) -> None:
    found = answer(desk, "reach", a_request(stage="early"), "--top", "2")
    ran = asked(desk, "reach", a_request(stage="early"), "--top", "2")

    assert [each["rank"] for each in found] == [1, 2]
    assert found[0]["coverage"] == pytest.approx(sum(t["value"] for t in found[0]["terms"]))
    assert ran.out.splitlines()[0].split() == [
        "rank",
        "occupation",
        "field",
        "proven",
        "missing",
        "most",
    ]


def test_nothing_is_within_reach_of_somebody_who_has_proven_nothing(desk: Desk) -> None:
    assert answer(desk, "reach", {}) == []
    assert asked(desk, "reach", {}).out == "Nothing that an occupation asks for is proven yet.\n"


def test_routes_come_for_every_preference_with_terms_that_add_up(desk: Desk) -> None:
    found = answer(desk, "routes", a_request())
    ran = asked(desk, "routes", a_request())

    assert [each["prefer"] for each in found["routes"]] == [
        "balanced",
        "quickest",
        "cheapest",
        "best-known",
        "most-rigorous",
    ]
    for route in found["routes"]:
        terms = [term["value"] for step in route["steps"] for term in step["terms"]]
        assert route["score"] == pytest.approx(sum(terms), abs=1e-9)
    assert "Balanced: closes" in ran.out
    assert "Asking databases" in ran.out


def test_why_not_this_one_is_answered(desk: Desk) -> None:
    options = ("--prefer", "balanced", "--why-not", "p:dear")
    ran = asked(desk, "routes", a_request(), *options)
    found = answer(desk, "routes", a_request(), *options)

    assert "It costs 7500 more than the budget." in ran.out
    assert [each["code"] for each in found["routes"][0]["why_not"]] == ["budget", "nothing"]


def test_what_was_earned_stacks_towards_an_award(desk: Desk) -> None:
    content = a_request(
        award={"address": "a:diploma", "credits": 60, "years": 5},
        earned=[{"programme": "p:sql", "when": "2026-01-01"}],
    )
    content["bounds"]["degree"] = "a:diploma"
    ran = asked(desk, "routes", content)
    found = answer(desk, "routes", content)

    assert (found["stack"]["credits"], found["stack"]["open"]) == (4, 56)
    assert found["routes"][-1]["prefer"] == "degree"
    assert "a:diploma: 4 credits, 56 open" in ran.out


def test_standing_shows_every_term(desk: Desk) -> None:
    college = {
        "provider": {
            "address": "college",
            "since": "2025-11-01",
            "programmes": [
                {
                    "address": "p:1",
                    "facts": [
                        {"name": "workload", "value": 60},
                        {"name": "supervision", "value": "onsite", "confirmed_by": "agency"},
                    ],
                }
            ],
            "recognitions": [{"kind": "accreditation", "by": "agency"}],
            "tallies": [{"programme": "p:1", "period": "2025", "awarded": 40, "assessed": 50}],
        },
        "anchors": ["agency"],
        "outlines": [
            {"address": "p:1", "title": "One", "skills": [{"skill": "s:1", "level": 2}]},
            {"address": "p:2", "title": "One more", "skills": [{"skill": "s:1", "level": 2}]},
        ],
    }
    found = answer(desk, "standing", college)
    ran = asked(desk, "standing", college, "--programme", "p:1")

    assert found["score"] == pytest.approx(sum(term["value"] for term in found["terms"]))
    assert found["counts"] == {"met": 2, "told": 0, "not told": 7}
    assert "badges given: 40 (counts neither for nor against)" in ran.out
    assert "Nearly the same: p:1 and p:2" in ran.out
    assert ran.out.splitlines()[0].startswith("p:1: 0.3")


def test_a_site_weighs_as_it_wants(desk: Desk) -> None:
    settings = desk.file("settings.json", {"strengths": {"supervised-exam": 0.5}})
    plain = answer(desk, "gap", a_request())
    ours = answer(desk, "gap", a_request(), "--settings", settings)

    assert ours["coverage"] < plain["coverage"]


@pytest.mark.parametrize("member", ["name", "sex", "address", "photo", "born"])
@pytest.mark.parametrize("action", ["gap", "reach", "routes"])
def test_swapping_any_personal_field_changes_nothing(desk: Desk, action: str, member: str) -> None:
    one, other = (
        a_request(evidence=[evidence(**{member: value}, holder={member: value})], stage="mid")
        for value in ("A", "B")
    )

    assert asked(desk, action, one, "--json").out == asked(desk, action, other, "--json").out


def test_what_is_not_known_is_named_and_not_read(desk: Desk) -> None:
    ran = asked(desk, "gap", a_request(budgett=3))

    assert ran.code == 0
    assert ran.err == "sealwright: not known here, and not read: budgett\n"


@pytest.mark.parametrize(
    ("action", "content", "says"),
    [
        ("gap", [], "the file must be an object"),
        ("gap", {}, "goal must be an object"),
        ("gap", {"goal": {}}, "goal.stage is missing"),
        ("gap", {"goal": {"stage": "late"}}, "goal.stage must be one of early, mid, senior"),
        ("gap", a_request(evidence={}), "evidence must be an array"),
        (
            "gap",
            a_request(evidence=[evidence(level="2")]),
            "evidence[0].level must be a whole number",
        ),
        (
            "gap",
            a_request(evidence=[evidence(level=True)]),
            "evidence[0].level must be a whole number",
        ),
        ("gap", a_request(evidence=[evidence(level=9)]), "a level is 1 to 4"),
        ("gap", a_request(evidence=[evidence(when="today")]), "evidence[0].when must be a date"),
        ("gap", a_request(evidence=[evidence(until=3)]), "evidence[0].until must be a date"),
        ("gap", a_request(evidence=[evidence(strength="x")]), "must be one of performed-task"),
        ("gap", a_request(evidence=[evidence(verified=1)]), "must be true or false"),
        ("gap", a_request(evidence=[evidence(skill=1)]), "evidence[0].skill must be a text"),
        ("gap", a_request(skills=[{"address": "a", "label": "b", "kind": "c"}]), "skills[0].kind"),
        ("reach", {"stage": "late"}, "stage must be one of"),
        ("routes", a_request(programmes=[{"address": "p"}]), "programmes[0].title is missing"),
        ("routes", a_request(bounds={"budget": "much"}), "bounds.budget must be a number"),
        ("routes", a_request(bounds={"languages": "en"}), "bounds.languages must be an array"),
        (
            "routes",
            a_request(
                award={"address": "a", "credits": 1},
                earned=[{"programme": "x", "when": "2026-01-01"}],
            ),
            "earned[0].programme is none of the file",
        ),
        ("standing", {"provider": {"address": "c"}}, "anchors is missing"),
    ],
)
def test_what_cannot_be_used_is_named_with_its_place(
    desk: Desk, action: str, content: Any, says: str
) -> None:
    ran = asked(desk, action, content)

    assert ran.code == 64
    assert says in ran.err


def test_an_unknown_occupation_is_unreadable(desk: Desk) -> None:
    ran = asked(desk, "gap", {"goal": {"stage": "mid", "occupation": "urn:x:nobody"}})

    assert ran.code == 3
    assert "urn:x:nobody" in ran.err


@pytest.mark.parametrize(
    "options",
    [("--prefer", "best"), ("--why-not", "p:nowhere"), ("--at", "soon"), ("--prefer", "degree")],
)
def test_an_option_that_cannot_be_used_is_a_usage_error(
    desk: Desk, options: tuple[str, str]
) -> None:
    path = desk.file("request.json", a_request())

    assert desk.run("skills", "routes", path, *options).code == 64


def test_settings_are_an_object(desk: Desk) -> None:
    ran = asked(desk, "gap", a_request(), "--settings", desk.file("settings.json", []))

    assert (ran.code, ran.err) == (64, "sealwright: the settings must be an object\n")
