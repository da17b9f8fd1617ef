"""The loop of a Python worker: one JSON request a line on standard input, one answer each.

Runs in the peers' own environment too, so it needs the standard library only.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any, Protocol


class Implementation(Protocol):
    """What is measured: text in, text out. `verify` raises when it does not accept."""

    did: str

    def issue(self, text: str) -> str: ...

    def verify(self, text: str) -> object: ...


def serve(implementation: Implementation, **more: Callable[[dict[str, Any]], Any]) -> None:
    """Answer requests until the input ends."""
    answers = {"did": _did, "issue": _issue, "check": _check, "rate": _rate, "peak": _peak}
    for line in sys.stdin:
        request = json.loads(line)
        try:
            if request["do"] in more:
                answer = more[request["do"]](request)
            else:
                answer = answers[request["do"]](implementation, request)
        except Exception as problem:  # noqa: BLE001 - whatever a peer raises is its answer
            answer = {"error": f"{type(problem).__name__}: {problem}"[:300]}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def lines(file: str) -> list[str]:
    """The credentials of a file, one a line."""
    return Path(file).read_text("utf-8").splitlines()


def _did(implementation: Implementation, request: dict[str, Any]) -> dict[str, Any]:
    return {"did": implementation.did}


def _issue(implementation: Implementation, request: dict[str, Any]) -> dict[str, Any]:
    signed = [implementation.issue(text) for text in lines(request["file"])]
    Path(request["out"]).write_text("\n".join(signed) + "\n", "utf-8")
    return {"issued": len(signed)}


def _check(implementation: Implementation, request: dict[str, Any]) -> dict[str, Any]:
    accepted, why = 0, ""
    texts = lines(request["file"])
    for text in texts:
        try:
            implementation.verify(text)
        except Exception as problem:  # noqa: BLE001 - a peer refuses with what it likes
            why = f"{type(problem).__name__}: {problem}"[:200]
        else:
            accepted += 1
    return {"accepted": accepted, "of": len(texts), "why": why}


def _rate(implementation: Implementation, request: dict[str, Any]) -> dict[str, Any]:
    work = implementation.issue if request["what"] == "issue" else implementation.verify
    items = lines(request["file"])
    done, started = 0, perf_counter()
    while (elapsed := perf_counter() - started) < request["seconds"]:
        for item in items:
            work(item)
        done += len(items)
    return {"rate": done / elapsed}


def _peak(implementation: Implementation, request: dict[str, Any]) -> dict[str, Any]:
    return {"peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}
