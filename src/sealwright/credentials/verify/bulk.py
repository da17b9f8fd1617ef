"""Work in batches over any `Executor`, in order, with a bounded number on the way."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from itertools import islice
from typing import Final, TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")

BATCHES_IN_FLIGHT: Final = 8
"""Batches handed to the executor ahead of the one that is read: enough to keep it busy,
few enough to keep memory flat."""


def in_batches(
    work: Callable[[list[Given]], list[Made]],
    items: Iterable[Given],
    *,
    executor: Executor,
    chunk: int,
) -> Iterator[Made]:
    """`work` done on `items` by `chunk`, the results in the order of the items.

    A process pool uses one machine; a cluster client that offers the same interface uses
    many, for which `work` has to be picklable.
    """
    waiting: deque[Future[list[Made]]] = deque()
    remaining = iter(items)
    while batch := list(islice(remaining, chunk)):
        waiting.append(executor.submit(work, batch))
        if len(waiting) > BATCHES_IN_FLIGHT:
            yield from waiting.popleft().result()
    while waiting:
        yield from waiting.popleft().result()
