"""Ordered programmes that close a gap within bounds.

A route is worth what its programmes close, each skill counted once, at the programme that closes
most of it, less their time and cost. To find the best one exactly would take too long, so it is
searched for (`searching`); what is found keeps every bound, and the tests hold its worth against
an exact solver.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil, fsum

from sealwright.skills.routes.catalogue import Catalogue, Programme
from sealwright.skills.routes.offer import Offer
from sealwright.skills.routes.request import (
    Prefer,
    Request,
    lacking_programmes,
    lacking_skills,
    shows,
    terms_of,
)
from sealwright.skills.routes.searching import search
from sealwright.skills.terms import Term, total


@dataclass(frozen=True, slots=True)
class Step:
    """One programme of a route, with its dates and what speaks for and against it here."""

    programme: Programme
    starts: date
    ends: date
    hours: float
    cost: float
    """What it is planned with: as told, or the most that is reckoned."""
    terms: tuple[Term, ...]

    @property
    def score(self) -> float:
        """What its terms add up to."""
        return total(self.terms)


@dataclass(frozen=True, slots=True)
class Route:
    """Programmes in the order in which to take them. Without steps nothing was worth taking."""

    prefer: Prefer
    steps: tuple[Step, ...]
    human: float
    """The share of human skills in what it closes."""
    quota: tuple[float, float]
    notes: tuple[str, ...] = ()
    """What a reader must know, such as a quota that nothing on offer could meet."""

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms of every step."""
        return tuple(term for step in self.steps for term in step.terms)

    @property
    def score(self) -> float:
        """What the terms add up to."""
        return total(self.terms)

    @property
    def closes(self) -> float:
        """The part of the goal that it closes."""
        return total(term for term in self.terms if term.name.startswith("closes "))

    @property
    def cost(self) -> float:
        """What it costs."""
        return sum(step.cost for step in self.steps)

    @property
    def hours(self) -> float:
        """The hours of work."""
        return sum(step.hours for step in self.steps)

    @property
    def meets_quota(self) -> bool:
        """Is the share of human skills within the quota?"""
        low, high = self.quota
        return not self.steps or low - 1e-9 <= self.human <= high + 1e-9


def plan(catalogue: Catalogue, request: Request) -> Route:
    """The best route that was found for a request.

    Where no route that is worth taking meets the quota of human skills, the best one without it,
    and a note that says so.
    """
    return plan_all(catalogue, request, [request.prefer])[0]


def plan_all(catalogue: Catalogue, request: Request, prefers: Iterable[Prefer]) -> list[Route]:
    """The best route that was found for each of several preferences of one learner.

    As `plan` finds them one by one, in less time. Raises `UnfitRequest` as a request does.
    """
    offer = Offer.of(catalogue, request)
    return [_planned(offer, replace(request, prefer=prefer)) for prefer in prefers]


def _planned(offer: Offer, request: Request) -> Route:
    programmes, balanced = search(offer, request)
    notes = []
    if not programmes:
        notes.append("Nothing that fits the bounds closes more than it takes.")
    if not balanced:
        notes.append("Nothing on offer meets the quota of human skills within the bounds.")
    return route_of(programmes, request, notes)


def route_of(programmes: Iterable[Programme], request: Request, notes: Sequence[str] = ()) -> Route:
    """These programmes as a route: ordered, dated, every skill at the one that closes most.

    What must come first does, then what is worth most. Raises `ValueError` where they have no
    order in which each is prepared for.
    """
    waiting = sorted(programmes, key=lambda each: each.address)
    terms = _terms(waiting, request)
    steps: list[Step] = []
    hours = 0.0
    while waiting:
        done = [step.programme for step in steps]
        ready = [each for each in waiting if is_ready(each, done, request)]
        if not ready:
            raise ValueError("these programmes wait for each other, or for others")
        following = min(ready, key=lambda it: (-total(terms[it.address]), it.address))
        waiting.remove(following)
        starts, hours = hours, hours + request.hours_of(following)
        steps.append(
            Step(
                following,
                request.at + timedelta(int(7 * starts / request.hours_a_week)),
                request.at + timedelta(ceil(7 * hours / request.hours_a_week - 1e-9)),
                hours - starts,
                request.cost_of(following),
                terms[following.address],
            )
        )
    return Route(
        request.prefer, tuple(steps), _human_share(steps, request), request.quota, tuple(notes)
    )


def is_ready(programme: Programme, done: Sequence[Programme], request: Request) -> bool:
    """Is a learner who has done these prepared for a programme?"""
    there = {each.address for each in done}
    return there.issuperset(lacking_programmes(programme, request)) and all(
        any(shows(each, need) for each in done) for need in lacking_skills(programme, request)
    )


def _terms(programmes: Sequence[Programme], request: Request) -> dict[str, tuple[Term, ...]]:
    """The terms of each programme; every skill at the one that is worth most for it."""
    terms = {each.address: terms_of(each, request) for each in programmes}
    best: dict[str, tuple[float, str]] = {}
    for address, found in terms.items():
        worth: dict[str, list[float]] = {}
        for term in found:
            worth.setdefault(_skill(term), []).append(term.value)
        for skill, values in worth.items():
            value = round(sum(values), 12)
            if value > best.get(skill, (0.0, ""))[0]:
                best[skill] = (value, address)
    return {
        address: tuple(
            term
            for term in found
            if not _skill(term) or best.get(_skill(term), (0.0, ""))[1] == address
        )
        for address, found in terms.items()
    }


def _skill(term: Term) -> str:
    """The skill that a term is about; none for time and cost."""
    return term.name.partition(" ")[2]


def _human_share(steps: Sequence[Step], request: Request) -> float:
    human = {line.asked.skill.address for line in request.lines if line.asked.skill.human}
    closed = {
        term.name.removeprefix("closes "): term.value
        for step in steps
        for term in step.terms
        if term.name.startswith("closes ")
    }
    # Exact sums, because sets come in another order in every process.
    whole = fsum(closed.values())
    return fsum(closed[skill] for skill in human & closed.keys()) / whole if whole else 0.0
