"""A sentence model beside the static matcher, for a site that has one.

The static matcher chooses the candidates and says how sure each is; the model adds how like the
whole text and the label are, to the score and to what the first skills are put in order by. The
vectors of the labels are made
once, when the index is built, so that a text costs one run of the model.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Final

import numpy as np

from sealwright.skills.errors import UnreadableIndex
from sealwright.skills.matching.documents import asked
from sealwright.skills.matching.engine import LOOKED_AT, Match, StaticMatcher
from sealwright.skills.matching.index import Encoder, Index, Target, dense

VERSION: Final = "sentence-2"
"""Goes up with everything that can change a score."""

TERM: Final = "model"
SHARE: Final = 0.2
"""What the model adds to a score; the static terms keep the rest."""
CANDIDATES: Final = 50
SURER: Final = 6.0
"""What the whole likeness of a model adds to the logarithm of the odds that a match is right."""


class SentenceMatcher:
    """A `Matcher` that orders the best of a static one with the help of a model.

    Raises:
        UnreadableIndex: the index was built without this model.
    """

    def __init__(self, index: Index, encoder: Encoder, first: StaticMatcher | None = None) -> None:
        if index.model != encoder.digest:
            raise UnreadableIndex(
                "the index was built without this model: build it again with it", "index-no-model"
            )
        self._index = index
        self._encoder = encoder
        self._first = first or StaticMatcher(index)

    @property
    def engine(self) -> str:
        """Version and model, and those of the engine before it."""
        return f"{VERSION}+{self._encoder.digest[:8]} {self._first.engine}"

    def match(self, text: str, *, top: int = 5, target: Target = Target.SKILLS) -> list[Match]:
        """The `top` likeliest for one sentence or short text, the likeliest first.

        How sure each is and what is accepted is the static matcher's word, which was calibrated.
        """
        number = max(top, CANDIDATES) if top > 0 else 0
        candidates = self._first.match(text, top=number, target=target)
        if not candidates:
            return []
        likenesses = self._likenesses(asked(text), target, [each.uri for each in candidates])
        found = sorted(map(self._with, candidates, likenesses), key=_by_score)
        if target is Target.SKILLS:
            found[:LOOKED_AT] = sorted(found[:LOOKED_AT], key=_surest)
        return found[:top]

    def _likenesses(self, text: str, target: Target, uris: Sequence[str]) -> list[float]:
        rows = [self._places[target][uri] for uri in uris]
        labels, scales = self._index.sections[target].model
        products = dense(labels[rows], scales[rows]) @ self._encoder.texts([text])[0]
        # Without the last digits, in which equal things differ; see `engine`.
        return [float(each) for each in np.rint(np.clip(products, -1, 1) * 1e5) / 1e5]

    def _with(self, match: Match, likeness: float) -> Match:
        kept = ((name, (1 - SHARE) * value) for name, value in match.terms)
        terms = (*kept, (TERM, SHARE * likeness))
        score = sum(value for _, value in terms)
        return replace(match, score=score, terms=terms, engine=self.engine)

    @cached_property
    def _places(self) -> dict[Target, dict[str, int]]:
        sections = self._index.sections.items()
        return {target: {uri: n for n, uri in enumerate(it.uris)} for target, it in sections}


def _by_score(match: Match) -> tuple[float, str]:
    return -match.score, match.uri


def _surest(match: Match) -> tuple[float, float, str]:
    odds = math.log(match.confidence / (1 - match.confidence))
    likeness = dict(match.terms)[TERM] / SHARE
    return -(odds + SURER * likeness), *_by_score(match)
