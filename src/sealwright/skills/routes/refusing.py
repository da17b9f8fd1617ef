"""Why a programme is not part of a route."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sealwright.skills.evidence import in_words
from sealwright.skills.routes.catalogue import Programme
from sealwright.skills.routes.planning import Route, is_ready, route_of
from sealwright.skills.routes.request import Request, terms_of
from sealwright.skills.terms import Term


@dataclass(frozen=True, slots=True)
class WhyNot:
    """One reason against a programme, and by how much, where that is a number.

    For `worse`, `instead_of` is the step that it would best stand in for (empty: none, it would
    be added), and `terms` are what that would change in the score; they add up to `by`.
    """

    code: str
    words: str
    by: float = 0.0
    instead_of: str = ""
    terms: tuple[Term, ...] = ()


def why_not(programme: Programme, route: Route, request: Request) -> list[WhyNot]:
    """Why a programme is not in a route; empty where it is, or where it would be as good.

    What rules it out by itself comes first. If nothing does, it is tried as one more step and in
    the place of every step, and the best of these says how much worse the route would be.
    """
    if programme.address in {step.programme.address for step in route.steps}:
        return []
    return list(_alone(programme, request)) or list(_beside(programme, route, request))


def _alone(programme: Programme, request: Request) -> Iterator[WhyNot]:
    if programme.address in request.done:
        yield WhyNot("done", "You have it already.")
    if request.languages and programme.language not in request.languages:
        yield WhyNot("language", f"It is held in {programme.language}.")
    if request.modes and programme.mode not in request.modes:
        yield WhyNot("mode", f"It is held {programme.mode}.")
    if programme.cost is None and request.budget is not None:
        yield WhyNot("budget", "It does not tell what it costs.")
    elif request.cost_of(programme) > request.money:
        over = request.cost_of(programme) - request.money
        yield WhyNot("budget", f"It costs {over:g} more than the budget.", over)
    if programme.hours is None and request.deadline is not None:
        yield WhyNot("deadline", "It does not tell how many hours it takes.")
    elif request.hours_of(programme) > request.hours + 1e-9:
        late = (request.hours_of(programme) - request.hours) / request.hours_a_week
        yield WhyNot("deadline", f"It would end {late:.1f} weeks after the deadline.", late)
    if not any(term.name.startswith("closes ") for term in terms_of(programme, request)):
        missing = {line.asked.skill.address for line in request.lines}
        taught = {it.skill for it in (*programme.teaches, *programme.implies)}
        if not request.shown[programme.shown] and missing & taught:
            words = f"It shows {in_words(programme.shown)}, not that somebody can do it."
            yield WhyNot("not-shown", words)
        else:
            yield WhyNot("nothing", "It certifies nothing that is missing for this goal.")


def _beside(programme: Programme, route: Route, request: Request) -> Iterator[WhyNot]:
    chosen = [step.programme for step in route.steps]
    tried = [(programme, [*chosen, programme])] if len(chosen) < request.steps else []
    tried += [
        (each, [other for other in chosen if other is not each] + [programme]) for each in chosen
    ]
    others = []
    for out, programmes in tried:
        if sum(map(request.cost_of, programmes)) > request.money:
            continue
        if sum(map(request.hours_of, programmes)) > request.hours + 1e-9:
            continue
        try:
            others.append((out, route_of(programmes, request)))
        except ValueError:
            continue
    if not others:
        if is_ready(programme, chosen, request):
            yield WhyNot("bounds", "No step could make room for it within money and time.")
        else:
            yield WhyNot("unprepared", "Something must come before it that the route lacks.")
        return
    balanced = [pair for pair in others if pair[1].meets_quota or not route.meets_quota]
    if not balanced:
        yield WhyNot("quota", "With it the balance of human and technical skills would be off.")
        return
    out, best = min(balanced, key=lambda pair: (-pair[1].score, pair[0].address))
    by = best.score - route.score
    if by < -1e-9:
        where = "" if out is programme else out.address
        place = f"in the place of {out.title}" if where else "as one more step"
        words = f"The route would be worth {-by:.3f} less with it, {place}."
        yield WhyNot("worse", words, by, where, _changes(best, route))


def _changes(one: Route, other: Route) -> tuple[Term, ...]:
    """What changes in each kind of term, from the other route to this one."""
    changes: dict[str, list[float]] = {}
    for route, sign in ((one, 1), (other, -1)):
        for term in route.terms:
            changes.setdefault(term.name.partition(" ")[0], []).append(sign * term.value)
    return tuple(Term(name, sum(values)) for name, values in sorted(changes.items()))
