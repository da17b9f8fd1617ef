"""Programmes that show a skill through another one that they certify."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealwright.skills.evidence import Kin, Strength
from sealwright.skills.gap import Wanted
from sealwright.skills.routes import (
    Award,
    Catalogue,
    Earned,
    Implied,
    Programme,
    Taught,
    plan,
    rank,
    stack,
    why_not,
    widened,
)
from sealwright.skills.routes.request import terms_of
from sealwright.skills.terms import total
from tests.skills.routes.small import (
    a_case,
    a_programme,
    a_request,
    broken,
    exact,
    offered,
    unbound,
)
from tests.skills.values import AT, evidence

PART = Kin("s:0", "part of 0", steps=1)
KINSHIP = {
    "part": (PART,),
    "s:2": (Kin("s:1", "skill 2", steps=1), Kin("s:6", "skill 2", steps=2)),
    "s:3": (Kin("s:4", "skill 3", named=True),),
}


def widely(*programmes: Programme) -> Catalogue:
    return Catalogue(widened(each, KINSHIP) for each in programmes)


def test_a_programme_for_a_narrower_skill_closes_half_and_says_why() -> None:
    [found] = rank(widely(a_programme("p", "part")), a_request(Wanted("s:0", 2)))

    closes = found.terms[0]
    assert closes.name == "closes s:0"
    assert closes.value == pytest.approx(0.5)
    assert closes.detail == "skill 0, level 2, through “part of 0”, which is narrower"
    assert not any(term.name.startswith("focus") for term in found.terms)


def test_what_a_programme_certifies_itself_is_not_implied_as_well() -> None:
    both = widened(a_programme("p", "s:0", "part"), KINSHIP)

    assert both.implies == ()


def test_of_several_ways_to_a_skill_the_one_that_shows_most_counts() -> None:
    kinship = {"a": (Kin("s:0", "a", steps=2),), "b": (Kin("s:0", "b", steps=1),)}
    programme = a_programme("p", "s:9", teaches=(Taught("b", 3), Taught("a", 4)))

    [implied] = widened(programme, kinship).implies

    assert implied == Implied("s:0", 3, 0.5, "through “b”, which is narrower")


def test_a_narrower_skill_prepares_for_nothing_and_counts_towards_nothing() -> None:
    narrow = a_programme("a", "part", credits=6.0, towards=frozenset({"d"}))
    wide = a_programme("b", "s:1", needs=(Taught("s:0", 2),))
    whole = a_programme("c", "s:0", credits=4.0, towards=frozenset({"d"}))
    catalogue = widely(narrow, wide)
    request = a_request(Wanted("s:1", 2, 9), Wanted("s:0", 2))

    assert "b" not in [step.programme.address for step in plan(catalogue, request).steps]
    earned = [Earned(each, AT) for each in (*catalogue.programmes, whole)]
    assert stack(Award(address="d", credits=99), earned, at=AT).credits == 10


def test_a_narrower_skill_that_is_held_prepares_for_nothing_and_repeats_nothing() -> None:
    held = (evidence(skill="part", level=4), evidence(Strength.UNSUPERVISED_QUIZ, skill="s:0"))
    request = a_request(Wanted("s:0", 4), held=held, kinship=KINSHIP)
    [line] = request.lines

    assert line.cover.best is not None
    assert line.cover.best.through == PART
    assert request.proven(Taught("s:0", 2))
    assert not request.proven(Taught("s:0", 3))
    further = a_programme("p", teaches=(Taught("s:0", 3),))
    names = [term.name for term in terms_of(further, request)]
    assert "closes s:0" in names
    assert "repeats s:0" not in names


def test_attendance_at_a_narrower_one_is_told_apart_from_what_shows_nothing() -> None:
    badge = widened(a_programme("p", "part", shown=Strength.ATTENDANCE), KINSHIP)
    request = a_request(Wanted("s:0", 2))

    [reason] = why_not(badge, plan(Catalogue([badge]), request), request)
    assert reason.code == "not-shown"


@given(st.integers(0, 10_000))
def test_terms_of_one_programme_equal_what_the_whole_catalogue_says(seed: int) -> None:
    narrow, request = a_case(seed)
    catalogue = widely(*narrow.programmes)
    request = unbound(request)

    for programme, score in zip(catalogue.programmes, offered(catalogue, request), strict=True):
        assert total(terms_of(programme, request)) == pytest.approx(score, abs=1e-12)


@pytest.mark.parametrize("seed", range(1_000, 1_020))
def test_routes_with_implied_skills_are_near_the_best_and_break_no_bound(seed: int) -> None:
    narrow, request = a_case(seed)
    catalogue = widely(*narrow.programmes)
    best, found = exact(catalogue, request), plan(catalogue, request)

    assert not broken(found, best, request)
    if best is not None:
        assert found.score >= 0.95 * best.score - 1e-9
