"""The worker: what takes long holds nothing up, and what fails stops nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from threading import Event, current_thread
from threading import enumerate as threads

import pytest
from django.utils import timezone

from sealwright.web.core import worker
from sealwright.web.core.models import Heartbeat
from sealwright.web.core.worker import Duty, duties, register, run_forever, run_pending

pytestmark = pytest.mark.django_db(transaction=True)

FAR: float = 20.0
"""Seconds after which a test that hangs gives up; none waits for it when all is well."""

ONCE = timedelta(hours=1)
ALL_THE_TIME = timedelta()


@pytest.fixture(autouse=True)
def _no_other_duties(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_duties", {})


@pytest.fixture
def done() -> Iterator[Event]:
    """Set when the worker is to stop."""
    event = Event()
    yield event
    event.set()


def _mark(name: str) -> bool:
    """Leave a mark in the database; there is never more of it to do."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": timezone.now()})
    return False


def _marked() -> set[str]:
    return set(Heartbeat.objects.values_list("name", flat=True))


def test_a_long_duty_holds_up_no_short_one(done: Event) -> None:
    short_was_done, seen = Event(), []

    def long() -> bool:
        _mark("long has begun")
        seen.append(short_was_done.wait(FAR))
        _mark("long is done")
        done.set()
        return False

    def short() -> bool:
        if "long has begun" in _marked():
            _mark("short is done")
            short_was_done.set()
        return False

    register(Duty("long", long, every=ONCE, apart=True))
    register(Duty("short", short, every=ALL_THE_TIME))
    run_forever(done.is_set, sleep=lambda seconds: done.wait(0.01))

    assert seen == [True]
    assert _marked() == {"long has begun", "short is done", "long is done"}


def test_two_long_duties_do_not_wait_for_each_other(done: Event) -> None:
    first, second, met = Event(), Event(), []

    def meet(mine: Event, other: Event) -> bool:
        mine.set()
        met.append(other.wait(FAR))
        if len(met) == 2:
            done.set()
        return False

    register(Duty("one", lambda: meet(first, second), every=ONCE, apart=True))
    register(Duty("another", lambda: meet(second, first), every=ONCE, apart=True))
    run_forever(done.is_set, sleep=lambda seconds: done.wait(0.01))

    assert met == [True, True]


@pytest.mark.parametrize("apart", [True, False])
def test_a_duty_that_fails_is_logged_and_tried_again(
    done: Event, apart: bool, caplog: pytest.LogCaptureFixture
) -> None:
    times = []

    def fail() -> bool:
        times.append("failed")
        if len(times) == 3:
            done.set()
        raise RuntimeError("a fault of ours")

    register(Duty("faulty", fail, every=ALL_THE_TIME, apart=apart))
    register(Duty("sound", lambda: _mark("sound"), every=ONCE))
    run_forever(done.is_set, sleep=lambda seconds: done.wait(0.01))

    assert len(times) == 3
    assert caplog.text.count("duty faulty failed") == 3
    assert "sound" in _marked()


def test_a_stopped_worker_lets_a_long_duty_finish(done: Event) -> None:
    def long() -> bool:
        done.set()
        return _mark("finished")

    register(Duty("long", long, every=ONCE, apart=True))
    run_forever(done.is_set, sleep=lambda seconds: done.wait(FAR))

    assert _marked() == {"finished"}
    assert "long" not in {thread.name for thread in threads()}


def test_a_stopped_worker_does_not_wait_for_ever(
    done: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "PATIENCE", 0.0)
    released = Event()

    def endless() -> bool:
        done.set()
        return not released.wait(FAR)

    register(Duty("endless", endless, every=ONCE, apart=True))
    run_forever(done.is_set, sleep=lambda seconds: done.wait(FAR))
    left = next(thread for thread in threads() if thread.name == "endless")

    assert left.daemon, "the end of the process cuts it off"
    released.set()
    left.join()


def test_commands_and_tests_do_everything_one_after_another_in_their_own_thread() -> None:
    where: list[tuple[str, str]] = []

    def note(name: str) -> bool:
        where.append((name, current_thread().name))
        return False

    register(Duty("long", lambda: note("long"), apart=True))
    register(Duty("short", lambda: note("short")))
    run_pending()

    me = current_thread().name
    assert where == [("long", me), ("short", me)]


def test_what_takes_long_or_asks_others_is_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()

    apart = {duty.name for duty in duties() if duty.apart}

    assert apart == {"indexes of frameworks", "exit bundles", "domains", "mail"}
