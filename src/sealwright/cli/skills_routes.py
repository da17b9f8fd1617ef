"""`sealwright skills routes`: programmes that close a gap, in order, and why these."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from sealwright.cli._careers import (
    Question,
    add_options,
    percent,
    print_json,
    table,
    terms_as_json,
)
from sealwright.cli._terminal import Terminal, harmless
from sealwright.cli._values import value_of
from sealwright.skills.errors import UnfitRequest
from sealwright.skills.terms import Term

if TYPE_CHECKING:  # numpy is an extra: only who uses this action imports it
    from sealwright.skills.frameworks import Framework
    from sealwright.skills.gap import Gap, Skill
    from sealwright.skills.routes import Catalogue, Prefer, Request, Route, Stack, WhyNot

DESCRIPTION: Final = """\
Find programmes that close the gap of a goal, in the order in which to take them, within budget,
deadline, hours a week, languages and modes. The file has a “goal”, “evidence”, “programmes” and
the bounds; its format is in the reference. Without --prefer there is one route for each.
"""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What bounds the routes of a request."""

    hours_a_week: float = 6.0
    budget: float | None = None
    deadline: date | None = None
    languages: frozenset[str] = frozenset()
    modes: frozenset[str] = frozenset()
    done: frozenset[str] = frozenset()
    degree: str = ""
    steps: int = 6


@dataclass(frozen=True, slots=True)
class EarnedWhen:
    """That a programme of the file was earned on a day."""

    programme: str
    when: date


def add_actions(actions: Any) -> None:
    """Add the action."""
    action = actions.add_parser("routes", help="how to close a gap", description=DESCRIPTION)
    add_options(action)
    action.add_argument(
        "--prefer",
        metavar="WHAT",
        help="one of balanced, quickest, cheapest, best-known, most-rigorous and degree",
    )
    action.add_argument(
        "--why-not", metavar="ADDRESS", help="say why a programme is not in the route"
    )
    action.set_defaults(run=_routes)


def _routes(arguments: argparse.Namespace) -> int:
    from sealwright.skills.gap import gap
    from sealwright.skills.routes import Prefer, plan_all, why_not

    question = Question(arguments)
    framework = question.framework()
    skills = question.skills(framework)
    found = gap(question.goal(framework, skills), question.held(framework, skills))
    catalogue = _catalogue(question, framework, skills)
    bounds = value_of(Bounds, question.members.get("bounds", {}), "bounds")
    if arguments.prefer is not None and arguments.prefer not in tuple(Prefer):
        raise UnfitRequest(f"--prefer is one of {', '.join(Prefer)}", code="member-unfit")
    wanted = [Prefer(arguments.prefer)] if arguments.prefer else list(Prefer)
    if not bounds.degree and not arguments.prefer:
        wanted.remove(Prefer.DEGREE)
    request = _request(found, wanted[0], bounds, question)
    routes = plan_all(catalogue, request, wanted)
    refused: list[list[WhyNot]] = []
    if arguments.why_not is not None:
        if arguments.why_not not in catalogue.places:
            raise UnfitRequest("--why-not names no programme of the file", code="member-unfit")
        other = catalogue.programmes[catalogue.places[arguments.why_not]]
        refused = [why_not(other, it, replace(request, prefer=it.prefer)) for it in routes]
    stacked = _stacked(question, catalogue)
    if arguments.json:
        print_json(_as_json(routes, refused, stacked))
    else:
        _show(routes, refused, stacked)
    return 0


def _catalogue(question: Question, framework: Framework, skills: Mapping[str, Skill]) -> Catalogue:
    from sealwright.skills.routes import Catalogue, Programme, widened

    offered = [value_of(Programme, each, where) for where, each in question.list("programmes")]
    taught = (taught.skill for each in offered for taught in each.teaches)
    kinship = question.kinship(taught, framework, skills)
    return Catalogue(widened(each, kinship, question.defaults) for each in offered)


def _request(found: Gap, prefer: Prefer, bounds: Bounds, question: Question) -> Request:
    from sealwright.skills.routes import Request

    return Request(
        gap=found,
        at=question.at,
        prefer=prefer,
        hours_a_week=bounds.hours_a_week,
        budget=bounds.budget,
        deadline=bounds.deadline,
        languages=bounds.languages,
        modes=bounds.modes,
        done=bounds.done,
        degree=bounds.degree,
        steps=bounds.steps,
        defaults=question.defaults,
    )


def _stacked(question: Question, catalogue: Catalogue) -> Stack | None:
    from sealwright.skills.routes import Award, Earned, stack

    if "award" not in question.members:
        return None
    earned = []
    for where, each in question.list("earned"):
        it = value_of(EarnedWhen, each, where)
        if it.programme not in catalogue.places:
            raise UnfitRequest(f"{where}.programme is none of the file", code="member-unfit")
        earned.append(Earned(catalogue.programmes[catalogue.places[it.programme]], it.when))
    return stack(value_of(Award, question.members["award"], "award"), earned, at=question.at)


# --- Showing --------------------------------------------------------------------------------


def _as_json(
    routes: list[Route], refused: list[list[WhyNot]], stacked: Stack | None
) -> dict[str, Any]:
    found: dict[str, Any] = {"routes": [_route(each) for each in routes]}
    for route, reasons in zip(found["routes"], refused, strict=False):
        route["why_not"] = [
            {
                "code": it.code,
                "words": it.words,
                "by": it.by,
                "instead_of": it.instead_of,
                "terms": terms_as_json(it.terms),
            }
            for it in reasons
        ]
    if stacked is not None:
        found["stack"] = {
            "award": stacked.award.address,
            "credits": stacked.credits,
            "open": stacked.open,
            "counted": [
                {"programme": it.programme.address, "terms": terms_as_json(it.terms)}
                for it in stacked.counted
            ],
            "over": stacked.cap.value,
        }
    return found


def _route(route: Route) -> dict[str, Any]:
    return {
        "prefer": route.prefer,
        "score": route.score,
        "closes": route.closes,
        "human": route.human,
        "quota": list(route.quota),
        "cost": route.cost,
        "hours": route.hours,
        "notes": list(route.notes),
        "steps": [
            {
                "programme": step.programme.address,
                "title": step.programme.title,
                "starts": step.starts.isoformat(),
                "ends": step.ends.isoformat(),
                "score": step.score,
                "terms": terms_as_json(step.terms),
            }
            for step in route.steps
        ],
    }


def _show(routes: list[Route], refused: list[list[WhyNot]], stacked: Stack | None) -> None:
    terminal = Terminal.of(sys.stdout)
    for number, route in enumerate(routes):
        if number:
            terminal.say()
        title = f"{route.prefer.capitalize()}: closes {percent(route.closes)} of the goal"
        terminal.say(terminal.tinted(title, "bold"))
        if route.steps:
            terminal.say(
                f"  {route.hours:g} hours, cost {route.cost:g}, "
                f"{percent(route.human)} of it human skills"
            )
            table(terminal, ("ends", "programme", "score", "why"), [_row(it) for it in route.steps])
        for note in route.notes:
            terminal.say(f"  {note}")
        for it in refused[number] if refused else ():
            terminal.say(f"  {harmless(it.words)}")
    if stacked is not None:
        terminal.say()
        title = f"{stacked.award.address}: {stacked.credits:g} credits, {stacked.open:g} open"
        terminal.say(terminal.tinted(harmless(title), "bold"))
        rows = [
            (it.programme.title, f"{it.credits:g}", "; ".join(t.detail for t in it.terms[1:]))
            for it in stacked.counted
        ]
        table(terminal, ("programme", "credits", "less"), rows)


def _row(step: Any) -> tuple[str, str, str, str]:
    grouped = _grouped(step.terms)
    why = ", ".join(f"{name} {value:+.3f}" for name, value in grouped.items())
    return step.ends.isoformat(), step.programme.title, f"{step.score:.3f}", why


def _grouped(terms: Iterable[Term]) -> dict[str, float]:
    """Terms of one kind together: what is closed of all skills, for one."""
    grouped: dict[str, float] = {}
    for term in terms:
        name = term.name.partition(" ")[0]
        grouped[name] = grouped.get(name, 0.0) + term.value
    return {name: value for name, value in grouped.items() if round(value, 3)}
