"""The best of many: the answer of a plain loop over everybody, whatever they hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealwright.skills.errors import UnfitRequest
from sealwright.skills.screening.pool import WHOLE, Place, Pool, PoolBuilder, Wanted

Holding = tuple[int, int]
People = list[dict[str, Holding]]

SKILLS = ("sql", "python", "cooking")
holdings = st.dictionaries(
    st.sampled_from(SKILLS), st.tuples(st.integers(0, 8), st.integers(0, WHOLE))
)
questions = st.lists(
    st.builds(
        Wanted,
        st.sampled_from((*SKILLS, "unheard of")),
        st.integers(1, 8),
        st.floats(0.5, 5),
        st.booleans(),
    ),
    min_size=1,
    max_size=4,
)


def pool_of(people: People) -> Pool:
    builder = PoolBuilder()
    for person, held in enumerate(people):
        for skill, (level, weight) in held.items():
            builder.add(person, skill, level, weight)
    return builder.build(len(people))


def plainly(people: People, wanted: list[Wanted], number: int) -> list[Place]:
    whole = sum(each.weight for each in wanted)
    found = []
    for person, held in enumerate(people):
        score, passes = 0.0, True
        for each in wanted:
            level, weight = held.get(each.skill, (0, 0))
            score += each.weight / whole * (min(level / each.level, 1.0) * (weight / WHOLE))
            passes = passes and not (each.must and (level < each.level or not weight))
        if passes and score:
            found.append((-score, person))
    found.sort()
    kept = [row for row in found if len(found) <= number or row[0] <= found[number - 1][0]]
    return [
        Place(1 + sum(other < score for other, _ in kept), person, -score) for score, person in kept
    ]


@given(st.lists(holdings, max_size=30), questions, st.integers(1, 10))
def test_the_answer_is_that_of_a_plain_loop(
    people: People, wanted: list[Wanted], number: int
) -> None:
    assert pool_of(people).best(wanted, number) == plainly(people, wanted, number)


def test_equal_scores_share_a_rank_and_none_of_them_is_cut_off() -> None:
    people: People = [{"sql": (3, WHOLE)}] * 3 + [{"sql": (3, WHOLE // 2)}]
    found = pool_of(people).best([Wanted("sql", 3)], 2)

    assert [(place.rank, place.person) for place in found] == [(1, 0), (1, 1), (1, 2)]


def test_who_lacks_a_must_is_not_in_the_answer_however_good_the_rest() -> None:
    people: People = [{"python": (8, WHOLE)}, {"sql": (2, WHOLE), "python": (1, 1)}]
    wanted = [Wanted("sql", 2, must=True), Wanted("python", weight=9)]

    assert [place.person for place in pool_of(people).best(wanted, 10)] == [1]


def test_a_must_is_not_met_by_a_proof_that_counts_nothing() -> None:
    people: People = [{"sql": (5, 0), "python": (5, WHOLE)}]

    assert pool_of(people).best([Wanted("sql", must=True), Wanted("python")], 5) == []


@pytest.mark.parametrize(
    "holding", [(0, "sql", -1, 5), (0, "sql", 256, 5), (0, "sql", 3, WHOLE + 1), (0, "sql", 3, -1)]
)
def test_numbers_out_of_range_are_refused(holding: tuple[int, str, int, int]) -> None:
    with pytest.raises(UnfitRequest) as refused:
        PoolBuilder().add(*holding)
    assert refused.value.code == "pool-range"


def test_nobody_holds_a_skill_twice_and_people_come_in_order() -> None:
    builder = PoolBuilder()
    builder.add(1, "sql", 3, 100)

    for person in (1, 0, -1):
        with pytest.raises(UnfitRequest) as refused:
            builder.add(person, "sql", 3, 100)
        assert refused.value.code == "pool-order"


@pytest.mark.parametrize(
    "wanted", [[], [Wanted("sql", 0)], [Wanted("sql", weight=0)], [Wanted("sql", weight=-1)]]
)
def test_a_question_that_asks_for_nothing_is_refused(wanted: list[Wanted]) -> None:
    with pytest.raises(UnfitRequest) as refused:
        pool_of([{"sql": (3, 5)}]).best(wanted, 5)
    assert refused.value.code == "wanted"


def test_the_lists_take_seven_bytes_a_holding() -> None:
    assert pool_of([{"sql": (3, 5), "python": (1, 1)}]).nbytes == 14
