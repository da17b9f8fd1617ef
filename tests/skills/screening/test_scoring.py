"""Who comes where, why, and what would change it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import isclose
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealwright.skills.errors import UnfitRequest
from sealwright.skills.evidence import Evidence, Kin, Kind, Strength
from sealwright.skills.screening.record import canonical_bytes, digest_of, record_of
from sealwright.skills.screening.scoring import (
    Candidate,
    Requirement,
    Screening,
    State,
    screen,
    without,
)
from sealwright.skills.terms import total

TODAY = date(2026, 11, 27)
SQL = Requirement(skill="sql", label="SQL", level=3, must=True, weight=3)
TALK = Requirement(skill="talk", label="Presenting", level=2, kind=Kind.TRANSVERSAL)


def proof(skill: str, level: int = 3, *, months: int = 0, **told: Any) -> Evidence:
    when = TODAY - timedelta(days=round(months * 365.25 / 12))
    fields: dict[str, Any] = {
        "skill": skill,
        "level": level,
        "strength": Strength.PERFORMED_TASK,
        "when": when,
        "verified": True,
    }
    return Evidence(**fields | told)


def screened(
    *evidence: Sequence[Evidence], asked: Sequence[Requirement] = (SQL, TALK)
) -> Screening:
    """Candidates a, b, c … with this evidence."""
    people = [Candidate("abcdefgh"[n], tuple(each)) for n, each in enumerate(evidence)]
    return screen(asked, people, at=TODAY)


def state(*evidence: Evidence, asked: Requirement = SQL) -> State:
    screening = screened(evidence, asked=[asked])
    return screening.row("a").answers[0].state


def ranks(screening: Screening) -> dict[str, int | None]:
    return {row.key: row.rank for row in screening.ranked}


# --- One requirement ------------------------------------------------------------------------


def test_each_state_of_a_requirement() -> None:
    claim = proof("sql", strength=Strength.OWN_CLAIM, verified=False)

    assert state(proof("sql")) == State.PROVEN
    assert state(proof("sql", months=70)) == State.AGEING
    assert state(proof("sql", until=TODAY - timedelta(days=1))) == State.AGEING
    assert state(proof("sql", 2)) == State.BELOW
    assert state(claim) == State.CLAIMED
    assert state(proof("sql", strength=Strength.ATTENDANCE)) == State.WEAK
    assert state(proof("talk")) == State.OPEN


def test_freshness_that_is_asked_for_counts_instead_of_the_half_life() -> None:
    old = proof("sql", months=20)

    assert state(old, asked=replace(SQL, within=12)) == State.AGEING
    assert state(old, asked=replace(SQL, within=24)) == State.PROVEN
    ended = replace(old, until=TODAY - timedelta(days=1))
    assert state(ended, asked=replace(SQL, within=24)) == State.AGEING


def test_what_a_check_refused_is_shown_unless_something_else_proves_it() -> None:
    refused = Candidate("a", (), frozenset({"sql"}))
    better = Candidate("b", (proof("sql"),), frozenset({"sql"}))
    screening = screen([SQL], [refused, better], at=TODAY)

    assert screening.row("a").answers[0].state == State.REFUSED
    assert screening.row("b").answers[0].state == State.PROVEN


def test_accepting_only_strong_evidence_leaves_the_rest_aside() -> None:
    quiz = proof("sql", strength=Strength.UNSUPERVISED_QUIZ)

    assert state(quiz) == State.PROVEN
    assert state(quiz, asked=replace(SQL, accepts=Strength.SUPERVISED_EXAM)) == State.WEAK
    assert state(proof("sql"), asked=replace(SQL, accepts=Strength.SUPERVISED_EXAM)) == (
        State.PROVEN
    )


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"level": 0}, "level-unfit"),
        ({"level": 5}, "level-unfit"),
        ({"weight": 0}, "weight-unfit"),
        ({"weight": float("inf")}, "weight-unfit"),
        ({"weight": float("nan")}, "weight-unfit"),
        ({"accepts": Strength.OWN_CLAIM}, "accepts-unfit"),
    ],
)
def test_a_requirement_that_makes_no_sense_is_refused(change: dict[str, Any], code: str) -> None:
    with pytest.raises(UnfitRequest) as refused:
        replace(SQL, **change)
    assert refused.value.code == code


# --- Scores and places ----------------------------------------------------------------------


def test_the_worked_example() -> None:
    """As in docs/explanation/how-screening-ranks.md."""
    screening = screened(
        [proof("sql", 3), proof("talk", 2, strength=Strength.SUPERVISED_EXAM, months=120)],
        [proof("sql", 2), proof("talk", 2)],
    )
    first, second = screening.row("a"), screening.row("b")

    assert [(term.name, round(term.value, 2)) for term in first.terms] == [
        ("SQL", 75.0),
        ("Presenting", 22.5),
        ("age of proof: Presenting", -11.25),
    ]
    assert round(first.score, 2) == 86.25
    assert [(term.name, round(term.value, 2)) for term in second.terms] == [
        ("SQL", 50.0),
        ("Presenting", 25.0),
    ]
    assert (first.rank, second.rank) == (1, 2)
    assert [each.skill for each in second.missing] == ["sql"]
    helps = screening.proofs_that_would_help("b")
    assert [(each.requirement.skill, each.score, each.rank) for each in helps] == [
        ("sql", 100.0, 1)
    ]


def test_who_proves_every_must_comes_before_a_higher_score_that_does_not() -> None:
    screening = screened(
        [proof("sql", 3, months=59, strength=Strength.UNSUPERVISED_QUIZ)],
        [proof("sql", 2), proof("talk", 4)],
    )

    assert screening.row("a").score < screening.row("b").score
    assert ranks(screening) == {"a": 1, "b": 2}


def test_equal_scores_share_a_rank_and_are_said_to_be_a_tie() -> None:
    screening = screened([proof("sql")], [proof("sql")], [proof("talk")])

    assert ranks(screening) == {"a": 1, "b": 1, "c": 3}
    assert [screening.row(key).is_tied for key in "abc"] == [True, True, False]


def test_who_brought_no_proof_is_listed_apart_and_has_no_rank() -> None:
    claim = proof("sql", verified=False)
    screening = screened([], [claim], [proof("sql")])

    assert ranks(screening) == {"c": 1}
    assert {row.key: row.rank for row in screening.apart} == {"a": None, "b": None}


def test_proof_of_something_else_is_proof_and_is_ranked() -> None:
    assert ranks(screened([proof("cooking")])) == {"a": 1}


def test_without_a_requirement_the_others_are_weighed_anew() -> None:
    people = [Candidate("a", (proof("sql"),)), Candidate("b", (proof("talk"),))]
    screening = screen([SQL, TALK], people, at=TODAY)

    assert ranks(screening) == {"a": 1, "b": 2}
    assert ranks(without(screening, "sql", people)) == {"b": 1, "a": 2}
    with pytest.raises(UnfitRequest):
        without(screen([SQL], people, at=TODAY), "sql", people)


def test_a_question_that_cannot_be_answered_is_refused() -> None:
    for asked, people, code in (
        ([], [], "requirements-none"),
        ([SQL, SQL], [], "requirements-twice"),
        ([SQL], [Candidate("a"), Candidate("a")], "candidates-twice"),
    ):
        with pytest.raises(UnfitRequest) as refused:
            screen(asked, people, at=TODAY)
        assert refused.value.code == code
    with pytest.raises(UnfitRequest) as refused:
        screened([]).row("nobody")
    assert refused.value.code == "candidate-unknown"


# --- Properties -----------------------------------------------------------------------------

evidences = st.builds(
    proof,
    st.sampled_from(["sql", "talk", "cooking"]),
    st.integers(0, 4),
    months=st.integers(0, 200),
    strength=st.sampled_from(Strength),
    verified=st.booleans(),
    until=st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    provider=st.sampled_from(["", "Harbour College"]),
    credential=st.sampled_from(["", "urn:1", "urn:2"]),
)
piles = st.lists(evidences, max_size=5)
asked = st.lists(
    st.builds(
        Requirement,
        skill=st.sampled_from(["sql", "talk", "walk"]),
        level=st.integers(1, 4),
        must=st.booleans(),
        weight=st.floats(0.1, 10),
        within=st.none() | st.integers(1, 60),
        accepts=st.sampled_from([each for each in Strength if each is not Strength.OWN_CLAIM]),
        kind=st.sampled_from(Kind),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda each: each.skill,
)


@given(asked, piles)
def test_the_terms_add_up_to_the_score_and_lie_within_100(
    asked: list[Requirement], evidence: list[Evidence]
) -> None:
    row = screened(evidence, asked=asked).row("a")

    assert isclose(row.score, sum(answer.points for answer in row.answers), abs_tol=1e-9)
    assert -1e-9 <= row.score <= 100 + 1e-9
    for n, term in enumerate(row.terms):
        rest = [*row.terms[:n], *row.terms[n + 1 :]]
        assert isclose(row.score - term.value, total(rest), abs_tol=1e-9)


@given(asked, piles, evidences)
def test_more_evidence_never_lowers_a_score_and_never_opens_a_must(
    asked: list[Requirement], evidence: list[Evidence], more: Evidence
) -> None:
    before = screened(evidence, asked=asked).row("a")
    after = screened([*evidence, more], asked=asked).row("a")

    assert after.score >= before.score - 1e-9
    assert set(after.missing) <= set(before.missing)


@given(asked, evidences, st.integers(2, 50))
def test_fifty_badges_of_one_kind_weigh_what_one_does(
    asked: list[Requirement], one: Evidence, number: int
) -> None:
    many = [replace(one, credential=f"urn:{n}") for n in range(number)]

    assert screened(many, asked=asked).row("a").score == (
        screened([one], asked=asked).row("a").score
    )


@given(asked, piles)
def test_losing_evidence_never_raises_a_score(
    asked: list[Requirement], evidence: list[Evidence]
) -> None:
    revoked = [replace(each, verified=False) for each in evidence[:1]]
    before = screened(evidence, asked=asked).row("a")
    after = screened([*revoked, *evidence[1:]], asked=asked).row("a")

    assert after.score <= before.score + 1e-9


@given(asked, st.lists(piles, max_size=5), st.randoms())
def test_same_input_same_bytes_in_whatever_order_it_comes(
    asked: list[Requirement], evidence: list[list[Evidence]], chance: Any
) -> None:
    people = [Candidate(f"c{n}", tuple(each)) for n, each in enumerate(evidence)]
    mixed = [replace(each, evidence=tuple(shuffled(each.evidence, chance))) for each in people]
    chance.shuffle(mixed)

    one = canonical_bytes(record_of(screen(asked, people, at=TODAY), people))
    other = canonical_bytes(record_of(screen(asked, mixed, at=TODAY), mixed))
    assert one == other


@given(asked, st.lists(piles, min_size=1, max_size=5), st.randoms())
def test_other_keys_for_the_same_people_change_nobodys_place(
    asked: list[Requirement], evidence: list[list[Evidence]], chance: Any
) -> None:
    """A key may be somebody's name: swapping names must change nothing."""
    keys = [f"c{n}" for n in range(len(evidence))]
    others = shuffled(keys, chance)
    one = screen(asked, people_of(keys, evidence), at=TODAY)
    other = screen(asked, people_of(others, evidence), at=TODAY)

    for key, swapped in zip(keys, others, strict=True):
        before, after = one.row(key), other.row(swapped)
        assert (before.rank, before.is_tied, before.terms) == (
            after.rank,
            after.is_tied,
            after.terms,
        )


@given(asked, st.lists(piles, min_size=2, max_size=6))
def test_places_follow_musts_and_scores_and_equal_ones_are_shared(
    asked: list[Requirement], evidence: list[list[Evidence]]
) -> None:
    screening = screen(asked, people_of("abcdef", evidence), at=TODAY)

    for one in screening.ranked:
        ahead = [
            each
            for each in screening.ranked
            if (bool(each.missing), -round(each.score, 9))
            < (bool(one.missing), -round(one.score, 9))
        ]
        assert one.rank == len(ahead) + 1
        same = [each for each in screening.ranked if each.rank == one.rank]
        assert one.is_tied == (len(same) > 1)


def people_of(keys: Sequence[str], evidence: list[list[Evidence]]) -> list[Candidate]:
    return [Candidate(key, tuple(each)) for key, each in zip(keys, evidence, strict=False)]


def shuffled(values: Sequence[Any], chance: Any) -> list[Any]:
    mixed = list(values)
    chance.shuffle(mixed)
    return mixed


# --- The record -----------------------------------------------------------------------------


def test_the_record_holds_every_term_and_no_more_than_a_hash_of_the_evidence() -> None:
    people = [Candidate("a", (proof("sql", credential="urn:1", provider="Harbour College"),))]
    record = record_of(screen([SQL, TALK], people, at=TODAY), people)

    (row,) = record["candidates"]
    assert row["evidence_sha256"] == digest_of(people[0])
    assert row["requirements"][0] == {
        "skill": "sql",
        "state": "proven",
        "share": 75.0,
        "points": 75.0,
        "credential": "urn:1",
        "terms": [{"name": "SQL", "value": 75.0}],
        "near": [],
    }
    assert row["requirements"][1]["credential"] is None
    assert b"Harbour" not in canonical_bytes(record)


def test_another_piece_of_evidence_has_another_hash() -> None:
    one, other = proof("sql"), proof("sql", 2)

    assert digest_of(Candidate("a", (one,))) != digest_of(Candidate("a", (other,)))
    assert digest_of(Candidate("a", (one,))) != digest_of(Candidate("a", (one,), frozenset({"x"})))
    assert digest_of(Candidate("a", (one, other))) == digest_of(Candidate("b", (other, one)))


# --- Skills that come near ------------------------------------------------------------------


def test_a_narrower_skill_is_named_and_gives_neither_points_nor_a_state() -> None:
    near, broad = Kin("sql", "window functions", steps=1), Kin("talk", "pitching", steps=1)
    kinship = {"windows": (near,), "pitch": (broad,), "old": (Kin("sql", "old", steps=1),)}
    evidence = (
        proof("windows"), proof("windows", 1), proof("pitch"), proof("talk"),
        proof("old", until=TODAY - timedelta(1)), proof("old", verified=False),
    )  # fmt: skip
    people = [Candidate("a", evidence)]

    plain = screen([SQL, TALK], people, at=TODAY)
    hinted = screen([SQL, TALK], people, at=TODAY, kinship=kinship)

    (shown,), none = (answer.nearby for answer in hinted.row("a").answers)
    assert (shown.kin, shown.piece.evidence.skill, none) == (near, "windows", ())
    assert [answer.state for answer in hinted.row("a").answers] == [State.OPEN, State.PROVEN]
    assert replace(hinted, ranked=plain.ranked) == plain
    assert [row.terms for row in hinted.ranked] == [row.terms for row in plain.ranked]


def test_what_comes_near_is_named_nearest_first_by_the_piece_that_shows_it_best() -> None:
    kinship = {
        "windows": (Kin("sql", "window functions", steps=2),),
        "ansi-sql": (Kin("sql", "SQL", named=True),),
        "old-sql": (Kin("sql", "SQL"),),
    }
    evidence = [
        proof("windows", 1, credential="a"), proof("windows", 3, credential="b"),
        proof("windows", 3, credential="c"), proof("old-sql"), proof("ansi-sql"),
    ]  # fmt: skip

    def near_of(some: list[Evidence]) -> list[tuple[str, str]]:
        (answer,) = (
            screen([SQL], [Candidate("a", tuple(some))], at=TODAY, kinship=kinship).row("a").answers
        )
        return [(it.piece.evidence.skill, it.piece.evidence.credential) for it in answer.nearby]

    assert near_of(evidence) == near_of(evidence[::-1])
    assert [skill for skill, _ in near_of(evidence)] == ["ansi-sql", "old-sql", "windows"]
    assert near_of(evidence)[-1] == ("windows", "b")


def test_the_record_names_what_comes_near() -> None:
    kinship = {"windows": (Kin("sql", "window functions", steps=1),)}
    people = [Candidate("a", (proof("windows", credential="urn:c:1"),))]

    (row,) = record_of(screen([SQL], people, at=TODAY, kinship=kinship), people)["candidates"]

    assert row["requirements"][0]["near"] == [
        {
            "skill": "windows", "label": "window functions", "link": "narrower", "steps": 1,
            "credential": "urn:c:1",
        }
    ]  # fmt: skip
