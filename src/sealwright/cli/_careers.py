"""What the actions on skills share: reading a request, and showing terms."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sealwright.cli._sources import read_bytes
from sealwright.cli._terminal import Terminal, harmless
from sealwright.cli._values import value_of
from sealwright.credentials.model.strict_json import loads
from sealwright.skills.defaults import Defaults
from sealwright.skills.errors import UnfitRequest
from sealwright.skills.evidence import Evidence, Held, Kin, hold
from sealwright.skills.terms import Term

if TYPE_CHECKING:  # numpy is an extra: only who uses these actions imports it
    from sealwright.skills.frameworks import Framework
    from sealwright.skills.gap import Goal, Skill

DEMO: Final = "demo"
WIDEST: Final = 200
"""Characters of a cell that are shown."""

MEMBERS: Final = frozenset(
    {
        "at",
        "goal",
        "stage",
        "evidence",
        "skills",
        "programmes",
        "bounds",
        "award",
        "earned",
        "provider",
        "anchors",
        "outlines",
        "requirements",
        "candidates",
    }
)
"""What a file of these actions says; each reads what it needs, so that one file does for all."""


@dataclass(frozen=True, slots=True)
class Aim:
    """What a goal says: an occupation, or skills that somebody wants."""

    stage: str
    occupation: str = ""
    label: str = ""
    wanted: tuple[WantedSkill, ...] = ()


@dataclass(frozen=True, slots=True)
class WantedSkill:
    """A skill of an advert or of an own profile; one that is nice to have weighs half."""

    skill: str
    level: int
    must: bool = True
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class SkillSaid:
    """A skill that no framework at hand has."""

    address: str
    label: str
    kind: str = "method"
    human: bool = False


class Question:
    """A file with a request, and what it is asked with."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        found = loads(read_bytes(arguments.file))
        if not isinstance(found, dict):
            raise UnfitRequest("the file must be an object", code="member-unfit")
        self.members: dict[str, Any] = found
        unread = sorted(found.keys() - MEMBERS)
        if unread:
            names = harmless(", ".join(unread))
            print(f"sealwright: not known here, and not read: {names}", file=sys.stderr)
        self.at = _day(arguments.at or found.get("at"))
        self.defaults = Defaults()
        if arguments.settings is not None:
            settings = loads(read_bytes(arguments.settings))
            if not isinstance(settings, dict):
                raise UnfitRequest("the settings must be an object", code="setting-unfit")
            self.defaults = Defaults.from_json(settings)
        self._names: Sequence[str] = getattr(arguments, "framework", None) or [DEMO]

    def framework(self) -> Framework:
        """The framework that occupations and skills are looked up in."""
        from sealwright.skills.frameworks import demo, load

        if list(self._names) == [DEMO]:
            return demo()
        return load(*map(Path, self._names)).framework

    def list(self, name: str) -> Iterable[tuple[str, Any]]:
        """The entries of an array by their place; none where it is not there."""
        found = self.members.get(name, [])
        if not isinstance(found, list):
            raise UnfitRequest(f"{name} must be an array", code="member-unfit", member=name)
        return [(f"{name}[{n}]", each) for n, each in enumerate(found)]

    def skills(self, framework: Framework) -> dict[str, Skill]:
        """The skills of the framework, and those that the file tells itself."""
        from sealwright.skills.evidence import Kind
        from sealwright.skills.gap import Skill, skills_of

        skills = skills_of(framework)
        for where, each in self.list("skills"):
            said = value_of(SkillSaid, each, where)
            if said.kind not in tuple(Kind):
                raise UnfitRequest(
                    f"{where}.kind must be one of {', '.join(Kind)}", code="member-unfit"
                )
            skills[said.address] = Skill(said.address, said.label, Kind(said.kind), said.human)
        return skills

    def held(self, framework: Framework, skills: Mapping[str, Skill]) -> dict[str, Held]:
        """What the evidence of the file shows on the day that is asked about."""
        evidence = [value_of(Evidence, each, where) for where, each in self.list("evidence")]
        return hold(
            evidence,
            at=self.at,
            kinds={address: skill.kind for address, skill in skills.items()},
            kinship=self.kinship((each.skill for each in evidence), framework, skills),
            defaults=self.defaults,
        )

    def kinship(
        self, held: Iterable[str], framework: Framework, skills: Mapping[str, Skill]
    ) -> dict[str, tuple[Kin, ...]]:
        """For which other skills these speak."""
        from sealwright.skills.kinship import kinship_of

        names = {address: skill.label for address, skill in skills.items()}
        return kinship_of(held, framework, names=names)

    def goal(self, framework: Framework, skills: Mapping[str, Skill]) -> Goal:
        """The goal of the file."""
        from sealwright.skills.frameworks import Stage
        from sealwright.skills.gap import Wanted, goal_from, goal_of

        aim = value_of(Aim, self.members.get("goal"), "goal")
        stage = _stage(aim.stage, "goal.stage")
        if aim.occupation:
            return goal_of(
                aim.occupation, Stage(stage), framework, skills=skills, defaults=self.defaults
            )
        weights = {True: self.defaults.needs["essential"], False: self.defaults.needs["optional"]}
        wanted = [
            Wanted(it.skill, it.level, it.weight * weights[it.must], "must" if it.must else "nice")
            for it in aim.wanted
        ]
        return goal_from(wanted, label=aim.label or "own goal", stage=Stage(stage), skills=skills)


def add_options(action: argparse.ArgumentParser, *, frameworks: bool = True) -> None:
    """The options that all of these actions take."""
    action.add_argument("file", metavar="FILE", help="the request as JSON, or - for standard input")
    action.add_argument("--at", metavar="DATE", help="the day that is asked about (today)")
    action.add_argument("--settings", metavar="FILE", help="what this site weighs otherwise")
    if frameworks:
        action.add_argument(
            "--framework", metavar="FRAMEWORK", action="append", help=f"its files ({DEMO})"
        )
    action.add_argument("--json", action="store_true", help="print JSON instead of tables")


def _day(given: object) -> date:
    if given is None:
        return datetime.now(UTC).date()
    try:
        return date.fromisoformat(str(given))
    except ValueError:
        raise UnfitRequest(
            f"{harmless(given, 80)} is no date such as 2026-11-30", code="member-unfit"
        ) from None


def _stage(given: str, where: str) -> str:
    from sealwright.skills.frameworks import Stage

    if given not in tuple(Stage):
        raise UnfitRequest(f"{where} must be one of {', '.join(Stage)}", code="member-unfit")
    return given


# --- Showing --------------------------------------------------------------------------------


def print_json(found: object) -> None:
    """One JSON document, the same bytes for the same answer."""
    print(json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True))


def terms_as_json(terms: Iterable[Term]) -> list[dict[str, Any]]:
    """Terms with their names, values and details."""
    return [{"name": it.name, "value": it.value, "detail": it.detail} for it in terms]


def table(terminal: Terminal, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Columns as wide as their widest cell; numbers stand at the right."""
    cells = [list(head), *([harmless(cell, WIDEST) for cell in row] for row in rows)]
    widths = [max(len(row[n]) for row in cells) for n in range(len(head))]
    for number, row in enumerate(cells):
        line = "  ".join(_aligned(cell, width) for cell, width in zip(row, widths, strict=True))
        terminal.say(line.rstrip() if number else terminal.tinted(line.rstrip(), "faint"))


def _aligned(cell: str, width: int) -> str:
    digits = cell.strip("+-−%").replace(".", "").replace(",", "")
    return cell.rjust(width) if digits.isdigit() else cell.ljust(width)


def percent(share: float) -> str:
    """A share for a reader.

    >>> percent(0.625)
    '62%'
    """
    return f"{share:.0%}"
