"""Which pieces the table has: the teacher's, plus whole words that our texts use often."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from sealwright.skills.matching.wordpiece import WordPiece, words_of

_PLAIN = re.compile(r"(##)?[a-z0-9]+|(##)?[+#]+")


def plain_pieces(pieces: Iterable[str]) -> list[str]:
    """Those of plain letters and digits: others cannot arise from folded words.

    >>> plain_pieces(["[CLS]", "java", "##ing", "é", "!", "+"])
    ['java', '##ing', '+']
    """
    return [piece for piece in pieces if _PLAIN.fullmatch(piece)]


def counted_words(texts: Iterable[str]) -> Counter[str]:
    """How often each word is used."""
    return Counter(word for text in texts for word in words_of(text))


def missing_words(counts: Counter[str], pieces: Sequence[str], most: int, least: int) -> list[str]:
    """Up to `most` words that the pieces only have in parts, used at least `least` times."""
    cutter = WordPiece(pieces)
    known = set(pieces)
    wanted = [
        (-count, word)
        for word, count in counts.items()
        if count >= least and word not in known and not word.isdigit() and len(word) > 1
    ]
    return [word for _, word in sorted(wanted)[:most] if len(cutter.ids_of(word)) != 1]


def frequencies(counts: Counter[str], pieces: Sequence[str]) -> np.ndarray:
    """The share of each piece among all pieces of the counted words; at least one use each."""
    cutter = WordPiece(pieces)
    uses = np.ones(len(pieces))
    for word, count in counts.items():
        np.add.at(uses, list(cutter.ids_of(word)), count)
    found: np.ndarray = uses / uses.sum()
    return found
