"""Contrastive training of a token table in plain numpy.

A text is the sum of the rows of its pieces, made a unit vector. Of a batch of pairs each left
text must be nearer to its own right text than to all others of the batch, and the reverse
(InfoNCE both ways). Only rows that a batch touches move (Adam per row, with its own count).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sealwright.skills.matching.wordpiece import WordPiece, words_of


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run of training goes."""

    epochs: int
    batch: int = 512
    temperature: float = 0.07
    step: float = 2e-3
    drop: float = 0.0
    seed: int = 7


class Bags:
    """Texts as bags of piece numbers, in one flat array."""

    def __init__(self, cutter: WordPiece, texts: Sequence[str]) -> None:
        bags = [
            [n for word in words_of(text) for n in cutter.ids_of(word)] or [0] for text in texts
        ]
        self.sizes = np.array([len(bag) for bag in bags])
        self.starts = np.concatenate(([0], np.cumsum(self.sizes)[:-1]))
        self.flat = np.array([n for bag in bags for n in bag])

    def take(self, chosen: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The pieces of the chosen texts, flat, and where each text starts."""
        sizes = self.sizes[chosen]
        starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
        inner = np.arange(sizes.sum()) - np.repeat(starts, sizes)
        return self.flat[np.repeat(self.starts[chosen], sizes) + inner], starts


class Table:
    """The rows that are learnt, with the moments of Adam."""

    def __init__(self, rows: np.ndarray) -> None:
        self.rows = rows.astype(np.float32)
        self.first = np.zeros_like(self.rows)
        self.second = np.zeros_like(self.rows)
        self.count = np.zeros(len(rows), np.float32)

    def units(self, pieces: np.ndarray, starts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Unit vectors of texts, and the lengths they had."""
        sums = np.add.reduceat(self.rows[pieces], starts, axis=0)
        lengths = np.linalg.norm(sums, axis=1, keepdims=True) + 1e-6
        return sums / lengths, lengths

    def move(self, pieces: np.ndarray, slopes: np.ndarray, step: float) -> None:
        """One step of Adam against the slopes of the given pieces, which may repeat."""
        order = np.argsort(pieces, kind="stable")
        rows, starts = np.unique(pieces[order], return_index=True)
        slope = np.add.reduceat(slopes[order], starts, axis=0)
        self.count[rows] += 1
        self.first[rows] = 0.9 * self.first[rows] + 0.1 * slope
        self.second[rows] = 0.999 * self.second[rows] + 0.001 * slope**2
        age = self.count[rows][:, None]
        mean = self.first[rows] / (1 - 0.9**age)
        spread = self.second[rows] / (1 - 0.999**age)
        self.rows[rows] -= step * mean / (np.sqrt(spread) + 1e-8)


def train(
    table: Table, left: Bags, right: Bags, same: np.ndarray, settings: Settings
) -> Iterator[float]:
    """Train on pairs `left[i]`, `right[i]`; yields the mean loss of each epoch.

    Pairs with equal numbers in `same` share their right text and are not held apart.
    """
    random = np.random.default_rng(settings.seed)
    total = settings.epochs * (len(same) // settings.batch)
    done = 0
    for _ in range(settings.epochs):
        order = random.permutation(len(same))
        losses = []
        for start in range(0, len(order) - settings.batch + 1, settings.batch):
            step = settings.step * (1 - done / total)
            done += 1
            chosen = order[start : start + settings.batch]
            losses.append(_batch(table, left, right, same[chosen], chosen, step, settings, random))
        yield float(np.mean(losses))


def _batch(
    table: Table,
    left: Bags,
    right: Bags,
    same: np.ndarray,
    chosen: np.ndarray,
    step: float,
    settings: Settings,
    random: np.random.Generator,
) -> float:
    sides = [left.take(chosen), right.take(chosen)]
    (a, a_length), (b, b_length) = (table.units(*side) for side in sides)
    scores = a @ b.T / settings.temperature
    mine = np.eye(len(chosen), dtype=bool)
    scores[(same[:, None] == same[None, :]) & ~mine] = -1e4
    forth, back = _softmax(scores, 1), _softmax(scores, 0)
    loss = -np.mean(np.log(forth[mine] + 1e-9) + np.log(back[mine] + 1e-9)) / 2
    slope = (forth + back - 2 * mine) / (2 * len(chosen) * settings.temperature)
    _move(table, sides[0], a, a_length, slope @ b, step)
    _move(table, sides[1], b, b_length, slope.T @ a, step)
    return float(loss)


def _softmax(scores: np.ndarray, axis: int) -> np.ndarray:
    raised = np.exp(scores - scores.max(axis=axis, keepdims=True))
    found: np.ndarray = raised / raised.sum(axis=axis, keepdims=True)
    return found


def _move(
    table: Table,
    side: tuple[np.ndarray, np.ndarray],
    units: np.ndarray,
    lengths: np.ndarray,
    slope: np.ndarray,
    step: float,
) -> None:
    pieces, starts = side
    inward = (slope - units * (slope * units).sum(1, keepdims=True)) / lengths
    sizes = np.diff(np.concatenate((starts, [len(pieces)])))
    table.move(pieces, np.repeat(inward, sizes, axis=0), step)
