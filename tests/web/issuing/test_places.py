"""Places in status lists: each once, and in an order that nobody can tell without the secret."""

from __future__ import annotations

from itertools import pairwise
from statistics import correlation

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealwright.credentials.status import MIN_ENTRIES
from sealwright.web.issuing.models import StatusBlock
from sealwright.web.issuing.services.places import permuted, take_places
from tests.web.factories import an_organisation

SEED = bytes(range(32))


@given(st.binary(min_size=32, max_size=32), st.integers(1, 700))
def test_every_number_comes_to_stand_at_one_place(seed: bytes, size: int) -> None:
    places = [permuted(number, seed=seed, size=size) for number in range(size)]

    assert sorted(places) == list(range(size))


def test_all_of_a_list_is_used() -> None:
    places = {permuted(number, seed=SEED, size=MIN_ENTRIES) for number in range(MIN_ENTRIES)}

    assert places == set(range(MIN_ENTRIES))


@pytest.mark.parametrize("seed", [SEED, SEED[::-1], b"a".ljust(32, b"b")])
def test_neighbours_are_not_neighbours(seed: bytes) -> None:
    some = [permuted(number, seed=seed, size=MIN_ENTRIES) for number in range(4_000)]
    steps = [abs(one - other) for one, other in pairwise(some)]

    assert abs(correlation(list(map(float, range(len(some)))), list(map(float, some)))) < 0.06
    assert abs(sum(steps) / len(steps) - MIN_ENTRIES / 3) < MIN_ENTRIES / 40
    assert len({place // 1024 for place in some}) == MIN_ENTRIES // 1024


def test_another_secret_is_another_order() -> None:
    orders = [
        [permuted(number, seed=seed, size=MIN_ENTRIES) for number in range(64)]
        for seed in (SEED, SEED[:-1] + b"\0")
    ]

    assert len({*orders[0]} & {*orders[1]}) < 4


def test_places_go_on_in_the_next_block_where_one_is_full() -> None:
    organisation = an_organisation()
    [(block, _)] = take_places(organisation, 1)
    StatusBlock.objects.filter(pk=block.pk).update(used=block.size - 2)

    places = take_places(organisation, 5)

    assert [one.number for one, _ in places] == [1, 1, 2, 2, 2]
    assert len({(one.pk, place) for one, place in places}) == 5
