"""Our engine beside others on eddsa-rdfc-2022, one core, in interleaved rounds.

    python -m benchmarks.engine [--rounds 5] [--seconds 0.6] [--count 100]

Text in, text out, distinct credentials, no result cache. Before any speed is printed, every
implementation must accept what every other one signed and refuse a changed copy. Each peer
is a process of its own: Node with @digitalbazaar/vc, and PyLD and openbadgeslib in the
peers' environment; one that is not there is left out, and said so. The table says what each
one's verification includes.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.measuring import RESULTS, Worker, pin_to_one_core, spread, write_results
from benchmarks.workload import SIZES, credential
from sealwright.credentials.jsonld import ContextStore

PEERS_PYTHON = Path("build/peers/bin/python")
NODE_MODULES = Path("interop/node_modules")
CONTEXTS = RESULTS / "contexts.json"

OURS, NODE, PYLD, LIB = "sealwright", "@digitalbazaar/vc", "PyLD", "openbadgeslib"
INCLUDES = {
    OURS: "the public Verifier: every check, status list not fetched",
    NODE: "verifyCredential, documents in memory, status stubbed",
    PYLD: "canonical form and signature, nothing else",
    LIB: "OB3LdpVerifier.verify, as its users call it",
}
GOALS = {
    "verify_vs_node": 20.0,
    "verify_vs_pyld": 15.0,
    "verify_vs_openbadgeslib": 50.0,
    "verify_vs_bare": 0.30,
    "issue_vs_node": 25.0,
    "bulk_vs_bare": 0.30,
}
GOAL_PEAK_MB = 60.0

Rates = dict[tuple[str, str, str], list[float]]
"""(implementation, what, size) to one rate a round."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=0.6)
    parser.add_argument("--count", type=int, default=100, help="distinct credentials a size")
    arguments = parser.parse_args()
    print(f"Measuring, {pin_to_one_core()}; {arguments.rounds} rounds.", flush=True)
    RESULTS.mkdir(parents=True, exist_ok=True)
    store = ContextStore.shipped()
    contexts = {url: {"@context": store.load(url)} for url in store.urls}
    CONTEXTS.write_text(json.dumps(contexts), "utf-8")
    workers = list(start_workers())
    try:
        for worker in workers:
            prepare(worker, arguments.count)
        if problems := list(disagreements(workers)):
            print("\n".join(["No speed is printed, because:", *problems]))
            return 1
        print("Each accepts what every other signed, and refuses changed copies.", flush=True)
        rates = measure(workers, arguments.rounds, arguments.seconds, arguments.count)
        peak = peak_memory()
    finally:
        for worker in workers:
            worker.stop()
    return report(rates, peak)


def start_workers() -> Iterator[Worker]:
    """Ours, and the peers that are installed here."""
    yield start_ours()
    if PEERS_PYTHON.exists():
        python = str(PEERS_PYTHON)
        yield Worker.start(PYLD, [python, "-m", "benchmarks.peers.pyld", str(CONTEXTS)])
        yield Worker.start(LIB, [python, "-m", "benchmarks.peers.openbadgeslib"])
    else:
        print(f"No {PEERS_PYTHON}: PyLD and openbadgeslib are left out.")
    if shutil.which("node") and NODE_MODULES.is_dir():
        yield Worker.start(NODE, ["node", "interop/bench.mjs", str(CONTEXTS)])
    else:
        print("No Node, or its packages are not installed: @digitalbazaar/vc is left out.")


def start_ours() -> Worker:
    return Worker.start(OURS, [sys.executable, "-m", "benchmarks.peers.sealwright"])


def unsigned(worker: str, size: str) -> str:
    return str((RESULTS / f"{worker.strip('@').replace('/', '-')}-{size}.jsonl").resolve())


def signed(worker: str, size: str) -> str:
    return unsigned(worker, f"{size}-signed")


def prepare(worker: Worker, count: int) -> None:
    """Write the worker's own documents, and have it sign them."""
    did = worker.ask("did")["did"]
    for size in SIZES:
        texts = [json.dumps(credential(number, did, size)) for number in range(count)]
        Path(unsigned(worker.name, size)).write_text("\n".join(texts) + "\n", "utf-8")
        worker.ask("issue", file=unsigned(worker.name, size), out=signed(worker.name, size))
    if worker.name == OURS:
        worker.ask("bulk", count=count, out=signed(OURS, "bulk"))


def disagreements(workers: list[Worker]) -> Iterator[str]:
    """What speaks against comparing: a sound credential refused, or a changed one accepted."""
    files = [(worker.name, size) for worker in workers for size in SIZES] + [(OURS, "bulk")]
    for issuer, size in files:
        changed = Path(signed(issuer, f"{size}-changed"))
        changed.write_text(
            Path(signed(issuer, size)).read_text("utf-8").replace("reliable data", "reliable dat4"),
            "utf-8",
        )
        for worker in workers:
            found = worker.ask("check", file=signed(issuer, size))
            if found["accepted"] != found["of"]:
                yield f"{worker.name} refuses {size} ones of {issuer}: {found['why']}"
            if worker.ask("check", file=str(changed.resolve()))["accepted"]:
                yield f"{worker.name} accepts changed {size} ones of {issuer}"


def measure(workers: list[Worker], rounds: int, seconds: float, count: int) -> Rates:
    """Rates a second. The workers take turns, so that a slow minute hits all of them."""
    rates: Rates = {}

    def note(name: str, what: str, size: str, value: float) -> None:
        rates.setdefault((name, what, size), []).append(value)

    for number in range(rounds):
        print(f"Round {number + 1} …", flush=True)
        for size in SIZES:
            limit = workers[0].ask("bare", seconds=seconds / 2)
            note("bare", "verify", size, limit["verify"])
            note("bare", "sign", size, limit["sign"])
            for worker in workers:
                for what, file in (("verify", signed), ("issue", unsigned)):
                    answer = worker.ask(
                        "rate", what=what, file=file(worker.name, size), seconds=seconds
                    )
                    note(worker.name, what, size, answer["rate"])
            if size == "medium":
                answer = workers[0].ask("bulk", count=count, seconds=seconds)
                note(OURS, "bulk", size, answer["rate"])
    return rates


def peak_memory() -> float:
    """The most memory that a fresh process holds which verifies everything of ours, in MB."""
    worker = start_ours()
    try:
        return max(float(worker.ask("peak", file=signed(OURS, size))["peak_mb"]) for size in SIZES)
    finally:
        worker.stop()


def ratio(rates: Rates, size: str, ours: tuple[str, str], other: tuple[str, str]) -> float | None:
    """The median over the rounds of one rate divided by another; None if one is missing."""
    above, below = rates.get((*ours, size)), rates.get((*other, size))
    if not above or not below:
        return None
    return round(median(a / b for a, b in zip(above, below, strict=True)), 3)


def ratios(rates: Rates, size: str) -> dict[str, float | None]:
    """All ratios of one size, by the names of `GOALS`."""
    return {
        "verify_vs_node": ratio(rates, size, (OURS, "verify"), (NODE, "verify")),
        "verify_vs_pyld": ratio(rates, size, (OURS, "verify"), (PYLD, "verify")),
        "verify_vs_openbadgeslib": ratio(rates, size, (OURS, "verify"), (LIB, "verify")),
        "verify_vs_bare": ratio(rates, size, (OURS, "verify"), ("bare", "verify")),
        "issue_vs_node": ratio(rates, size, (OURS, "issue"), (NODE, "issue")),
        "bulk_vs_bare": ratio(rates, size, (OURS, "bulk"), ("bare", "sign")),
    }


def report(rates: Rates, peak: float) -> int:
    """Print the tables, write the results, and say 1 where a goal is missed."""
    print("\nRates a second: median (lowest–highest)")
    for (name, what, size), values in sorted(rates.items(), key=lambda row: row[0][2:0:-1]):
        print(f"  {size:7} {what:7} {name:20} {spread(values)}")
    print("\nWhat verifying includes")
    for name in dict.fromkeys(name for name, _, _ in rates if name in INCLUDES):
        print(f"  {name:20} {INCLUDES[name]}")
    by_size = {size: ratios(rates, size) for size in SIZES}
    print("\nRatios                     " + "".join(f"{size:>10}" for size in SIZES) + "      goal")
    for name, goal in GOALS.items():
        shown = "".join(_cell(by_size[size][name]) for size in SIZES)
        print(f"  {name:25}{shown}{goal:10.2f}  {_met(by_size['medium'][name], goal)}")
    print(f"  {'peak_mb':25}{peak:20.1f}{GOAL_PEAK_MB:20.0f}  {_met(GOAL_PEAK_MB, peak)}")
    results: dict[str, Any] = {
        "ratios": {**by_size["medium"], "peak_mb": round(peak, 1)},
        "peak_mb": round(peak, 1),
        "by_size": by_size,
        "rates": {" / ".join(key): values for key, values in rates.items()},
    }
    print(f"\nWritten to {write_results('engine', results)}")
    met = [_met(by_size["medium"][name], goal) for name, goal in GOALS.items()]
    return int("missed" in [*met, _met(GOAL_PEAK_MB, peak)])


def _cell(value: float | None) -> str:
    return f"{'—' if value is None else format(value, '.2f'):>10}"


def _met(value: float | None, goal: float) -> str:
    if value is None:
        return "not measured"
    return "met" if value >= goal else "missed"


if __name__ == "__main__":
    raise SystemExit(main())
