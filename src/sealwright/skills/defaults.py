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
    """What evidence weighs and how it ages."""

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

    @classmethod
    def from_json(cls, members: Mapping[str, Any]) -> Defaults:
        """The defaults with what `members` says instead; a table is changed row by row.

        Raises `UnfitRequest` for a name or a row that does not exist, or for what is no number.
        """
        base = cls()
        known = {each.name: getattr(base, each.name) for each in fields(cls)}
        return replace(base, **{name: _changed(name, known, members[name]) for name in members})


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
