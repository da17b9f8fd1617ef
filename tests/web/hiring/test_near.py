"""What comes near a skill that nobody has shown: said, and never counted."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sealwright.credentials.issue import Achievement, Alignment, Criteria
from sealwright.skills.evidence import Strength
from sealwright.skills.frameworks import About, Bond, Concept, Framework, Relation
from sealwright.skills.screening.scoring import Requirement, Row, State
from sealwright.web.catalogue.models import SkillFramework
from sealwright.web.catalogue.services import bring_framework
from sealwright.web.hiring import board, proofs
from sealwright.web.hiring.proofs import NamedSkill, Proof
from sealwright.web.hiring.services import Choices, Result, screened
from sealwright.web.hiring.sources import choice
from tests.web import badges
from tests.web.catalogue.pages import words_of
from tests.web.hiring.awkward import file
from tests.web.hiring.boards import carried
from tests.web.hiring.test_screen import asked, found

pytestmark = pytest.mark.django_db(transaction=True)

AT = datetime(2026, 3, 20, tzinfo=UTC)
ROOM = "https://skills.example.org/"
ELSEWHERE = "https://elsewhere.example/python"

PROGRAM = Concept(ROOM + "program", (("en", "program computers"),))
SCRIPT = Concept(ROOM + "script", (("en", "use scripting languages"),), broader=(PROGRAM.uri,))
PYTHON = Concept(
    ROOM + "python",
    (("en", "Python"),),
    alternatives=(("en", "Python scripting language"),),
    broader=(SCRIPT.uri,),
    related=(Relation(ELSEWHERE, Bond.SAME),),
)
CODE = Concept(
    ROOM + "code", (("en", "write source code"),), related=(Relation(PROGRAM.uri, Bond.SAME),)
)
COOK = Concept(ROOM + "cook", (("en", "cook stews"),))
SKILLS = (PROGRAM, SCRIPT, PYTHON, CODE, COOK)
OFFICE = Framework(About(ROOM, (("en", "Office skills"),), "1"), SKILLS)
APART = replace(OFFICE, concepts=tuple(replace(each, broader=(), related=()) for each in SKILLS))
"""The same skills, of which none is said to be near another."""


@pytest.fixture
def office() -> SkillFramework:
    return bring_framework(OFFICE, by="operator", at=AT)


def badge(name: str, url: str) -> Any:
    achievement = Achievement(
        id="https://harbour.example.org/achievements/one",
        name="A badge",
        description="For somebody who can do it.",
        criteria=Criteria(narrative="Done."),
        alignment=(Alignment(target_name=name, target_url=url),),
    )
    return file("Mira Castell.json", json.dumps(badges.signed(achievement=achievement)))


def proof(candidate: str, *skills: NamedSkill, **told: Any) -> Proof:
    """A badge as it was found."""
    members: dict[str, Any] = {
        "is_in_force": True,
        "digest": f"{candidate} {skills}",
        "id": f"urn:c:{candidate}",
        "title": "A badge",
        "issuer": badges.ISSUER,
        "issuer_name": "Harbour College",
        "is_listed": True,
        "strength": Strength.SUPERVISED_EXAM.value,
        "when": "2026-03-14",
        "skills": skills,
    }
    return Proof(candidate, "a.json", proofs.SOUND, "Valid", **members | told)


def python(**told: Any) -> Proof:
    return proof("mira", NamedSkill("Python", PYTHON.uri, 3), **told)


def compared(*some: Proof, wanted: Concept = PROGRAM, level: int = 1) -> Result:
    source = choice().sources[0]
    requirement = Requirement(skill=wanted.uri, label=wanted.label(), level=level, must=True)
    return screened(some, [requirement], at=AT, source=source, choices=Choices())


def row_of(result: Result) -> Row:
    return result.screening.row("mira")


def near_of(result: Result) -> list[tuple[str, int]]:
    (answer,) = row_of(result).answers
    return [(near.kin.label, near.kin.steps) for near in answer.nearby]


def said_of(result: Result) -> str:
    ranked, apart = board.lines(result)
    (cell,) = (*ranked, *apart)[0].cells
    return cell.near


def test_the_page_the_table_and_the_record_say_what_comes_near(
    client: Client, office: SkillFramework
) -> None:
    form = asked("program computers", files=[badge("Python", PYTHON.uri)], issuer=badges.ISSUER)
    page = client.post("/screen", form).text
    told = asked("program computers", found=found(page), issuer=badges.ISSUER)
    record = json.loads(client.post("/screen/record.json", told).content)
    table = b"".join(client.post("/screen/table.csv", told).streaming_content).decode()  # type: ignore[attr-defined]

    said = "Python (a reviewed project, Harbour College, Mar 2026), a narrower skill"
    assert f"No sign of it. Comes near: {said}" in words_of(page)
    (answer,) = record["candidates"][0]["requirements"]
    assert (answer["state"], answer["points"]) == ("open", 0)
    assert [(it["skill"], it["link"], it["steps"]) for it in answer["near"]] == [
        (PYTHON.uri, "narrower", 2)
    ]
    assert "program computers: comes near" in table
    assert said in table


def test_nothing_that_counts_is_changed_by_it() -> None:
    some = [
        python(),
        proof("tomas", NamedSkill("program computers", PROGRAM.uri, 2)),
        proof("leila", NamedSkill("cook stews", COOK.uri, 2)),
    ]

    def counts_of(framework: Framework) -> list[Any]:
        bring_framework(framework, by="operator", at=AT)
        screening = compared(*some, level=3).screening
        return [
            (row.key, row.rank, row.score, row.terms, [each.state for each in row.answers])
            for row in screening.ranked
        ]

    assert counts_of(OFFICE) == counts_of(APART)


@pytest.mark.parametrize(
    ("skill", "steps"),
    [
        (NamedSkill("Python", PYTHON.uri), 2),
        (NamedSkill("snakes", PYTHON.uri.replace("https", "http") + "/"), 2),
        (NamedSkill("Python", "https://other.example/1"), 2),
        (NamedSkill("Python scripting  LANGUAGE"), 2),
        (NamedSkill("snakes", CODE.uri), 0),
    ],
)
def test_a_badge_may_name_the_nearer_skill_in_every_way_that_counts(
    office: SkillFramework, skill: NamedSkill, steps: int
) -> None:
    result = compared(proof("mira", skill))

    assert [it for _, it in near_of(result)] == [steps]
    assert row_of(result).answers[0].state is State.OPEN


def test_what_a_publisher_calls_the_same_comes_near(office: SkillFramework) -> None:
    from_here = compared(proof("mira", NamedSkill("snakes", ELSEWHERE)), wanted=PYTHON)
    broader = compared(proof("mira", NamedSkill("snakes", ELSEWHERE)), wanted=SCRIPT)

    assert near_of(from_here) == [("snakes", 0)]
    assert said_of(from_here).endswith(", the same skill elsewhere")
    assert near_of(broader) == [("snakes", 1)]


def test_a_broader_skill_or_another_one_comes_near_nothing(office: SkillFramework) -> None:
    held = NamedSkill("program computers", PROGRAM.uri), NamedSkill("cook stews", COOK.uri)

    assert near_of(compared(proof("mira", *held), wanted=PYTHON)) == []


def test_whose_issuer_does_not_count_is_said_beside_it(office: SkillFramework) -> None:
    said = said_of(compared(python(is_listed=False)))

    assert said == "Python (signed by Harbour College, which does not count yet), a narrower skill"


@pytest.mark.parametrize(
    "told", [{"state": proofs.REFUSED}, {"state": proofs.OPEN}, {"until": "2026-03-19"}]
)
def test_what_is_refused_open_or_over_comes_near_nothing(
    office: SkillFramework, told: dict[str, str]
) -> None:
    assert near_of(compared(replace(python(), **told))) == []  # type: ignore[arg-type]


def test_where_a_claim_is_all_there_is_the_page_says_what_comes_near(
    office: SkillFramework,
) -> None:
    claim = replace(proof("mira", NamedSkill("", PROGRAM.uri)), state=proofs.OPEN)

    result = compared(claim, python())

    assert row_of(result).answers[0].state is State.CLAIMED
    assert said_of(result).startswith("Python (a supervised exam, Harbour College")


def test_where_something_is_shown_only_the_record_says_what_comes_near(
    office: SkillFramework,
) -> None:
    below = compared(python(), proof("mira", NamedSkill("", PROGRAM.uri, 1)), level=3)
    proven = compared(python(), proof("mira", NamedSkill("", PROGRAM.uri, 3)), level=3)

    assert row_of(below).answers[0].state is State.BELOW
    assert (near_of(below), said_of(below)) == ([("Python", 2)], "")
    assert near_of(proven) == []


def test_of_many_the_nearest_two_are_named(office: SkillFramework) -> None:
    held = (
        NamedSkill("use scripting languages", SCRIPT.uri),
        NamedSkill("write source code", CODE.uri),
        NamedSkill("Python", PYTHON.uri),
    )

    said = said_of(compared(proof("mira", *held)))

    assert said.index("write source code") < said.index("use scripting languages")
    assert "Python" not in said
    assert said.endswith("; and 1 more")


def test_a_skill_that_no_framework_has_is_asked_for_exactly(office: SkillFramework) -> None:
    own = Concept("label:snakes", (("en", "snakes"),))

    assert near_of(compared(python(), wanted=own)) == []


def test_in_the_framework_that_is_shipped_it_works_the_same() -> None:
    assert choice().sources[0].kept is None
    assert near_of(compared(python())) == []


def test_three_hundred_candidates_take_as_many_queries_as_three(
    client: Client, office: SkillFramework
) -> None:
    def queries(number: int) -> int:
        some = [
            replace(python(), candidate=f"P{n}", digest=str(n), when=date(2026, 3, 1).isoformat())
            for n in range(number)
        ]
        form = asked("program computers", "Python", "cook stews", found=carried(some, at=AT))
        with CaptureQueriesContext(connection) as asked_for:
            page = client.post("/screen", form).text
        assert page.count("Comes near: Python") == number
        return len(asked_for)

    few = queries(3)

    assert queries(300) == few <= 12


def test_each_candidate_has_what_they_hold_near_them(
    client: Client, office: SkillFramework
) -> None:
    files = [badge("Python", PYTHON.uri), file("Tomas.json", badges.good())]
    page = client.post("/screen", asked("program computers", files=files)).text
    told = asked("program computers", found=found(page), issuer=badges.ISSUER)
    record = json.loads(client.post("/screen/record.json", told).content)

    near = {each["key"]: each["requirements"][0]["near"] for each in record["candidates"]}
    assert [len(near[key]) for key in ("Mira Castell", "Tomas")] == [1, 0]
