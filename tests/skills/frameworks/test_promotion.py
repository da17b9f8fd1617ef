"""Steps up that are proposed where a framework names none."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from sealwright.skills.frameworks import (
    About,
    Concept,
    Framework,
    Kind,
    Need,
    Occupation,
    Promotion,
    Promotions,
)
from tests.skills.shared import esco

LEAST = 0.15


def job(code: str, *skills: str, name: str = "") -> Occupation:
    """An occupation with these essential skills, of which those with a ? are optional."""
    needs = tuple(Need(skill.rstrip("?"), essential=not skill.endswith("?")) for skill in skills)
    return Occupation(name or code, (("en", name or code),), code=code, needs=needs)


def step(uri: str, *jobs: Occupation, concepts: tuple[Concept, ...] = ()) -> str:
    """Where the step leads within these occupations; empty for nowhere."""
    framework = Framework(About("f:", (("en", "small"),)), concepts, jobs)
    found = Promotions(framework, LEAST).of(uri)
    return found.uri if found else ""


OTHERS = (job("9629", "x", "y"), job("8189", "z"))


def test_a_professional_moves_up_to_the_manager_who_asks_for_the_same() -> None:
    near, far = job("1211", "a", "b", "m"), job("1412", "c", "d", "m")

    assert step("2411", job("2411", "a", "b"), near, far, *OTHERS) == "1211"


def test_what_speaks_for_a_step_is_shared_by_both_and_the_rarest_comes_first() -> None:
    jobs = (job("2411", "a", "b"), job("1211", "a", "b"), job("3313", "b"), *OTHERS)
    framework = Framework(About("f:", (("en", "small"),)), (), jobs)

    found = Promotions(framework, LEAST).of("2411")

    assert isinstance(found, Promotion)
    assert found.shared == ("a", "b")
    assert found.alike == 1.0


def test_two_skills_must_be_essential_to_both() -> None:
    jobs = (job("2411", "a", "b?", "c?"), job("1211", "a", "b?", "c?"), *OTHERS)

    assert step("2411", *jobs) == ""


def test_nothing_is_proposed_where_too_little_is_alike() -> None:
    many = [f"s{n}" for n in range(40)]
    jobs = (job("2411", "a", "b", *many[:20]), job("1211", "a", "b", *many[20:]), *OTHERS)

    assert step("2411", *jobs) == ""


def test_a_supervisor_is_above_a_trade_and_not_above_a_profession_or_a_supervisor() -> None:
    jobs = (
        job("3123", "a", "b"), job("3122", "a", "b"), job("7112", "a", "b"),
        job("2142", "a", "b"), *OTHERS,
    )  # fmt: skip

    assert step("7112", *jobs) == "3122"
    assert step("2142", *jobs) == ""
    assert step("3123", *jobs) == ""


def test_above_a_manager_is_one_who_develops_strategies() -> None:
    concepts = (
        Concept("g", (("en", "strategies"),), kind=Kind.GROUP, code="S4.1"),
        Concept("strategy", (("en", "strategy"),), broader=("g",)),
    )
    jobs = (
        job("1221", "a", "b"), job("1222", "a", "b", name="a peer"),
        job("1120", "a", "b", "strategy"), job("3122", "a", "b"), *OTHERS,
    )  # fmt: skip

    assert step("1221", *jobs, concepts=concepts) == "1120"
    assert step("1120", *jobs, concepts=concepts) == ""


def test_groups_of_skills_and_the_unit_group_count_a_little() -> None:
    concepts = (
        Concept("g", (("en", "money"),), kind=Kind.GROUP, code="S9"),
        *(Concept(name, ((("en", name)),), broader=("g",)) for name in ("p", "q", "r")),
    )
    goal, peer = job("2411", "a", "b", "p"), job("2411", "q", "u", name="peer")
    left, right = job("1211", "a", "b", "q"), job("1212", "a", "b", "v")

    assert step("2411", goal, peer, left, right, *OTHERS, concepts=concepts) == "1211"


def test_equal_steps_go_by_address_and_occupations_that_ask_nothing_have_none() -> None:
    jobs = (
        job("2411", "a", "b"), job("1219", "a", "b", name="n"), job("1219", "a", "b", name="m"),
        job("2519"), job("1349", name="idle"), *OTHERS,
    )  # fmt: skip

    assert step("2411", *jobs) == "m"
    assert step("2519", *jobs) == ""


def test_a_framework_without_groups_of_isco_proposes_nothing() -> None:
    assert step("13-2011", job("13-2011", "a", "b"), job("11-3031", "a", "b"), *OTHERS) == ""


@pytest.mark.vectors
def test_most_steps_that_are_proposed_in_esco_make_sense() -> None:
    """The file says what was proposed, and whether it was found sensible by hand."""
    promotions = Promotions(esco().framework, LEAST)
    with Path(__file__).with_name("esco_steps.csv").open(encoding="utf-8", newline="") as file:
        judged = list(csv.DictReader(file))

    for row in judged:
        found = promotions.of(f"http://data.europa.eu/esco/occupation/{row['occupation']}")
        assert (found.uri.rpartition("/")[2] if found else "") == row["step"]
    verdicts = [row["sensible"] for row in judged if row["step"]]
    assert len(judged) == 126
    assert (len(verdicts), verdicts.count("yes")) == (53, 42)
