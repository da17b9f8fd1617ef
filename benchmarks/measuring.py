"""How a rate is taken, and how workers in other languages and environments are asked for one."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, TypeVar

T = TypeVar("T")
RESULTS = Path("build/bench")


def rate(work: Callable[[T], object], items: Sequence[T], seconds: float) -> float:
    """Items a second, cycling through all `items` for at least `seconds`."""
    done = 0
    started = perf_counter()
    while (elapsed := perf_counter() - started) < seconds:
        for item in items:
            work(item)
        done += len(items)
    return done / elapsed


def pin_to_one_core() -> str:
    """Keep this process and its children on one core; says which, or why not."""
    if not hasattr(os, "sched_setaffinity"):
        return "not pinned: the system has no such call"
    core = max(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    return f"pinned to core {core}"


@dataclass
class Worker:
    """A process that answers one JSON line with another."""

    name: str
    process: subprocess.Popen[str]

    @classmethod
    def start(cls, name: str, command: Sequence[str], folder: Path | None = None) -> Worker:
        paths = [str(Path.cwd()), os.environ.get("PYTHONPATH", "")]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=folder,
            env=environment,
        )
        return cls(name, process)

    def ask(self, do: str, **arguments: Any) -> dict[str, Any]:
        """The answer to one request. Raises `RuntimeError` when the worker has gone."""
        stdin, stdout = self.process.stdin, self.process.stdout
        if stdin is None or stdout is None:
            raise RuntimeError(f"{self.name} has no pipes")
        stdin.write(json.dumps({"do": do, **arguments}) + "\n")
        stdin.flush()
        answer = stdout.readline()
        if not answer:
            raise RuntimeError(f"{self.name} stopped at “{do}”")
        found: dict[str, Any] = json.loads(answer)
        if "error" in found:
            raise RuntimeError(f"{self.name} at “{do}”: {found['error']}")
        return found

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


def spread(values: Sequence[float]) -> str:
    """The median, with the lowest and the highest."""
    return f"{median(values):,.4g} ({min(values):,.4g}–{max(values):,.4g})"


def write_results(name: str, results: dict[str, Any]) -> Path:
    """Write `build/bench/NAME.json`."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    file = RESULTS / f"{name}.json"
    file.write_text(json.dumps(results, indent=1) + "\n", "utf-8")
    return file
