"""Routes: what they close, in which order, and within which bounds."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealwright.skills.frameworks import Stage
from sealwright.skills.gap import Wanted
from sealwright.skills.routes import (
    Catalogue,
    Prefer,
    Programme,
    Request,
    Route,
    Taught,
    plan,
    plan_all,
)
from sealwright.skills.routes.planning import route_of
from tests.skills.routes.small import a_case, a_programme, a_request, broken, exact
from tests.skills.values import AT, evidence

CASES = range(200)
SEEDS = st.integers(0, 10_000)
HUMAN, TECHNICAL = "s:2", "s:0"


def steps(request: Request, *programmes: Programme) -> list[str]:
    return addresses(plan(Catalogue(programmes), request))


def addresses(route: Route) -> list[str]:
    return [step.programme.address for step in route.steps]


# --- Against an exact solver ----------------------------------------------------------------


@pytest.mark.parametrize("block", range(10))
def test_routes_are_within_five_percent_of_the_best_there_are_and_break_no_bound(
    block: int,
) -> None:
    for seed in CASES[block * 20 : block * 20 + 20]:
        catalogue, request = a_case(seed)
        best, found = exact(catalogue, request), plan(catalogue, request)

        assert not broken(found, best, request), seed
        assert bool(found.steps) == (best is not None), seed
        if best is not None:
            assert found.score >= 0.95 * best.score - 1e-9, seed


# --- Order and prerequisites ----------------------------------------------------------------


def test_what_must_come_first_comes_first_with_its_dates() -> None:
    first = a_programme("z:first", "s:1", hours=12.0)
    second = a_programme("a:second", "s:0", after=("z:first",), hours=24.0)
    route = plan(Catalogue([first, second]), a_request(hours_a_week=6.0))

    assert addresses(route) == ["z:first", "a:second"]
    assert [(step.starts, step.ends) for step in route.steps] == [
        (AT, AT + timedelta(14)),
        (AT + timedelta(14), AT + timedelta(42)),
    ]
    assert (route.hours, route.cost) == (36.0, 200.0)


def test_a_programme_that_closes_nothing_is_taken_where_another_needs_it() -> None:
    base = a_programme("base", "s:5", cost=10.0)
    goal = a_programme("goal", "s:0", needs=(Taught("s:5", 2),))

    assert steps(a_request(), base, goal) == ["base", "goal"]
    assert steps(a_request(), goal) == []


def test_whoever_has_proven_a_skill_need_not_learn_it_first() -> None:
    goal = a_programme("goal", "s:0", needs=(Taught("s:1", 2),))

    assert steps(a_request(held=(evidence(skill="s:1", level=2),)), goal) == ["goal"]
    assert steps(a_request(held=(evidence(skill="s:1", level=1),)), goal) == []


def test_what_is_done_already_prepares_and_is_not_taken_again() -> None:
    base, goal = a_programme("base", "s:1"), a_programme("goal", "s:0", after=("base",))

    assert steps(a_request(done=frozenset({"base"})), base, goal) == ["goal"]


def test_programmes_that_wait_for_each_other_are_never_taken() -> None:
    one = a_programme("one", "s:0", after=("other",))
    other = a_programme("other", "s:1", after=("one",))

    assert steps(a_request(), one, other) == []
    with pytest.raises(ValueError, match="wait for each other"):
        route_of([one, other], a_request())


def test_a_chain_that_is_too_long_is_not_taken() -> None:
    chain = [a_programme("p:0", "s:5")]
    chain += [a_programme(f"p:{n}", "s:5", after=(f"p:{n - 1}",)) for n in range(1, 5)]
    last = a_programme("p:9", "s:0", after=("p:4",))

    assert steps(a_request(), *chain, last) == []


def test_each_skill_counts_once_at_the_step_that_closes_most_of_it() -> None:
    low = a_programme("low", teaches=(Taught("s:0", 1), Taught("s:1", 2)))
    high = a_programme("high", "s:0")
    route = route_of([low, high], a_request())
    closes = [term.name for term in route.terms if term.name.startswith("closes")]

    assert sorted(closes) == ["closes s:0", "closes s:1"]
    assert route.closes == pytest.approx(1)


def test_nothing_worth_taking_is_an_answer_with_its_reason() -> None:
    route = plan(
        Catalogue([a_programme("p", "s:0", cost=10**6)]), a_request(prefer=Prefer.CHEAPEST)
    )

    assert (route.steps, route.score, route.meets_quota) == ((), 0, True)
    assert route.notes == ("Nothing that fits the bounds closes more than it takes.",)


def test_an_exchange_improves_what_was_found_step_by_step() -> None:
    request = a_request(Wanted("s:0", 2), Wanted("s:1", 2), Wanted("s:3", 2), steps=2)
    wide = a_programme("wide", "s:0", "s:1", hours=90.0)
    found = steps(
        request, wide, a_programme("left", "s:0", "s:3"), a_programme("right", "s:1", "s:3")
    )

    assert found == ["left", "right"]


# --- The quota ------------------------------------------------------------------------------


def test_human_skills_have_their_share_where_the_stock_allows() -> None:
    wanted = (Wanted(TECHNICAL, 2, 5), Wanted(HUMAN, 2, 5))
    technical = a_programme("technical", TECHNICAL)
    human = a_programme("human", HUMAN, cost=900.0, hours=90.0)
    balanced = plan(Catalogue([technical, human]), a_request(*wanted, stage=Stage.SENIOR))
    alone = plan(Catalogue([technical]), a_request(*wanted, stage=Stage.SENIOR))

    assert addresses(balanced) == ["technical", "human"]
    assert balanced.meets_quota
    assert balanced.human == pytest.approx(0.5)
    assert not alone.meets_quota
    assert alone.notes == ("Nothing on offer meets the quota of human skills within the bounds.",)


def test_the_quota_gives_way_where_the_gap_itself_has_fewer_human_skills() -> None:
    request = a_request(Wanted(TECHNICAL, 2, 9), Wanted(HUMAN, 2, 1))

    assert request.quota[0] == pytest.approx(0.1)
    assert request.quota[1] == 0.4


# --- Many programmes, and several preferences -----------------------------------------------


def many(seeds: Iterable[int]) -> Catalogue:
    """The programmes of many small cases as one catalogue."""
    return Catalogue(
        replace(
            each,
            address=f"{seed}:{each.address}",
            after=tuple(f"{seed}:{address}" for address in each.after),
        )
        for seed in seeds
        for each in a_case(seed)[0].programmes
    )


def test_several_preferences_at_once_have_the_routes_that_each_has_alone() -> None:
    catalogue, (_, request) = many(range(40)), a_case(3)
    request = replace(request, degree="a:degree")
    routes = plan_all(catalogue, request, Prefer)

    assert [route.prefer for route in routes] == list(Prefer)
    assert routes == [plan(catalogue, replace(request, prefer=prefer)) for prefer in Prefer]


@pytest.mark.parametrize("seed", range(12))
def test_among_many_programmes_no_bound_is_broken_and_no_step_is_in_vain(seed: int) -> None:
    catalogue, (_, request) = many(range(100, 140)), a_case(seed)
    route = plan(catalogue, request)
    shorter = []
    for left_out in route.steps:
        kept = [step.programme for step in route.steps if step is not left_out]
        with suppress(ValueError):
            shorter.append(route_of(kept, request))

    assert route.steps
    assert not broken(route, route, request)
    assert all(it.score < route.score for it in shorter if it.meets_quota)


# --- What always holds ----------------------------------------------------------------------


@given(SEEDS)
def test_the_terms_of_a_route_add_up_to_its_score(seed: int) -> None:
    route = plan(*a_case(seed))

    assert abs(route.score - sum(term.value for term in route.terms)) < 1e-9
    assert abs(route.score - sum(step.score for step in route.steps)) < 1e-9


@given(SEEDS)
def test_the_same_request_has_the_same_route_to_the_last_digit(seed: int) -> None:
    assert repr(plan(*a_case(seed))) == repr(plan(*a_case(seed)))


@given(SEEDS, st.sampled_from(Prefer))
def test_a_route_closes_what_it_says_and_its_programmes_are_different(
    seed: int, prefer: Prefer
) -> None:
    catalogue, request = a_case(seed)
    route = plan(catalogue, replace(request, prefer=prefer, degree="a:degree"))

    assert len(set(addresses(route))) == len(route.steps)
    assert 0 <= route.closes <= sum(line.missing for line in request.lines) + 1e-9
