"""A whole text in one pass: a course description, an advert, a resume."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from sealwright.skills.matching.documents import passages
from sealwright.skills.matching.engine import Match, Matcher
from sealwright.skills.matching.index import Target

A_PASSAGE: Final = 3
"""Matches of one sentence or line that are looked at."""
LEAST: Final = 0.1
"""Confidence below which a match of a long text is not worth a person's look: of the right ones
among the best five, 95 in 100 are above it."""


def read(
    matcher: Matcher,
    text: str,
    *,
    most: int = 50,
    least: float = LEAST,
    target: Target = Target.SKILLS,
) -> list[Match]:
    """What a long text asks for or shows, each skill once, the most confident first.

    Every passage is matched by itself. Of several places for one skill the most confident
    counts; of several skills for one place, too. `start` and `stop` are places in `text`.
    """
    found: list[Match] = []
    for passage in passages(text):
        for match in matcher.match(passage.text, top=A_PASSAGE, target=target):
            if match.confidence >= least:
                start, stop = match.start + passage.start, match.stop + passage.start
                found.append(replace(match, start=start, stop=stop))
    return list(_first(merged(found), most))


def merged(matches: Iterable[Match]) -> Iterator[Match]:
    """The matches without those that a better one has the skill or the place of."""
    ordered = sorted(
        matches, key=lambda each: (-each.confidence, -each.score, each.uri, each.start)
    )
    kept: list[Match] = []
    seen: set[str] = set()
    for each in ordered:
        if each.uri not in seen and not any(_overlap(each, other) for other in kept):
            seen.add(each.uri)
            kept.append(each)
            yield each


def _first(matches: Iterable[Match], most: int) -> Iterator[Match]:
    for _, each in zip(range(most), matches, strict=False):
        yield each


def _overlap(one: Match, other: Match) -> bool:
    """Whether two windows share more than half of the shorter one."""
    shared = min(one.stop, other.stop) - max(one.start, other.start)
    return 2 * shared > min(one.stop - one.start, other.stop - other.start)
