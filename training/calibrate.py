"""Fit how sure a match is, and put the token table in its place.

    python -m training.calibrate [--table build/made/token-table.bin]

Fitted on matches in sentences of real adverts: in those of SkillSpan's training part that we
judged by the rule in `README.md`, and in `advert-sentences-a` and `-b`, where right is what the
published labels say and what we found a sentence to name besides. `judged.csv` has our
judgements. All that was likely was judged (`--ask` writes what is likely and is not); what was
not counts as wrong.

First the curve over the signs of likeness, then what single skills add to it, pulled towards
nothing where few sentences speak for it, then the curve again: all this on the sentences in which
people marked a skill. On top of that come the signs of whether something is asked for, fitted on
all sentences. Every tenth of the adverts, and `a` and `b` together, are measured with a curve and a
threshold that the others alone have chosen. The threshold is chosen on the sentences in which a
skill was marked; how it does on the others is measured as well. What is stored is fitted on all.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np

from sealwright.skills.matching import (
    Match,
    Named,
    StaticMatcher,
    Target,
    TokenTable,
    held,
)
from sealwright.skills.matching.confidence import SHIPPED
from sealwright.skills.matching.engine import LOOKED_AT
from sealwright.skills.matching.signs import naming
from training import corpora

JUDGED: Final = Path(__file__).with_name("judged.csv")
PLACE: Final = Path("src/sealwright/skills/data") / SHIPPED
TABLE: Final = "token-table.bin"
AIMED: Final = 0.96
"""What the threshold is chosen for: more than what is asked, because on other sentences it is
a little less."""
TOP: Final = 5
FOLDS: Final = 10
RIDGE: Final = 2.0
PULL: Final = 1 / 1.5**2
"""How strongly what a single skill adds is pulled towards nothing; signs of asking, too."""
ROUNDS: Final = 2
SMALL: Final = 1e-9
"""A step of Newton's method that changes nothing any more."""
LEAST: Final = 0.8
"""What a single skill adds is kept from here on."""
LABELLED: Final = "a and b"
ASKED: Final = frozenset(
    {
        "nobody asked",
        "ours alone",
        "term: nobody asked",
        "term: governed by others",
        "term: head asks",
        "term: head is others",
        "term: of others",
        "term: determined",
    }
)
"""The signs of whether a sentence asks for what it names; all others are of likeness."""
UNMARKED: Final = "SkillSpan, no skill marked"
EVERYTHING: Final = "everything"
EDGES: Final = (0.0, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 1.0)

Floats = np.ndarray[Any, np.dtype[np.float64]]
Whole = np.ndarray[Any, np.dtype[np.int64]]
Mask = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence, the advert it is from, and its published labels if it has some."""

    text: str
    advert: str
    labels: frozenset[str]
    marked: bool
    """Whether people marked a skill in it; so they did in all of `a` and `b`."""


@dataclass(frozen=True, slots=True)
class Cases:
    """The matches of all sentences, one row each."""

    names: Sequence[str]
    known: Floats
    sentence: Whole
    naming: Whole
    namings: Sequence[str]
    right: Floats
    judged: Mask
    labelled: Mask
    marked: Mask
    fold: Whole
    """-1 for `a` and `b`."""
    sentences: int


@dataclass(frozen=True, slots=True)
class Curve:
    """Intercept, slopes, and what each naming adds."""

    intercept: float
    slopes: Floats
    learnt: Floats

    def height(self, cases: Cases) -> Floats:
        """The logarithm of the odds of each match."""
        found: Floats = self.intercept + cases.known @ self.slopes + self.learnt[cases.naming]
        return found

    def sure(self, cases: Cases) -> Floats:
        """The confidence of each match."""
        return _share(self.height(cases))


@dataclass(frozen=True, slots=True)
class Fitting:
    """The sentences, their matches, and what was fitted on them."""

    texts: Sequence[Text]
    matches: Sequence[Sequence[Match]]
    cases: Cases
    apart: Floats
    """The confidence of each match from a curve that had not seen its advert."""
    curve: Curve
    threshold: float


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--table", type=Path, default=Path("build/made/token-table.bin"))
    parser.add_argument("--out", type=Path, default=PLACE)
    parser.add_argument("--ask", type=Path, help="write what should be judged to this file")
    arguments = parser.parse_args()
    table = TokenTable.read(arguments.table)
    fit = fitting(arguments.data, table)
    print(f"{len(fit.texts)} sentences, {fit.cases.judged.sum()} judged matches")
    for line in report(measured(fit)):
        print(line)
    arguments.out.write_text(json.dumps(stored(table, fit), indent=1) + "\n", "utf-8")
    shutil.copyfile(arguments.table, arguments.out.with_name(TABLE))
    if arguments.ask:
        ask(arguments.ask, fit)
    return 0


def fitting(data: Path, table: TokenTable) -> Fitting:
    """Match all sentences, and fit curve and threshold."""
    texts = sentences(data)
    matches = matched(data, table, texts)
    cases = gathered(texts, matches)
    everything = np.ones(len(cases.right), bool)
    sure = apart(cases, everything, FOLDS)
    threshold = chosen(sure, cases, everything)
    return Fitting(texts, matches, cases, sure, fitted(cases, everything), threshold)


def sentences(data: Path) -> list[Text]:
    """`a` and `b`, then the sentences of SkillSpan."""
    found = [
        Text(each.text, LABELLED, each.labels, True)
        for name in "ab"
        for each in corpora.advert_sentences(data, name)
    ]
    own = {each.text for each in found}
    lines = sorted(corpora.advert_lines(data).items())
    return found + [
        Text(a, advert, frozenset(), marked) for a, (advert, marked) in lines if a not in own
    ]


def matched(data: Path, table: TokenTable, texts: Sequence[Text]) -> list[list[Match]]:
    """The matches of each sentence that the engine looks at closely."""
    skills = corpora.esco(data, "skills_en.csv")
    named = [Named(each.uri, each.label, each.alternatives) for each in skills]
    matcher = StaticMatcher(held({Target.SKILLS: named}, table), table)
    return [matcher.match(each.text, top=LOOKED_AT) for each in texts]


def judgements() -> dict[tuple[str, str], bool]:
    """Whether a sentence, by its digest, names a skill, by its address; as far as we judged."""
    with JUDGED.open(encoding="utf-8", newline="") as file:
        return {(row["sentence"], row["uri"]): row["right"] == "1" for row in csv.DictReader(file)}


def digest(sentence: str) -> str:
    """What stands for a sentence, whose text is not ours to publish."""
    return hashlib.sha256(sentence.encode()).hexdigest()[:16]


def gathered(texts: Sequence[Text], matches: Sequence[Sequence[Match]]) -> Cases:
    """The matches as numbers, and what is right."""
    judged = judgements()
    flat = [(number, each) for number, some in enumerate(matches) for each in some]
    own = [judged.get((digest(texts[n].text), each.uri)) for n, each in flat]
    published = [each.label in texts[n].labels for n, each in flat]
    public = np.array([texts[n].advert == LABELLED for n, _ in flat])
    by = [naming(each.uri, each.label, each.window) for _, each in flat]
    namings = sorted(set(by))
    places = {each: number for number, each in enumerate(namings)}
    adverts = sorted({each.advert for each in texts} - {LABELLED})
    drawn = np.random.default_rng(1).permutation(len(adverts)) % FOLDS
    folds = dict(zip(adverts, map(int, drawn), strict=True)) | {LABELLED: -1}
    return Cases(
        names=[name for name, _ in flat[0][1].signs],
        known=np.array([[value for _, value in each.signs] for _, each in flat]),
        sentence=np.array([number for number, _ in flat]),
        naming=np.array([places[each] for each in by]),
        namings=namings,
        right=np.array([bool(a) or b for a, b in zip(own, published, strict=True)], float),
        judged=public | np.array([each is not None for each in own]),
        labelled=np.array(published),
        marked=np.array([texts[n].marked for n, _ in flat]),
        fold=np.array([folds[texts[n].advert] for n, _ in flat]),
        sentences=len(texts),
    )


def fitted(cases: Cases, chosen: Mask) -> Curve:
    """The curve that the chosen matches speak for.

    The signs of whether something is asked for are fitted on top of what a curve over likeness
    says that has not seen the advert.
    """
    marked = chosen & cases.marked
    curve = alike(cases, marked)
    height = curve.height(cases)
    for test in _parts(cases, chosen, FOLDS // 2):
        height[test] = alike(cases, marked & ~test).height(cases)[test]
    asked = np.array([name in ASKED for name in cases.names])
    known = _with_one(cases.known[np.ix_(chosen, asked)])
    added = _logistic(known, cases.right[chosen], height[chosen], PULL)
    slopes = curve.slopes.copy()
    slopes[asked] = added[1:]
    return Curve(curve.intercept + float(added[0]), slopes, curve.learnt)


def alike(cases: Cases, chosen: Mask) -> Curve:
    """The curve over the signs of likeness alone."""
    likeness = np.array([name not in ASKED for name in cases.names])
    known, right, by = (
        cases.known[np.ix_(chosen, likeness)],
        cases.right[chosen],
        cases.naming[chosen],
    )
    middle, spread = known.mean(axis=0), known.std(axis=0) + 1e-9
    scaled = _with_one((known - middle) / spread)
    learnt = np.zeros(len(cases.namings))
    curve = np.zeros(scaled.shape[1])
    for _ in range(ROUNDS):
        curve = _logistic(scaled, right, learnt[by])
        learnt = _single(scaled @ curve, right, by, len(learnt))
    learnt[np.abs(learnt) < LEAST] = 0
    slopes = np.zeros(len(likeness))
    slopes[likeness] = curve[1:] / spread
    return Curve(float(curve[0] - middle @ slopes[likeness]), slopes, learnt)


def _with_one(known: Floats) -> Floats:
    return np.concatenate((np.ones((len(known), 1)), known), axis=1)


def _logistic(known: Floats, right: Floats, added: Floats, pull: float = RIDGE) -> Floats:
    """Newton's method with a small ridge; the first column is the intercept."""
    curve = np.zeros(known.shape[1])
    ridge = pull * np.eye(len(curve))
    ridge[0, 0] = 1e-6
    for _ in range(30):
        sure = _share(known @ curve + added)
        slope = known.T @ (right - sure) - ridge @ curve
        bend = (known * (sure * (1 - sure))[:, None]).T @ known + ridge
        step = np.linalg.solve(bend, slope)
        curve += step
        if np.abs(step).max() < SMALL:
            break
    return curve


def _single(height: Floats, right: Floats, by: Whole, size: int) -> Floats:
    """What each naming adds to the height of its matches."""
    added = np.zeros(size)
    for _ in range(30):
        sure = _share(height + added[by])
        slope = np.bincount(by, right - sure, size) - PULL * added
        bend = np.bincount(by, sure * (1 - sure), size) + PULL
        added += np.clip(slope / bend, -1, 1)
    return added


def _share(height: Floats) -> Floats:
    found: Floats = 1 / (1 + np.exp(-np.clip(height, -30, 30)))
    return found


def apart(cases: Cases, chosen: Mask, parts: int) -> Floats:
    """The confidence of each chosen match from a curve fitted on the other parts of them.

    The parts are of whole adverts; `a` and `b` are a part of their own.
    """
    sure = np.zeros(len(cases.right))
    for test in _parts(cases, chosen, parts):
        sure[test] = fitted(cases, chosen & ~test).sure(cases)[test]
    return sure


def _parts(cases: Cases, chosen: Mask, parts: int) -> Iterator[Mask]:
    part = np.where(cases.fold < 0, -1, cases.fold % parts)
    for number in np.unique(part[chosen]):
        yield chosen & (part == number)


def chosen(sure: Floats, cases: Cases, among: Mask) -> float:
    """The lowest confidence from which enough of these matches are right, where a skill was
    marked."""
    among = among & cases.marked
    order = np.argsort(-sure[among], kind="stable")
    right = cases.right[among][order]
    precise = np.cumsum(right) / np.arange(1, len(right) + 1) >= AIMED
    return float(sure[among][order][np.flatnonzero(precise)[-1]]) if precise.any() else 1.0


def taken_apart(cases: Cases) -> Mask:
    """What is taken where neither curve nor threshold has seen the advert."""
    taken = np.zeros(len(cases.right), bool)
    for number in np.unique(cases.fold):
        test = cases.fold == number
        inner = apart(cases, ~test, FOLDS // 2)
        threshold = chosen(inner, cases, ~test)
        taken |= test & (fitted(cases, ~test).sure(cases) >= threshold)
    return taken


def order_apart(fit: Fitting) -> dict[str, list[str]]:
    """For each sentence of `a` and `b`, the addresses of its matches in the order that a curve
    gives which was fitted without them."""
    found: dict[str, list[str]] = {}
    start = 0
    for text, some in zip(fit.texts, fit.matches, strict=True):
        sure = fit.apart[start : start + len(some)]
        start += len(some)
        if text.advert == LABELLED:
            order = sorted(zip(-sure, (-each.score for each in some), some, strict=True), key=_key)
            found[text.text] = [each.uri for _, _, each in order]
    return found


def _key(row: tuple[float, float, Match]) -> tuple[float, float, str]:
    return row[0], row[1], row[2].uri


def measured(fit: Fitting) -> dict[str, Any]:
    """All figures: of other adverts, of the same ones, and how far the percentages hold."""
    cases, texts = fit.cases, fit.texts
    public = np.array([each.advert == LABELLED for each in texts])
    with_label = np.array([bool(each.labels) for each in texts])
    marked = np.array([each.marked for each in texts])
    groups = {
        "all": marked,
        "SkillSpan": marked & ~public,
        "a and b": public,
        "a and b, with a label of ESCO": public & with_label,
        UNMARKED: ~marked,
        EVERYTHING: np.ones(len(texts), bool),
    }
    kinds = {
        "other adverts": taken_apart(cases),
        "in sample": fit.curve.sure(cases) >= fit.threshold,
    }
    return {
        "threshold": round(fit.threshold, 4),
        "aimed_at": AIMED,
        "taken": {
            kind: {name: shares(cases, taken, group) for name, group in groups.items()}
            for kind, taken in kinds.items()
        },
        "reliability": list(reliability(cases, fit.apart)),
    }


def shares(cases: Cases, taken: Mask, sentences: Mask) -> dict[str, float | int]:
    """Of the sentences: what share of the taken matches is right, how many have one."""
    some = taken & sentences[cases.sentence]
    number = int(some.sum())
    having = np.unique(cases.sentence[some])
    wrong = np.unique(cases.sentence[some & (cases.right == 0)])
    size = int(sentences.sum())
    return {
        "sentences": size,
        "matches": number,
        "right": round(100 * float(cases.right[some].mean()), 1) if number else 100.0,
        "by_labels": round(100 * float(cases.labelled[some].mean()), 1) if number else 100.0,
        "coverage": round(100 * len(having) / size, 1),
        "sentences_all_right": round(100 * (1 - len(wrong) / max(1, len(having))), 1),
    }


def reliability(cases: Cases, sure: Floats) -> Iterator[dict[str, float | int]]:
    """How many matches were right, by how sure they were said to be."""
    for low, high in pairwise(EDGES):
        some = (sure >= low) & (sure < high + (high == 1))
        if some.any():
            yield {
                "from": low,
                "to": high,
                "matches": int(some.sum()),
                "said": round(100 * float(sure[some].mean()), 1),
                "right": round(100 * float(cases.right[some].mean()), 1),
            }


def report(figures: dict[str, Any]) -> Iterator[str]:
    """The figures for people."""
    for kind, groups in figures["taken"].items():
        for name, each in groups.items():
            public = name.startswith(LABELLED)
            labels = f", by the labels alone {each['by_labels']} %" if public else ""
            yield (
                f"{kind}; {name}: {each['right']} % of {each['matches']} taken matches right"
                f"{labels}, in {each['coverage']} % of {each['sentences']} sentences "
                f"({each['sentences_all_right']} % of these without a wrong one)"
            )
    for each in figures["reliability"]:
        yield (
            f"said to be {100 * each['from']:.0f}-{100 * each['to']:.0f} % sure: "
            f"{each['right']} % of {each['matches']} right (said on average: {each['said']} %)"
        )


def stored(table: TokenTable, fit: Fitting) -> dict[str, Any]:
    """What `Calibration.shipped` reads."""
    cases, curve = fit.cases, fit.curve
    learnt = zip(cases.namings, map(float, curve.learnt), strict=True)
    return {
        "table": table.digest,
        "threshold": round(fit.threshold, 4),
        "intercept": round(curve.intercept, 4),
        "slopes": {
            name: round(float(slope), 4)
            for name, slope in zip(cases.names, curve.slopes, strict=True)
        },
        "learnt": {name: round(each, 2) for name, each in learnt if each},
    }


def ask(path: Path, fit: Fitting) -> None:
    """Write what is not judged though it is likely, without saying how likely."""
    cases = fit.cases
    flat = [each for some in fit.matches for each in some]
    open_ = np.flatnonzero(~cases.judged & (fit.apart > 1 / 3))
    with path.open("w", encoding="utf-8", newline="") as file:
        for number in np.random.default_rng(2).permutation(open_):
            each, text = flat[number], fit.texts[cases.sentence[number]].text
            row = (digest(text), each.uri, each.label, each.window, text)
            csv.writer(file).writerow(row)


if __name__ == "__main__":
    sys.exit(main())
