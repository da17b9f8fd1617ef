"""What is asked for is taken, and what is only mentioned is not."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from sealwright.skills.matching import Match, StaticMatcher, Target, TokenTable, held, named
from sealwright.skills.matching.asking import described, governed_by_others, named_after
from sealwright.skills.matching.windows import Span, clauses
from tests.skills.shared import esco

SENTENCES: Final = Path(__file__).parents[1] / "judged" / "named.txt"
TAKEN_THOUGH_MENTIONED: Final = 4
"""Of 60 at most; 1 when this was written, and 23 before the place of a name was looked at."""
TAKEN_WHERE_ASKED: Final = 46
"""Of 60 at least; 50 when this was written, and 53 before."""


class Sentence(NamedTuple):
    """A sentence that asks for a skill of ESCO or only mentions it."""

    kind: str
    label: str
    text: str


@cache
def sentences(kind: str) -> list[Sentence]:
    lines = SENTENCES.read_text("utf-8").splitlines()
    read = [Sentence(*line.split(" | ", 2)) for line in lines if line and line[0] != "#"]
    return [each for each in read if each.kind == kind]


@cache
def whole() -> StaticMatcher:
    """A matcher over all skills of ESCO."""
    table = TokenTable.shipped()
    skills = named(esco().framework)[Target.SKILLS]
    return StaticMatcher(held({Target.SKILLS: skills}, table), table)


def taken(text: str) -> list[Match]:
    return [match for match in whole().match(text) if match.accepted]


def test_half_of_the_sentences_ask() -> None:
    assert len(sentences("asked")) == len(sentences("mentioned")) == 60


def test_what_is_only_mentioned_is_hardly_ever_taken() -> None:
    wrong = [each.text for each in sentences("mentioned") if taken(each.text)]

    assert len(wrong) <= TAKEN_THOUGH_MENTIONED, wrong


def test_what_is_asked_for_is_mostly_taken() -> None:
    missed = [
        each.text
        for each in sentences("asked")
        if each.label not in {match.label for match in taken(each.text)}
    ]

    assert len(missed) <= 60 - TAKEN_WHERE_ASKED, missed


def placed(text: str, name: str) -> tuple[list[str], Span, Span]:
    """The words of a text, where one of them stands, and the clause it stands in."""
    found, spans = clauses(text)
    words = [word.text for word in found]
    first = words.index(name)
    clause = next(each for each in spans if each.first <= first < each.after)
    return words, Span(first, first + 1), clause


@pytest.mark.parametrize(
    ("text", "asked", "others"),
    [
        ("Solid design skills", True, False),
        ("Our design and brand team", False, False),
        ("The design team", False, True),
        ("Design", False, False),
        ("Design, team spirit", False, False),
        ("Design we can all be proud of", False, False),
    ],
)
def test_the_noun_after_a_name_tells_whose_it_is(text: str, asked: bool, others: bool) -> None:
    words, span, clause = placed(text, "design")

    assert described(words, span, clause) == (asked, others)


def test_the_nearest_word_before_a_name_governs_it() -> None:
    assert not governed_by_others(*placed("We need experience in design", "design")[:2])
    assert governed_by_others(*placed("Experience with customers in design", "design")[:2])
    assert not governed_by_others(*placed("Later also design", "design")[:2])


def test_bodies_are_named_after_what_they_do() -> None:
    assert named_after(*placed("Ask the head of our design", "design")[:2])
    assert not named_after(*placed("The love of design", "design")[:2])
    assert not named_after(*placed("of design", "design")[:2])
