"""The matcher that needs no other model: our own token table, windows, names and letters.

For each entry of the index five likenesses are added up, each with its weight:

* sentence: the whole sentence and the label
* window: the part of the sentence that is most like the label
* names in the sentence, names in a window: the same for the best of all its names
* letters: how much of the spelling of the label stands in the sentence

The first two and the last choose 300 entries out of all; only for those the names are looked
at. Ties go by address.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from sealwright.skills.errors import UnreadableIndex
from sealwright.skills.matching.confidence import Calibration, features
from sealwright.skills.matching.documents import asked, sentence_ends
from sealwright.skills.matching.index import Floats, Index, Section, Target, dense, load
from sealwright.skills.matching.table import TokenTable, units
from sealwright.skills.matching.windows import Span, clauses, windows
from sealwright.skills.matching.wordpiece import Word

VERSION: Final = "static-1"
"""Goes up with everything that can change a score."""

WEIGHTS: Final[Mapping[str, float]] = {
    "sentence": 0.33,
    "window": 0.33,
    "names in the sentence": 0.10,
    "names in a window": 0.10,
    "letters": 0.14,
}
CANDIDATES: Final = 300
MOST_WORDS: Final = 400
"""Words of a text that are looked at; cut longer ones into passages (see `reading`)."""

_AT_ONCE: Final = 256


@dataclass(frozen=True, slots=True)
class Match:
    """A skill or occupation that a text may mean, and what speaks for it."""

    uri: str
    label: str
    score: float
    """At most 1: the sum of `terms`. It orders the matches of one text."""
    confidence: float
    """The share of such matches that people found right."""
    accepted: bool
    """Confident enough to be taken without asking; all others are suggestions."""
    window: str
    """The part of the text that is most like it, and where it stands."""
    start: int
    stop: int
    terms: tuple[tuple[str, float], ...]
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
    spans: list[Span]
    windows: Floats


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
        chosen, likenesses = _likenesses(section, query)
        terms = likenesses * np.array(list(WEIGHTS.values()))
        # Summed as Python adds the printed terms, so that they add up to the last digit.
        scores = [sum(map(float, row)) for row in terms]
        order = sorted(range(len(scores)), key=lambda n: (-scores[n], chosen[n]))
        best = [scores[number] for number in order[:2]]
        found = []
        for number in order[:top]:
            rival = best[1:] if number == order[0] else best[:1]
            margin = scores[number] - (rival[0] if rival else 0.0)
            entry = int(chosen[number])
            start, stop = _place(section, entry, query)
            label, window = section.labels[entry], text[start:stop]
            known = features(
                dict(zip(WEIGHTS, likenesses[number], strict=True)), margin, label, window
            )
            confidence = self._calibration.confidence(known)
            found.append(
                Match(
                    uri=section.uris[entry],
                    label=label,
                    score=scores[number],
                    confidence=confidence,
                    accepted=confidence >= self._calibration.threshold,
                    window=window,
                    start=start,
                    stop=stop,
                    terms=tuple(zip(WEIGHTS, map(float, terms[number]), strict=True)),
                    engine=self.engine,
                )
            )
        return found

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
        return _Query(text, words, _between(sums, sentences), chosen, _between(sums, chosen))


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


def _place(section: Section, entry: int, query: _Query) -> tuple[int, int]:
    """Where the window starts and stops that is most like a name of this entry."""
    some = slice(section.starts[entry], section.starts[entry + 1])
    names = dense(section.names[some], section.name_scales[some])
    best = int(np.argmax((query.windows @ names.T).max(axis=1)))
    first, after = query.spans[best]
    return query.words[first].start, query.words[after - 1].stop
