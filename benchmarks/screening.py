"""The best hundred of a million: exact answers over everybody's held skills, on one core.

    python -m benchmarks.screening [--people 1000000] [--questions 60]

A million made-up people with twenty skills each, out of two thousand that are not held equally
often; questions for eight skills. First the answers on 10,000 people are compared with a plain
loop. Asked for: 100 ms at the 95th percentile, and 300 MB.
"""

from __future__ import annotations

import os

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ[name] = "1"

import argparse  # noqa: E402
import resource  # noqa: E402
import sys  # noqa: E402
from time import perf_counter  # noqa: E402

import numpy as np  # noqa: E402

from benchmarks.measuring import pin_to_one_core, write_results  # noqa: E402
from sealwright.skills.screening.pool import WHOLE, Holders, Place, Pool, Wanted  # noqa: E402

SKILLS = 2000
HELD = 20
ASKED = 8
BEST = 100
LIMIT_MS = 100.0
LIMIT_MB = 300.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--questions", type=int, default=60)
    arguments = parser.parse_args()
    print(f"Measuring, {pin_to_one_core()}.", flush=True)
    chance = np.random.default_rng(20261127)
    small = holders_of(10_000, chance)
    for number in range(20):
        wanted = question(chance, must=number % 2 == 1)
        assert Pool(10_000, small).best(wanted, BEST) == plain_loop(10_000, small, wanted)
    print("On 10,000 people each of 20 answers is that of a plain loop.", flush=True)
    started = perf_counter()
    pool = Pool(arguments.people, holders_of(arguments.people, chance))
    built = perf_counter() - started
    times = []
    for number in range(arguments.questions):
        wanted = question(chance, must=number % 2 == 1)
        started = perf_counter()
        pool.best(wanted, BEST)
        times.append((perf_counter() - started) * 1000)
    results = {
        "people": arguments.people,
        "built_seconds": round(built, 2),
        "p50_ms": round(float(np.percentile(times, 50)), 1),
        "p95_ms": round(float(np.percentile(times, 95)), 1),
        "pool_mb": round(pool.nbytes / 2**20, 1),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
    }
    print(", ".join(f"{name} {value:,}" for name, value in results.items()))
    print(f"Written to {write_results('screening', results)}.")
    return 1 if results["p95_ms"] > LIMIT_MS or results["peak_mb"] > LIMIT_MB else 0


def holders_of(people: int, chance: np.random.Generator) -> dict[str, Holders]:
    """Made-up people with `HELD` skills each on average, the first skills held most often."""
    often = 1 / np.arange(10, SKILLS + 10)
    counts = np.minimum(often / often.sum() * HELD * people, 0.9 * people).astype(int)
    held = {}
    for number, count in enumerate(counts):
        steps = chance.random(people, dtype=np.float32) < count / people
        who = np.flatnonzero(steps).astype(np.int32)
        held[f"skill:{number}"] = Holders(
            who,
            chance.integers(1, 9, len(who), dtype=np.uint8),
            chance.integers(0, WHOLE + 1, len(who), dtype=np.uint16),
        )
    return held


def question(chance: np.random.Generator, *, must: bool) -> list[Wanted]:
    """`ASKED` skills, frequent and rare ones; every second question has two musts."""
    numbers = chance.choice(SKILLS // 4, ASKED, replace=False)
    return [
        Wanted(
            f"skill:{n}", int(chance.integers(1, 9)), float(chance.integers(1, 6)), must and i < 2
        )
        for i, n in enumerate(numbers)
    ]


def plain_loop(people: int, held: dict[str, Holders], wanted: list[Wanted]) -> list[Place]:
    """The same answer, as one would write it down first."""
    by_person: list[dict[str, tuple[int, int]]] = [{} for _ in range(people)]
    for skill, who in held.items():
        for person, level, weight in zip(
            who.people.tolist(), who.levels.tolist(), who.weights.tolist(), strict=True
        ):
            by_person[person][skill] = (level, weight)
    whole = sum(each.weight for each in wanted)
    found = []
    for person, skills in enumerate(by_person):
        score, passes = 0.0, True
        for each in wanted:
            level, weight = skills.get(each.skill, (0, 0))
            score += each.weight / whole * (min(level / each.level, 1.0) * (weight / WHOLE))
            passes = passes and not (each.must and (level < each.level or weight == 0))
        if passes and score > 0:
            found.append((-score, person))
    found.sort()
    least = found[BEST - 1][0] if len(found) > BEST else 0.0
    best = [(person, -score) for score, person in found if score <= least]
    return [
        Place(1 + sum(other > score for _, other in best), person, score) for person, score in best
    ]


if __name__ == "__main__":
    sys.exit(main())
