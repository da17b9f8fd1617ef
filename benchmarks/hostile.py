"""The worst that hostile input can do to a verification: processor time and memory.

    python -m benchmarks.hostile [--only WORD]

Every input of `hostile_inputs` is handed to the public `Verifier` in a process of its own,
after a warm-up with a friendly credential. Asked for: no input of up to 64 KB costs more than
100 ms, no input at all makes the process grow by more than 120 MB, nothing hostile is called
valid, and nothing but a report comes back. The best of three runs counts, because the
question is what the input costs, not what else the machine is doing; of an input that is
learnt from, only the run that does it.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import sys
import time
from multiprocessing.connection import Connection
from typing import Any

from benchmarks.hostile_inputs import AT, Hostile, friendly, hostile_inputs
from benchmarks.measuring import write_results
from sealwright.credentials import Verifier
from sealwright.credentials.fetching import RecordedWeb

SMALL = 64 * 1024
LIMIT_MS = 100.0
LIMIT_GROWTH_MB = 120.0
LIMIT_SECONDS = 20
RUNS = 3


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--only", default="", help="measure the inputs with this word in the name")
    only = parser.parse_args().only
    rows = [measured(each) for each in hostile_inputs() if only in each.name]
    rows.sort(key=lambda row: -row["cpu_ms"])
    print(f"{'input':42}{'size':>10}{'CPU ms':>9}{'MB more':>9}  verdict     first finding")
    for row in rows:
        print(
            f"{row['name']:42}{row['bytes']:>10}{row['cpu_ms']:>9.1f}{row['growth_mb']:>9.1f}"
            f"  {row['verdict']:11} {row['code']}{'  <-- ' + row['wrong'] if row['wrong'] else ''}"
        )
    small = [row for row in rows if row["bytes"] <= SMALL]
    worst = {
        "cpu_ms_up_to_64_kb": max(row["cpu_ms"] for row in small) if small else 0.0,
        "cpu_ms": max(row["cpu_ms"] for row in rows),
        "growth_mb": max(row["growth_mb"] for row in rows),
    }
    file = write_results("hostile", {"worst": worst, "inputs": rows})
    wrong = [row["name"] for row in rows if row["wrong"]]
    print(
        f"\n{len(rows)} inputs. Worst up to 64 KB: {worst['cpu_ms_up_to_64_kb']:.1f} ms of CPU "
        f"(asked: {LIMIT_MS:.0f}); worst of all: {worst['cpu_ms']:.1f} ms; "
        f"growth: {worst['growth_mb']:.1f} MB (asked: {LIMIT_GROWTH_MB:.0f})."
    )
    print(f"Written to {file}. " + (f"Wrong: {', '.join(wrong)}." if wrong else "All within."))
    return 1 if wrong else 0


def measured(hostile: Hostile) -> dict[str, Any]:
    """What one input did, in a process that is thrown away afterwards."""
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe()
    process = context.Process(target=_verify, args=(hostile, there))
    process.start()
    there.close()
    try:
        found = here.recv() if here.poll(LIMIT_SECONDS) else {"code": "no answer in time"}
    except EOFError:
        found = {"code": "the process died"}
    process.kill()
    process.join()
    row = {"cpu_ms": 1e3 * LIMIT_SECONDS, "growth_mb": 0.0, "verdict": "none", **found}
    return {"name": hostile.name, "bytes": len(hostile.data), **row, "wrong": _wrong(hostile, row)}


def _wrong(hostile: Hostile, row: dict[str, Any]) -> str:
    if row["verdict"] == "none":
        return "no report"
    if row["verdict"] == "valid" and not hostile.may_be_valid:
        return "called valid"
    if len(hostile.data) <= SMALL and row["cpu_ms"] > LIMIT_MS:
        return "too slow"
    return "too large" if row["growth_mb"] > LIMIT_GROWTH_MB else ""


def _verify(hostile: Hostile, answer: Connection) -> None:
    verifier = Verifier(fetcher=RecordedWeb(hostile.web))
    verifier.verify(friendly(), at=AT)
    before = _peak_mb()
    for _ in range(hostile.seen):
        verifier.verify(hostile.data, at=AT)
    times = []
    for _ in range(1 if hostile.seen else RUNS):
        started = time.process_time()
        report = verifier.verify(hostile.data, at=AT)
        times.append(time.process_time() - started)
    telling = [f for f in report.findings if f.outcome != "passed"] or list(report.findings)
    answer.send(
        {
            "cpu_ms": round(min(times) * 1e3, 2),
            "growth_mb": round(_peak_mb() - before, 1),
            "verdict": report.verdict.value,
            "code": telling[0].code,
        }
    )
    json.dumps(report.as_json(hostile.name))


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
