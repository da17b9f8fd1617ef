"""`sealwright skills screen`: candidates' evidence against what a job asks, with every reason."""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from typing import Any, Final

from sealwright.cli._careers import Question, add_options, table
from sealwright.cli._terminal import Terminal, harmless
from sealwright.cli._values import value_of
from sealwright.skills.evidence import Evidence, Kin
from sealwright.skills.screening.record import canonical_bytes, record_of
from sealwright.skills.screening.scoring import Candidate, Requirement, Row, Screening, screen

DESCRIPTION: Final = """\
Compare candidates with requirements. The file has “requirements” and “candidates”, each with a
key and evidence; its format is in the reference. With --json the whole record: the same bytes
for the same file and day. With --framework, the files of one, the table also names narrower
skills that candidates hold, and the record has them; they give no points.
"""


@dataclass(frozen=True, slots=True)
class Brought:
    """A candidate: a key that tells nothing, evidence, and skills that a check refused."""

    key: str
    evidence: tuple[Evidence, ...] = ()
    refused: frozenset[str] = frozenset()


def add_actions(actions: Any) -> None:
    """Add the action."""
    action = actions.add_parser("screen", help="rank candidates on proof", description=DESCRIPTION)
    add_options(action)
    action.set_defaults(run=_screen)


def _screen(arguments: argparse.Namespace) -> int:
    question = Question(arguments)
    asked = [value_of(Requirement, each, where) for where, each in question.list("requirements")]
    brought = [value_of(Brought, each, where) for where, each in question.list("candidates")]
    candidates = [Candidate(each.key, each.evidence, each.refused) for each in brought]
    kinship: dict[str, tuple[Kin, ...]] = {}
    if arguments.framework:
        framework = question.framework()
        held = (each.skill for candidate in candidates for each in candidate.evidence)
        kinship = question.kinship(held, framework, question.skills(framework))
    found = screen(asked, candidates, at=question.at, kinship=kinship, defaults=question.defaults)
    if arguments.json:
        print(canonical_bytes(record_of(found, candidates)).decode())
    else:
        _show(found)
    return 0


def _show(found: Screening) -> None:
    terminal = Terminal.of(sys.stdout)
    names = [each.label or each.skill for each in found.requirements]
    musts = [each.must for each in found.requirements]
    head = ["place", "candidate", "fit", *map(_headed, names, musts)]
    table(terminal, head, [_cells(row) for row in found.ranked])
    for row in found.ranked:
        changes = found.proofs_that_would_help(row.key)[:1]
        for each in changes:
            skill = each.requirement.label or each.requirement.skill
            said = f"{row.key}: a current proof of {skill} would make it {each.score:.0f}"
            terminal.say(harmless(f"{said}, place {each.rank}."))
    for row in found.ranked:
        for answer in row.answers:
            for near in answer.nearby:
                skill = answer.requirement.label or answer.requirement.skill
                terminal.say(harmless(f"{row.key}: for {skill} holds {near.kin.words}."))
    if found.apart:
        apart = ", ".join(sorted(row.key for row in found.apart))
        terminal.say(harmless(f"No proof, so no place: {apart}"))


def _headed(name: str, must: bool) -> str:
    return f"{harmless(name)} (must)" if must else harmless(name)


def _cells(row: Row) -> list[str]:
    place = f"{row.rank}{' tie' if row.is_tied else ''}"
    return [place, row.key, f"{row.score:.1f}", *(each.state.value for each in row.answers)]
