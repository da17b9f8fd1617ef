"""Reads the judged set: a catalogue, its providers, and what is useful for whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
STAGES: Final = ("early", "mid", "senior")
SHOWN: Final = {
    "P": "performed-task",
    "E": "supervised-exam",
    "R": "reviewed-project",
    "Q": "unsupervised-quiz",
    "A": "attendance",
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A programme of the catalogue; skills are names of the demo framework, with levels."""

    name: str
    title: str
    provider: str
    skills: dict[str, int]
    shown: str
    hours: float
    cost: float
    mode: str
    eqf: int
    ects: float
    reviewed: str
    needs_skills: dict[str, int]
    towards: str
    given: int
    says: str


@dataclass(frozen=True, slots=True)
class Judged:
    """One goal: what its learner holds at each stage, and the grade of each useful programme."""

    name: str
    may_tune: bool
    holds: dict[str, dict[str, int]] = field(default_factory=dict)
    grades: dict[str, dict[str, int]] = field(
        default_factory=lambda: {stage: {} for stage in STAGES}
    )


def catalogue() -> list[Listed]:
    """The 120 programmes, in the order of the file."""
    return [_listed(row) for row in _rows("catalogue.txt")]


def providers() -> dict[str, float]:
    """The standing of each provider."""
    return {row[0]: float(row[2]) for row in _rows("providers.txt")}


def judged() -> list[Judged]:
    """The 20 goals, in the order of the file."""
    goals: list[Judged] = []
    for row in _rows("grades.txt"):
        words = row[0].split()
        if words[0] == "goal":
            goals.append(Judged(words[1], words[2] == "tune"))
        elif words[0] in STAGES and words[1:2] == ["holds"]:
            goals[-1].holds[words[0]] = _levels(words[2:])
        else:
            name, grades, reason = row
            assert reason
            for stage, grade in zip(STAGES, grades.split(), strict=True):
                goals[-1].grades[stage][name] = int(grade)
    return goals


def _rows(file: str) -> Iterator[list[str]]:
    for line in (HERE / file).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield [part.strip() for part in line.split("|")]


def _listed(row: list[str]) -> Listed:
    name, title, provider, skills, shown, hours, cost, mode, eqf, ects, reviewed = row[:11]
    needs, towards, given, says = row[11:]
    return Listed(
        name,
        title,
        provider,
        _levels(skills.split()),
        SHOWN[shown],
        float(hours),
        float(cost),
        mode,
        int(eqf),
        float(ects),
        reviewed,
        _levels(needs.split()),
        towards,
        int(given),
        says,
    )


def _levels(words: list[str]) -> dict[str, int]:
    return {name: int(level) for name, level in (word.split(":") for word in words)}
