"""What a goal asks, what is missing of it, and what else is within reach."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealwright.skills.defaults import Defaults
from sealwright.skills.errors import UnfitRequest, UnknownSkill
from sealwright.skills.evidence import Evidence, Held, Kind, State, Strength, hold
from sealwright.skills.frameworks import (
    About,
    Concept,
    Framework,
    Need,
    Occupation,
    Related,
    Reuse,
    Stage,
    Tier,
    Tool,
    demo,
)
from sealwright.skills.frameworks import Kind as Sort
from sealwright.skills.gap import (
    Goal,
    Skill,
    Wanted,
    gap,
    goal_from,
    goal_of,
    goals_of,
    reach,
    skills_of,
)
from tests.skills.values import AT, OTHER, SKILL, evidence, pieces_of_evidence

SKILLS = {
    SKILL: Skill(SKILL, "Python", Kind.TECHNOLOGY),
    OTHER: Skill(OTHER, "Listening", Kind.TRANSVERSAL, human=True),
}
DEMO = "https://skills.sealwright.example/demo"


def a_goal(*wanted: Wanted, label: str = "developer") -> Goal:
    return goal_from(wanted, label=label, stage=Stage.MID, skills=SKILLS, address=label)


def held(*pieces: Evidence) -> dict[str, Held]:
    return hold(pieces, at=AT, kinds={key: skill.kind for key, skill in SKILLS.items()})


def a_framework(*occupations: Occupation) -> Framework:
    concepts = (
        Concept("s:code", (("en", "code"),), reuse=Reuse.SECTOR),
        Concept("s:tool", (("en", "tool"),), kind=Sort.TECHNOLOGY),
        Concept("s:talk", (("en", "talk"),), transversal=True),
        Concept("f:field", (("en", "the field"),), kind=Sort.FIELD),
    )
    return Framework(About("f:", (("en", "small"),)), concepts, occupations)


def an_occupation(uri: str, *needs: Need, code: str = "", **more: object) -> Occupation:
    return Occupation(uri, (("en", uri),), needs=needs, code=code, **more)  # type: ignore[arg-type]


def asked(goal: Goal) -> dict[str, tuple[int, float]]:
    return {each.skill.address: (each.level, round(each.weight, 3)) for each in goal.asked}


# --- What a goal asks -----------------------------------------------------------------------


def test_weights_of_a_goal_add_up_to_one_and_the_weightiest_comes_first() -> None:
    goal = a_goal(Wanted(OTHER, 2, 1), Wanted(SKILL, 3, 3))

    assert [(each.skill.label, each.weight) for each in goal.asked] == [
        ("Python", 0.75),
        ("Listening", 0.25),
    ]
    assert goal.human_share == 0.25


def test_a_skill_that_is_wanted_twice_is_wanted_once_at_its_highest() -> None:
    goal = a_goal(Wanted(SKILL, 3, 1), Wanted(SKILL, 2, 4), Wanted(SKILL, 1, 1))

    assert asked(goal) == {SKILL: (3, 1.0)}


def test_a_skill_that_nobody_knows_is_called_by_its_address() -> None:
    assert a_goal(Wanted("urn:x:1", 2)).asked[0].skill == Skill("urn:x:1", "urn:x:1")


def test_a_goal_that_asks_for_nothing_is_refused() -> None:
    with pytest.raises(UnfitRequest, match="asks for no skill"):
        a_goal()


def test_levels_of_the_demo_framework_are_those_of_the_stage() -> None:
    python = f"{DEMO}/skill/python"
    developer = f"{DEMO}/occupation/software-developer"
    levels = [asked(goal_of(developer, stage, demo()))[python][0] for stage in Stage]

    assert levels == [2, 3, 3]
    assert f"{DEMO}/skill/software-architecture" not in asked(
        goal_of(developer, Stage.EARLY, demo())
    )


def test_a_senior_goal_reaches_for_the_occupation_above() -> None:
    developer = f"{DEMO}/occupation/software-developer"
    senior = goal_of(developer, Stage.SENIOR, demo())
    leading = next(a for a in senior.asked if a.skill.address == f"{DEMO}/skill/team-leadership")

    assert leading.reason == "essential, as engineering manager"
    assert senior.human_share > goal_of(developer, Stage.MID, demo()).human_share
    assert senior.field == "technology"


def test_a_near_occupation_is_a_step_up_where_it_manages() -> None:
    framework = a_framework(
        an_occupation(
            "o:1",
            Need("s:code"),
            related=(
                Related("o:soc", Tier.PRIMARY_SHORT),
                Related("o:isco", Tier.PRIMARY_SHORT),
                Related("o:peer", Tier.PRIMARY_SHORT),
                Related("o:far", Tier.SUPPLEMENTAL),
                Related("o:gone", Tier.NEXT),
            ),
        ),
        an_occupation("o:soc", Need("s:talk"), code="11-2021"),
        an_occupation("o:isco", Need("s:tool"), code="1221"),
        an_occupation("o:peer", Need("s:peer"), code="15-1252"),
        an_occupation("o:far", Need("s:far"), code="1120"),
    )

    assert set(asked(goal_of("o:1", Stage.SENIOR, framework))) == {"s:code", "s:talk", "s:tool"}


def test_a_step_up_is_proposed_where_the_framework_relates_an_occupation_to_none() -> None:
    both = (Need("s:code"), Need("s:tool"))
    framework = a_framework(
        an_occupation("o:1", *both, code="2512"),
        an_occupation("o:2", *both, Need("s:talk"), code="1330"),
        an_occupation("o:3", Need("s:else"), code="5120", related=(Related("o:1", Tier.NEXT),)),
    )

    goals = {goal.address: goal for goal in goals_of(framework, Stage.SENIOR)}

    [above] = goals["o:1"].above
    assert (above.label, above.shared) == ("o:2", ("code", "tool"))
    assert above.alike is not None
    assert 0 < above.alike < 1
    assert "s:talk" in asked(goals["o:1"])
    assert goals["o:1"] == goal_of("o:1", Stage.SENIOR, framework)
    assert [(each.address, each.alike) for each in goals["o:3"].above] == [("o:1", None)]
    assert goal_of("o:1", Stage.MID, framework).above == ()


def test_optional_needs_weigh_half_and_demand_moves_them_within_bounds() -> None:
    framework = a_framework(
        an_occupation(
            "o:1",
            Need("s:code", by_stage=(1, 2, 3)),
            Need("s:tool", essential=False, by_stage=(1, 2, 3)),
            tools=(Tool("s:tool", in_demand=True), Tool("s:new", in_demand=True), Tool("s:no")),
        )
    )
    plain = Defaults.from_json({"stages": {"mid/sector-specific": 1}})
    goal = goal_of("o:1", Stage.MID, framework, demand={"s:code": 9}, defaults=plain)

    assert asked(goal) == {
        "s:code": (2, round(1.5 / 2.75, 3)),
        "s:tool": (2, round(0.625 / 2.75, 3)),
        "s:new": (3, round(0.625 / 2.75, 3)),
    }


def test_importance_times_level_is_the_weight_where_a_framework_rates_needs() -> None:
    framework = a_framework(
        an_occupation(
            "o:1",
            Need("s:code", importance=5, level=7),
            Need("s:talk", importance=2.5, level=3.5),
        )
    )
    plain = Defaults.from_json({"stages": {"mid/sector-specific": 1, "mid/transversal": 1}})

    assert asked(goal_of("o:1", Stage.MID, framework, defaults=plain)) == {
        "s:code": (4, 0.8),
        "s:talk": (2, 0.2),
    }
    assert asked(goal_of("o:1", Stage.EARLY, framework))["s:code"][0] == 3


def test_a_tool_weighs_half_of_what_a_rated_need_usually_does() -> None:
    framework = a_framework(
        an_occupation(
            "o:1",
            Need("s:code", importance=5, level=7),
            tools=(Tool("s:tool", in_demand=True),),
        )
    )
    plain = Defaults.from_json({"stages": {"mid/sector-specific": 1}, "demand": {"in-demand": 1}})

    assert asked(goal_of("o:1", Stage.MID, framework, defaults=plain)) == {
        "s:code": (4, 0.667),
        "s:tool": (3, 0.333),
    }


def test_a_plain_level_is_one_lower_for_a_beginner() -> None:
    framework = a_framework(an_occupation("o:1", Need("s:code", level=3)))
    levels = [asked(goal_of("o:1", stage, framework))["s:code"][0] for stage in Stage]

    assert levels == [2, 3, 3]


def test_an_occupation_is_in_a_field_or_in_none() -> None:
    within = an_occupation("o:1", Need("s:code"), broader=("f:field",))
    outside = an_occupation("o:2", Need("s:code"), broader=("o:1",))
    framework = a_framework(within, outside, an_occupation("o:3", Need("s:code")))

    assert [goal.field for goal in goals_of(framework, Stage.MID)] == ["the field"] * 2 + [""]


def test_an_occupation_that_asks_nothing_at_a_stage_is_no_goal_then() -> None:
    framework = a_framework(an_occupation("o:1", Need("s:code", by_stage=(0, 1, 2))))

    assert not list(goals_of(framework, Stage.EARLY))
    assert len(list(goals_of(framework, Stage.MID))) == 1


def test_an_occupation_that_is_not_there_is_named() -> None:
    with pytest.raises(UnknownSkill, match="o:9"):
        goal_of("o:9", Stage.MID, a_framework())


def test_kinds_follow_from_the_framework() -> None:
    kinds = {skill.label: (skill.kind, skill.human) for skill in skills_of(a_framework()).values()}

    assert kinds == {
        "code": (Kind.METHOD, False),
        "tool": (Kind.TECHNOLOGY, False),
        "talk": (Kind.TRANSVERSAL, True),
    }


# --- What is missing ------------------------------------------------------------------------


def test_a_gap_names_what_is_missing_most_first_with_its_state() -> None:
    goal = a_goal(Wanted(SKILL, 2, 1), Wanted(OTHER, 4, 2))
    found = gap(goal, held(evidence(skill=SKILL), evidence(skill=OTHER, level=2)))

    assert [(line.asked.skill.label, line.levels_missing) for line in found.lines] == [
        ("Listening", 2),
        ("Python", 0),
    ]
    assert found.lines[0].missing == pytest.approx(1 / 3)
    assert found.coverage == pytest.approx(2 / 3)
    assert found.lines[0].state is State.PROVEN
    assert found.reasons[1] == "Missing most: Listening."


def test_technical_and_human_stand_beside_each_other() -> None:
    found = gap(a_goal(Wanted(SKILL, 2)), held(evidence()))

    assert found.part(human=False) == pytest.approx(1)
    assert found.part(human=True) is None


def test_nothing_held_is_nothing_proven() -> None:
    found = gap(a_goal(Wanted(SKILL, 2)), {})

    assert (found.coverage, found.lines[0].state, found.lines[0].levels_missing) == (
        0,
        State.OPEN,
        2,
    )
    assert found.reasons == ("Proven already: nothing.", "Missing most: Python.")


@given(pieces_of_evidence())
def test_terms_add_up_to_the_coverage(pieces: list[Evidence]) -> None:
    found = gap(a_goal(Wanted(SKILL, 3, 2), Wanted(OTHER, 2)), held(*pieces))

    assert found.coverage == pytest.approx(1 - sum(line.missing for line in found.lines), abs=1e-9)


@given(pieces_of_evidence(), pieces_of_evidence())
def test_more_evidence_never_lowers_the_coverage_of_a_goal(
    before: list[Evidence], more: list[Evidence]
) -> None:
    goal = a_goal(Wanted(SKILL, 3, 2), Wanted(OTHER, 2))

    assert gap(goal, held(*before, *more)).coverage >= gap(goal, held(*before)).coverage - 1e-12


# --- Reach ----------------------------------------------------------------------------------


def test_what_is_covered_most_comes_first_and_ties_are_ties() -> None:
    goals = [
        a_goal(Wanted(OTHER, 2), label="listener"),
        a_goal(Wanted(SKILL, 2), label="developer"),
        a_goal(Wanted(SKILL, 2), Wanted("urn:x:1", 1), label="half"),
        a_goal(Wanted(SKILL, 2), label="programmer"),
    ]
    found = reach(goals, held(evidence()))

    assert [(each.rank, each.gap.goal.label) for each in found] == [
        (1, "developer"),
        (1, "programmer"),
        (3, "half"),
    ]
    assert [each.gap.goal.label for each in reach(goals, held(evidence()), top=1)] == [
        "developer",
        "programmer",
    ]


def test_a_banker_is_within_reach_of_a_hotel() -> None:
    framework = demo()
    skills = skills_of(framework)
    banker = goal_of(f"{DEMO}/occupation/customer-adviser", Stage.MID, framework)
    pieces = [
        evidence(Strength.SUPERVISED_EXAM, skill=each.skill.address, level=each.level)
        for each in banker.asked
    ]
    mine = hold(pieces, at=AT, kinds={key: skill.kind for key, skill in skills.items()})
    found = reach(goals_of(framework, Stage.EARLY), mine)
    other_fields = [it.gap.goal for it in found if it.gap.goal.field != "finance"]

    assert found[0].gap.goal.label == "bank customer adviser"
    assert "hotel front desk agent" in [goal.label for goal in other_fields[:3]]


@given(st.permutations(["a", "b", "c"]))
def test_the_order_of_the_goals_makes_no_difference(order: list[str]) -> None:
    goals = [a_goal(Wanted(SKILL, 2), label=label) for label in order]

    found = reach(goals, held(evidence()))
    assert [each.gap.goal.label for each in found] == ["a", "b", "c"]


def test_a_goal_of_which_nothing_is_proven_is_not_within_reach() -> None:
    assert reach([a_goal(Wanted(SKILL, 2))], held(evidence(skill=OTHER))) == []
