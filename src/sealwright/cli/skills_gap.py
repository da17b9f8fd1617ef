"""`sealwright skills gap`: what a goal asks, and what of it can be proven."""

from __future__ import annotations

import argparse
import sys
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

if TYPE_CHECKING:  # numpy is an extra: only who uses this action imports it
    from sealwright.skills.gap import Above, Gap, Line

DESCRIPTION: Final = """\
Say what a goal asks, what of it is proven and what is missing, the largest part first. The file
has a “goal” and “evidence”; its format is in the reference, under files of the skills engine.
"""

SHARED: Final = 3
"""How many shared skills are named."""


def add_actions(actions: Any) -> None:
    """Add the action."""
    action = actions.add_parser("gap", help="what a goal asks and lacks", description=DESCRIPTION)
    add_options(action)
    action.set_defaults(run=_gap)


def _gap(arguments: argparse.Namespace) -> int:
    from sealwright.skills.gap import gap

    question = Question(arguments)
    framework = question.framework()
    skills = question.skills(framework)
    found = gap(question.goal(framework, skills), question.held(framework, skills))
    if arguments.json:
        print_json(gap_as_json(found))
    else:
        _show(found)
    return 0


def gap_as_json(found: Gap) -> dict[str, Any]:
    """The gap as JSON values."""
    goal = found.goal
    return {
        "goal": {
            "address": goal.address,
            "label": goal.label,
            "stage": goal.stage,
            "field": goal.field,
            "above": [
                {
                    "address": each.address,
                    "label": each.label,
                    "proposed": each.alike is not None,
                    "alike": each.alike,
                    "shared": list(each.shared),
                }
                for each in goal.above
            ],
        },
        "coverage": found.coverage,
        "technical": found.part(human=False),
        "human": found.part(human=True),
        "reasons": list(found.reasons),
        "skills": [_line(line) for line in found.lines],
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "skill": line.asked.skill.address,
        "label": line.asked.skill.label,
        "human": line.asked.skill.human,
        "asked": line.asked.level,
        "held": line.cover.best.level if line.cover.best else 0,
        "weight": line.asked.weight,
        "why": line.asked.reason,
        "state": line.state,
        "covered": line.cover.value,
        "missing": line.missing,
        "terms": terms_as_json(line.cover.terms),
        "evidence": list(line.held.reasons),
    }


def _step(above: Above) -> str:
    if above.alike is None:
        return above.label
    shared = ", ".join(above.shared[:SHARED])
    return f"{above.label}, proposed: {percent(above.alike)} alike, such as in {shared}"


def _show(found: Gap) -> None:
    terminal = Terminal.of(sys.stdout)
    title = f"{found.goal.label}, {found.goal.stage}: {percent(found.coverage)} proven"
    terminal.say(terminal.tinted(harmless(title), "bold"))
    for name, human in (("technical", False), ("human", True)):
        part = found.part(human=human)
        if part is not None:
            terminal.say(f"  {name:9} {percent(part)} proven")
    for above in found.goal.above:
        terminal.say(f"  a step up {harmless(_step(above))}")
    terminal.say()
    rows = [
        (
            line.asked.skill.label,
            "human" if line.asked.skill.human else "technical",
            str(line.asked.level),
            str(line.cover.best.level if line.cover.best else 0),
            line.state.value,
            percent(line.asked.weight),
            percent(line.missing),
        )
        for line in found.lines
    ]
    table(terminal, ("skill", "kind", "asked", "held", "state", "of goal", "missing"), rows)
