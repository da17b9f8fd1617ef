"""The pages on skills say what the program answers, and list every default."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import date, timedelta
from math import log
from typing import Final

import pytest

from sealwright.skills.defaults import DEFAULTS
from sealwright.skills.evidence import Evidence, Held, Kin, Kind, Strength, hold
from sealwright.skills.frameworks import About, Framework, Need, Occupation, Stage
from sealwright.skills.gap import Gap, Skill, Wanted, gap, goal_from, goal_of
from sealwright.skills.routes import (
    Award,
    Catalogue,
    Earned,
    Programme,
    Request,
    Taught,
    plan,
    stack,
)
from sealwright.skills.routes.request import terms_of
from sealwright.skills.terms import total
from sealwright.skills.trust import (
    Fact,
    Offered,
    Provider,
    Recognised,
    Recognition,
    Tally,
    Telling,
    doubt,
    standing,
)
from tests.docs.pages import DOCS

AT: Final = date(2026, 11, 1)
LONG_AGO: Final = date(2024, 5, 2)
SKILLS: Final = {
    "python": Skill("python", "Python", Kind.TECHNOLOGY),
    "spreadsheets": Skill("spreadsheets", "spreadsheets", Kind.TECHNOLOGY),
    "listening": Skill("listening", "active listening", Kind.TRANSVERSAL, human=True),
}
PYTHON: Final = Programme(
    address="p:python",
    title="Python for working developers",
    teaches=(Taught("python", 3),),
    shown=Strength.PERFORMED_TASK,
    hours=90,
    cost=640,
    eqf=6,
    standing=0.78,
    reviewed=AT,
)
LISTENING: Final = Programme(
    address="p:listening",
    title="Listening and feedback",
    teaches=(Taught("listening", 2), Taught("feedback", 2)),
    shown=Strength.REVIEWED_PROJECT,
    hours=20,
    cost=100,
    eqf=5,
    standing=0.6,
    reviewed=LONG_AGO,
)


def page(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


def rows(name: str) -> dict[str, list[str]]:
    """The rows of a page's tables by their first cell, without emphasis."""
    found = {}
    for line in page(name).splitlines():
        if line.startswith("| "):
            first, *rest = (cell.strip(" *`") for cell in line.strip("|").split("|"))
            found[first] = rest
    return found


def shown(value: float, digits: int) -> str:
    return f"{value:.{digits}f}".replace("-", "−")


def mira() -> dict[str, Held]:
    evidence = [
        Evidence(
            skill="python", strength=Strength.SUPERVISED_EXAM, level=2, when=LONG_AGO, verified=True
        ),
        Evidence(
            skill="python",
            strength=Strength.ATTENDANCE,
            level=3,
            when=date(2026, 10, 1),
            verified=True,
        ),
        Evidence(
            skill="spreadsheets",
            strength=Strength.REVIEWED_PROJECT,
            level=2,
            when=AT,
            verified=True,
        ),
        Evidence(skill="listening", strength=Strength.OWN_CLAIM, level=3, when=AT),
    ]
    return hold(evidence, at=AT, kinds={key: skill.kind for key, skill in SKILLS.items()})


def her_gap() -> Gap:
    wanted = (Wanted("python", 3, 2), Wanted("spreadsheets", 2), Wanted("listening", 2))
    goal = goal_from(wanted, label="data technician", stage=Stage.MID, skills=SKILLS)
    return gap(goal, mira())


ROUTES: Final = "explanation/credentials-to-routes.md"
STANDING: Final = "explanation/how-a-provider-stands.md"


def test_the_example_of_a_proof_is_the_programs_own() -> None:
    cover = mira()["python"].cover(3)
    table = rows(ROUTES)
    told = [table[row][0] for row in list(table) if row in {
        "asked: level 3", "level 2 is shown", "by an exam, not by a task", "thirty months ago"
    }]  # fmt: skip

    assert told == [shown(term.value, 3) for term in cover.terms]
    assert table["proven"] == [shown(cover.value, 3)]


def test_the_example_of_a_narrower_skill_is_the_programs_own() -> None:
    exam = Evidence(
        skill="bread",
        strength=Strength.SUPERVISED_EXAM,
        level=3,
        when=AT - timedelta(round(60 * 365.25 / 12)),
        verified=True,
    )
    kinship = {"bread": (Kin("baking", "bake bread", steps=1),)}

    cover = hold([exam], at=AT, kinds={}, kinship=kinship)["baking"].cover(3)

    table = rows(ROUTES)
    places = [
        "asked for: level 3", "level 3 is what he reached", "by an exam",
        "sixty months have passed", cover.terms[-1].detail,
    ]  # fmt: skip
    told = [float(table[place][0].replace("−", "-")) for place in places]
    assert told == [pytest.approx(term.value, abs=6e-4) for term in cover.terms]
    assert table["proven in part"] == [shown(cover.value, 3)]


def test_the_example_of_a_gap_is_the_programs_own() -> None:
    found, table = her_gap(), rows(ROUTES)

    for line in found.lines:
        weight, proven = line.asked.weight, line.cover.value
        assert table[line.asked.skill.label] == [
            shown(weight, 2),
            shown(proven, 3),
            shown(weight * proven, 3),
            shown(line.missing, 3),
        ]
    assert table["goal"] == ["1.00", "", shown(found.coverage, 3), shown(1 - found.coverage, 3)]


def test_the_example_of_a_step_up_is_the_programs_own() -> None:
    asked = {
        "4311": ("make book entries", "reconcile accounts", "run the payroll?"),
        "1211": ("make book entries", "reconcile accounts", "plan budgets", "lead a team"),
        "5120": ("season food", "keep hygiene"),
        "1412": ("season food", "keep hygiene", "lead a team", "plan budgets?"),
    }
    jobs = tuple(
        Occupation(code, (("en", code),), code=code, needs=tuple(
            Need(name.rstrip("?"), essential=not name.endswith("?")) for name in names
        ))
        for code, names in asked.items()
    )  # fmt: skip
    framework = Framework(About("f:", (("en", "small"),)), (), jobs)

    [above] = goal_of("4311", Stage.SENIOR, framework).above

    table = rows(ROUTES)
    bookkeeper, manager, product = map(float, table["length, or sum of products"][1:])
    assert (above.address, above.shared) == ("1211", asked["1211"][:2])
    assert above.alike == pytest.approx(product / (bookkeeper * manager), abs=5e-4)
    assert f"= {above.alike:.3f} alike" in page(ROUTES)
    assert f"{log(4 / 2):.3f}" == table["make book entries"][0]
    assert f"{2 * log(4 / 2) ** 2:.3f}" == table["length, or sum of products"][3]


def test_the_weights_of_evidence_are_the_defaults() -> None:
    weights = [
        float(cells[0]) for row, cells in rows(ROUTES).items() if row[:2] in ("a ", "an", "at")
    ]

    assert weights[: len(DEFAULTS.strengths)] == list(DEFAULTS.strengths.values())


def test_the_example_of_a_programme_is_the_programs_own() -> None:
    request, table = Request(gap=her_gap(), at=AT), rows(ROUTES)

    for column, programme in enumerate((PYTHON, LISTENING)):
        terms = terms_of(programme, request)
        for row, cells in table.items():
            name = row.partition(":")[0]
            if name in ("closes", "standing", "currency", "focus", "time", "cost"):
                value = total(term for term in terms if term.name.partition(" ")[0] == name)
                assert cells[column].lstrip("−") == shown(abs(value), 4), row
        assert table["score"][column] == shown(total(terms), 4)


def test_the_example_of_a_route_is_the_programs_own() -> None:
    route = plan(Catalogue([PYTHON, LISTENING]), Request(gap=her_gap(), at=AT))
    text = " ".join(page(ROUTES).split())

    assert [step.programme for step in route.steps] == [PYTHON, LISTENING]
    assert route.meets_quota
    assert f"until {route.steps[0].ends:%-d %B %Y}" in text
    assert f"closes {route.closes:.3f} of the goal" in text
    assert f"which {100 * route.human:.0f} in 100 are human" in text
    assert f"= {route.score:.4f}" in text


def test_the_example_of_a_stack_is_the_programs_own() -> None:
    def course(address: str, credits: float, *skills: str) -> Earned:
        taught = tuple(Taught(skill, 2) for skill in skills)
        programme = Programme(
            address=address,
            title=address,
            teaches=taught,
            credits=credits,
            towards=frozenset({"diploma"}),
        )
        return Earned(programme, AT)

    earned = [course("one", 10, "python", "testing"), course("two", 6, "testing", "databases")]
    found = stack(Award(address="diploma", credits=60), earned, at=AT)

    assert f"10 + 6 − 3 = {found.credits:g} credits" in page(ROUTES)


def test_the_example_of_standing_is_the_programs_own() -> None:
    facts = (
        Fact("workload", 60.0),
        Fact("level", 5.0),
        Fact("assessment", "performed-task", "agency"),
        Fact("supervision", "onsite"),
        Fact("identity", "document"),
        Fact("retakes", "unlimited"),
        Fact("review", "none"),
        Fact("pass-rate", 0.97),
    )
    harbour = Provider(
        "Harbour",
        since=date(2025, 11, 1),
        programmes=(Offered("p:1", facts),),
        recognitions=(
            Recognition(Recognised.ACCREDITATION, "agency"),
            Recognition(Recognised.ENDORSEMENT, "a friend"),
        ),
        tallies=(Tally("p:1", "2025", 3000, revoked=30),),
    )
    found, table = standing(harbour, anchors={"agency"}, at=AT), rows(STANDING)

    for term in found.terms:
        name = term.name.removeprefix("rigour ").removeprefix("recognition ").replace("-", " ")
        if name in table or term.value:
            assert table[name][0] == shown(term.value, 4)
    assert table["standing"][0] == shown(found.score, 4)
    assert f"and {found.upper:.4f} if" in table["standing"][1]
    assert found.counts == {Telling.MET: 5, Telling.TOLD: 3, Telling.NOT_TOLD: 1}
    assert f"so {100 * doubt(harbour, AT):.0f} in 100 of what" in page(STANDING)


@pytest.mark.parametrize("name", [each.name for each in fields(DEFAULTS)])
def test_the_reference_lists_every_default(name: str) -> None:
    text = page("reference/skills-defaults.md")
    section = re.split(r"^## ", text, flags=re.M)
    mine = next(part for part in section if part.startswith(f"{name}\n"))
    value = getattr(DEFAULTS, name)
    listed = dict(re.findall(r"^\| `(.+?)` \| (.+?) \|$", mine, re.M))

    expected = {name: value} if isinstance(value, float) else value
    assert {row: float(told) for row, told in listed.items()} == expected
