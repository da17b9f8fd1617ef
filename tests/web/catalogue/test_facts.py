"""Numbers that other apps count: told only where there is something to tell."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import pytest

from sealwright.web.catalogue import facts
from sealwright.web.catalogue.facts import Numbers, numbers_of, register_counter


@pytest.fixture(autouse=True)
def _no_counters() -> Iterator[None]:
    known = dict(facts._counters)
    facts._counters.clear()
    yield
    facts._counters.clear()
    facts._counters.update(known)


def test_what_nobody_counts_is_not_told() -> None:
    assert numbers_of([1]) == {1: Numbers(attempts=None, passes=None, awards=None)}


def test_counters_are_asked_once_for_all_programmes() -> None:
    asked: list[Collection[int]] = []

    def count(programmes: Collection[int]) -> dict[int, int]:
        asked.append(programmes)
        return {1: 812}

    register_counter("awards", count)

    numbers = numbers_of([1, 2])

    assert numbers == {1: Numbers(awards=812), 2: Numbers(awards=0)}
    assert asked == [[1, 2]]


@pytest.mark.parametrize(
    ("numbers", "rate"),
    [
        (Numbers(attempts=1329, passes=812), 61),
        (Numbers(attempts=0, passes=0), None),
        (Numbers(awards=12), None),
        (Numbers(attempts=3, passes=0), 0),
    ],
)
def test_a_pass_rate_needs_attempts(numbers: Numbers, rate: int | None) -> None:
    assert numbers.pass_rate == rate
