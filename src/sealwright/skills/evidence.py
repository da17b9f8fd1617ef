"""What a person can show of each skill, from the credentials they hold.

Many credentials for one skill are combined by one rule: a skill is as well shown as its best
piece of evidence shows it. Further pieces are listed and add nothing, so fifty badges weigh no
more than the best of them, and one more never weighs less.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from sealwright.skills.defaults import DEFAULTS, Defaults
from sealwright.skills.errors import UnfitRequest
from sealwright.skills.terms import Term, total

LEVELS: Final = (1, 2, 3, 4)
"""Foundation, working, skilled, expert; 0 stands for not told, and counts as foundation."""

DAYS_A_MONTH: Final = 365.25 / 12


class Strength(StrEnum):
    """How a skill was shown, the strongest first."""

    PERFORMED_TASK = "performed-task"
    """A task or work sample, seen by an assessor."""
    SUPERVISED_EXAM = "supervised-exam"
    REVIEWED_PROJECT = "reviewed-project"
    UNSUPERVISED_QUIZ = "unsupervised-quiz"
    ATTENDANCE = "attendance"
    OWN_CLAIM = "own-claim"


class Kind(StrEnum):
    """What a skill is made of, which decides how fast evidence of it ages."""

    TECHNOLOGY = "technology"
    METHOD = "method"
    TRANSVERSAL = "transversal"


class State(StrEnum):
    """Where a person stands with one skill."""

    PROVEN = "proven"
    AGEING = "ageing"
    """It was proven, and the proof has lost half its weight or has ended."""
    CLAIMED = "claimed"
    """Somebody says so, or was there; nobody has seen the skill."""
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One statement that a person has one skill. Says nothing of who the person is.

    `verified` is true only where the credential was verified and stands: not for what its
    holder merely says, nor for what was revoked, forged or could not be decided.
    """

    skill: str
    strength: Strength
    when: date
    level: int = 0
    until: date | None = None
    """The last day on which it holds, where it has one."""
    verified: bool = False
    confirmed_by: str = ""
    credential: str = ""
    provider: str = ""
    programme: str = ""

    def __post_init__(self) -> None:
        """Raises `UnfitRequest` for a level outside 0 to 4."""
        if self.level not in (0, *LEVELS):
            raise UnfitRequest("a level is 1 to 4, or 0 where it is not told", code="level-unfit")


@dataclass(frozen=True, slots=True)
class Piece:
    """Evidence as it weighs on one day: `weight` for how it was shown, times its currency."""

    evidence: Evidence
    months: float
    weight: float
    currency: float

    @property
    def level(self) -> int:
        """The level it shows; foundation where none is told."""
        return self.evidence.level or LEVELS[0]

    def cover(self, level: int) -> float:
        """How much of a wanted level it proves, from 0 to 1."""
        return min(self.level / level, 1.0) * self.weight * self.currency


@dataclass(frozen=True, slots=True)
class Cover:
    """How much of a wanted level is proven: 1, less what is lost for each named reason."""

    terms: tuple[Term, ...]
    best: Piece | None = None
    value: float = field(init=False, repr=False, compare=False)
    """What the terms add up to, from 0 to 1. Kept, because it is asked for often."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "value", total(self.terms))


@dataclass(frozen=True, slots=True)
class Held:
    """One skill of a person on one day, with every piece that speaks of it, the best first."""

    skill: str
    state: State
    pieces: tuple[Piece, ...] = ()

    @property
    def best(self) -> Piece | None:
        """The piece that counts."""
        return self.pieces[0] if self.pieces else None

    @property
    def level(self) -> int:
        """The level that the best piece shows; 0 where there is none."""
        return self.best.level if self.best else 0

    @property
    def strength(self) -> Strength | None:
        """How the best piece was shown."""
        return self.best.evidence.strength if self.best else None

    @property
    def months(self) -> float:
        """The age of the best piece, in months."""
        return self.best.months if self.best else 0.0

    @property
    def currency(self) -> float:
        """What its age leaves of the best piece, from 0 to 1."""
        return self.best.currency if self.best else 0.0

    def cover(self, level: int) -> Cover:
        """How much of `level` (1 to 4) is proven, as terms that add up.

        A weaker piece of a higher level may prove more of an expert's level than a stronger one
        of a lower level does, so the best piece is looked for anew. Claims prove nothing.
        """
        best = max(
            (piece for piece in self.pieces if piece.evidence.verified),
            key=lambda piece: piece.cover(level),
            default=None,
        )
        if best is None or best.cover(level) == 0:
            return Cover((Term("asked", 1.0), Term("not proven", -1.0)))
        reached = min(best.level / level, 1.0)
        shown = reached * best.weight
        return Cover(
            (
                Term("asked", 1.0, f"level {level}"),
                Term("level", reached - 1, f"level {best.level} is shown"),
                Term("evidence", shown - reached, in_words(best.evidence.strength)),
                Term("age", shown * best.currency - shown, f"{best.months:.0f} months"),
            ),
            best,
        )

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it stands as it does, in a sentence for each piece."""
        return tuple(map(_sentence, self.pieces)) or ("Nothing speaks of this skill yet.",)


def hold(
    evidence: Iterable[Evidence],
    *,
    at: date,
    kinds: Mapping[str, Kind],
    defaults: Defaults = DEFAULTS,
) -> dict[str, Held]:
    """What is held of each skill on the day `at`, by its address, in the order of addresses.

    `kinds` tells the kind of each skill; one that it does not name ages as a method. The order
    of the evidence makes no difference.
    """
    by_skill: dict[str, list[Piece]] = {}
    for each in evidence:
        kind = kinds.get(each.skill, Kind.METHOD)
        by_skill.setdefault(each.skill, []).append(weigh(each, kind, at=at, defaults=defaults))
    return {
        skill: Held(skill, _state(pieces, defaults), tuple(sorted(pieces, key=_best_first)))
        for skill, pieces in sorted(by_skill.items())
    }


def weigh(evidence: Evidence, kind: Kind, *, at: date, defaults: Defaults = DEFAULTS) -> Piece:
    """One piece of evidence as it weighs on the day `at`."""
    return Piece(
        evidence,
        max((at - evidence.when).days, 0) / DAYS_A_MONTH,
        defaults.strengths[evidence.strength],
        currency(evidence.when, evidence.until, kind, at=at, defaults=defaults),
    )


def currency(
    when: date, until: date | None, kind: Kind, *, at: date, defaults: Defaults = DEFAULTS
) -> float:
    """What the age of evidence leaves of its weight, from 0 to 1.

    Nothing after its last day or before its first; else half for every half-life of its kind.
    A stated end can end evidence early and never makes it last longer.

    >>> currency(date(2024, 1, 1), None, Kind.TECHNOLOGY, at=date(2026, 7, 2)).__round__(2)
    0.5
    >>> currency(date(2024, 1, 1), date(2025, 1, 1), Kind.TECHNOLOGY, at=date(2025, 1, 2))
    0.0
    """
    if at < when or (until is not None and at > until):
        return 0.0
    months = (at - when).days / DAYS_A_MONTH
    return float(0.5 ** (months / defaults.half_lives[kind]))


def in_words(strength: Strength) -> str:
    """The kind of evidence as a reader says it: "supervised exam".

    >>> in_words(Strength.SUPERVISED_EXAM)
    'supervised exam'
    """
    return strength.value.replace("-", " ")


def _state(pieces: list[Piece], defaults: Defaults) -> State:
    shown = [p for p in pieces if p.evidence.verified and p.weight >= defaults.proves_from]
    if any(piece.currency >= defaults.fresh_from for piece in shown):
        return State.PROVEN
    return State.AGEING if shown else State.CLAIMED


def _best_first(piece: Piece) -> tuple[bool, float, int, str, str, str, str]:
    """Verified before claimed, then by what it weighs; its own words break a tie."""
    it = piece.evidence
    return (
        not it.verified,
        -piece.weight * piece.currency,
        -piece.level,
        it.credential,
        it.provider,
        it.when.isoformat(),
        repr(it),
    )


def _ago(months: float) -> str:
    whole = round(months)
    return "this month" if not whole else f"{whole} month{'' if whole == 1 else 's'} ago"


def _sentence(piece: Piece) -> str:
    it = piece.evidence
    level = f"at level {it.level}" if it.level else "at a level that is not told"
    who = f", confirmed by {it.confirmed_by}" if it.confirmed_by else ""
    if not it.verified:
        return f"Claimed {level}; nobody has verified it, so it does not count."
    shown = f"Shown by {in_words(it.strength)} {level}{who}"
    if not piece.currency:
        ends = f"it ended on {it.until}" if it.until else f"it begins on {it.when}"
        return f"{shown}; {ends}, so it does not count."
    return (
        f"{shown}, {_ago(piece.months)}: {piece.weight:.2f} for how it was shown × "
        f"{piece.currency:.2f} for its age = {piece.weight * piece.currency:.2f}."
    )
