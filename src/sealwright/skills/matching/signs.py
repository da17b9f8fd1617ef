"""What is known of a match besides its score: how its name and the words of the text agree.

Each sign is a number near 0 to 1. How much each says about a match being right was fitted by
`training/`; the curve is in `confidence`. The word lists are English; in other languages those
signs say nothing.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from sealwright.skills.matching.asking import (
    ASKING,
    described,
    determined,
    governed_by_others,
    named_after,
    nobody_asked,
    ours_alone,
)
from sealwright.skills.matching.windows import LITTLE, Span
from sealwright.skills.matching.wordpiece import Word, words_of

ALIKE: Final = 0.985
"""From this likeness on, a part of a text and a name are taken to be made of the same words."""
_NEAR: Final = 12
_ASIDE: Final = re.compile(r"\([^)]*\)")
_ENDING: Final = re.compile(r"(?<=\w{3})(?:ing|ers?|ed|e?s|e)$")
_GLUE: Final = ("-", "&")

_JOINING_WORDS: Final = """
about across after against all also another any around as because been before being between both
but can could did do does done during e each eg either else etc every g he her his how however i
ie if include includes including into it its like may me might more most must my need needs no nor
not onto or other others over per plus require required requires shall she should so some such
than them then there these they those through throughout toward towards under us use used using
very via was well were what when where which while within without would
"""
_JOINING: Final = LITTLE | set(_JOINING_WORDS.split())
"""Words that are no part of the name of a skill that stands beside them."""

_PRAISING_WORDS: Final = """
ability advanced analytical background basic broad clear core deep degree demonstrated developer
development effective excellent exceptional experience experienced expertise extensive familiar
familiarity fluent general good great hands high ideally interpersonal junior knowledge
knowledgeable language languages lead modern oral outstanding practical preferably preferred
previous principal prior professional proficiency proficient profound programming proven relevant
senior skill skills solid some sound spoken strong superior technical technologies thorough
understanding verbal very working written year years
"""
_PRAISING: Final = frozenset(_PRAISING_WORDS.split())
"""Words before a skill that say how well it is asked for, and leave open which one it is."""

_FOLLOWING_WORDS: Final = """
abilities ability are background capabilities capability code coding competences competencies
degree desirable developer developers development engineer engineers essential experience
experiences expert expertise fluently framework frameworks is knowledge language languages level
preferred proficiency programming required scripting skill skills technologies technology tool
tools
"""
_FOLLOWING: Final = frozenset(_FOLLOWING_WORDS.split())
"""Words after the name of a product or a language that are no part of it."""


def plain(label: str) -> str:
    """A label without what stands in brackets.

    >>> plain("Java (computer programming)")
    'Java'
    """
    return " ".join(_ASIDE.sub(" ", label).split())


@lru_cache(maxsize=4096)
def full_words(text: str) -> tuple[str, ...]:
    """The words of a name that mean something by themselves.

    >>> full_words("lead a team (of nurses)")
    ('lead', 'team')
    """
    return tuple(word for word in words_of(_ASIDE.sub(" ", text)) if word not in LITTLE)


def spelled(label: str, window: str) -> float:
    """The share of the words of `label` that stand in `window`; endings may differ.

    >>> spelled("lead a team", "leading the team"), spelled("design wind turbines", "wind turbine")
    (1.0, 0.6666666666666666)
    >>> spelled("Java (computer programming)", "java"), spelled("JavaScript", "java")
    (1.0, 0.0)
    """
    wanted, there = full_words(label), words_of(window)
    found = [word for word in wanted if any(_alike(word, other) for other in there)]
    return len(found) / max(len(wanted), 1)


def sameness(label: str, window: str) -> float:
    """How far label and window are made of the same words: 1 if neither has one of its own."""
    return min(spelled(label, window), spelled(window, label))


def naming(uri: str, label: str, window: str) -> str:
    """What stands for an entry and the words it was found by: its address, if by its label.

    >>> naming("urn:1", "solve problems", "solving problems")
    'urn:1'
    >>> naming("urn:2", "Agile development", "agile")
    'urn:2 agil'
    """
    if sameness(label, window) == 1:
        return uri
    return " ".join([uri, *sorted({stem(word) for word in full_words(window)})])


def stem(word: str) -> str:
    """What forms of one word share, roughly.

    >>> stem("databases"), stem("testing"), stem("team")
    ('databas', 'test', 'team')
    """
    return _ENDING.sub("", word)


class Labels:
    """The words that the labels of an index are made of."""

    def __init__(self, labels: Sequence[str]) -> None:
        owners: defaultdict[str, set[int]] = defaultdict(set)
        for number, label in enumerate(labels):
            for word in full_words(label):
                owners[stem(word)].add(number)
        self._owners = dict(owners)
        self._size = len(labels)
        capitals = sum(label[:1].isupper() for label in labels)
        self._small = 2 * capitals < len(labels)

    def crowd(self, words: Iterable[str]) -> int:
        """How many labels have all these words; some 80 have “energy”, one has “javascript”."""
        return len(set.intersection(*(self._owners.get(stem(word), set()) for word in words)))

    def rarity(self, words: Iterable[str]) -> float:
        """How rare the words are among the labels, added up."""
        sizes = (len(self._owners.get(stem(word), ())) for word in words)
        return sum(math.log((self._size + 1) / (size + 1)) for size in sizes)

    def proper(self, label: str) -> bool:
        """Whether a label is the name of one thing, like “SQL”, as its capitals tell.

        Where most labels begin with a capital, only one within a word tells.
        """
        name = plain(label)
        if self._small:
            return name != name.lower()
        return any(word[1:] != word[1:].lower() for word in name.split())


@dataclass(frozen=True, slots=True)
class Found:
    """One candidate, where it was found, and what it was compared by."""

    label: str
    text: str
    words: Sequence[Word]
    span: Span
    """The window."""
    clause: Span
    likenesses: Mapping[str, float]
    behind: float
    """How far its score is below the best one of the text."""
    ahead: float
    """How far it is above the best other one; below 0 for all but the first."""

    @property
    def start(self) -> int:
        """Where the window starts in the text."""
        return self.words[self.span.first].start

    @property
    def stop(self) -> int:
        """Where it stops."""
        return self.words[self.span.after - 1].stop

    @property
    def window(self) -> str:
        """The part of the text that is most like a name of the candidate."""
        return self.text[self.start : self.stop]


def signs(found: Found, labels: Labels) -> dict[str, float]:
    """All signs of a candidate. Those named after a kind of match are 0 for other kinds.

    A *name* is a label with capitals that stands in the text, like “SQL”; a *term* is another
    label that does, like “economics”.
    """
    words, span, clause, window = found.words, found.span, found.clause, found.window
    own, there = full_words(found.label), words_of(window)
    same = sameness(found.label, window)
    proper = labels.proper(found.label)
    name, term = float(same == 1 and proper), float(same == 1 and not proper)
    other = float(same < 1 and found.likenesses["names in a window"] > ALIKE)
    before = words[span.first - 1].text if span.first > clause.first else ""
    after = words[span.after].text if span.after < clause.after else ""
    free_left = float(not before or before in _JOINING or before in _PRAISING)
    free_right = float(not after or after in _JOINING or after in _FOLLOWING)
    near = words[max(0, span.first - _NEAR) : span.after + _NEAR]
    meant = [word for word in there if word not in LITTLE]
    crowd = math.log1p(labels.crowd(meant)) / 5 if meant else 0.0
    sentence, ahead = found.likenesses["sentence"], found.ahead
    texts = [word.text for word in words]
    alone = float(nobody_asked(texts))
    asked_with, describing = described(texts, span, clause)
    return {
        "sentence": sentence,
        "window": found.likenesses["window"],
        "names in a window": found.likenesses["names in a window"],
        "letters": found.likenesses["letters"],
        "same words": same**3,
        "same forms": sum(word in there for word in own) / max(len(own), 1),
        "other name": other,
        "other name within the label": other * spelled(window, found.label),
        "ahead": ahead,
        "behind": found.behind,
        "rare": labels.rarity(own) / 10,
        "crowd": crowd,
        "asked": float(any(word.text in ASKING for word in near)),
        "free": free_left,
        "whole clause": float(span == clause),
        "capital": float(not proper and found.start > 0 and window[:1].isupper()),
        "glued": float(_glued(found.text, found.start, found.stop)),
        "term: sentence": term * sentence,
        "term: ahead": term * ahead,
        "term: free": term * free_left,
        "term: one word, not free": term * (len(own) == len(meant) == 1) * (1 - free_left),
        "name: ahead": name * ahead,
        "name: crowd": name * crowd,
        "name: free": name * free_right,
        "nobody asked": alone,
        "ours alone": float(ours_alone(texts)),
        "term: nobody asked": term * alone,
        "term: governed by others": term * governed_by_others(texts, span),
        "term: head asks": term * asked_with,
        "term: head is others": term * describing,
        "term: of others": term * named_after(texts, span),
        "term: determined": term * determined(texts, span),
    }


def _glued(text: str, start: int, stop: int) -> bool:
    """Whether a window is a part of one word, like “SQL” in “no-SQL” and “R” in “R & D”."""
    before, after = text[:start], text[stop:]
    if stop - start == 1:
        before, after = before.rstrip(), after.lstrip()
    return before.endswith(_GLUE) or after.startswith(_GLUE)


def _alike(one: str, other: str) -> bool:
    shorter, longer = sorted((len(one), len(other)))
    root = max(4, shorter - 3)
    near = shorter >= 4 and longer - shorter <= 3
    return one == other or (near and one[:root] == other[:root])
