"""Likeness of spelling: runs of three to five letters, weighed by how rare they are (TF-IDF).

It finds what vectors blur: names of products, rare words, other endings of one word. A run is
kept as the checksum of its letters modulo a power of two, so no vocabulary is stored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from sealwright.skills.matching.wordpiece import words_of

BUCKETS: Final = 1 << 18
SHORTEST: Final = 3
LONGEST: Final = 5

Floats = NDArray[np.float32]


def runs(text: str) -> Counter[int]:
    """How often each run of letters stands in `text`; a blank begins and ends each word.

    >>> sum(runs("ox").values()), sum(runs("oxen").values())
    (3, 9)
    """
    found: Counter[int] = Counter()
    for word, count in Counter(words_of(text)).items():
        for run in _of_word(f" {word} ".encode()):
            found[run] += count
    return found


def _of_word(word: bytes) -> Iterable[int]:
    for size in range(SHORTEST, LONGEST + 1):
        for start in range(len(word) - size + 1):
            yield crc32(word[start : start + size]) % BUCKETS


class Letters:
    """For each run of letters, the labels that have it and how much it weighs there."""

    def __init__(
        self,
        rarity: Floats,
        starts: NDArray[np.int32],
        owners: NDArray[np.int32],
        weights: Floats,
        size: int,
    ) -> None:
        self.rarity = rarity
        self.starts = starts
        self.owners = owners
        self.weights = weights
        self.size = size

    @classmethod
    def of(cls, labels: Sequence[str]) -> Letters:
        """Count the runs of these labels."""
        counted = [runs(label) for label in labels]
        sizes = np.array([len(each) for each in counted], np.int64)
        grams = np.array([run for each in counted for run in each], np.int64)
        counts = np.array([n for each in counted for n in each.values()], np.float32)
        owners = np.repeat(np.arange(len(labels)), sizes)
        spread = np.bincount(grams, minlength=BUCKETS)
        rarity = (np.log((1 + len(labels)) / (1 + spread)) + 1).astype(np.float32)
        weights = (1 + np.log(counts)) * rarity[grams]
        lengths = np.sqrt(np.bincount(owners, weights**2, minlength=len(labels)))
        weights = (weights / lengths[owners]).astype(np.float32)
        order = np.argsort(grams, kind="stable")
        starts = np.concatenate(([0], np.cumsum(spread))).astype(np.int32)
        return cls(rarity, starts, owners[order].astype(np.int32), weights[order], len(labels))

    def likeness(self, text: str) -> Floats:
        """The cosine of `text` and each label: 0 nothing in common, 1 the same words."""
        found = runs(text)
        grams = np.fromiter(found.keys(), np.int64, len(found))
        counts = np.fromiter(found.values(), np.float32, len(found))
        weights = (1 + np.log(counts)) * self.rarity[grams]
        if not found:
            return np.zeros(self.size, np.float32)
        weights /= np.linalg.norm(weights)
        starts, stops = self.starts[grams], self.starts[grams + 1]
        sizes = stops - starts
        inner = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        places = np.repeat(starts, sizes) + inner
        shares = self.weights[places] * np.repeat(weights, sizes)
        return np.bincount(self.owners[places], shares, self.size).astype(np.float32)
