"""Backing up and restoring: how long until every award stands and was verified again.

    python -m benchmarks.restore [--awards 100000]

Three processes on SQLite: one issues, one writes the backup, one restores it into an empty
database and verifies every credential again, as `sealwright restore` does. What was backed
up and what was restored must be the same number of rows.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks import bulk
from benchmarks.measuring import write_results


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--awards", type=int, default=100_000)
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.step:
        print(json.dumps(STEPS[arguments.step](arguments.awards)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        results = {
            step: run(step, arguments.awards, Path(folder), database)
            for step, database in (("issue", "old"), ("back up", "old"), ("restore", "new"))
        }
    file = write_results("restore", results)
    same = results["back up"]["rows"] == results["restore"]["rows"]
    right = same and results["restore"]["verified"] == arguments.awards
    print(f"Written to {file}. " + ("All verified again." if right else "NOT ALL IS THERE."))
    return 0 if right else 1


def run(step: str, awards: int, folder: Path, database: str) -> dict[str, Any]:
    """One step in a process of its own."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "sealwright.web.config.settings",
        "SEALWRIGHT_DATA": str(folder),
        "SEALWRIGHT_BASE_URL": "http://localhost:8000",
        "SEALWRIGHT_DATABASE": str(folder / f"{database}.sqlite3"),
    }
    command = [sys.executable, "-m", "benchmarks.restore", "--step", step, "--awards", str(awards)]
    child = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(child.stdout.splitlines()[-1])
    print(
        f"{step:10}" + ", ".join(f"{value:,} {name}" for name, value in found.items()), flush=True
    )
    return found


# --- Within the children --------------------------------------------------------------------


def back_up(awards: int) -> dict[str, Any]:
    import django

    django.setup()
    from sealwright.web.config import backups

    started = perf_counter()
    rows = backups.back_up(backup_file(), say=lambda _: None)
    return {"rows": rows, "MB": backup_file().stat().st_size // 2**20, **since(started)}


def restore(awards: int) -> dict[str, Any]:
    import django

    django.setup()
    from sealwright.web.config import backups

    started = perf_counter()
    rows = backups.restore(backup_file(), say=lambda _: None)
    stored = perf_counter() - started
    checked = backups.check_all(say=lambda _: None)
    assert not checked.wrong
    return {
        "rows": rows,
        "seconds until stored": round(stored, 1),
        "verified": checked.credentials,
        **since(started),
    }


def since(started: float) -> dict[str, Any]:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": round(perf_counter() - started, 1), "peak_mb": round(peak)}


def backup_file() -> Path:
    return Path(os.environ["SEALWRIGHT_DATA"]) / "site.backup"


STEPS: dict[str, Callable[[int], dict[str, Any]]] = {
    "issue": bulk.issue,
    "back up": back_up,
    "restore": restore,
}


if __name__ == "__main__":
    sys.exit(main())
