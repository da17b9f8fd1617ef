"""Single programmes for a learner: what speaks for them, and against."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealwright.skills.defaults import DEFAULTS, Defaults
from sealwright.skills.errors import UnfitRequest
from sealwright.skills.evidence import Strength
from sealwright.skills.gap import Gap, Wanted
from sealwright.skills.routes import Catalogue, Prefer, Programme, Request, Taught, rank
from sealwright.skills.routes.request import terms_of
from sealwright.skills.terms import total
from tests.skills.judged.measuring import measured
from tests.skills.routes.small import SKILLS, a_case, a_programme, a_request, offered, unbound
from tests.skills.values import AT, evidence

SEEDS = st.integers(0, 10_000)


def names(request: Request, *programmes: Programme, top: int = 10) -> list[str]:
    return [each.programme.address for each in rank(Catalogue(programmes), request, top=top)]


def term(programme: Programme, request: Request, name: str) -> float:
    return total(it for it in terms_of(programme, request) if it.name.startswith(name))


# --- The judged set -------------------------------------------------------------------------


def test_on_goals_that_were_not_tuned_on_the_ranking_agrees_with_the_grades() -> None:
    report = measured()["report"]

    assert report["ours"] >= 0.75
    assert report["ours"] >= report["popularity"] + 0.10
    assert report["ours"] >= report["text"] + 0.10


# --- What speaks for and against ------------------------------------------------------------


def test_what_closes_more_stands_higher_and_what_closes_nothing_is_left_out() -> None:
    order = names(
        a_request(),
        a_programme("one", "s:0"),
        a_programme("two", "s:0", "s:1"),
        a_programme("none", "s:5"),
    )

    assert order == ["two", "one"]


def test_what_only_shows_that_somebody_was_there_closes_nothing() -> None:
    assert not names(a_request(), a_programme("badge", "s:0", shown=Strength.ATTENDANCE))


@pytest.mark.parametrize(
    "worse",
    [
        {"standing": 0.2},
        {"reviewed": AT - timedelta(2000)},
        {"reviewed": None},
        {"teaches": (Taught("s:0", 1),)},
        {"teaches": (Taught("s:0", 2), Taught("s:5", 2))},
        {"teaches": (Taught("s:0", 2, 0.5),)},
        {"eqf": 8},
        {"eqf": 0},
        {"hours": 100.0},
        {"cost": 900.0},
        {"hours": None},
        {"cost": None},
        {"needs": (Taught("s:4", 2),)},
        {"after": ("somewhere",)},
        {"shown": Strength.UNSUPERVISED_QUIZ},
    ],
)
def test_each_of_these_puts_a_programme_lower(worse: dict[str, object]) -> None:
    good = a_programme("good", "s:0")

    assert names(a_request(), good, replace(good, address="bad", **worse)) == ["good", "bad"]  # type: ignore[arg-type]


def test_what_repeats_a_proven_level_stands_below_what_goes_further() -> None:
    request = a_request(held=(evidence(Strength.REVIEWED_PROJECT, skill="s:0", level=2),))
    again = a_programme("again", "s:0")

    assert term(again, request, "repeats s:0") < 0
    assert term(again, a_request(), "repeats s:0") == 0


@pytest.mark.parametrize(
    ("prefer", "better"),
    [
        (Prefer.QUICKEST, {"hours": 8.0}),
        (Prefer.CHEAPEST, {"cost": 60.0}),
        (Prefer.BEST_KNOWN, {"known": 0.9}),
        (Prefer.MOST_RIGOROUS, {"rigour": 0.9}),
        (Prefer.DEGREE, {"towards": frozenset({"a:1"})}),
    ],
)
def test_what_is_preferred_decides(prefer: Prefer, better: dict[str, object]) -> None:
    plain = a_programme("b", "s:0")
    found = names(
        a_request(prefer=prefer, degree="a:1"),
        plain,
        replace(plain, address="x", **better),  # type: ignore[arg-type]
    )

    assert found == ["x", "b"]


def test_how_many_badges_were_given_moves_nothing() -> None:
    one = a_programme("b", "s:0")
    ranked = rank(Catalogue([one, replace(one, address="a", given=10**6)]), a_request())

    assert ranked[0].rank == ranked[1].rank == 1
    assert ranked[0].score == ranked[1].score


def test_ties_are_ties_and_come_in_the_order_of_addresses() -> None:
    one = a_programme("p:1", "s:0")
    many = [replace(one, address=f"p:{n}") for n in range(5)]
    ranked = rank(Catalogue(reversed(many)), a_request(), top=2)

    assert [(each.rank, each.programme.address) for each in ranked] == [
        (1, f"p:{n}") for n in range(5)
    ]


def test_no_more_than_the_wanted_number_is_given() -> None:
    programmes = [a_programme(f"p:{n}", "s:0", cost=100.0 * n) for n in range(9)]

    assert names(a_request(), *programmes, top=3) == ["p:0", "p:1", "p:2"]


@pytest.mark.parametrize(
    "bounds",
    [
        {"languages": frozenset({"de"})},
        {"modes": frozenset({"onsite"})},
        {"budget": 50.0},
        {"deadline": AT + timedelta(7), "hours_a_week": 5.0},
        {"done": frozenset({"p"})},
    ],
)
def test_what_breaks_a_bound_by_itself_is_left_out(bounds: dict[str, object]) -> None:
    assert names(a_request(), a_programme("p", "s:0")) == ["p"]
    assert not names(a_request(**bounds), a_programme("p", "s:0"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "wrong",
    [
        {"hours_a_week": 0.0},
        {"steps": 0},
        {"budget": -1.0},
        {"deadline": AT - timedelta(1)},
        {"prefer": Prefer.DEGREE},
    ],
)
def test_bounds_that_leave_nothing_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(UnfitRequest):
        a_request(**wrong)  # type: ignore[arg-type]


def test_an_unconfirmed_entry_gives_way_to_the_higher_level_of_the_same_skill() -> None:
    twice = a_programme("p", teaches=(Taught("s:0", 2), Taught("s:0", 1)))

    assert term(twice, a_request(), "closes s:0") == term(
        a_programme("p", "s:0"), a_request(), "closes s:0"
    )
    assert len(Catalogue([twice]).teaching("s:0")[0]) == 1


# --- What always holds ----------------------------------------------------------------------


@given(SEEDS)
def test_terms_of_one_programme_equal_what_the_whole_catalogue_says(seed: int) -> None:
    catalogue, request = a_case(seed)
    request = unbound(request)

    for programme, score in zip(catalogue.programmes, offered(catalogue, request), strict=True):
        assert abs(total(terms_of(programme, request)) - score) < 1e-9


@given(SEEDS)
def test_the_terms_of_a_ranking_add_up(seed: int) -> None:
    for each in rank(*a_case(seed)):
        assert abs(each.score - sum(it.value for it in each.terms)) < 1e-9


@given(SEEDS, st.sampled_from(sorted(SKILLS)))
def test_removing_a_skill_from_the_goal_changes_a_score_by_exactly_its_terms(
    seed: int, skill: str
) -> None:
    catalogue, request = a_case(seed)
    lines = tuple(line for line in request.gap.lines if line.asked.skill.address != skill)
    without = replace(
        request,
        gap=Gap(request.gap.goal, lines),
        defaults=Defaults.from_json({"routes": _no("focus")}),
    )
    whole = replace(request, defaults=Defaults.from_json({"routes": _no("focus")}))

    for programme in catalogue.programmes:
        named = [it for it in terms_of(programme, whole) if it.name.endswith(f" {skill}")]
        left = total(terms_of(programme, whole)) - total(named)
        assert abs(left - total(terms_of(programme, without))) < 1e-9


@given(
    SEEDS,
    st.sampled_from(["time", "cost", "standing", "currency", "recognition", "rigour", "focus"]),
)
def test_removing_a_named_reason_changes_a_score_by_exactly_its_term(seed: int, name: str) -> None:
    catalogue, request = a_case(seed)
    without = replace(request, defaults=Defaults.from_json({"routes": _no(name)}))

    for programme in catalogue.programmes:
        terms = terms_of(programme, request)
        named = [it for it in terms if it.name.partition(" ")[0] == name]
        assert abs(total(terms) - total(named) - total(terms_of(programme, without))) < 1e-9


def _no(name: str) -> dict[str, float]:
    return {row: 0.0 for row in DEFAULTS.routes if row.endswith(f"/{name}")}


@given(SEEDS)
def test_the_same_question_has_the_same_answer_to_the_last_digit(seed: int) -> None:
    assert repr(rank(*a_case(seed))) == repr(rank(*a_case(seed)))


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_better_standing_never_lowers_a_programme(one: float, other: float) -> None:
    low, high = sorted((one, other))
    programme = a_programme("p", "s:0")
    scores = [
        total(terms_of(replace(programme, standing=standing), a_request()))
        for standing in (low, high)
    ]

    assert scores[0] <= scores[1] + 1e-12


def test_content_whose_age_is_not_told_never_beats_content_that_tells() -> None:
    untold = total(terms_of(a_programme("p", "s:0", reviewed=None), a_request()))

    for days in range(0, 9000, 500):
        told = a_programme("p", "s:0", reviewed=AT - timedelta(days))
        assert total(terms_of(told, a_request())) >= untold


@given(st.sampled_from(["hours", "cost", "eqf"]), st.floats(0, 100_000), st.sampled_from(Prefer))
def test_silence_about_a_programme_never_beats_disclosure(
    name: str, value: float, prefer: Prefer
) -> None:
    request = a_request(prefer=prefer, degree="a:1")
    told: dict[str, object] = {name: round(value) % 9 if name == "eqf" else value}
    silent: dict[str, object] = {name: 0 if name == "eqf" else None}
    scores = [
        total(terms_of(a_programme("p", "s:0", **saying), request)) for saying in (told, silent)
    ]

    assert scores[0] >= scores[1] - 1e-12


def test_what_does_not_tell_its_cost_fits_no_budget_nor_its_hours_a_deadline() -> None:
    silent = [a_programme("a", "s:0", cost=None), a_programme("b", "s:1", hours=None)]

    assert names(a_request(), *silent) == ["b", "a"]
    assert names(a_request(budget=50_000.0), *silent) == ["b"]
    assert names(a_request(deadline=AT + timedelta(9000)), *silent) == ["a"]


def test_goals_without_a_gap_need_no_programme() -> None:
    request = a_request(Wanted("s:0", 1), held=(evidence(skill="s:0", level=1),))

    assert request.quota == (0.0, 0.4)
    assert not names(request, a_programme("p", "s:0"))
