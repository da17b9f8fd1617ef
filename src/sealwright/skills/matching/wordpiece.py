"""Text to words, and words to the pieces that a vocabulary knows.

WordPiece: the longest piece that fits, then the longest that continues it, marked `##`. Case
and accents make no difference. What no piece covers is passed over; nothing raises.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

_WORD: Final = re.compile(r"\.net\b|[^\W_](?:[^\W_]|[\u0300-\u036f])*(?:\+\+|#)?", re.IGNORECASE)
_LONGEST_WORD: Final = 48
_REMEMBERED: Final = 60_000


class Word(NamedTuple):
    """A word as it is compared, and where it stands in the text."""

    text: str
    start: int
    stop: int


def folded(text: str) -> str:
    """`text` without case and accents, as words are compared.

    >>> folded("Zürich CAFÉ")
    'zurich cafe'
    """
    split = unicodedata.normalize("NFKD", text.lower())
    return "".join(each for each in split if not unicodedata.combining(each))


def words_in(text: str) -> Iterator[Word]:
    """The words of `text` in their order; punctuation is no word.

    >>> list(words_in("Café C++"))
    [Word(text='cafe', start=0, stop=4), Word(text='c++', start=5, stop=8)]
    """
    for found in _WORD.finditer(text):
        word = found.group()
        for part in (word.lower(),) if word.isascii() else _WORD.findall(folded(word)):
            yield Word(part, found.start(), found.end())


def words_of(text: str) -> list[str]:
    """The words of `text` without their places.

    >>> words_of("Java, C# (or C++) and .NET; follow-up")
    ['java', 'c#', 'or', 'c++', 'and', '.net', 'follow', 'up']
    """
    return [word.text for word in words_in(text)]


class WordPiece:
    """Cuts words into the pieces of one vocabulary; remembers what it has cut."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self.ids: Mapping[str, int] = {piece: number for number, piece in enumerate(pieces)}
        self._longest = max(map(len, pieces), default=0)
        self._remembered: dict[str, tuple[int, ...]] = {}

    def ids_of(self, word: str) -> tuple[int, ...]:
        """The numbers of the pieces of one word of `words_of`."""
        found = self._remembered.get(word)
        if found is None:
            if len(self._remembered) >= _REMEMBERED:
                self._remembered.clear()
            found = self._remembered[word] = tuple(self._cut(word[:_LONGEST_WORD]))
        return found

    def _cut(self, word: str) -> Iterator[int]:
        start, mark = 0, ""
        while start < len(word):
            stop = min(len(word), start + self._longest)
            while stop > start and mark + word[start:stop] not in self.ids:
                stop -= 1
            if stop > start:
                yield self.ids[mark + word[start:stop]]
            start = max(stop, start + 1)
            mark = "##"
