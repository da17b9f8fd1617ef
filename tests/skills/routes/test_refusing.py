"""Why a programme is not part of a route."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sealwright.skills.evidence import Strength
from sealwright.skills.gap import Wanted
from sealwright.skills.routes import Catalogue, Programme, Request, Taught, WhyNot, plan, why_not
from tests.skills.routes.small import a_programme, a_request
from tests.skills.values import AT

GOOD = a_programme("good", "s:0", "s:1")


def asked(programme: Programme, request: Request) -> list[WhyNot]:
    return why_not(programme, plan(Catalogue([GOOD]), request), request)


@pytest.mark.parametrize(
    ("programme", "bounds", "code"),
    [
        (a_programme("p", "s:0"), {"done": frozenset({"p"})}, "done"),
        (a_programme("p", "s:0", language="fr"), {"languages": frozenset({"en"})}, "language"),
        (a_programme("p", "s:0", mode="onsite"), {"modes": frozenset({"online"})}, "mode"),
        (a_programme("p", "s:0", cost=900.0), {"budget": 500.0}, "budget"),
        (a_programme("p", "s:0", hours=90.0), {"deadline": AT + timedelta(70)}, "deadline"),
        (a_programme("p", "s:0", cost=None), {"budget": 500.0}, "budget"),
        (a_programme("p", "s:0", hours=None), {"deadline": AT + timedelta(70)}, "deadline"),
        (a_programme("p", "s:5"), {}, "nothing"),
        (a_programme("p", "s:0", shown=Strength.ATTENDANCE), {}, "not-shown"),
        (a_programme("p", "s:5", shown=Strength.ATTENDANCE), {}, "nothing"),
    ],
)
def test_what_rules_a_programme_out_by_itself_is_named(
    programme: Programme, bounds: dict[str, object], code: str
) -> None:
    found = asked(programme, a_request(**bounds))  # type: ignore[arg-type]

    assert [each.code for each in found] == [code]


def test_how_far_a_programme_is_beyond_a_bound_is_a_number() -> None:
    late = asked(a_programme("p", "s:0", hours=90.0), a_request(deadline=AT + timedelta(70)))[0]
    dear = asked(a_programme("p", "s:0", cost=900.0), a_request(budget=500.0))[0]

    assert (late.by, dear.by) == (5.0, 400.0)
    assert late.words == "It would end 5.0 weeks after the deadline."


def test_a_programme_that_the_route_has_needs_no_reason() -> None:
    assert asked(GOOD, a_request()) == []


def test_how_much_worse_a_route_would_be_adds_up() -> None:
    dear = a_programme("dear", "s:0", "s:1", cost=900.0, standing=0.5)
    found = asked(dear, a_request())[0]

    assert found.code == "worse"
    assert found.by == pytest.approx(sum(term.value for term in found.terms))
    assert found.by < 0


def test_what_would_stand_in_for_a_step_names_the_step() -> None:
    found = asked(a_programme("dear", "s:0", "s:1", cost=900.0), a_request(steps=1))[0]

    assert (found.code, found.instead_of) == ("worse", "good")
    assert "in the place of good" in found.words


def test_a_programme_that_is_as_good_has_no_reason_against_it() -> None:
    assert asked(a_programme("twin", "s:0", "s:1"), a_request()) == []


def test_what_lacks_its_preparation_says_so() -> None:
    found = asked(a_programme("p", "s:0", needs=(Taught("s:6", 1),)), a_request())

    assert [each.code for each in found] == ["unprepared"]


def test_what_no_step_can_make_room_for_says_so() -> None:
    base = a_programme("base", "s:1", cost=60.0)
    goal = a_programme("goal", "s:0", after=("base",), cost=60.0)
    request = a_request(budget=150.0, steps=2, deadline=AT + timedelta(140))
    route = plan(Catalogue([base, goal]), request)
    other = a_programme("other", "s:0", after=("base",), cost=100.0)
    third = a_programme("third", "s:0", after=("base", "goal"), cost=20.0, hours=110.0)
    long = a_programme("long", "s:0", cost=20.0, hours=115.0)

    assert [each.code for each in why_not(other, route, request)] == ["bounds"]
    assert [each.code for each in why_not(third, route, request)] == ["bounds"]
    assert [each.code for each in why_not(long, route, request)] == ["bounds"]


def test_what_would_upset_the_balance_says_so() -> None:
    wanted = (Wanted("s:0", 2, 6), Wanted("s:2", 2, 2), Wanted("s:1", 2, 2))
    request = a_request(*wanted, steps=2)
    route = plan(Catalogue([a_programme("t", "s:0"), a_programme("h", "s:2")]), request)

    assert route.meets_quota
    assert [it.code for it in why_not(a_programme("p", "s:1"), route, request)] == ["quota"]
