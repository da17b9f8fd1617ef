"""Finding a skill while somebody types: by the beginnings of words, in any language."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from sealwright.skills.frameworks.model import Entry, Texts

LONGEST_QUERY: Final = 200
WORD: Final = re.compile(r"(?:[^\W_]|[+#])+")
LAST: Final = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that fits what was typed, and the label by which it was found."""

    entry: Entry
    by: str


class Picker:
    """Searches the labels of many entries. Make it once: it keeps an index of every word.

    A label fits where each typed word begins one of its words. The order: the whole
    preferred label, its beginning, its words, then alternative labels likewise; the
    shorter label first, then by label and address.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries: list[Entry] = []
        self._owners = array("I")
        self._labels: list[str] = []
        self._texts: list[str] = []
        self._preferred = bytearray()
        words: dict[str, array[int]] = {}
        for entry in entries:
            for label, text, preferred in _labels(entry):
                for word in set(text.split()):
                    words.setdefault(word, array("I")).append(len(self._texts))
                self._owners.append(len(self._entries))
                self._labels.append(label)
                self._texts.append(text)
                self._preferred.append(preferred)
            self._entries.append(entry)
        self._words = sorted(words)
        self._postings = [words[word] for word in self._words]
        preferred_labels = (place for place, is_one in enumerate(self._preferred) if is_one)
        self._openings = array("I", sorted(preferred_labels, key=self._texts.__getitem__))

    def find(self, query: str, *, most: int = 20) -> list[Hit]:
        """The entries that fit best, at most `most`; none for an empty query."""
        typed = folded(query[:LONGEST_QUERY])
        if not typed:
            return []
        best = self._best(self._opening_with(typed), typed)
        if len(best) < most:  # else no other label could come before these
            best = self._best(self._with_words(typed.split()), typed)
        order = sorted(best, key=best.__getitem__)[:most]
        return [Hit(self._entries[owner], self._labels[best[owner][4]]) for owner in order]

    def _best(self, labels: Iterable[int], typed: str) -> dict[int, tuple[int, int, str, str, int]]:
        """The best label of each entry that one of these labels belongs to."""
        best: dict[int, tuple[int, int, str, str, int]] = {}
        for label in labels:
            owner = self._owners[label]
            key = self._rank(label, typed)
            best[owner] = min(best.get(owner, key), key)
        return best

    def _opening_with(self, typed: str) -> array[int]:
        """Preferred labels that begin with all that was typed."""
        text_of = self._texts.__getitem__
        start = bisect_left(self._openings, typed, key=text_of)
        return self._openings[start : bisect_left(self._openings, typed + LAST, key=text_of)]

    def _rank(self, label: int, typed: str) -> tuple[int, int, str, str, int]:
        text = self._texts[label]
        nearness = 0 if text == typed else 1 if text.startswith(typed) else 2
        place = nearness + (0 if self._preferred[label] else 3)
        return place, len(text), text, self._entries[self._owners[label]].uri, label

    def _with_words(self, words: list[str]) -> set[int]:
        """Labels in which each of these begins a word; the longest word narrows most."""
        found: set[int] | None = None
        for word in sorted(words, key=len, reverse=True):
            these = set(self._beginning(word))
            found = these if found is None else found & these
        return found or set()

    def _beginning(self, word: str) -> Iterator[int]:
        start = bisect_left(self._words, word)
        for place in range(start, bisect_left(self._words, word + LAST, start)):
            yield from self._postings[place]


def folded(text: str) -> str:
    """A text as it is compared: small letters, no accents, words apart by one space.

    >>> folded("Köche/-innen,  C++ (IT)")
    'koche innen c++ it'
    """
    plain = text.casefold()
    if not plain.isascii():
        letters = unicodedata.normalize("NFKD", plain)
        plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(WORD.findall(plain))


def _labels(entry: Entry) -> Iterator[tuple[str, str, bool]]:
    seen: set[str] = set()
    sources: tuple[tuple[Texts, bool], ...] = ((entry.labels, True), (entry.alternatives, False))
    for texts, preferred in sources:
        for _, text in texts:
            plain = folded(text)
            if plain not in seen:
                seen.add(plain)
                yield text, plain, preferred
