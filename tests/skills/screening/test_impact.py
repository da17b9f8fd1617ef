"""Rates and ratios of groups, against an example worked by hand and against each other."""

from __future__ import annotations

from math import isclose

from hypothesis import given
from hypothesis import strategies as st

from sealwright.skills.screening.impact import (
    FEW,
    Group,
    Outcome,
    Table,
    ratio_interval,
    scoring_table,
    selection_table,
    wilson,
)


def people(number: int, chosen: int, *, score: float | None = None, **traits: str) -> list[Outcome]:
    return [Outcome(traits, n < chosen, score) for n in range(number)]


def row(table: Table, *names: str) -> Group:
    (found,) = (group for group in table.groups if group.names == names)
    return found


# The example of docs/explanation/how-screening-is-checked.md.
EXAMPLE = [
    *people(80, 32, sex="women", origin="A"),
    *people(40, 10, sex="women", origin="B"),
    *people(100, 50, sex="men", origin="A"),
    *people(60, 27, sex="men", origin="B"),
    *people(12, 9, sex="another", origin="A"),
    *people(8, 4, origin="B"),
]


def test_the_worked_example_by_one_trait() -> None:
    table = selection_table(EXAMPLE, "sex")

    assert [group.names for group in table.groups] == [("another",), ("men",), ("women",)]
    men, women = row(table, "men"), row(table, "women")
    assert (men.people, men.counted, round(men.rate, 4)) == (160, 77, 0.4813)
    assert (women.people, women.counted, women.rate) == (120, 42, 0.35)
    assert (men.is_reference, men.ratio, men.ratio_within) == (True, 1.0, (1.0, 1.0))
    assert women.ratio is not None
    assert women.ratio_within is not None
    assert round(women.ratio, 4) == 0.7273
    assert tuple(round(end, 3) for end in women.ratio_within) == (0.543, 0.974)
    assert women.is_below
    assert not women.may_be_chance
    assert table.not_told == 8


def test_the_worked_example_crossed() -> None:
    table = selection_table(EXAMPLE, "sex", "origin")

    assert row(table, "men", "A").is_reference
    ratios = {g.names: round(g.ratio, 3) for g in table.groups if g.ratio is not None}
    assert ratios == {
        ("men", "A"): 1.0,
        ("men", "B"): 0.9,
        ("women", "A"): 0.8,
        ("women", "B"): 0.5,
    }
    assert [g.names for g in table.groups if g.is_below] == [("women", "B")]


def test_a_group_of_few_is_shown_and_not_compared_with() -> None:
    few = row(selection_table(EXAMPLE, "sex"), "another")

    assert few.is_small
    assert (few.people, few.rate, few.ratio, few.is_below) == (12, 0.75, None, False)
    assert few.may_be_chance


def test_a_ratio_of_exactly_four_fifths_is_not_below() -> None:
    table = selection_table([*people(100, 50, sex="m"), *people(100, 40, sex="f")], "sex")

    assert row(table, "f").ratio == 0.8
    assert not row(table, "f").is_below


def test_scoring_counts_who_is_above_the_median_of_everybody() -> None:
    scored = [
        *people(30, 0, score=0.9, sex="m"),
        *people(10, 0, score=0.1, sex="m"),
        *people(10, 0, score=0.9, sex="f"),
        *people(30, 0, score=0.1, sex="f"),
        *people(50, 50, sex="f"),
    ]
    table = scoring_table(scored, "sex")

    assert (row(table, "m").rate, row(table, "f").rate) == (0.75, 0.25)
    assert row(table, "f").people == 40


def test_without_anybody_there_is_no_row_and_no_error() -> None:
    assert selection_table([], "sex").groups == ()
    assert scoring_table([], "sex").groups == ()
    assert wilson(0, 0) == (0.0, 1.0)


def test_where_nobody_was_chosen_there_is_nothing_to_compare_with() -> None:
    table = selection_table([*people(50, 0, sex="m"), *people(50, 0, sex="f")], "sex")

    assert [group.ratio for group in table.groups] == [None, None]


def test_the_interval_of_a_ratio_exists_where_nobody_or_everybody_was_chosen() -> None:
    for low, high in (ratio_interval(0, 40, 20, 40), ratio_interval(40, 40, 40, 40)):
        assert 0 < low < high


counts = st.integers(FEW, 400).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n)))


@given(counts, counts)
def test_a_rate_lies_within_its_interval_and_no_ratio_is_above_one(
    one: tuple[int, int], other: tuple[int, int]
) -> None:
    table = selection_table([*people(*one, sex="m"), *people(*other, sex="f")], "sex")

    for group in table.groups:
        low, high = group.rate_within
        assert 0 <= low <= group.rate + 1e-12
        assert group.rate - 1e-12 <= high <= 1
        assert group.ratio is None or group.ratio <= 1 or isclose(group.ratio, 1)


@given(counts)
def test_more_people_of_the_same_kind_narrow_the_interval(one: tuple[int, int]) -> None:
    number, chosen = one
    low, high = wilson(chosen, number)
    lower, higher = wilson(chosen * 10, number * 10)

    assert higher - lower < high - low
