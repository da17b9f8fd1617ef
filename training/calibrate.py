"""Fit how sure a match is, and put the token table in its place.

    python -m training.calibrate [--table build/made/token-table.bin]

The curve is fitted on the matches of `advert-sentences-a` and `-b`. Right is what their
published labels say, and what we found a sentence to name besides (`judged.csv`), because the
labels leave out much: “SQL” in “SQL scripts” for one. All else counts as wrong. Half of the
sentences choose the curve and the threshold that the other half is measured with, twenty times;
what is stored is fitted on all. The precision by the published labels is printed beside.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from sealwright.skills.matching import Named, StaticMatcher, Target, TokenTable, build, load
from sealwright.skills.matching.confidence import SHIPPED, features
from sealwright.skills.matching.engine import WEIGHTS
from training import corpora

JUDGED: Final = Path(__file__).with_name("judged.csv")
PLACE: Final = Path("src/sealwright/skills/data") / SHIPPED
TABLE: Final = "token-table.bin"
PRECISION: Final = 0.95
TOP: Final = 5
RIDGE: Final = 0.05


@dataclass(frozen=True, slots=True)
class Hit:
    """A match of one sentence, what is known of it, and whether it is right."""

    sentence: int
    known: tuple[float, ...]
    right: bool
    labelled: bool


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--table", type=Path, default=Path("build/made/token-table.bin"))
    parser.add_argument("--out", type=Path, default=PLACE)
    parser.add_argument("--ask", type=Path, help="write what counts as wrong to this file")
    arguments = parser.parse_args()
    table = TokenTable.read(arguments.table)
    sentences = [each for n in "ab" for each in corpora.advert_sentences(arguments.data, n)]
    hits = found(table, arguments.data, sentences, arguments.ask)
    print(f"{len(sentences)} sentences, {len(hits)} matches")
    halves(hits, len(sentences))
    curve = fitted(hits)
    threshold = chosen(curve, hits)
    report("all, as stored", curve, threshold, hits, len(sentences))
    said = {
        "table": table.digest,
        "intercept": round(float(curve[0]), 4),
        "slopes": [round(float(each), 4) for each in curve[1:]],
        "threshold": round(threshold, 4),
    }
    arguments.out.write_text(json.dumps(said, indent=1) + "\n", "utf-8")
    shutil.copyfile(arguments.table, arguments.out.with_name(TABLE))
    return 0


def found(
    table: TokenTable, data: Path, sentences: Sequence[corpora.Sentence], ask: Path | None
) -> list[Hit]:
    """The matches of all sentences; those that count as wrong are written to `ask`."""
    index = Path("build/made/calibration.index")
    index.parent.mkdir(parents=True, exist_ok=True)
    skills = corpora.esco(data, "skills_en.csv")
    named = [Named(each.uri, each.label, each.alternatives) for each in skills]
    build(index, {Target.SKILLS: named}, table, {})
    matcher = StaticMatcher(load(index), table)
    judged = judgements()
    hits, open_ = [], []
    for number, sentence in enumerate(sentences):
        matches = matcher.match(sentence.text, top=TOP)
        for place, match in enumerate(matches):
            rival = matches[1 if place == 0 else 0].score
            likenesses = {name: value / WEIGHTS[name] for name, value in match.terms}
            known = features(likenesses, match.score - rival, match.label, match.window)
            labelled = match.label in sentence.labels
            key = (digest(sentence.text), match.uri)
            hits.append(Hit(number, known, labelled or key in judged, labelled))
            if not hits[-1].right:
                open_.append((*key, match.label, match.window, known[-1], sentence.text))
    if ask:
        with ask.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(open_)
    return hits


def judgements() -> set[tuple[str, str]]:
    """(digest of a sentence, address of a skill it names), beyond the published labels."""
    with JUDGED.open(encoding="utf-8", newline="") as file:
        return {(row["sentence"], row["uri"]) for row in csv.DictReader(file)}


def digest(sentence: str) -> str:
    """What stands for a sentence, whose text is not ours to publish."""
    return hashlib.sha256(sentence.encode()).hexdigest()[:16]


def fitted(hits: Sequence[Hit]) -> np.ndarray:
    """Intercept and slopes of the logistic curve (Newton's method, with a small ridge)."""
    known = np.array([(1.0, *hit.known) for hit in hits])
    right = np.array([hit.right for hit in hits], float)
    curve = np.zeros(known.shape[1])
    ridge = RIDGE * np.eye(len(curve))
    ridge[0, 0] = 1e-6
    for _ in range(50):
        sure = 1 / (1 + np.exp(-known @ curve))
        slope = known.T @ (right - sure) - ridge @ curve
        bend = (known * (sure * (1 - sure))[:, None]).T @ known + ridge
        curve += np.linalg.solve(bend, slope)
    return curve


def sureness(curve: np.ndarray, hits: Sequence[Hit]) -> np.ndarray:
    """The confidence of each match."""
    known = np.array([(1.0, *hit.known) for hit in hits])
    found: np.ndarray = 1 / (1 + np.exp(-known @ curve))
    return found


def chosen(curve: np.ndarray, hits: Sequence[Hit]) -> float:
    """The lowest confidence from which at least 95 of 100 matches are right."""
    sure = sureness(curve, hits)
    order = np.argsort(-sure)
    right = np.array([hits[number].right for number in order])
    precise = np.cumsum(right) / np.arange(1, len(right) + 1) >= PRECISION
    return float(sure[order[np.flatnonzero(precise)[-1]]]) if precise.any() else 1.0


def halves(hits: Sequence[Hit], sentences: int) -> None:
    """Measure on sentences that chose neither curve nor threshold."""
    figures = []
    for seed in range(20):
        first = np.random.default_rng(seed).random(sentences) < 0.5
        for side in (True, False):
            learn = [hit for hit in hits if first[hit.sentence] == side]
            test = [hit for hit in hits if first[hit.sentence] != side]
            curve = fitted(learn)
            figures.append(measured(curve, chosen(curve, learn), test, int((first != side).sum())))
    print("other half (mean of 40): " + said(*np.mean(figures, axis=0)))


def measured(
    curve: np.ndarray, threshold: float, hits: Sequence[Hit], sentences: int
) -> tuple[float, float, float]:
    """Precision as judged, precision by the labels, share of sentences with something taken."""
    taken = [
        hit for hit, sure in zip(hits, sureness(curve, hits), strict=True) if sure >= threshold
    ]
    if not taken:
        return 1.0, 1.0, 0.0
    judged = float(np.mean([hit.right for hit in taken]))
    labelled = float(np.mean([hit.labelled for hit in taken]))
    return judged, labelled, len({hit.sentence for hit in taken}) / sentences


def report(
    name: str, curve: np.ndarray, threshold: float, hits: Sequence[Hit], sentences: int
) -> None:
    """Print what is reached."""
    print(f"{name}: {said(*measured(curve, threshold, hits, sentences))}")


def said(judged: float, labelled: float, coverage: float) -> str:
    """Three shares in words."""
    return f"right {judged:.1%}, labelled {labelled:.1%}, of sentences {coverage:.1%}"


if __name__ == "__main__":
    sys.exit(main())
