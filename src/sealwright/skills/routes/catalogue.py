"""Programmes that can be taken, and an index of many of them by skill."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sealwright.skills.defaults import DEFAULTS, Defaults
from sealwright.skills.evidence import Kin, Strength

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Flags = NDArray[np.bool_]

Columns = tuple[Ints, Floats, Floats, Flags]


@dataclass(frozen=True, slots=True)
class Taught:
    """A skill that a programme certifies, at a level from 1 to 4.

    `confidence` is how sure the alignment to the skill is, 1 where a person confirmed it.
    """

    skill: str
    level: int
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Implied(Taught):
    """A skill that a programme shows through another one that it certifies.

    `confidence` has the factor for that in it. It closes a part of a gap; it prepares for no
    other programme, and counts towards no bigger award.
    """

    reason: str = ""
    """Through which skill, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A programme as a route sees it."""

    address: str
    title: str
    provider: str = ""
    teaches: tuple[Taught, ...] = ()
    implies: tuple[Implied, ...] = ()
    """What `widened` finds; no skill that it teaches, and each once."""
    shown: Strength = Strength.ATTENDANCE
    """How a holder has shown what the programme certifies; attendance where it is not told."""
    hours: float | None = None
    cost: float | None = None
    """Hours of work and money; None where that is not told, 0 for nothing."""
    language: str = "en"
    mode: str = "online"
    after: tuple[str, ...] = ()
    """Addresses of programmes that must be done before."""
    needs: tuple[Taught, ...] = ()
    """Skills that must be proven before, at their levels."""
    eqf: int = 0
    credits: float = 0.0
    towards: frozenset[str] = frozenset()
    """Addresses of bigger awards that it counts towards."""
    reviewed: date | None = None
    """When its content was last reviewed; None where that is not told."""
    standing: float = 0.0
    """How it stands (`trust.standing`)."""
    known: float = 0.0
    """The part of its standing that is recognition, from 0 to 1."""
    rigour: float = 0.0
    """The part of its standing that is rigour, from 0 to 1."""
    given: int = 0
    """How many badges were given: a plain number that moves nothing."""


class Catalogue:
    """Many programmes, in the order of their addresses, with an index by skill.

    Built once and asked by many; it never changes.
    """

    def __init__(self, programmes: Iterable[Programme]) -> None:
        self.programmes = tuple(sorted(programmes, key=lambda each: each.address))
        self.places = {each.address: place for place, each in enumerate(self.programmes)}
        rows = self.programmes
        self.hours: Floats = _told(each.hours for each in rows)
        self.costs: Floats = _told(each.cost for each in rows)
        self.credits: Floats = np.array([each.credits for each in rows], float)
        self.eqf: Floats = np.array([each.eqf for each in rows], float)
        self.standing: Floats = np.array([each.standing for each in rows], float)
        self.known: Floats = np.array([each.known for each in rows], float)
        self.rigour: Floats = np.array([each.rigour for each in rows], float)
        self.reviewed: Floats = np.array(
            [each.reviewed.toordinal() if each.reviewed else np.nan for each in rows], float
        )
        self.waits: Flags = np.array([bool(each.after or each.needs) for each in rows], bool)
        self.strengths, self.strength_of = _coded(each.shown for each in rows)
        self.languages, self.language_of = _coded(each.language for each in rows)
        self.modes, self.mode_of = _coded(each.mode for each in rows)
        self._awards: dict[str, list[int]] = {}
        pairs: dict[str, list[tuple[int, int, float, bool]]] = {}
        for place, each in enumerate(rows):
            for taught in (*_best_of_each(each.teaches), *each.implies):
                whole = not isinstance(taught, Implied)
                row = place, taught.level, taught.confidence, whole
                pairs.setdefault(taught.skill, []).append(row)
            for award in each.towards:
                self._awards.setdefault(award, []).append(place)
        self._skills = np.array([len({it.skill for it in each.teaches}) for each in rows], float)
        self._teaching = {skill: _columns(found) for skill, found in pairs.items()}

    def __len__(self) -> int:
        return len(self.programmes)

    def teaching(self, skill: str) -> tuple[Ints, Floats, Floats]:
        """Places of the programmes that show a skill, with their levels and confidence.

        Those that only imply it are among them.
        """
        places, levels, confidence, _ = self._teaching.get(skill, NOTHING)
        return places, levels, confidence

    def certifying(self, skill: str) -> tuple[Ints, Floats]:
        """Places of the programmes that certify a skill itself, with their levels."""
        places, levels, _, whole = self._teaching.get(skill, NOTHING)
        return places[whole], levels[whole]

    def focus(self, asked: Collection[str]) -> Floats:
        """The share of what each programme certifies that is asked for; 0 where it is nothing."""
        counts = np.zeros(len(self))
        for skill in asked:
            counts[self.teaching(skill)[0]] += 1
        shares: Floats = np.minimum(counts / np.maximum(self._skills, 1), 1.0)
        return shares

    def towards(self, award: str) -> Floats:
        """Which programmes count towards a bigger award, as 1 and 0."""
        counts = np.zeros(len(self))
        counts[self._awards.get(award, [])] = 1.0
        return counts


def widened(
    programme: Programme, kinship: Mapping[str, Sequence[Kin]], defaults: Defaults = DEFAULTS
) -> Programme:
    """The programme with the skills for which those that it certifies speak too.

    `kinship` is that of its skills (`kinship.kinship_of`). Of several ways to one skill the one
    that shows most of it counts.
    """
    own = {each.skill for each in programme.teaches}
    best: dict[str, Implied] = {}
    for each in programme.teaches:
        for kin in kinship.get(each.skill, ()):
            confidence = each.confidence * kin.factor(defaults)
            implied = Implied(kin.skill, each.level, confidence, kin.reason)
            if kin.skill not in own and _shows(implied) > _shows(best.get(kin.skill)):
                best[kin.skill] = implied
    return replace(programme, implies=tuple(best[skill] for skill in sorted(best)))


def _columns(rows: Sequence[tuple[int, int, float, bool]]) -> Columns:
    places, levels, confidence, whole = zip(*rows, strict=True) if rows else ((), (), (), ())
    return (
        np.array(places, np.intp),
        np.array(levels, float),
        np.array(confidence, float),
        np.array(whole, bool),
    )


NOTHING: Final[Columns] = _columns(())


def _shows(implied: Implied | None) -> tuple[float, str]:
    return (implied.level * implied.confidence, implied.reason) if implied else (0.0, "")


def _best_of_each(teaches: Iterable[Taught]) -> list[Taught]:
    """Every skill once, by the entry with the highest level."""
    best: dict[str, Taught] = {}
    for each in sorted(teaches, key=lambda it: (it.level, it.confidence)):
        best[each.skill] = each
    return list(best.values())


def _told(values: Iterable[float | None]) -> Floats:
    """Numbers, with NaN where nothing is told."""
    return np.array([np.nan if value is None else value for value in values], float)


def _coded(values: Iterable[str]) -> tuple[list[str], Ints]:
    codes: dict[str, int] = {}
    numbers = [codes.setdefault(value, len(codes)) for value in values]
    return list(codes), np.array(numbers, np.intp)
