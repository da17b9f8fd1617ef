"""The parts of a sentence that are looked at by themselves.

A skill is rarely the whole sentence. So every run of up to eight words within a clause is a
window unless it begins or ends with a word that means little by itself; so is every longer
clause as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from sealwright.skills.matching.wordpiece import Word, words_in

LONGEST: Final = 8
"""Words in the longest window that is no whole clause."""

_BREAK: Final = re.compile(r"[,;:()/\[\]•*|!?–—\n]|\.(?=\s)|\s-\s")

_LITTLE_WORDS: Final = """
a an and are as at be by can for from has have in is of on or our that the their this to we who
will with you your
"""
LITTLE: Final = frozenset(_LITTLE_WORDS.split())


class Span(NamedTuple):
    """A window, by the numbers of its first word and of the word after its last."""

    first: int
    after: int


def clauses(text: str) -> tuple[list[Word], list[Span]]:
    """The words of a text, and the clauses they stand in.

    >>> words, spans = clauses("Plan, bake and sell bread. Smile")
    >>> [[word.text for word in words[first:after]] for first, after in spans]
    [['plan'], ['bake', 'and', 'sell', 'bread'], ['smile']]
    """
    words = list(words_in(text))
    starts = [
        number
        for number in range(1, len(words))
        if _BREAK.search(text, words[number - 1].stop, words[number].start)
    ]
    edges = [0, *starts, len(words)]
    return words, [Span(a, b) for a, b in pairwise(edges) if a < b]


def windows(words: Sequence[Word], spans: Sequence[Span]) -> list[Span]:
    """The windows of these clauses, each once; none begins or ends with a word like “the”.

    >>> words, spans = clauses("bake the bread, smile")
    >>> [[word.text for word in words[a:b]] for a, b in windows(words, spans)]
    [['bake'], ['bake', 'the', 'bread'], ['bread'], ['smile']]
    """
    found = []
    full = [word.text not in LITTLE for word in words]
    for first, after in spans:
        for start in range(first, after):
            for stop in range(start + 1, min(after, start + LONGEST) + 1):
                if full[start] and full[stop - 1]:
                    found.append(Span(start, stop))
        if after - first > LONGEST:
            found.append(Span(first, after))
    return found
