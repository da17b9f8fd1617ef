"""The background worker: duties that look for work in rows, and do a piece of it.

There is no queue. What is to be done is always told by rows of the application itself (a
message not sent, a batch not finished, a list older than its facts), so a lost process loses
nothing: the next one finds the same rows. A duty takes a piece of work under a lease, does
it, and says whether there may be more. All duties are safe to run twice and side by side.

Duties take turns, so a turn is short. What may take longer is declared to be `apart`: it has a
thread and a database connection of its own, and nothing waits for it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from threading import Thread
from typing import Final

from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone

from sealwright.web.core.models import Heartbeat

logger = logging.getLogger(__name__)

IDLE_SECONDS: Final = 1.0
PATIENCE: Final = 5.0
"""Seconds that a worker which is stopped waits for duties apart; then they are cut off."""

BEAT: Final = timedelta(seconds=15)


@dataclass(frozen=True, slots=True)
class Duty:
    """One kind of work. `run` does a piece and returns whether there may be more right now.

    `every` is how often it is worth looking when the last look found nothing. One that may
    take seconds, or waits for somebody else's server, is `apart` from the others; it is in no
    transaction meanwhile, because SQLite has one writer.
    """

    name: str
    run: Callable[[], bool]
    every: timedelta = timedelta(seconds=2)
    apart: bool = False


_duties: dict[str, Duty] = {}


def register(duty: Duty) -> None:
    """Add a duty. Called from `AppConfig.ready`."""
    _duties[duty.name] = duty


def duties() -> list[Duty]:
    """All duties, in the order in which they were registered."""
    return list(_duties.values())


def run_pending(limit: int = 10_000) -> int:
    """Do everything there is to do now; how many pieces that was. For tests and commands."""
    pieces = 0
    while pieces < limit:
        answers = [duty.run() for duty in duties()]  # each of them, not only the first with work
        if not any(answers):
            break
        pieces += 1
    return pieces


def run_forever(stop: Callable[[], bool], *, sleep: Callable[[float], object] = time.sleep) -> None:
    """Work until `stop` says so. A duty that fails is logged and looked at again later.

    What a duty apart is in the middle of then has `PATIENCE` seconds to be done; after that the
    end of the process cuts it off, which loses nothing (see above).
    """
    turns = [duty for duty in duties() if not duty.apart]
    apart = [
        Thread(target=_work_apart, args=(duty, stop, sleep), name=duty.name, daemon=True)
        for duty in duties()
        if duty.apart
    ]
    for thread in apart:
        thread.start()
    _work(turns, stop, sleep)
    until = time.monotonic() + PATIENCE
    for thread in apart:
        thread.join(max(0.0, until - time.monotonic()))


def _work_apart(duty: Duty, stop: Callable[[], bool], sleep: Callable[[float], object]) -> None:
    try:
        _work([duty], stop, sleep)
    finally:
        connections.close_all()  # those of this thread


def _work(
    turns: Sequence[Duty], stop: Callable[[], bool], sleep: Callable[[float], object]
) -> None:
    due = dict.fromkeys((duty.name for duty in turns), time.monotonic())
    while not stop():
        busy = False
        for duty in turns:
            if time.monotonic() < due[duty.name]:
                continue
            more = _attempt(duty)
            busy = busy or more
            due[duty.name] = time.monotonic() + (0 if more else duty.every.total_seconds())
        if not busy:
            sleep(IDLE_SECONDS)


def _attempt(duty: Duty) -> bool:
    try:
        close_old_connections()
        return duty.run()
    except DatabaseError:
        logger.exception("duty %s: the database refused", duty.name)
    except Exception:  # one duty's fault must not stop the others
        logger.exception("duty %s failed", duty.name)
    return False


def beat() -> bool:
    """Leave a mark that a worker is at work; there is never more of it to do."""
    Heartbeat.objects.update_or_create(name="worker", defaults={"at": timezone.now()})
    return False
