"""What counts towards a bigger award, with nothing counted twice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealwright.skills.routes import Award, Earned, Programme, Stack, Taught, stack
from tests.skills.routes.small import a_programme
from tests.skills.values import AT

DIPLOMA = Award(address="a:diploma", credits=60, least_level=5, years=5, most=40)


def earned(
    address: str, *skills: str, credits: float = 10.0, when: date = AT, **more: object
) -> Earned:
    given_: dict[str, object] = {"eqf": 5, "towards": frozenset({"a:diploma"}), "credits": credits}
    return Earned(a_programme(address, *skills, **given_ | more), when)


def stacked(*earned_: Earned, award: Award = DIPLOMA) -> Stack:
    return stack(award, earned_, at=AT)


def credits_of(found: Stack) -> dict[str, float]:
    return {each.programme.address: round(each.credits, 6) for each in found.counted}


def test_what_does_not_overlap_counts_in_full() -> None:
    found = stacked(earned("p:1", "s:0"), earned("p:2", "s:1", credits=6.0))

    assert credits_of(found) == {"p:1": 10, "p:2": 6}
    assert (found.credits, found.open) == (16, 44)


def test_what_overlaps_counts_once() -> None:
    found = stacked(earned("p:1", "s:0", "s:1"), earned("p:2", "s:1", "s:2", credits=6.0))

    assert credits_of(found) == {"p:1": 10, "p:2": 3}
    assert found.counted[1].terms[1].detail == "1 of 2 skills count already"


def test_a_higher_level_of_the_same_skill_does_not_overlap() -> None:
    higher = earned("p:2", credits=6.0, teaches=(Taught("s:0", 3),))

    assert credits_of(stacked(earned("p:1", "s:0"), higher)) == {"p:1": 10, "p:2": 6}


@pytest.mark.parametrize(
    ("refused", "reason"),
    [
        (earned("p", "s:0", towards=frozenset({"a:other"})), "other"),
        (earned("p", "s:0", eqf=4), "level"),
        (earned("p", "s:0", eqf=0), "level"),
        (earned("p", "s:0", when=AT - timedelta(6 * 366)), "age"),
    ],
)
def test_what_does_not_count_says_why(refused: Earned, reason: str) -> None:
    found = stacked(refused)

    assert found.credits == 0
    assert [term.name for term in found.counted[0].terms] == ["credits", reason]


def test_without_an_age_limit_nothing_is_too_old() -> None:
    award = Award(address="a:diploma", credits=60)

    assert stacked(earned("p", "s:0", when=date(1990, 1, 1)), award=award).credits == 10


def test_no_more_is_brought_in_than_the_award_allows() -> None:
    found = stacked(*(earned(f"p:{n}", f"s:{n}", credits=15.0) for n in range(4)))

    assert (found.credits, found.cap.value, found.open) == (40, -20, 20)


def test_what_was_earned_twice_counts_once_as_it_was_earned_last() -> None:
    old = earned("p", "s:0", when=AT - timedelta(6 * 366))

    assert stacked(earned("p", "s:0"), old).credits == 10


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.integers(1, 30)), max_size=6))
def test_credits_are_the_sum_of_their_terms_and_never_more_than_allowed(
    pieces: list[tuple[str, int]],
) -> None:
    found = stacked(*(earned(name, f"s:{ord(name) % 3}", credits=n) for name, n in pieces))
    terms = [term.value for each in found.counted for term in each.terms]

    assert abs(found.credits - sum(terms) - found.capped) < 1e-9
    assert 0 <= found.credits <= 40


def test_a_programme_without_skills_overlaps_with_nothing() -> None:
    assert isinstance(stacked(earned("p")).counted[0].programme, Programme)
    assert stacked(earned("p")).credits == 10
