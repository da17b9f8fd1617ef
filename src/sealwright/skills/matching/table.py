"""The token table: a vector for every piece of a vocabulary, learnt by `training/`.

The vector of a text is the sum of the vectors of its pieces, made as long as 1. Rows are
stored as whole numbers from -127 to 127, each row with its own scale.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sealwright.skills.errors import UnreadableIndex
from sealwright.skills.matching import arrays
from sealwright.skills.matching.wordpiece import WordPiece, words_of

Floats = NDArray[np.float32]
Whole = NDArray[np.int8]

KIND: Final = "token table"
_SHIPPED: Final = "token-table.bin"
_AT_ONCE: Final = 2_048


class TokenTable:
    """Turns words and texts into vectors."""

    def __init__(
        self,
        pieces: Sequence[str],
        rows: Whole,
        scales: NDArray[np.float16],
        digest: str = "",
    ) -> None:
        self.pieces = pieces
        self.cutter = WordPiece(pieces)
        self.dimensions = rows.shape[1]
        self.digest = digest
        self._rows = rows
        self._scales = scales

    @classmethod
    def read(cls, path: Path) -> TokenTable:
        """The table in the file at `path`.

        Raises:
            UnreadableIndex: it is no table, or damaged.
        """
        found = arrays.read(path, KIND)
        try:
            rows, scales = found.arrays["rows"], found.arrays["scales"]
            pieces = zlib.decompress(found.arrays["pieces"].tobytes()).decode().split("\n")
        except (KeyError, ValueError, zlib.error) as problem:
            raise UnreadableIndex(f"{path.name} is no whole table", "index-damaged") from problem
        if not rows.shape[:1] == scales.shape == (len(pieces),) or rows.ndim != 2:
            raise UnreadableIndex(f"{path.name} has rows without pieces", "index-damaged")
        return cls(pieces, rows, scales, found.digest)

    @classmethod
    @lru_cache(maxsize=1)
    def shipped(cls) -> TokenTable:
        """The table that comes with Sealwright."""
        with as_file(files("sealwright.skills") / "data" / _SHIPPED) as path:
            return cls.read(path)

    def write(self, path: Path, about: Mapping[str, Any]) -> str:
        """Write the table to a file; returns its checksum."""
        pieces = zlib.compress("\n".join(self.pieces).encode(), 9)
        parts: dict[str, arrays.Array] = {
            "pieces": np.frombuffer(pieces, np.uint8),
            "scales": self._scales,
            "rows": self._rows,
        }
        return arrays.write(path, KIND, about, parts)

    def words(self, words: Sequence[str]) -> Floats:
        """One row a word: the sum of its pieces; zeros for a word that no piece covers."""
        return self._summed([self.cutter.ids_of(word) for word in words])

    def texts(self, texts: Sequence[str]) -> Floats:
        """One unit vector a text; zeros for a text without words."""
        found = np.zeros((len(texts), self.dimensions), np.float32)
        for start in range(0, len(texts), _AT_ONCE):
            some = texts[start : start + _AT_ONCE]
            bags = [
                [n for word in words_of(each) for n in self.cutter.ids_of(word)] for each in some
            ]
            found[start : start + _AT_ONCE] = units(self._summed(bags))
        return found

    def _summed(self, bags: Sequence[Sequence[int]]) -> Floats:
        """The sums of the rows of each bag; zeros for an empty one."""
        sizes = np.array([len(bag) for bag in bags], np.intp)
        found = np.zeros((len(bags), self.dimensions), np.float32)
        filled = sizes > 0
        if filled.any():
            rows = self._dense([number for bag in bags for number in bag])
            starts = (np.cumsum(sizes) - sizes)[filled]
            found[filled] = np.add.reduceat(rows, starts, axis=0)
        return found

    def _dense(self, numbers: list[int]) -> Floats:
        chosen = np.array(numbers, np.intp)
        scales = self._scales[chosen].astype(np.float32)
        dense: Floats = self._rows[chosen].astype(np.float32) * scales[:, None]
        return dense


def units(rows: Floats) -> Floats:
    """The rows made as long as 1; rows of zeros stay.

    >>> units(np.array([[3, 4], [0, 0]], np.float32)).tolist()
    [[0.6000000238418579, 0.800000011920929], [0.0, 0.0]]
    """
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return (rows / np.where(lengths > 0, lengths, 1)).astype(np.float32)


def quantised(rows: Floats) -> tuple[Whole, NDArray[np.float16]]:
    """Rows as whole numbers with one scale each, the nearest there is."""
    highest = np.abs(rows).max(axis=1)
    scales = np.where(highest > 0, highest / 127, 1).astype(np.float16)
    whole = np.rint(rows / scales.astype(np.float32)[:, None])
    return np.clip(whole, -127, 127).astype(np.int8), scales
