"""What a person can show: strength, currency, state, and how many credentials combine."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealwright.skills.defaults import Defaults
from sealwright.skills.errors import UnfitRequest
from sealwright.skills.evidence import (
    LEVELS,
    Evidence,
    Held,
    Kin,
    Kind,
    State,
    Strength,
    currency,
    hold,
    weigh,
)
from tests.skills.values import AT, OTHER, SKILL, evidence, pieces_of_evidence

KINDS = {SKILL: Kind.TECHNOLOGY}


def held(*given: Evidence) -> Held:
    return hold(given, at=AT, kinds=KINDS)[SKILL]


# --- The ladder and the state ---------------------------------------------------------------


def test_the_ladder_of_evidence_goes_down_step_by_step() -> None:
    weights = [weigh(evidence(strength), Kind.METHOD, at=AT).weight for strength in Strength]

    assert weights == sorted(weights, reverse=True)
    assert len(set(weights)) == len(Strength)


@pytest.mark.parametrize(
    ("pieces", "state"),
    [
        ([evidence(Strength.SUPERVISED_EXAM)], State.PROVEN),
        ([evidence(Strength.SUPERVISED_EXAM, years=4)], State.AGEING),
        ([evidence(Strength.SUPERVISED_EXAM, until=AT - timedelta(1))], State.AGEING),
        ([evidence(Strength.ATTENDANCE)], State.CLAIMED),
        ([evidence(Strength.OWN_CLAIM, verified=False)], State.CLAIMED),
        ([evidence(Strength.PERFORMED_TASK, verified=False)], State.CLAIMED),
        (
            [evidence(Strength.PERFORMED_TASK, years=9), evidence(Strength.REVIEWED_PROJECT)],
            State.PROVEN,
        ),
    ],
)
def test_a_skill_is_proven_ageing_or_claimed(pieces: list[Evidence], state: State) -> None:
    assert held(*pieces).state is state


def test_a_skill_that_nothing_speaks_of_is_open() -> None:
    nothing = Held(SKILL, State.OPEN)

    assert (nothing.best, nothing.level, nothing.strength) == (None, 0, None)
    assert (nothing.months, nothing.currency, nothing.cover(1).value) == (0, 0, 0)
    assert nothing.reasons == ("Nothing speaks of this skill yet.",)


def test_the_best_piece_speaks_for_the_skill() -> None:
    found = held(
        evidence(Strength.ATTENDANCE, level=4), evidence(Strength.SUPERVISED_EXAM, level=2)
    )

    assert found.strength is Strength.SUPERVISED_EXAM
    assert (found.level, round(found.currency, 6), found.months) == (2, 1, 0)


def test_a_level_that_is_not_told_counts_as_foundation() -> None:
    untold, told = held(evidence(level=0)), held(evidence(level=1))

    assert untold.level == 1
    assert untold.cover(4).value == told.cover(4).value


def test_a_level_is_one_of_four() -> None:
    with pytest.raises(UnfitRequest, match="1 to 4"):
        evidence(level=5)


# --- What is proven of a wanted level -------------------------------------------------------


def test_what_is_lost_is_named_and_adds_up() -> None:
    cover = held(evidence(Strength.SUPERVISED_EXAM, level=2, months=30)).cover(4)

    assert [term.name for term in cover.terms] == ["asked", "level", "evidence", "age"]
    assert [round(term.value, 3) for term in cover.terms] == [1, -0.5, -0.05, -0.225]
    assert cover.value == pytest.approx(0.225, abs=1e-3)


def test_a_weaker_piece_of_a_higher_level_may_prove_more_of_an_expert() -> None:
    found = held(
        evidence(Strength.SUPERVISED_EXAM, level=1), evidence(Strength.UNSUPERVISED_QUIZ, level=4)
    )

    assert found.cover(1).value == pytest.approx(0.9)
    assert found.cover(4).value == pytest.approx(0.5)


def test_a_claim_proves_nothing() -> None:
    assert held(evidence(Strength.PERFORMED_TASK, verified=False)).cover(1).value == 0


@given(pieces_of_evidence(), st.sampled_from(LEVELS))
def test_cover_lies_between_nothing_and_all(pieces: list[Evidence], level: int) -> None:
    for each in hold(pieces, at=AT, kinds=KINDS).values():
        assert -1e-9 <= each.cover(level).value <= 1 + 1e-9


@given(pieces_of_evidence(), pieces_of_evidence(), st.sampled_from(LEVELS))
def test_more_evidence_never_lowers_coverage(
    before: list[Evidence], more: list[Evidence], level: int
) -> None:
    few, many = hold(before, at=AT, kinds=KINDS), hold(before + more, at=AT, kinds=KINDS)

    for skill, each in few.items():
        assert many[skill].cover(level).value >= each.cover(level).value - 1e-12


@given(st.integers(1, 50), st.sampled_from(LEVELS), st.sampled_from(LEVELS))
def test_fifty_attendance_badges_never_exceed_one(many: int, shown: int, level: int) -> None:
    one = evidence(Strength.ATTENDANCE, level=shown)

    assert held(*[one] * many).cover(level).value == held(one).cover(level).value
    assert held(*[one] * many).state is State.CLAIMED


@given(st.permutations(range(4)))
def test_the_order_of_the_evidence_makes_no_difference(order: list[int]) -> None:
    pieces = [evidence(credential=str(n % 2), level=1 + n % 3) for n in range(4)]

    assert held(*(pieces[n] for n in order)) == held(*pieces)


# --- Age ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "months"), [(Kind.TECHNOLOGY, 30), (Kind.METHOD, 60), (Kind.TRANSVERSAL, 120)]
)
def test_a_kind_of_skill_has_its_half_life(kind: Kind, months: int) -> None:
    when = AT - timedelta(round(months * 365.25 / 12))

    assert currency(when, None, kind, at=AT) == pytest.approx(0.5, abs=0.001)


@given(st.dates(date(2000, 1, 1), AT), st.none() | st.dates(date(2000, 1, 1)))
def test_a_stated_end_never_makes_evidence_last_longer(when: date, until: date | None) -> None:
    told = currency(when, until, Kind.METHOD, at=AT)

    assert told in (0, currency(when, None, Kind.METHOD, at=AT))


def test_evidence_holds_on_its_last_day_and_not_after() -> None:
    assert held(evidence(until=AT)).cover(1).value > 0
    assert held(evidence(until=AT - timedelta(1))).cover(1).value == 0


def test_what_begins_tomorrow_does_not_count_today() -> None:
    tomorrow = evidence(months=-1)

    assert held(tomorrow).cover(1).value == 0
    assert "it begins on" in held(tomorrow).reasons[0]


def test_a_skill_of_unknown_kind_ages_as_a_method() -> None:
    found = hold([evidence(months=60)], at=AT, kinds={})[SKILL]

    assert found.currency == pytest.approx(0.5, abs=0.01)


# --- Skills that speak for each other --------------------------------------------------------

BROADER = "https://skills.example/programming"
NARROWER = Kin(BROADER, "Python", steps=1)
NAMED = Kin(BROADER, "Python", named=True)
SAME = Kin(BROADER, "Python")


def through(kin: Kin, *given: Evidence) -> Held:
    """What these show of the broader skill, where those of the other speak for it this way."""
    found = hold(given, at=AT, kinds=KINDS, kinship={SKILL: (kin,)})
    return found.get(BROADER) or Held(BROADER, State.OPEN)


@pytest.mark.parametrize(
    ("kin", "value", "state"),
    [
        (SAME, 1.0, State.PROVEN),
        (NAMED, 0.9, State.PROVEN),
        (NARROWER, 0.5, State.PARTLY),
        (Kin(BROADER, "Python", steps=2), 0.25, State.PARTLY),
        (Kin(BROADER, "Python", steps=1, named=True), 0.45, State.PARTLY),
    ],
)
def test_a_skill_speaks_for_its_kin_in_full_or_in_part(
    kin: Kin, value: float, state: State
) -> None:
    found = through(kin, evidence())

    assert found.cover(2).value == pytest.approx(value)
    assert found.state is state
    assert found.cover(2).terms[-1].name == kin.link
    assert found.cover(2).terms[-1].detail == kin.reason


def test_why_a_skill_counts_is_said_in_its_sentence() -> None:
    [proof] = through(NARROWER, evidence()).reasons
    [claim] = through(SAME, evidence(verified=False)).reasons

    assert proof == (
        "Shown through “Python”, which is narrower, by performed task at level 2, this month: "
        "1.00 for how it was shown × 1.00 for its age × 0.50 for that = 0.50."
    )
    assert claim.startswith("Claimed through “Python”, which is the same skill, at level 2;")


@pytest.mark.parametrize(
    "given",
    [evidence(verified=False), evidence(until=AT - timedelta(1))],
    ids=["a claim", "an ended proof"],
)
def test_of_a_broader_skill_only_proof_that_holds_says_anything(given: Evidence) -> None:
    assert through(NARROWER, given) == Held(BROADER, State.OPEN)


def test_who_was_only_there_has_shown_no_part_of_a_broader_skill() -> None:
    assert through(NARROWER, evidence(Strength.ATTENDANCE)).state is State.CLAIMED


def test_a_skill_of_its_own_goes_before_what_speaks_for_it() -> None:
    own = evidence(Strength.UNSUPERVISED_QUIZ, skill=BROADER, level=1)

    found = through(NARROWER, own, evidence(level=4))

    assert found.state is State.PROVEN
    best = found.best_at(4)
    assert best is not None
    assert not best.is_whole
    own_best = found.best_at(4, whole=True)
    assert own_best is not None
    assert own_best.evidence == own


def test_a_skill_of_unknown_kind_ages_as_the_one_that_it_speaks_for() -> None:
    given = evidence(skill="urn:x:1", months=30)
    kinship = {"urn:x:1": (Kin(SKILL, "Python", named=True),)}

    found = hold([given], at=AT, kinds=KINDS, kinship=kinship)[SKILL]

    assert found.currency == pytest.approx(0.5, abs=0.01)


@given(st.lists(st.sampled_from(LEVELS), min_size=1, max_size=20), st.sampled_from(LEVELS))
def test_many_narrower_skills_never_exceed_one_proof_of_the_skill_itself(
    levels: list[int], asked: int
) -> None:
    narrower = {f"n:{n}": (Kin(SKILL, "part", steps=1),) for n in range(len(levels))}
    parts = [evidence(skill=f"n:{n}", level=level) for n, level in enumerate(levels)]
    found = hold(parts, at=AT, kinds=KINDS, kinship=narrower)[SKILL].cover(asked).value

    assert found <= held(evidence(level=max(levels))).cover(asked).value * 0.5 + 1e-12


@given(pieces_of_evidence(), pieces_of_evidence(), st.sampled_from(LEVELS))
def test_more_evidence_of_a_narrower_skill_never_lowers_coverage(
    before: list[Evidence], more: list[Evidence], level: int
) -> None:
    kinship = {OTHER: (Kin(SKILL, "listening", steps=1),)}
    few = hold(before, at=AT, kinds=KINDS, kinship=kinship)
    many = hold(before + more, at=AT, kinds=KINDS, kinship=kinship)

    for skill, each in few.items():
        assert many[skill].cover(level).value >= each.cover(level).value - 1e-12


# --- Words and settings ---------------------------------------------------------------------


def test_every_piece_has_its_sentence() -> None:
    found = held(
        evidence(Strength.SUPERVISED_EXAM, level=3, months=30, confirmed_by="North College"),
        evidence(Strength.OWN_CLAIM, verified=False),
        evidence(Strength.UNSUPERVISED_QUIZ, until=date(2020, 1, 1), months=120),
    )

    assert found.reasons == (
        "Shown by supervised exam at level 3, confirmed by North College, 30 months ago: 0.90 "
        "for how it was shown × 0.50 for its age = 0.45.",
        "Shown by unsupervised quiz at level 2; it ended on 2020-01-01, so it does not count.",
        "Claimed at level 2; nobody has verified it, so it does not count.",
    )


@pytest.mark.parametrize(
    ("months", "ago"), [(0, "this month"), (1, "1 month ago"), (7, "7 months ago")]
)
def test_how_long_ago_is_said_as_people_say_it(months: int, ago: str) -> None:
    assert f", {ago}: " in held(evidence(months=months)).reasons[0]


def test_a_site_changes_what_it_names_and_keeps_the_rest() -> None:
    ours = Defaults.from_json({"half_lives": {"technology": 12}, "fresh_from": 0.25})

    assert ours.half_lives == {"technology": 12, "method": 60, "transversal": 120}
    assert (ours.fresh_from, ours.proves_from) == (0.25, 0.5)


@pytest.mark.parametrize(
    "wrong",
    [
        {"half_life": {}},
        {"half_lives": 3},
        {"half_lives": {"hardware": 3}},
        {"fresh_from": "0.5"},
        {"half_lives": {"method": True}},
    ],
)
def test_a_setting_that_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(UnfitRequest):
        Defaults.from_json(wrong)
