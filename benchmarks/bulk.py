"""Issuing in bulk: how long a batch takes from rows to signed, stored and logged awards.

    python -m benchmarks.bulk [--sizes 10000 100000] [--backends sqlite postgresql]

Each run is a process of its own on an empty database, with what a site has: a table of people
taken in as intents, then a worker that signs, stores, logs, writes the trail and the mails
(which are rows to be sent, not sent here). Afterwards the rows are counted and every document is
verified again, and only then a speed is printed. Asked for, at 100,000 awards: 30 s for the
signing path (from the values of a person to signed bytes in memory), 5 minutes for the whole,
and at most 1.2 times the memory of 10,000. One process signs a batch, so one core does it.

PostgreSQL is measured where `SEALWRIGHT_TEST_DATABASE` names a server that may be used for
it, as `tests/with-postgresql.sh` does; with `SYNC=on` that one is as durable as a real one.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any, Final
from urllib.parse import urlsplit

from benchmarks.measuring import write_results

SIZES: Final = (10_000, 100_000)
BACKENDS: Final = ("sqlite", "postgresql")
LIMIT_SIGNING: Final = 30.0
LIMIT_SECONDS: Final = 300.0
LIMIT_GROWTH: Final = 1.2


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--backends", nargs="+", choices=BACKENDS, default=BACKENDS)
    parser.add_argument("--child", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        print(json.dumps(issue(arguments.child)))
        return 0
    print(f"{'backend':12}{'awards':>9}{'seconds':>10}{'signing s':>11}{'a second':>10}{'MB':>7}")
    runs = [run(each, size) for each in present(arguments.backends) for size in arguments.sizes]
    missed = list(shortfalls(runs))
    file = write_results("bulk", {"runs": runs, "missed": missed})
    print(f"Written to {file}. " + ("; ".join(missed) or "All within what is asked for."))
    return 1 if missed else 0


def present(backends: list[str]) -> Iterator[str]:
    """Those that can be measured here; says which not."""
    for each in backends:
        if each == "postgresql" and not os.environ.get("SEALWRIGHT_TEST_DATABASE"):
            print("postgresql: not measured, SEALWRIGHT_TEST_DATABASE names no server")
        else:
            yield each


def run(backend: str, size: int) -> dict[str, Any]:
    """One batch of `size` on an empty database, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "sealwright.web.config.settings",
            "SEALWRIGHT_DATA": folder,
            "SEALWRIGHT_BASE_URL": "http://localhost:8000",
            "SEALWRIGHT_DATABASE": database(backend, Path(folder)),
        }
        command = [sys.executable, "-m", "benchmarks.bulk", "--child", str(size)]
        child = subprocess.run(
            command, env=environment, stdout=subprocess.PIPE, text=True, check=True
        )
    found: dict[str, Any] = {"backend": backend, **json.loads(child.stdout.splitlines()[-1])}
    print(
        f"{backend:12}{size:>9,}{found['seconds']:>10.1f}{found['signing_seconds']:>11.1f}"
        f"{size / found['seconds']:>10,.0f}{found['peak_mb']:>7.0f}",
        flush=True,
    )
    return found


def database(backend: str, folder: Path) -> str:
    """Where an empty database is."""
    if backend == "sqlite":
        return str(folder / "bulk.sqlite3")
    import psycopg

    server = os.environ["SEALWRIGHT_TEST_DATABASE"]
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS bulk")
        connection.execute("CREATE DATABASE bulk")
    return urlsplit(server)._replace(path="/bulk").geturl()


def shortfalls(runs: list[dict[str, Any]]) -> Iterator[str]:
    """What is asked for and was not reached, in words."""
    for each in runs:
        if each["awards"] != max(SIZES):
            continue
        where = f"{each['backend']}, {each['awards']:,}"
        signing = each["signing_seconds"]
        if signing > LIMIT_SIGNING:
            yield f"{where}: {signing:.0f} s of signing (asked: {LIMIT_SIGNING:.0f})"
        if each["seconds"] > LIMIT_SECONDS:
            yield f"{where}: {each['seconds']:.0f} s (asked: {LIMIT_SECONDS:.0f})"
        for small in runs:
            if small["backend"] == each["backend"] and small["awards"] == min(SIZES):
                growth = each["peak_mb"] / small["peak_mb"]
                if growth > LIMIT_GROWTH:
                    yield f"{where}: {growth:.2f} times the memory of {min(SIZES):,}"


# --- Within the child -----------------------------------------------------------------------


def issue(size: int) -> dict[str, Any]:
    """Issue to `size` people and see that all of it is there; the figures of it."""
    import django

    django.setup()
    from django.core.management import call_command

    from sealwright.web.core import points
    from sealwright.web.issuing.models import Batch
    from sealwright.web.issuing.services.batches import Person, carry_out, make_batch
    from sealwright.web.organisations.models import Role
    from tests.web.factories import a_version, an_actor, an_organisation

    call_command("migrate", interactive=False, verbosity=0)
    college = an_organisation()
    version, actor = a_version(college, name_signed=True), an_actor(Role.ISSUER, college)
    signing = Stopwatch("lint", "sign")
    points.watchers.append(signing)
    started = perf_counter()
    people = (Person(f"p{n}@people.example", name=f"Person {n}") for n in range(size))
    batch = make_batch(version, people, actor=actor, source=Batch.Source.API)
    taken_in = perf_counter() - started
    while carry_out(batch.pk):
        pass
    seconds = perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    check(batch.pk, size)
    return {
        "awards": size,
        "seconds": round(seconds, 2),
        "taking_in_seconds": round(taken_in, 2),
        "signing_seconds": round(signing.seconds, 2),
        "peak_mb": round(peak, 1),
    }


class Stopwatch:
    """Adds up the time between two points of the work."""

    def __init__(self, start: str, stop: str) -> None:
        self.start, self.stop = start, stop
        self.seconds = self.since = 0.0

    def __call__(self, point: str) -> None:
        if point == self.start:
            self.since = perf_counter()
        elif point == self.stop:
            self.seconds += perf_counter() - self.since


def check(number: int, size: int) -> None:
    """Raise `AssertionError` unless each award is there once, with place, leaf, mail and proof."""
    from django.db.models import Count

    from sealwright.web.audit.models import Entry
    from sealwright.web.config.backups import Checked, check_all
    from sealwright.web.core.models import Message
    from sealwright.web.issuing.models import Award, Batch, Credential
    from sealwright.web.transparency.models import Leaf

    batch = Batch.objects.get(pk=number)
    assert (batch.state, batch.issued, batch.refused) == (Batch.State.DONE, size, 0)
    assert Award.objects.count() == Credential.objects.count() == size
    places = Credential.objects.values("block", "index").annotate(n=Count("pk"))
    assert places.count() == size, "a place of a status list was used twice"
    assert Leaf.objects.count() == Message.objects.count() == size
    assert Entry.objects.filter(event="award.issued").count() == size
    assert check_all(say=lambda _: None) == Checked(keys=2, credentials=size, erased=0, wrong=[])


if __name__ == "__main__":
    sys.exit(main())
