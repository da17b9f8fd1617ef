"""Whom somebody would move up to, proposed where a framework does not say it itself.

O*NET names related occupations; ESCO names none. Both tell what an occupation asks for, and ESCO
the group of each in ISCO-08, where managers have a major group of their own. So the step up that
is proposed is the occupation above that asks for what is most like it:

* Above is a manager, and from the level of technicians down also a supervisor. Above a manager is
  one whose essential skills are by a tenth more about objectives and strategies.
* Alike is the cosine of what both ask for: 1 where it is essential, half where it is optional,
  more the rarer it is; in part the groups of these skills, and what the other occupations of the
  same ISCO unit group ask for, which tells what a field is like where one occupation says little.
* Nothing is proposed where fewer than two skills are essential to both, or too little is alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import Final

from sealwright.skills.frameworks.model import Framework, Occupation

Weights = dict[str, float]

MANAGERS: Final = "1"
BELOW_PROFESSIONALS: Final = tuple("3456789")
SUPERVISORS: Final = ("312", "3341", "5222")
"""Of mines, works and building sites; of offices; of shops. Groups of ISCO-08."""
REMAINDER: Final = "9"
"""How a unit group ends in ISCO-08 that holds what fits no other: its members have no field."""
STRATEGY: Final = "S4.1"
"""ESCO's branch of skills for developing objectives and strategies."""
MORE_STRATEGY: Final = 0.1
LEAST_SHARED: Final = 2
OPTIONAL: Final = 0.5
OF_GROUPS: Final = 0.3
OF_PEERS: Final = 0.5


@dataclass(frozen=True, slots=True)
class Promotion:
    """A step up that is proposed, and what speaks for it."""

    uri: str
    alike: float
    """How alike both are in what they ask for, from 0 to 1."""
    shared: tuple[str, ...]
    """The skills that are essential to both, the rarest first."""


class Promotions:
    """Proposes steps up within one framework. Make it once for many occupations.

    `least` is how alike two occupations must be.
    """

    def __init__(self, framework: Framework, least: float) -> None:
        self._framework = framework
        self._least = least
        jobs = framework.occupations
        asked = {it.uri: _asked(it, framework) for it in jobs}
        counts = Counter(skill for weights in asked.values() for skill in weights)
        self._rare = {skill: log(len(asked) / count) for skill, count in counts.items()}
        self._alone = {
            uri: _scaled({skill: weight * self._rare[skill] for skill, weight in weights.items()})
            for uri, weights in asked.items()
        }
        units: dict[str, Weights] = {}
        for it in jobs:
            _add(units.setdefault(it.code, {}), self._alone[it.uri], 1.0)
        self._units = {code: _scaled(weights) for code, weights in units.items()}
        self._essential = {it.uri: {n.skill for n in it.needs if n.essential} for it in jobs}
        self._above = [it for it in jobs if _leads(it.code)]
        self._lengths = [self._length(it) for it in self._above]
        self._strategic = {it.uri: self._strategy(it.uri) for it in self._above}
        self._asking = _Asking([self._alone[it.uri] for it in self._above])
        codes = list(dict.fromkeys(it.code for it in self._above))
        self._units_asking = _Asking([self._units[code] for code in codes])
        self._unit_of = [(codes.index(it.code), _of_peers(it)) for it in self._above]
        self._by_unit: dict[str, list[float]] = {}

    def of(self, uri: str) -> Promotion | None:
        """The step up from an occupation; None where nothing is near enough.

        Raises:
            UnknownSkill: the framework has no such occupation.
        """
        it = self._framework.occupation(uri)
        near = [round(alike, 9) for alike in self._likenesses(it)]
        enough = (n for n, alike in enumerate(near) if alike >= self._least)
        for n in sorted(enough, key=lambda n: (-near[n], self._above[n].uri)):
            other = self._above[n]
            shared = self._essential[uri] & self._essential[other.uri]
            if len(shared) >= LEAST_SHARED and self._is_above(other, it):
                rarest = sorted(shared, key=lambda skill: (-self._rare[skill], skill))
                return Promotion(other.uri, near[n], tuple(rarest))
        return None

    def _is_above(self, other: Occupation, it: Occupation) -> bool:
        if other.uri == it.uri:
            return False
        if it.code.startswith(MANAGERS):
            more = self._strategic[other.uri] - self._strategic[it.uri]
            return other.code.startswith(MANAGERS) and more >= MORE_STRATEGY
        if other.code.startswith(MANAGERS):
            return True
        return it.code.startswith(BELOW_PROFESSIONALS) and not it.code.startswith(SUPERVISORS)

    def _strategy(self, uri: str) -> float:
        """The share of its essential skills that are about objectives and strategies."""
        skills = self._essential[uri]
        found = sum(any(map(self._is_strategy, self._framework.ancestors(s))) for s in skills)
        return found / len(skills) if skills else 0.0

    def _is_strategy(self, uri: str) -> bool:
        return self._framework.has_concept(uri) and self._framework.concept(uri).code == STRATEGY

    def _likenesses(self, it: Occupation) -> list[float]:
        """How like each occupation above it is, in what both ask for.

        What one of them asks for is what it does alone and a part of what its unit group does;
        the product of two such sums is taken apart, and that with the group is kept.
        """
        by_unit = self._by_unit.get(it.code)
        if by_unit is None:
            by_unit = self._by_unit[it.code] = self._products(self._units[it.code])
        length, peers = self._length(it), _of_peers(it)
        products = zip(self._products(self._alone[it.uri]), by_unit, self._lengths, strict=True)
        return [(own + peers * its) / (length * other) for own, its, other in products]

    def _products(self, asked: Weights) -> list[float]:
        units = self._units_asking.products(asked)
        alone = zip(self._asking.products(asked), self._unit_of, strict=True)
        return [own + peers * units[unit] for own, (unit, peers) in alone]

    def _length(self, it: Occupation) -> float:
        peers = _of_peers(it)
        product = _product(self._alone[it.uri], self._units[it.code])
        return sqrt(1 + peers**2 + 2 * peers * product)


def _leads(code: str) -> bool:
    """Is it in a group of ISCO that manages or supervises? Codes of SOC have a dash."""
    return "-" not in code and code.startswith((MANAGERS, *SUPERVISORS))


def _of_peers(it: Occupation) -> float:
    return 0.0 if it.code.endswith(REMAINDER) else OF_PEERS


def _asked(it: Occupation, framework: Framework) -> Weights:
    """What an occupation asks for, with the groups right above it, before rarity."""
    weights = {need.skill: 1.0 if need.essential else OPTIONAL for need in it.needs}
    groups: Weights = {}
    for skill, weight in weights.items():
        if framework.has_concept(skill):
            _add(groups, dict.fromkeys(framework.concept(skill).broader, 1.0), weight)
    _add(weights, {group: sqrt(weight) for group, weight in groups.items()}, OF_GROUPS)
    return weights


class _Asking:
    """Who asks for what, by what is asked for."""

    def __init__(self, rows: Sequence[Weights]) -> None:
        self._number = len(rows)
        self._asking: dict[str, list[tuple[int, float]]] = {}
        for n, weights in enumerate(rows):
            for skill, weight in weights.items():
                self._asking.setdefault(skill, []).append((n, weight))

    def products(self, asked: Weights) -> list[float]:
        """The product of what is asked with each row."""
        products = [0.0] * self._number
        for skill, weight in asked.items():
            for n, other in self._asking.get(skill, ()):
                products[n] += weight * other
        return products


def _product(one: Weights, other: Weights) -> float:
    return sum(weight * other.get(skill, 0.0) for skill, weight in one.items())


def _add(weights: Weights, more: Mapping[str, float], times: float) -> None:
    for skill, weight in more.items():
        weights[skill] = weights.get(skill, 0.0) + times * weight


def _scaled(weights: Weights) -> Weights:
    """The same direction with length 1; nothing where there is none."""
    length = sqrt(_product(weights, weights))
    return {skill: weight / length for skill, weight in weights.items()} if length else {}
