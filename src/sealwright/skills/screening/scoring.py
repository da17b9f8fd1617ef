"""What a job asks, against what each candidate can prove, with every reason.

A requirement gives its share of 100 points times how much of its level is proven by accepted
evidence today. Nothing else counts: a candidate is a key and evidence, and who is behind it is
not in here at all. Claims are shown and give nothing. Whoever proves every must comes before
whoever does not yet; nobody is left out, and who brought no proof is listed apart.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Final

from sealwright.skills.defaults import DEFAULTS, Defaults
from sealwright.skills.errors import UnfitRequest
from sealwright.skills.evidence import (
    LEVELS,
    NO_KINSHIP,
    Cover,
    Evidence,
    Kin,
    Kind,
    Piece,
    Strength,
    hold,
    weigh,
)
from sealwright.skills.terms import Term, total

POINTS: Final = 100.0
DIGITS: Final = 9
"""Scores that agree to so many digits are a tie."""

LADDER: Final = tuple(Strength)


class State(StrEnum):
    """Where a candidate stands with one requirement."""

    PROVEN = "proven"
    """Verified, current, and of the level that is asked for."""
    AGEING = "ageing"
    """Verified and of the level, but older than asked, or past its end."""
    BELOW = "below"
    """Verified, of a lower level than is asked for."""
    REFUSED = "refused"
    """What was brought for it was revoked, or failed a check."""
    WEAK = "weak"
    """Verified, and shown in a weaker way than is accepted here."""
    CLAIMED = "claimed"
    """Said, without proof."""
    OPEN = "open"
    """No sign of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """What a job asks: a skill and level, how much it weighs, how fresh, how it must be shown.

    `within` is the most months that proof may be old; by default it ages as its kind of skill
    does. `accepts` is the weakest evidence that counts. Raises `UnfitRequest`.
    """

    skill: str
    label: str = ""
    level: int = 1
    must: bool = False
    weight: float = 1.0
    within: float | None = None
    accepts: Strength = Strength.UNSUPERVISED_QUIZ
    kind: Kind = Kind.METHOD

    def __post_init__(self) -> None:
        if self.level not in LEVELS:
            raise UnfitRequest("A requirement has a level from 1 to 4.", "level-unfit")
        if not 0 < self.weight < float("inf"):
            raise UnfitRequest("A requirement weighs more than nothing.", "weight-unfit")
        if self.accepts is Strength.OWN_CLAIM:
            raise UnfitRequest("A claim proves nothing, so none is accepted.", "accepts-unfit")

    def takes(self, evidence: Evidence) -> bool:
        """Whether this evidence is of an accepted kind, and verified."""
        strong = LADDER.index(evidence.strength) <= LADDER.index(self.accepts)
        return evidence.verified and strong


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody's evidence under a key that tells nothing, and skills that a check refused."""

    key: str
    evidence: tuple[Evidence, ...] = ()
    refused: frozenset[str] = frozenset()
    """Skills that a revoked, forged or foreign credential was brought for."""

    @property
    def has_proof(self) -> bool:
        """Whether anything verified was brought."""
        return any(each.verified for each in self.evidence)


@dataclass(frozen=True, slots=True)
class Near:
    """A proven skill that comes near one that is asked for, and the piece that shows it best."""

    kin: Kin
    piece: Piece


@dataclass(frozen=True, slots=True)
class Answer:
    """One candidate and one requirement: the state, the points, and the piece that gives them."""

    requirement: Requirement
    state: State
    share: float
    """The points of a full proof."""
    cover: Cover | None = None
    nearby: tuple[Near, ...] = ()
    """Where it is not met: proven skills that come near. They give no points and no state."""

    @property
    def best(self) -> Piece | None:
        """The piece of evidence that counts."""
        return self.cover.best if self.cover else None

    @property
    def points(self) -> float:
        """The share times how much is proven."""
        return self.share * self.cover.value if self.cover else 0.0

    @property
    def terms(self) -> tuple[Term, ...]:
        """What it gives as it was shown, and what age takes from that."""
        if self.cover is None:
            return ()
        name = self.requirement.label or self.requirement.skill
        shown = total(term for term in self.cover.terms if term.name != "age")
        aged = [term for term in self.cover.terms if term.name == "age" and term.value]
        return (
            Term(name, self.share * shown),
            *(Term(f"age of proof: {name}", self.share * term.value) for term in aged),
        )


@dataclass(frozen=True, slots=True)
class Row:
    """A candidate's place. Equal scores share a rank; who brought no proof has none."""

    key: str
    answers: tuple[Answer, ...]
    rank: int | None = None
    is_tied: bool = False

    @property
    def terms(self) -> tuple[Term, ...]:
        """Everything that the score is made of."""
        return tuple(term for answer in self.answers for term in answer.terms)

    @property
    def score(self) -> float:
        """The sum of the terms, from 0 to 100."""
        return total(self.terms)

    @property
    def missing(self) -> tuple[Requirement, ...]:
        """Musts that are not proven and current at their level."""
        return tuple(
            answer.requirement
            for answer in self.answers
            if answer.requirement.must and answer.state is not State.PROVEN
        )


@dataclass(frozen=True, slots=True)
class Change:
    """What one thing would do: the score and the rank of the candidate that it is about."""

    requirement: Requirement
    score: float
    rank: int


@dataclass(frozen=True, slots=True)
class Screening:
    """The answer: the ranked, those without proof, and what it was made with."""

    at: date
    requirements: tuple[Requirement, ...]
    ranked: tuple[Row, ...]
    apart: tuple[Row, ...]
    """Who brought no proof, in no order that says anything."""
    defaults: Defaults
    _orders: tuple[tuple[bool, float], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_orders", tuple(map(_order, self.ranked)))

    def proofs_that_would_help(self, key: str) -> list[Change]:
        """For each requirement not met in full: what a full proof of today would do."""
        row = self.row(key)
        changes = []
        for n, answer in enumerate(row.answers):
            if round(answer.share - answer.points, DIGITS) > 0:
                full = _full_answer(answer)
                better = replace(row, answers=(*row.answers[:n], full, *row.answers[n + 1 :]))
                changes.append(Change(answer.requirement, better.score, self._rank_of(better)))
        return sorted(changes, key=lambda each: (-each.score, each.requirement.skill))

    def row(self, key: str) -> Row:
        """The row of a candidate. Raises `UnfitRequest`."""
        for row in (*self.ranked, *self.apart):
            if row.key == key:
                return row
        raise UnfitRequest("There is no such candidate in this screening.", "candidate-unknown")

    def _rank_of(self, better: Row) -> int:
        """The rank of a candidate who would be so; who is better never stands behind oneself."""
        return 1 + bisect_left(self._orders, _order(better))


def screen(
    requirements: Sequence[Requirement],
    candidates: Iterable[Candidate],
    *,
    at: date,
    kinship: Mapping[str, Sequence[Kin]] = NO_KINSHIP,
    defaults: Defaults = DEFAULTS,
) -> Screening:
    """Compare the candidates' evidence with the requirements as of the day `at`.

    A requirement asks for the skill itself. With `kinship`, an answer that does not meet one names
    proven skills that come near, for a person to judge; scores, states and order stay the same.

    Raises `UnfitRequest` without a requirement, with a skill asked for twice, or with two
    candidates of one key.
    """
    asked = tuple(requirements)
    if not asked:
        raise UnfitRequest("Ask for one skill at least.", "requirements-none")
    if len({each.skill for each in asked}) < len(asked):
        raise UnfitRequest("A skill is asked for twice. Keep one of them.", "requirements-twice")
    everybody = list(candidates)
    if len({each.key for each in everybody}) < len(everybody):
        raise UnfitRequest("Two candidates have one key.", "candidates-twice")
    rows = {
        each.key: _row(each, asked, at=at, kinship=kinship, defaults=defaults) for each in everybody
    }
    mixed = sorted(rows, key=lambda key: sha256(f"{at} {key}".encode()).digest())
    proven = {each.key for each in everybody if each.has_proof}
    return Screening(
        at,
        asked,
        _ranked([rows[key] for key in mixed if key in proven]),
        tuple(rows[key] for key in mixed if key not in proven),
        defaults,
    )


def without(screening: Screening, skill: str, candidates: Iterable[Candidate]) -> Screening:
    """The same screening as if `skill` had not been asked for. Raises `UnfitRequest`."""
    rest = [each for each in screening.requirements if each.skill != skill]
    return screen(rest, candidates, at=screening.at, defaults=screening.defaults)


def _row(
    candidate: Candidate,
    asked: tuple[Requirement, ...],
    *,
    at: date,
    kinship: Mapping[str, Sequence[Kin]],
    defaults: Defaults,
) -> Row:
    whole = sum(each.weight for each in asked)
    by_skill: dict[str, list[Evidence]] = {}
    for each in candidate.evidence:
        by_skill.setdefault(each.skill, []).append(each)
    answers = [
        _answer(
            each,
            by_skill.get(each.skill, []),
            POINTS * each.weight / whole,
            is_refused=each.skill in candidate.refused,
            at=at,
            defaults=defaults,
        )
        for each in asked
    ]
    near = _near(candidate.evidence, kinship, at, defaults)
    return Row(candidate.key, tuple(_beside(answer, near) for answer in answers))


def _near(
    evidence: Iterable[Evidence],
    kinship: Mapping[str, Sequence[Kin]],
    at: date,
    defaults: Defaults,
) -> dict[str, dict[str, Near]]:
    """For each skill, what else was shown that speaks for it: verified, and within its dates."""
    near: dict[str, dict[str, Near]] = {}
    for each in evidence:
        kin = kinship.get(each.skill, ()) if each.verified else ()
        piece = weigh(each, Kind.METHOD, at=at, defaults=defaults)
        for it in kin if piece.currency > 0 else ():
            known = near.setdefault(it.skill, {})
            known[each.skill] = min(
                Near(it, piece), known.get(each.skill, Near(it, piece)), key=_best_shown_first
            )
    return near


def _best_shown_first(near: Near) -> tuple[float, int, str]:
    piece = near.piece
    return -piece.weight * piece.currency, -piece.level, piece.evidence.credential


def _nearest_first(near: Near) -> tuple[int, str, str]:
    return near.kin.steps, near.kin.label, near.piece.evidence.skill


def _beside(answer: Answer, near: Mapping[str, Mapping[str, Near]]) -> Answer:
    found = near.get(answer.requirement.skill, {})
    if answer.state is State.PROVEN or not found:
        return answer
    return replace(answer, nearby=tuple(sorted(found.values(), key=_nearest_first)))


def _answer(
    requirement: Requirement,
    evidence: Sequence[Evidence],
    share: float,
    *,
    is_refused: bool,
    at: date,
    defaults: Defaults,
) -> Answer:
    taken = [each for each in evidence if requirement.takes(each)]
    if not taken:
        return Answer(requirement, _without_proof(evidence, is_refused=is_refused), share)
    kinds: Mapping[str, Kind] = {requirement.skill: requirement.kind}
    held = hold(taken, at=at, kinds=kinds, defaults=defaults)[requirement.skill]
    enough = [piece for piece in held.pieces if piece.level >= requirement.level]
    if not enough:
        state = State.BELOW
    elif any(_is_fresh(piece, requirement, defaults) for piece in enough):
        state = State.PROVEN
    else:
        state = State.AGEING
    return Answer(requirement, state, share, held.cover(requirement.level))


def _without_proof(evidence: Sequence[Evidence], *, is_refused: bool) -> State:
    if is_refused:
        return State.REFUSED
    if any(each.verified for each in evidence):
        return State.WEAK
    return State.CLAIMED if evidence else State.OPEN


def _is_fresh(piece: Piece, requirement: Requirement, defaults: Defaults) -> bool:
    if requirement.within is None:
        return piece.currency >= defaults.fresh_from
    return piece.currency > 0 and piece.months <= requirement.within


def _full_answer(answer: Answer) -> Answer:
    full = Cover((Term("asked", 1.0),))
    return Answer(answer.requirement, State.PROVEN, answer.share, full)


def _order(row: Row) -> tuple[bool, float]:
    return bool(row.missing), -round(row.score, DIGITS)


def _ranked(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Places by musts and score; what is equal keeps its mixed order and shares a rank."""
    ordered = sorted(rows, key=_order)
    alike = Counter(map(_order, ordered))
    first: dict[tuple[bool, float], int] = {}
    for rank, row in enumerate(ordered, start=1):
        first.setdefault(_order(row), rank)
    return tuple(
        replace(row, rank=first[_order(row)], is_tied=alike[_order(row)] > 1) for row in ordered
    )
