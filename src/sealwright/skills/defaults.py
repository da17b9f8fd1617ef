"""Every number that a site may change, in one place.

A site writes the members that it wants otherwise into one JSON file; `Defaults.from_json` reads
it. Weights are shares, ages are months.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Final

from sealwright.skills.errors import UnfitRequest

Numbers = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Defaults:
    """What evidence weighs and how it ages, and what a goal makes of a skill."""

    strengths: Numbers = field(
        default_factory=lambda: {
            "performed-task": 1.0,
            "supervised-exam": 0.9,
            "reviewed-project": 0.8,
            "unsupervised-quiz": 0.5,
            "attendance": 0.2,
            "own-claim": 0.0,
        }
    )
    """What a piece of verified evidence weighs by how the skill was shown."""
    proves_from: float = 0.5
    """Evidence that weighs less than this shows that a person was there, not that they can."""
    half_lives: Numbers = field(
        default_factory=lambda: {"technology": 30, "method": 60, "transversal": 120}
    )
    """Months after which evidence of a kind of skill weighs half."""
    fresh_from: float = 0.5
    """Evidence whose currency is below this is ageing."""
    kinship: Numbers = field(default_factory=lambda: {"same": 1.0, "named": 0.9, "narrower": 0.5})
    """How much of what is shown of a skill counts for another: the same one elsewhere, one of the
    same name, and one that is broader, for each step."""
    needs: Numbers = field(default_factory=lambda: {"essential": 1.0, "optional": 0.5})
    """What a need weighs where its framework does not rate it."""
    levels: Numbers = field(default_factory=lambda: {"early": 2, "mid": 3, "senior": 3})
    """The level asked at a stage where the framework names none."""
    demand: Numbers = field(default_factory=lambda: {"low": 0.75, "high": 1.5, "in-demand": 1.25})
    """How far the demand for a skill moves its weight, and what O*NET's in-demand mark does."""
    stages: Numbers = field(
        default_factory=lambda: {
            "early/transversal": 0.6,
            "early/cross-sector": 1.2,
            "early/sector-specific": 1.0,
            "early/occupation-specific": 0.8,
            "mid/transversal": 0.8,
            "mid/cross-sector": 1.0,
            "mid/sector-specific": 1.2,
            "mid/occupation-specific": 1.2,
            "senior/transversal": 1.0,
            "senior/cross-sector": 1.0,
            "senior/sector-specific": 1.2,
            "senior/occupation-specific": 0.8,
        }
    )
    """What a stage makes of a skill, by how far the skill carries."""
    moving_up: float = 0.7
    """What the needs of the occupation above weigh in a senior goal."""
    proposed_from: float = 0.15
    """How alike the occupation above must be where none is told and one is proposed."""
    standing: Numbers = field(
        default_factory=lambda: {
            "rigour": 0.6,
            "recognition": 0.4,
            "revoked": 0.3,
            "lapsed": 0.2,
            "inflated": 0.1,
        }
    )
    """What standing is made of: the first two for it, the others against it, each at the most."""
    recognition: Numbers = field(
        default_factory=lambda: {
            "accreditation": 0.5,
            "register": 0.25,
            "endorsement": 0.15,
            "membership": 0.1,
        }
    )
    """What a kind of recognition is of the whole, where somebody who counts gives it."""
    told: float = 0.2
    """What a rigour fact is worth that is told and does not meet its bar."""
    bars: Numbers = field(default_factory=lambda: {"workload": 10, "level": 4, "pass-rate": 0.95})
    """Hours and EQF level from which, and pass rate up to which, a fact meets its bar."""
    doubt: Numbers = field(
        default_factory=lambda: {"at first": 0.5, "at last": 0.2, "months": 12, "lapse months": 36}
    )
    """Which share of what is only claimed does not count: at first, in the end, and in how many
    months half of the difference goes. A lapsed accreditation counts against for so long."""
    inflation: Numbers = field(
        default_factory=lambda: {
            "passing": 0.97,
            "rushing": 0.1,
            "collecting": 6,
            "growing": 1.5,
            "least": 30,
            "revoked": 0.05,
        }
    )
    """From where an indicator is raised, the least number that is judged, and the share of
    revoked awards that counts in full."""
    duplicate_from: float = 0.75
    """How alike two programmes are that count as near-duplicates."""
    routes: Numbers = field(default_factory=lambda: _routes())
    """What a reason takes off in a route, by what is preferred: time for 100 hours, cost for
    1,000; the others at the most for each part of the goal that is closed."""
    untold: Numbers = field(default_factory=lambda: {"hours": 400, "cost": 10_000})
    """What is reckoned where hours or cost are not told; more that is told counts as so much."""
    content_untold: float = 0.25
    """What is left of content whose age is not told; old content that is told keeps as much."""
    quotas: Numbers = field(
        default_factory=lambda: {
            "early/least": 0.25,
            "early/most": 0.4,
            "mid/least": 0.25,
            "mid/most": 0.4,
            "senior/least": 0.4,
            "senior/most": 0.6,
        }
    )
    """The share of human skills in what a route closes, by stage."""

    @classmethod
    def from_json(cls, members: Mapping[str, Any]) -> Defaults:
        """The defaults with what `members` says instead; a table is changed row by row.

        Raises `UnfitRequest` for a name or a row that does not exist, or for what is no number.
        """
        base = cls()
        known = {each.name: getattr(base, each.name) for each in fields(cls)}
        return replace(base, **{name: _changed(name, known, members[name]) for name in members})


def _routes() -> dict[str, float]:
    base = {
        "time": 0.005,
        "cost": 0.004,
        "standing": 0.4,
        "currency": 0.05,
        "recognition": 0.0,
        "rigour": 0.0,
        "short": 0.4,
        "repeats": 0.6,
        "focus": 0.8,
        "pitch": 0.5,
        "preparation": 0.5,
        "degree": 0.0,
    }
    preferred = {
        "balanced": {},
        "quickest": {"time": 0.1},
        "cheapest": {"cost": 0.1},
        "best-known": {"recognition": 0.4},
        "most-rigorous": {"rigour": 0.4},
        "degree": {"degree": 0.5},
    }
    return {
        f"{prefer}/{name}": weight
        for prefer, changed in preferred.items()
        for name, weight in {**base, **changed}.items()
    }


def _changed(name: str, known: Mapping[str, Any], value: Any) -> Any:
    if name not in known:
        raise UnfitRequest(f"there is no setting “{name}”", code="setting-unknown", name=name)
    before = known[name]
    if not isinstance(before, Mapping):
        return _number(name, value)
    if not isinstance(value, Mapping):
        raise UnfitRequest(f"{name} is a table of numbers", code="setting-unfit", name=name)
    for row in value:
        if row not in before:
            raise UnfitRequest(f"{name} has no row “{row}”", code="setting-unknown", name=name)
    return {**before, **{row: _number(f"{name}.{row}", value[row]) for row in value}}


def _number(name: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise UnfitRequest(f"{name} must be a number", code="setting-unfit", name=name)
    return value


DEFAULTS: Final = Defaults()
