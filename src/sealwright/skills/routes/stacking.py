"""How far earned programmes stack towards a bigger award, with nothing counted twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sealwright.skills.routes.catalogue import Programme
from sealwright.skills.terms import Term, total


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """A bigger award and what it lets count: its own rules, as its provider states them."""

    address: str
    credits: float
    least_level: int = 0
    """The least EQF level of what counts; 0: any, and one that is not told does not reach it."""
    years: float | None = None
    """How old what counts may be."""
    most: float | None = None
    """The most credits that may be brought in from before."""


@dataclass(frozen=True, slots=True)
class Earned:
    """A programme that was earned on a day."""

    programme: Programme
    when: date


@dataclass(frozen=True, slots=True)
class Counted:
    """What one earned programme brings: its credits, less what does not count, with the reason."""

    programme: Programme
    terms: tuple[Term, ...]

    @property
    def credits(self) -> float:
        """What it brings in the end."""
        return total(self.terms)


@dataclass(frozen=True, slots=True)
class Stack:
    """All that counts towards an award."""

    award: Award
    counted: tuple[Counted, ...]
    capped: float = 0.0
    """What is left out because no more may be brought in; 0 or less."""

    @property
    def credits(self) -> float:
        """The credits that count."""
        return total((*(term for each in self.counted for term in each.terms), self.cap))

    @property
    def cap(self) -> Term:
        """What is left out because no more may be brought in."""
        return Term("most", self.capped)

    @property
    def open(self) -> float:
        """The credits that are still to be earned."""
        return max(self.award.credits - self.credits, 0.0)


def stack(award: Award, earned: Iterable[Earned], *, at: date) -> Stack:
    """What counts towards an award, the largest programme first, ties by address.

    Of programmes that overlap, the later in this order loses the share of its skills that those
    before it certify at the same level or higher. Programmes that do not count towards the award
    bring nothing, and so do those that are too low or too old; each says why.
    """
    counted: list[Counted] = []
    reached: dict[str, int] = {}
    for each in sorted(_once(earned), key=lambda it: (-it.programme.credits, it.programme.address)):
        programme = each.programme
        terms = [Term("credits", programme.credits)]
        refused = _refused(award, each, at)
        if refused is not None:
            terms.append(Term(refused[0], -programme.credits, refused[1]))
        else:
            skills = {taught.skill: taught.level for taught in programme.teaches}
            shared = [skill for skill, level in skills.items() if reached.get(skill, 0) >= level]
            if shared:
                lost = programme.credits * len(shared) / len(skills)
                detail = f"{len(shared)} of {len(skills)} skills count already"
                terms.append(Term("overlap", -lost, detail))
            for skill, level in skills.items():
                reached[skill] = max(level, reached.get(skill, 0))
        counted.append(Counted(programme, tuple(terms)))
    whole = sum(each.credits for each in counted)
    most = award.credits if award.most is None else min(award.most, award.credits)
    return Stack(award, tuple(counted), min(most - whole, 0.0))


def _once(earned: Iterable[Earned]) -> list[Earned]:
    """Every programme once, as it was earned last."""
    last: dict[str, Earned] = {}
    for each in sorted(earned, key=lambda it: it.when):
        last[each.programme.address] = each
    return list(last.values())


def _refused(award: Award, earned: Earned, at: date) -> tuple[str, str] | None:
    programme = earned.programme
    if award.address not in programme.towards:
        return "other", "it does not count towards this award"
    if programme.eqf < award.least_level:
        told = f"level {programme.eqf}" if programme.eqf else "a level that is not told"
        return "level", f"{told}, asked {award.least_level}"
    age = (at - earned.when).days / 365.25
    if award.years is not None and age > award.years:
        return "age", f"{age:.1f} years old, at most {award.years:g}"
    return None
