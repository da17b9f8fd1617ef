"""What a person can show of each skill, from the credentials they hold.

Many credentials for one skill are combined by one rule: a skill is as well shown as its best
piece of evidence shows it. Further pieces are listed and add nothing, so fifty badges weigh no
more than the best of them, and one more never weighs less.

Evidence of one skill may speak for another too (`kinship`): for the same skill elsewhere, and in
part for a broader one. It does so as one more piece, so the same rule holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
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
    PARTLY = "partly"
    """A narrower skill was proven, and not this one."""
    CLAIMED = "claimed"
    """Somebody says so, or was there; nobody has seen the skill."""
    OPEN = "open"


class Link(StrEnum):
    """What makes one skill speak for another."""

    SAME = "same"
    """They are one skill: one address spelt otherwise, or their publishers say so."""
    NAMED = "named"
    """They go by the same preferred name."""
    NARROWER = "narrower"
    """It is a part of the other, which it shows only in part."""


IN_WORDS: Final = {
    Link.SAME: "which is the same skill",
    Link.NAMED: "which goes by the same name",
    Link.NARROWER: "which is narrower",
}


@dataclass(frozen=True, slots=True)
class Kin:
    """That whoever holds a skill called `label` shows something of `skill` too."""

    skill: str
    label: str
    steps: int = 0
    """How many steps broader `skill` is; 0 where it is the same one."""
    named: bool = False
    """Does a name alone lead to it?"""

    @property
    def link(self) -> Link:
        """What makes it count."""
        if self.steps:
            return Link.NARROWER
        return Link.NAMED if self.named else Link.SAME

    @property
    def words(self) -> str:
        """The held skill, and what it is to the other."""
        return f"“{self.label}”, {IN_WORDS[self.link]}"

    @property
    def reason(self) -> str:
        """Why it counts, in words."""
        return f"through {self.words}"

    def factor(self, defaults: Defaults = DEFAULTS) -> float:
        """How much of what is shown of the one counts for the other, from 0 to 1."""
        by = defaults.kinship[Link.NAMED if self.named else Link.SAME]
        return float(by * defaults.kinship[Link.NARROWER] ** self.steps)


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
    through: Kin | None = None
    """Where it is evidence of another skill."""
    factor: float = 1.0
    """How much of it counts; less than 1 only through another skill."""

    @property
    def is_whole(self) -> bool:
        """Does it show the skill itself, not just a narrower one?"""
        return self.through is None or not self.through.steps

    @property
    def level(self) -> int:
        """The level it shows; foundation where none is told."""
        return self.evidence.level or LEVELS[0]

    def cover(self, level: int) -> float:
        """How much of a wanted level it proves, from 0 to 1."""
        return min(self.level / level, 1.0) * self.weight * self.currency * self.factor


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

    def best_at(self, level: int, *, whole: bool = False) -> Piece | None:
        """The verified piece that proves most of a level; with `whole`, of the skill itself.

        A weaker piece of a higher level may prove more of an expert's level than a stronger one
        of a lower level does, so it need not be the best one as such.
        """
        return max(
            (p for p in self.pieces if p.evidence.verified and (p.is_whole or not whole)),
            key=lambda piece: piece.cover(level),
            default=None,
        )

    def cover(self, level: int) -> Cover:
        """How much of `level` (1 to 4) is proven, as terms that add up. Claims prove nothing."""
        best = self.best_at(level)
        if best is None or best.cover(level) == 0:
            return Cover((Term("asked", 1.0), Term("not proven", -1.0)))
        reached = min(best.level / level, 1.0)
        shown = reached * best.weight
        current = shown * best.currency
        terms: tuple[Term, ...] = (
            Term("asked", 1.0, f"level {level}"),
            Term("level", reached - 1, f"level {best.level} is shown"),
            Term("evidence", shown - reached, in_words(best.evidence.strength)),
            Term("age", current - shown, f"{best.months:.0f} months"),
        )
        if best.through is not None:
            lost = current * best.factor - current
            terms = (*terms, Term(best.through.link, lost, best.through.reason))
        return Cover(terms, best)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it stands as it does, in a sentence for each piece."""
        return tuple(map(_sentence, self.pieces)) or ("Nothing speaks of this skill yet.",)


NO_KINSHIP: Final[Mapping[str, Sequence[Kin]]] = {}


def hold(
    evidence: Iterable[Evidence],
    *,
    at: date,
    kinds: Mapping[str, Kind],
    kinship: Mapping[str, Sequence[Kin]] = NO_KINSHIP,
    defaults: Defaults = DEFAULTS,
) -> dict[str, Held]:
    """What is held of each skill on the day `at`, by its address, in the order of addresses.

    `kinds` tells the kind of each skill; one that it does not name ages as a method. `kinship`
    tells for which other skills each one speaks (`kinship.kinship_of`). The order of the
    evidence makes no difference.
    """
    by_skill: dict[str, list[Piece]] = {}
    for each in evidence:
        kin = kinship.get(each.skill, ())
        known = (
            kinds[skill] for skill in (each.skill, *(it.skill for it in kin)) if skill in kinds
        )
        piece = weigh(each, next(known, Kind.METHOD), at=at, defaults=defaults)
        by_skill.setdefault(each.skill, []).append(piece)
        for other in kin:
            also = replace(piece, through=other, factor=other.factor(defaults))
            # A claim of a narrower skill says nothing of the broader one, nor does ended proof.
            if also.is_whole or (each.verified and also.currency):
                by_skill.setdefault(other.skill, []).append(also)
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
    whole = [piece for piece in shown if piece.is_whole]
    if any(piece.currency >= defaults.fresh_from for piece in whole):
        return State.PROVEN
    if whole:
        return State.AGEING
    return State.PARTLY if shown else State.CLAIMED


def _best_first(piece: Piece) -> tuple[bool, float, int, str, str, str, str, str]:
    """Verified before claimed, then by what it weighs; its own words break a tie."""
    it = piece.evidence
    return (
        not it.verified,
        -piece.weight * piece.currency * piece.factor,
        -piece.level,
        it.credential,
        it.provider,
        it.when.isoformat(),
        repr(it),
        repr(piece.through),
    )


def _ago(months: float) -> str:
    whole = round(months)
    return "this month" if not whole else f"{whole} month{'' if whole == 1 else 's'} ago"


def _sentence(piece: Piece) -> str:
    it = piece.evidence
    level = f"at level {it.level}" if it.level else "at a level that is not told"
    who = f", confirmed by {it.confirmed_by}" if it.confirmed_by else ""
    through = f" {piece.through.reason}," if piece.through else ""
    if not it.verified:
        return f"Claimed{through} {level}; nobody has verified it, so it does not count."
    shown = f"Shown{through} by {in_words(it.strength)} {level}{who}"
    if not piece.currency:
        ends = f"it ended on {it.until}" if it.until else f"it begins on {it.when}"
        return f"{shown}; {ends}, so it does not count."
    return (
        f"{shown}, {_ago(piece.months)}: {piece.weight:.2f} for how it was shown × "
        f"{piece.currency:.2f} for its age{_part(piece)} = {piece.cover(LEVELS[0]):.2f}."
    )


def _part(piece: Piece) -> str:
    return f" × {piece.factor:.2f} for that" if piece.through else ""
