"""What a whole catalogue offers a learner: what `terms_of` says, of all programmes at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from sealwright.skills.evidence import DAYS_A_MONTH, LEVELS
from sealwright.skills.routes.catalogue import Catalogue, Flags, Floats, Ints, Taught
from sealwright.skills.routes.request import (
    HOURS,
    MONEY,
    Request,
    lacking_programmes,
    lacking_skills,
    off_pitch,
    repeats,
)

OF_PROGRAMMES: Final = ("standing", "recognition", "rigour", "degree", "focus")
OF_SKILLS: Final = ("currency", "short", "pitch", "repeats")
"""What a part of what is closed may be taken back for."""


@dataclass(frozen=True, slots=True)
class Closing:
    """What programmes close of one missing skill: a row for each that fits and closes some."""

    places: Ints
    parts: Floats
    """The part of the goal that each closes."""
    open: Floats
    """How much is open, from 0 to 1, for each reason (rows) to take a part of that back."""

    def worth(self, weights: Floats) -> Floats:
        """The parts, less what is taken back for these reasons; less than 0 for some."""
        left: Floats = self.parts * (1 - weights @ self.open)
        return left


@dataclass(frozen=True, slots=True)
class Offer:
    """What a catalogue offers a learner, whatever they prefer."""

    catalogue: Catalogue
    request: Request
    """One of the learner's; what it prefers does not matter."""
    fits: Flags
    """Which programmes fit by themselves."""
    closings: list[Closing]
    """In the order of the missing skills."""
    hours: Floats
    costs: Floats
    """What each programme is planned with."""
    _first: dict[int, list[Ints]] = field(default_factory=dict)
    _found_able: dict[tuple[str, int], Ints] = field(default_factory=dict)

    @classmethod
    def of(cls, catalogue: Catalogue, request: Request) -> Offer:
        """What it offers for a request, and for others that only prefer something else."""
        fits = allowed(catalogue, request)
        untold = request.defaults.untold
        return cls(
            catalogue,
            request,
            fits,
            list(_closings(catalogue, request, fits)),
            np.where(np.isnan(catalogue.hours), untold["hours"], catalogue.hours),
            np.where(np.isnan(catalogue.costs), untold["cost"], catalogue.costs),
        )

    def prices(self, request: Request) -> Floats:
        """What time and cost take off each programme."""
        untold = request.defaults.untold
        taken: Floats = request.weight("time") / HOURS * np.minimum(self.hours, untold["hours"])
        taken += request.weight("cost") / MONEY * np.minimum(self.costs, untold["cost"])
        return taken

    def weights(self, request: Request) -> Floats:
        """How much each reason weighs for what is preferred."""
        return np.array([request.weight(name) for name in (*OF_PROGRAMMES, *OF_SKILLS)])

    def first(self, place: int) -> list[Ints]:
        """For each thing that must come before a programme: those that fit and bring it."""
        found = self._first.get(place)
        if found is None:
            programme = self.catalogue.programmes[place]
            there = self.catalogue.places
            named = (there.get(it, -1) for it in lacking_programmes(programme, self.request))
            found = [np.array([n] if n >= 0 and self.fits[n] else [], np.intp) for n in named]
            found += [self._able(need) for need in lacking_skills(programme, self.request)]
            self._first[place] = found
        return found

    def _able(self, need: Taught) -> Ints:
        key = need.skill, need.level
        found = self._found_able.get(key)
        if found is None:
            places, levels = self.catalogue.certifying(need.skill)
            found = self._found_able[key] = places[(levels >= need.level) & self.fits[places]]
        return found


def allowed(catalogue: Catalogue, request: Request) -> Flags:
    """Which programmes fit by themselves: language, mode, money and hours; none that is done.

    What does not tell its cost fits no budget, and what does not tell its hours no deadline.
    """
    fits: Flags = np.isinf(request.money) | (catalogue.costs <= request.money)
    fits &= np.isinf(request.hours) | (catalogue.hours <= request.hours + 1e-9)
    fits &= _among(request.languages, catalogue.languages)[catalogue.language_of]
    fits &= _among(request.modes, catalogue.modes)[catalogue.mode_of]
    for address in request.done & catalogue.places.keys():
        fits[catalogue.places[address]] = False
    return fits


def _among(wanted: frozenset[str], there: list[str]) -> Flags:
    return np.array([not wanted or each in wanted for each in there], bool)


def _closings(catalogue: Catalogue, request: Request, fits: Flags) -> Iterator[Closing]:
    shown_by = np.array([request.shown[name] for name in catalogue.strengths])
    open_of = 1 - np.array(
        [
            catalogue.standing,
            catalogue.known,
            catalogue.rigour,
            catalogue.towards(request.degree),
            catalogue.focus(request.asked),
        ]
    )
    months = np.maximum(request.at.toordinal() - catalogue.reviewed, 0) / DAYS_A_MONTH
    for line in request.lines:
        asked = line.asked
        places, levels, confidence = catalogue.teaching(asked.skill.address)
        reached = levels / asked.level
        proves = np.minimum(reached, 1.0) * shown_by[catalogue.strength_of[places]] * confidence
        parts = asked.weight * (proves - line.cover.value)
        rows = np.flatnonzero((parts > 0) & fits[places])
        places, levels, reached = places[rows], levels[rows], reached[rows]
        half_life = request.defaults.half_lives[asked.skill.kind]
        current = np.fmax(0.5 ** (months[places] / half_life), request.defaults.content_untold)
        repeated = np.array([float(repeats(level, line)) for level in range(len(LEVELS) + 1)])
        of_skill = (
            1 - current,
            np.maximum(1 - reached, 0.0),
            off_pitch(catalogue.eqf[places], asked.level),
            repeated[levels.astype(np.intp)],
        )
        yield Closing(places, parts[rows], np.concatenate([open_of[:, places], of_skill]))
