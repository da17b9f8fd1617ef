"""What a learner asks of a route, and what a programme is worth to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from sealwright.skills.defaults import DEFAULTS, Defaults
from sealwright.skills.errors import UnfitRequest
from sealwright.skills.evidence import DAYS_A_MONTH, State
from sealwright.skills.gap import Gap, Line
from sealwright.skills.routes.catalogue import Floats, Implied, Programme, Taught
from sealwright.skills.terms import Term

HOURS: Final = 100
MONEY: Final = 1000
"""What the weights for time and cost are told for."""


class Prefer(StrEnum):
    """What a route is for, beside closing the gap."""

    BALANCED = "balanced"
    QUICKEST = "quickest"
    CHEAPEST = "cheapest"
    BEST_KNOWN = "best-known"
    MOST_RIGOROUS = "most-rigorous"
    DEGREE = "degree"


@dataclass(frozen=True, kw_only=True)
class Request:
    """What a learner wants and what bounds it.

    `budget` and `deadline` bind where they are given. Hours a week say how long a programme
    takes; one follows another. Empty `languages` and `modes` stand for any. `degree` is the
    address of the bigger award that `Prefer.DEGREE` counts towards.
    """

    gap: Gap
    at: date
    prefer: Prefer = Prefer.BALANCED
    hours_a_week: float = 6.0
    budget: float | None = None
    deadline: date | None = None
    languages: frozenset[str] = frozenset()
    modes: frozenset[str] = frozenset()
    done: frozenset[str] = frozenset()
    """Addresses of programmes that the learner has."""
    degree: str = ""
    steps: int = 6
    """The most programmes of a route."""
    defaults: Defaults = field(default=DEFAULTS)

    def __post_init__(self) -> None:
        """Raises `UnfitRequest` for bounds that leave nothing, or a degree that is not named."""
        if self.hours_a_week <= 0 or self.steps < 1 or (self.budget or 0) < 0:
            raise UnfitRequest("hours a week, steps and budget must be more", code="bounds")
        if self.deadline is not None and self.deadline < self.at:
            raise UnfitRequest("the deadline is past", code="deadline-past")
        if self.prefer is Prefer.DEGREE and not self.degree:
            raise UnfitRequest("name the degree to count towards", code="degree-missing")

    def weight(self, name: str) -> float:
        """How much a reason weighs for what is preferred."""
        return self.defaults.routes[f"{self.prefer}/{name}"]

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The skills that are still missing, the largest part first."""
        return tuple(line for line in self.gap.lines if line.missing > 0)

    @cached_property
    def shown(self) -> dict[str, float]:
        """What a kind of evidence proves; nothing where it shows only that one was there."""
        least = self.defaults.proves_from
        return {
            kind: weight if weight >= least else 0.0
            for kind, weight in self.defaults.strengths.items()
        }

    @cached_property
    def asked(self) -> frozenset[str]:
        """The skills that the goal asks for, missing or not."""
        return frozenset(self._by_skill)

    def hours_of(self, programme: Programme) -> float:
        """The hours that a programme is planned with: as told, or the most that is reckoned."""
        untold = self.defaults.untold["hours"]
        return untold if programme.hours is None else programme.hours

    def cost_of(self, programme: Programme) -> float:
        """What a programme is planned to cost: as told, or the most that is reckoned."""
        return self.defaults.untold["cost"] if programme.cost is None else programme.cost

    @property
    def hours(self) -> float:
        """The hours there are until the deadline."""
        if self.deadline is None:
            return float("inf")
        return (self.deadline - self.at).days / 7 * self.hours_a_week

    @property
    def money(self) -> float:
        """What may be spent."""
        return float("inf") if self.budget is None else self.budget

    @cached_property
    def quota(self) -> tuple[float, float]:
        """The least and the greatest share of human skills in what a route closes.

        Where the gap itself has less or more of them, the quota gives way that far.
        """
        low = self.defaults.quotas[f"{self.gap.goal.stage}/least"]
        high = self.defaults.quotas[f"{self.gap.goal.stage}/most"]
        missing = sum(line.missing for line in self.lines)
        human = sum(line.missing for line in self.lines if line.asked.skill.human)
        share = human / missing if missing else 0.0
        return min(low, share), max(high, share)

    def proven(self, need: Taught) -> bool:
        """Has the learner proven a skill at the level at which it must be there?"""
        line = self._by_skill.get(need.skill)
        if line is None:
            return False
        best = line.held.best_at(need.level, whole=True)
        return best is not None and best.cover(need.level) > 0 and best.level >= need.level

    @cached_property
    def _by_skill(self) -> dict[str, Line]:
        return {line.asked.skill.address: line for line in self.gap.lines}


# --- What must come first ---------------------------------------------------------------------


def lacking_programmes(programme: Programme, request: Request) -> list[str]:
    """Which programmes must come first that the learner has not done."""
    return [address for address in programme.after if address not in request.done]


def lacking_skills(programme: Programme, request: Request) -> list[Taught]:
    """Which skills must be there first that the learner has not proven."""
    return [need for need in programme.needs if not request.proven(need)]


def shows(programme: Programme, need: Taught) -> bool:
    """Does a programme certify a skill at the level that is needed?"""
    return any(it.skill == need.skill and it.level >= need.level for it in programme.teaches)


# --- What a programme is worth --------------------------------------------------------------


def terms_of(programme: Programme, request: Request, *, prepared: bool = True) -> tuple[Term, ...]:
    """What speaks for a programme and against it, for this learner, term by term.

    What it closes of each skill is a part of the goal, as in the gap. A part of that is taken
    back for what is open about its standing, for the age of its content, where it stops short of
    the level, repeats what is proven, is mostly about other things or is taught at another level
    than the learner's and, where the learner prefers so, for missing recognition or rigour, or
    for not counting towards the degree. Time and cost are taken off.
    """
    terms: list[Term] = []
    taught = {each.skill: each for each in sorted(programme.teaches, key=_by_level)}
    taught |= {each.skill: each for each in programme.implies}
    for line in request.lines:
        skill = line.asked.skill.address
        if skill in taught:
            terms.extend(_closing(programme, taught[skill], line, request, prepared=prepared))
    # More than the most that is reckoned counts as that much, so that silence never pays.
    hours = min(request.hours_of(programme), request.defaults.untold["hours"])
    cost = min(request.cost_of(programme), request.defaults.untold["cost"])
    said = "not told" if programme.hours is None else f"{programme.hours:g} hours"
    terms.append(Term("time", -request.weight("time") * hours / HOURS, said))
    said = "not told" if programme.cost is None else f"{programme.cost:g}"
    terms.append(Term("cost", -request.weight("cost") * cost / MONEY, said))
    return tuple(terms)


def _by_level(taught: Taught) -> tuple[int, float]:
    return taught.level, taught.confidence


def _closing(
    programme: Programme, taught: Taught, line: Line, request: Request, *, prepared: bool
) -> Iterator[Term]:
    asked = line.asked
    shown = request.shown[programme.shown] * taught.confidence
    proves = min(taught.level / asked.level, 1.0) * shown
    part = asked.weight * (proves - line.cover.value)
    if part <= 0:
        return
    address = asked.skill.address
    through = f", {taught.reason}" if isinstance(taught, Implied) else ""
    yield Term(f"closes {address}", part, f"{asked.skill.label}, level {taught.level}{through}")
    missing = {
        "standing": 1 - programme.standing,
        "currency": 1 - _content_currency(programme, line, request),
        "recognition": 1 - programme.known,
        "rigour": 1 - programme.rigour,
        "short": max(1 - taught.level / asked.level, 0.0),
        "repeats": float(repeats(taught.level, line)),
        "focus": 1 - _focus(programme, request),
        "pitch": float(off_pitch(programme.eqf, asked.level)),
        "degree": float(request.degree not in programme.towards),
        "preparation": 0.0 if prepared else 1.0,
    }
    for name, open_part in missing.items():
        if request.weight(name) * open_part:
            yield Term(f"{name} {address}", -request.weight(name) * open_part * part)


def repeats(level: int, line: Line) -> bool:
    """Is the skill proven at this level already, so that only the proof would be better?"""
    best = line.cover.best
    if best is not None and not best.is_whole:
        best = line.held.best_at(line.asked.level, whole=True)
    return line.state is State.PROVEN and best is not None and best.level >= level


def off_pitch(eqf: ArrayLike, asked: int) -> Floats:
    """How far the level of a programme (EQF) is from where a skill of this level is taught, 0 to 1.

    Foundation is taught about EQF level 4, expert about 7; one level beside it is near enough. A
    level that is not told is as far as can be.
    """
    levels = np.asarray(eqf, float)
    far = np.clip((np.abs(levels - (asked + 3)) - 1) / 4, 0.0, 1.0)
    return np.where(levels > 0, far, 1.0)


def _focus(programme: Programme, request: Request) -> float:
    """The share of what a programme certifies that the goal asks for."""
    taught = {each.skill for each in programme.teaches}
    shown = taught | {each.skill for each in programme.implies}
    return min(len(shown & request.asked) / len(taught), 1.0)


def _content_currency(programme: Programme, line: Line, request: Request) -> float:
    """What the age of its content leaves; never less than where its age is not told."""
    if programme.reviewed is None:
        return request.defaults.content_untold
    half_life = request.defaults.half_lives[line.asked.skill.kind]
    months = max((request.at - programme.reviewed).days, 0) / DAYS_A_MONTH
    return max(float(0.5 ** (months / half_life)), request.defaults.content_untold)
