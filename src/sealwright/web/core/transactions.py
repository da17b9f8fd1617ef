"""Transactions that are tried again when the database asks for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final, TypeVar

from django.db import OperationalError, transaction

T = TypeVar("T")
ATTEMPTS: Final = 5
_AGAIN: Final = ("40001", "40P01", "55P03")
"""PostgreSQL: serialization failure, deadlock, lock not available."""


def in_transaction(change: Callable[[], T]) -> T:
    """`change()` in a transaction of its own; tried again after a lost race for a lock."""
    for attempt in range(ATTEMPTS):
        try:
            with transaction.atomic(durable=True):
                return change()
        except OperationalError as problem:
            if attempt + 1 == ATTEMPTS or not _may_go_better(problem):
                raise
            time.sleep(0.05 * 2**attempt)
    raise AssertionError("unreachable")


def within_transaction(change: Callable[[], T]) -> T:
    """`change()` as part of the caller's transaction where there is one, else in its own."""
    if transaction.get_connection().in_atomic_block:
        with transaction.atomic():
            return change()
    return in_transaction(change)


def _may_go_better(problem: OperationalError) -> bool:
    state = getattr(problem.__cause__, "sqlstate", None)
    return state in _AGAIN or "locked" in str(problem)
