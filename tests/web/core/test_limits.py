"""How often a caller may ask, and who the caller is."""

from __future__ import annotations

from collections.abc import Callable
from multiprocessing import get_context
from typing import Any

import pytest
from django.test import RequestFactory

from sealwright.web.core import limits
from sealwright.web.core.limits import caller, counters, spend
from sealwright.web.core.refusals import TOO_OFTEN, Refusal

NOON = 1_795_435_200.0


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Sets the clock."""

    def at(now: float) -> None:
        monkeypatch.setattr(limits, "clock", lambda: now)

    at(NOON)
    return at


def test_sixty_in_a_minute_are_welcome_and_one_more_is_not(
    clock: Callable[[float], None],
) -> None:
    for _ in range(60):
        spend("check", "192.0.2.1", amount=1, a_minute=60)

    clock(NOON + 20)
    with pytest.raises(Refusal) as refusal:
        spend("check", "192.0.2.1", amount=1, a_minute=60)

    assert refusal.value.kind is TOO_OFTEN
    assert refusal.value.retry_after == 41


def test_the_next_minute_starts_anew(clock: Callable[[float], None]) -> None:
    spend("check", "192.0.2.1", amount=60, a_minute=60)

    clock(NOON + 60)
    spend("check", "192.0.2.1", amount=60, a_minute=60)


def test_callers_and_kinds_of_work_are_counted_apart() -> None:
    spend("check", "192.0.2.1", amount=60, a_minute=60)

    spend("check", "192.0.2.2", amount=60, a_minute=60)
    spend("other", "192.0.2.1", amount=60, a_minute=60)


def test_what_does_not_fit_costs_nothing() -> None:
    spend("check", "192.0.2.1", amount=20, a_minute=60)
    with pytest.raises(Refusal):
        spend("check", "192.0.2.1", amount=50, a_minute=60)

    spend("check", "192.0.2.1", amount=40, a_minute=60)


def test_all_processes_of_a_server_count_together() -> None:
    def ask(answers: Any) -> None:
        for _ in range(30):
            answers.put(counters.take("check/192.0.2.1", 1, 1, 40))

    context = get_context("fork")
    answers = context.SimpleQueue()
    workers = [context.Process(target=ask, args=(answers,)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sum(answers.get() for _ in range(60)) == 40


def test_after_a_restart_everybody_starts_anew() -> None:
    spend("check", "192.0.2.1", amount=60, a_minute=60)

    counters.forget()

    spend("check", "192.0.2.1", amount=60, a_minute=60)


@pytest.mark.parametrize(
    ("address", "who"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:0db8:0001:0002"),
        ("2001:db8:1:2:ffff::1", "2001:0db8:0001:0002"),
        ("", "unknown"),
        ("nonsense", "unknown"),
    ],
)
def test_an_ipv6_caller_is_a_network_of_64_bits(address: str, who: str) -> None:
    assert caller(RequestFactory().get("/", REMOTE_ADDR=address)) == who


def test_a_header_that_no_proxy_of_ours_wrote_is_not_believed(settings: Any) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR="192.0.2.9")

    assert caller(request) == "192.0.2.1"
    settings.PROXIES = 1
    assert caller(request) == "192.0.2.9"


def test_only_the_part_our_own_proxies_wrote_is_believed(settings: Any) -> None:
    settings.PROXIES = 2
    forged = RequestFactory().get(
        "/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="1.2.3.4, 192.0.2.9, 10.0.0.2"
    )
    short = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="1.2.3.4")

    assert caller(forged) == "192.0.2.9"
    assert caller(short) == "10.0.0.1"
