"""`sealwright skills reach`: where what is held could take somebody."""

from __future__ import annotations

import argparse
import sys
from typing import Any, Final

from sealwright.cli._careers import (
    Question,
    add_options,
    percent,
    print_json,
    table,
    terms_as_json,
)
from sealwright.cli._terminal import Terminal
from sealwright.skills.errors import UnfitRequest

DESCRIPTION: Final = """\
Order the occupations of a framework by how much of each is proven already, in whatever field.
The file has “evidence” and a “stage”; its format is in the reference.
"""
TOP: Final = 10


def add_actions(actions: Any) -> None:
    """Add the action."""
    action = actions.add_parser("reach", help="which goals are near", description=DESCRIPTION)
    add_options(action)
    action.add_argument("--top", metavar="N", type=int, default=TOP, help=f"ranks to show ({TOP})")
    action.set_defaults(run=_reach)


def _reach(arguments: argparse.Namespace) -> int:
    from sealwright.skills.frameworks import Stage
    from sealwright.skills.gap import goals_of, reach

    question = Question(arguments)
    stage = question.members.get("stage", Stage.MID)
    if stage not in tuple(Stage):
        raise UnfitRequest(f"stage must be one of {', '.join(Stage)}", code="member-unfit")
    framework = question.framework()
    goals = goals_of(framework, Stage(stage), defaults=question.defaults)
    found = reach(
        goals, question.held(framework, question.skills(framework)), top=max(arguments.top, 1)
    )
    if arguments.json:
        print_json(
            [
                {
                    "rank": each.rank,
                    "occupation": each.gap.goal.address,
                    "label": each.gap.goal.label,
                    "field": each.gap.goal.field,
                    "coverage": each.gap.coverage,
                    "reasons": list(each.gap.reasons),
                    "terms": terms_as_json(each.gap.terms),
                }
                for each in found
            ]
        )
        return 0
    if not found:
        print("Nothing that an occupation asks for is proven yet.")
        return 0
    rows = [
        (
            str(each.rank),
            each.gap.goal.label,
            each.gap.goal.field,
            percent(each.gap.coverage),
            each.gap.reasons[1].removeprefix("Missing most: ").rstrip("."),
        )
        for each in found
    ]
    table(Terminal.of(sys.stdout), ("rank", "occupation", "field", "proven", "missing most"), rows)
    return 0
