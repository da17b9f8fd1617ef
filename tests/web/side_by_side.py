"""Several at once: threads with connections of their own, for what must not get lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from threading import Barrier, Thread

from django.db import connection


def side_by_side(works: Iterable[Callable[[], object]]) -> None:
    """Do all of it at the same time; raises what one of them raised."""
    todo = list(works)
    start = Barrier(len(todo))
    problems: list[BaseException] = []

    def run(work: Callable[[], object]) -> None:
        try:
            start.wait()
            work()
        except BaseException as problem:  # noqa: BLE001 - raised again below
            problems.append(problem)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(work,)) for work in todo]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise problems[0]
