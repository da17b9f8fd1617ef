"""The matcher that needs no other model: our own token table, windows, names and letters.

For each entry of the index five likenesses are added up, each with its weight:

* sentence: the whole sentence and the label
* window: the part of the sentence that is most like the label
* names in the sentence, names in a window: the same for the best of all its names
* letters: how much of the spelling of the label stands in the sentence

The first two and the last choose 300 entries out of all; only for those the names are looked
at. Of the skills the best 20 are then put in the order of how sure they are, which looks at more
than likeness; so is what is taken without asking among the first. Occupations stay in the order
of their score. Ties go by address.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from sealwright.skills.errors import UnreadableIndex
from sealwright.skills.matching.confidence import Calibration
from sealwright.skills.matching.documents import asked, sentence_ends
from sealwright.skills.matching.index import Floats, Index, Section, Target, dense, load
from sealwright.skills.matching.signs import Found, Labels, naming, signs
from sealwright.skills.matching.table import TokenTable, units
from sealwright.skills.matching.windows import Span, clauses, windows
from sealwright.skills.matching.wordpiece import Word

VERSION: Final = "static-3"
"""Goes up with everything that can change a score."""

WEIGHTS: Final[Mapping[str, float]] = {
    "sentence": 0.33,
    "window": 0.33,
    "names in the sentence": 0.10,
    "names in a window": 0.10,
    "letters": 0.14,
}
CANDIDATES: Final = 300
LOOKED_AT: Final = 20
"""Skills of the highest score that are put in the order of their confidence."""
MOST_WORDS: Final = 400
"""Words of a text that are looked at; cut longer ones into passages (see `reading`)."""

_AT_ONCE: Final = 256


@dataclass(frozen=True, slots=True)
class Match:
    """A skill or occupation that a text may mean, and what speaks for it."""

    uri: str
    label: str
    score: float
    """At most 1: the sum of `terms`. It chooses what is looked at more closely."""
    confidence: float
    """The share of such matches that people found right. It orders the first skills of a text."""
    accepted: bool
    """Confident enough to be taken without asking; all others are suggestions."""
    window: str
    """The part of the text that is most like it, and where it stands."""
    start: int
    stop: int
    terms: tuple[tuple[str, float], ...]
    signs: tuple[tuple[str, float], ...]
    """What the confidence was found from."""
    engine: str


class Matcher(Protocol):
    """Whatever finds skills in a sentence. A site with a stronger model brings its own."""

    @property
    def engine(self) -> str:
        """Name and version, stored with whatever is decided on its word."""
        ...

    def match(self, text: str, *, top: int = 5, target: Target = Target.SKILLS) -> list[Match]:
        """The `top` likeliest, the likeliest first. Never raises for any text."""
        ...


@dataclass(frozen=True, slots=True)
class _Query:
    text: str
    words: list[Word]
    sentences: Floats
    clauses: list[Span]
    spans: list[Span]
    windows: Floats

    def clause(self, span: Span) -> Span:
        """The clause that a window lies in."""
        number = bisect_right(self.clauses, span.first, key=lambda each: each.first) - 1
        return self.clauses[number]


@dataclass(frozen=True, slots=True)
class _Candidate:
    entry: int
    likenesses: Mapping[str, float]
    terms: Mapping[str, float]
    score: float


class StaticMatcher:
    """Matches against one index; make it once, it may be used from several threads.

    Raises:
        UnreadableIndex: the index was built with another token table.
    """

    def __init__(
        self,
        index: Index,
        table: TokenTable | None = None,
        calibration: Calibration | None = None,
    ) -> None:
        self._table = table or TokenTable.shipped()
        if index.table != self._table.digest:
            raise UnreadableIndex(
                "the index was built with another token table: build it again", "index-outdated"
            )
        self._index = index
        self._labels = {target: Labels(each.labels) for target, each in index.sections.items()}
        self._calibration = calibration or Calibration.shipped(self._table.digest)

    @classmethod
    def at(cls, path: Path) -> StaticMatcher:
        """A matcher for the index in the file at `path`; raises what `load` does."""
        return cls(load(path))

    @property
    def engine(self) -> str:
        """The version of the engine and the beginning of the checksum of its table."""
        return f"{VERSION}+{self._table.digest[:8]}"

    def match(self, text: str, *, top: int = 5, target: Target = Target.SKILLS) -> list[Match]:
        """The `top` likeliest for one sentence or short text, the likeliest first.

        Parts that say what is not needed are passed over; a text without words has no match.
        """
        section = self._index.sections.get(target)
        query = self._query(text)
        if section is None or query is None or top < 1:
            return []
        ranked = _ranked(section, query, max(top, LOOKED_AT))
        best = [each.score for each in ranked[:2]]
        found = []
        for place, each in enumerate(ranked):
            rival = best[1 - min(place, 1)] if len(best) > 1 else 0.0
            known = self._found(section, query, each, best[0] - each.score, each.score - rival)
            found.append(self._match(section, each, known, signs(known, self._labels[target])))
        if target is Target.SKILLS:
            found[:LOOKED_AT] = sorted(found[:LOOKED_AT], key=_surest)
        return found[:top]

    @staticmethod
    def _found(
        section: Section, query: _Query, candidate: _Candidate, behind: float, ahead: float
    ) -> Found:
        span = _place(section, candidate.entry, query)
        return Found(
            label=section.labels[candidate.entry],
            text=query.text,
            words=query.words,
            span=span,
            clause=query.clause(span),
            likenesses=candidate.likenesses,
            behind=behind,
            ahead=ahead,
        )

    def _match(
        self, section: Section, candidate: _Candidate, found: Found, known: Mapping[str, float]
    ) -> Match:
        uri = section.uris[candidate.entry]
        by = naming(uri, found.label, found.window)
        confidence = self._calibration.confidence(known, by)
        return Match(
            uri=uri,
            label=found.label,
            score=candidate.score,
            confidence=confidence,
            accepted=confidence >= self._calibration.threshold,
            window=found.window,
            start=found.start,
            stop=found.stop,
            terms=tuple(candidate.terms.items()),
            signs=tuple(known.items()),
            engine=self.engine,
        )

    def _query(self, text: str) -> _Query | None:
        shown = asked(text)
        words, spans = clauses(shown)
        words = words[:MOST_WORDS]
        spans = [Span(a, min(b, len(words))) for a, b in spans if a < len(words)]
        if not words:
            return None
        sums = np.cumsum(self._table.words([word.text for word in words]), axis=0)
        sums = np.concatenate((np.zeros_like(sums[:1]), sums))
        chosen = windows(words, spans) or [Span(0, len(words))]
        edges = [0, *_sentence_edges(shown, words), len(words)]
        sentences = [Span(0, len(words)), *map(Span, edges, edges[1:])]
        return _Query(text, words, _between(sums, sentences), spans, chosen, _between(sums, chosen))


def _ranked(section: Section, query: _Query, number: int) -> list[_Candidate]:
    """The candidates of the highest score, the highest first."""
    chosen, likenesses = _likenesses(section, query)
    terms = likenesses * np.array(list(WEIGHTS.values()))
    # Summed as Python adds the printed terms, so that they add up to the last digit.
    scores = [sum(map(float, row)) for row in terms]
    order = sorted(range(len(scores)), key=lambda n: (-scores[n], chosen[n]))
    return [
        _Candidate(
            int(chosen[place]),
            dict(zip(WEIGHTS, map(float, likenesses[place]), strict=True)),
            dict(zip(WEIGHTS, map(float, terms[place]), strict=True)),
            scores[place],
        )
        for place in order[:number]
    ]


def _surest(match: Match) -> tuple[float, float, str]:
    return -match.confidence, -match.score, match.uri


def _between(sums: Floats, spans: list[Span]) -> Floats:
    """Unit vectors of spans, from the running sums of the words."""
    edges = np.array(spans, np.intp)
    return units(sums[edges[:, 1]] - sums[edges[:, 0]])


def _sentence_edges(text: str, words: list[Word]) -> list[int]:
    ends = sentence_ends(text)
    starts = [word.start for word in words]
    edges = {int(np.searchsorted(starts, end)) for end in ends}
    return sorted(edges - {0, len(words)})


def _likenesses(section: Section, query: _Query) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """The candidates, and a row of five likenesses for each, in the order of `WEIGHTS`."""
    sentence = (section.vectors @ query.sentences.T).max(axis=1)
    window = np.full(len(section.uris), -1, np.float32)
    for start in range(0, len(query.windows), _AT_ONCE):
        some = query.windows[start : start + _AT_ONCE] @ section.vectors.T
        np.maximum(window, some.max(axis=0), out=window)
    letters = section.letters.likeness(query.text)
    rough = (
        WEIGHTS["sentence"] * sentence + WEIGHTS["window"] * window + WEIGHTS["letters"] * letters
    )
    chosen = np.argsort(-_even(rough), kind="stable")[:CANDIDATES]
    firsts, afters = section.starts[chosen], section.starts[chosen + 1]
    sizes = afters - firsts
    starts = np.cumsum(sizes) - sizes
    rows = np.arange(sizes.sum()) - np.repeat(starts, sizes) + np.repeat(firsts, sizes)
    names = dense(section.names[rows], section.name_scales[rows])
    by_sentence = np.maximum.reduceat((names @ query.sentences.T).max(axis=1), starts)
    by_window = np.maximum.reduceat((names @ query.windows.T).max(axis=1), starts)
    parts = (sentence[chosen], window[chosen], by_sentence, by_window, letters[chosen])
    # Rows of whole numbers are as long as 1 only nearly.
    return chosen, _even(np.minimum(np.stack(parts, axis=1), 1))


def _even(values: Floats) -> NDArray[np.float64]:
    """Without the last digits, in which sums of equal things differ: ties stay ties."""
    found: NDArray[np.float64] = np.rint(values.astype(np.float64) * 1e5) / 1e5
    return found


def _place(section: Section, entry: int, query: _Query) -> Span:
    """The window that is most like a name of this entry."""
    some = slice(section.starts[entry], section.starts[entry + 1])
    names = dense(section.names[some], section.name_scales[some])
    return query.spans[int(np.argmax((query.windows @ names.T).max(axis=1)))]
