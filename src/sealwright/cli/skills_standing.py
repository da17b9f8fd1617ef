"""`sealwright skills standing`: how a provider or programme stands, term by term."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict, dataclass
from typing import Any, Final

from sealwright.cli._careers import Question, add_options, print_json, table, terms_as_json
from sealwright.cli._terminal import Terminal, harmless
from sealwright.cli._values import value_of
from sealwright.skills.trust import Outline, Provider, Standing, near_duplicates, standing

DESCRIPTION: Final = """\
Say how a provider stands, or with --programme one of its programmes: rigour facts met, told and
not told, who recognises it, and what speaks against it. The file has a “provider” and the
“anchors” whose word counts; its format is in the reference.
"""


@dataclass(frozen=True, slots=True)
class Outlined:
    """A programme as it is compared with others."""

    address: str
    title: str
    skills: tuple[Level, ...] = ()


@dataclass(frozen=True, slots=True)
class Level:
    """A skill at a level."""

    skill: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Trusted:
    """Those whose word counts."""

    anchors: frozenset[str]


def add_actions(actions: Any) -> None:
    """Add the action."""
    action = actions.add_parser("standing", help="how a provider stands", description=DESCRIPTION)
    add_options(action, frameworks=False)
    action.add_argument("--programme", metavar="ADDRESS", default="", help="one of its programmes")
    action.set_defaults(run=_standing)


def _standing(arguments: argparse.Namespace) -> int:
    question = Question(arguments)
    found = standing(
        value_of(Provider, question.members.get("provider"), "provider"),
        anchors=value_of(Trusted, question.members).anchors,
        at=question.at,
        programme=arguments.programme,
        defaults=question.defaults,
    )
    outlined = [value_of(Outlined, each, where) for where, each in question.list("outlines")]
    alike = near_duplicates(
        (
            Outline(it.address, it.title, frozenset((s.skill, s.level) for s in it.skills))
            for it in outlined
        ),
        question.defaults,
    )
    if arguments.json:
        print_json(
            {
                "subject": found.subject,
                "score": found.score,
                "upper": found.upper,
                "counts": {telling.value: number for telling, number in found.counts.items()},
                "awarded": found.awarded,
                "terms": terms_as_json(found.terms),
                "indicators": [asdict(each) for each in found.indicators],
                "near_duplicates": [
                    {"one": it.one, "other": it.other, "value": it.value} for it in alike
                ],
            }
        )
    else:
        _show(found)
        terminal = Terminal.of(sys.stdout)
        for it in alike:
            terminal.say(f"Nearly the same: {harmless(it.one)} and {harmless(it.other)}")
    return 0


def _show(found: Standing) -> None:
    terminal = Terminal.of(sys.stdout)
    title = f"{found.subject}: {found.score:.3f}, and {found.upper:.3f} if every claim held"
    terminal.say(terminal.tinted(harmless(title), "bold"))
    told = ", ".join(f"{number} {telling}" for telling, number in found.counts.items())
    terminal.say(f"  rigour facts: {told}")
    terminal.say(f"  badges given: {found.awarded} (counts neither for nor against)")
    terminal.say()
    rows = [(each.name, f"{each.value:+.3f}", each.detail) for each in found.terms]
    table(terminal, ("term", "value", "because"), [*rows, ("sum", f"{found.score:+.3f}", "")])
