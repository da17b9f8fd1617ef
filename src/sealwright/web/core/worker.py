"""The background worker: duties that look for work in rows, and do a piece of it.

There is no queue. What is to be done is always told by rows of the application itself (a
message not sent, a batch not finished, a list older than its facts), so a lost process loses
nothing: the next one finds the same rows. A duty takes a piece of work under a lease, does
it, and says whether there may be more. All duties are safe to run twice and side by side.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from sealwright.web.core.models import Heartbeat

logger = logging.getLogger(__name__)

IDLE_SECONDS: Final = 1.0
BEAT: Final = timedelta(seconds=15)


@dataclass(frozen=True, slots=True)
class Duty:
    """One kind of work. `run` does a piece and returns whether there may be more right now.

    `every` is how often it is worth looking when the last look found nothing.
    """

    name: str
    run: Callable[[], bool]
    every: timedelta = timedelta(seconds=2)


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


def run_forever(stop: Callable[[], bool], *, clock: Callable[[], float] = time.monotonic,
                sleep: Callable[[float], None] = time.sleep) -> None:  # fmt: skip
    """Work until `stop` says so. A duty that fails is logged and looked at again later."""
    due = dict.fromkeys(_duties, clock())
    while not stop():
        busy = False
        for duty in duties():
            if clock() < due.get(duty.name, 0):
                continue
            close_old_connections()
            more = _attempt(duty)
            busy = busy or more
            due[duty.name] = clock() + (0 if more else duty.every.total_seconds())
        if not busy:
            sleep(IDLE_SECONDS)


def _attempt(duty: Duty) -> bool:
    try:
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
