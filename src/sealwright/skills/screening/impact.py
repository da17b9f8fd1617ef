"""Whether a screening treats groups of people alike: rates, ratios, and how sure they are.

Two tables that auditors ask for: the share of each group that was chosen, and the share that
scored above the median of all; each by one trait or by several crossed. A ratio below four
fifths of the highest group's rate is marked; whether it could be chance is told beside it, and
a group too small to say anything is called that. Traits come from people who told them for
this purpose: they are joined to a finished screening here and nowhere else.

The four-fifths rule: 29 CFR 1607.4 D. Selection rate, scoring rate and impact ratio as bias
audits in New York City count them: 6 RCNY 5-300.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from statistics import NormalDist, median
from typing import Final

FOUR_FIFTHS: Final = 0.8
FEW: Final = 30
"""A group of fewer people than this is shown, and not compared with."""

CONFIDENCE: Final = 0.95
_Z: Final = NormalDist().inv_cdf(0.5 + CONFIDENCE / 2)

NOT_TOLD: Final = "not told"

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one person, and the traits that this person told: trait to group."""

    traits: Mapping[str, str]
    chosen: bool
    score: float | None = None
    """None for somebody who was not scored; such people are left out of scoring rates."""


@dataclass(frozen=True, slots=True)
class Group:
    """One row of a table: how many people, how many of them counted, and what that says.

    `rate` is counted / people, `rate_within` its Wilson interval. `ratio` divides by the rate
    of the reference group; None for a small group, or where nobody counted at all.
    """

    names: tuple[str, ...]
    people: int
    counted: int
    rate: float
    rate_within: Interval
    ratio: float | None = None
    ratio_within: Interval | None = None
    is_reference: bool = False

    @property
    def is_small(self) -> bool:
        """Too few people to compare."""
        return self.people < FEW

    @property
    def is_below(self) -> bool:
        """Below four fifths of the reference group."""
        return self.ratio is not None and self.ratio < FOUR_FIFTHS

    @property
    def may_be_chance(self) -> bool:
        """Whether a ratio of 1 lies within the interval, so that no difference is proven."""
        low, high = self.ratio_within or (0.0, 2.0)
        return low <= 1.0 <= high


@dataclass(frozen=True, slots=True)
class Table:
    """The groups of one trait, or of several crossed, the highest rate first."""

    traits: tuple[str, ...]
    groups: tuple[Group, ...]
    not_told: int
    """People who told no group for one of the traits; they are in no row."""


def selection_table(outcomes: Iterable[Outcome], *traits: str) -> Table:
    """The share of each group that was chosen.

    >>> people = [Outcome({"sex": "f"}, chosen=n < 20) for n in range(50)]
    >>> people += [Outcome({"sex": "m"}, chosen=n < 40) for n in range(50)]
    >>> [(g.names, g.rate, g.ratio, g.is_below) for g in selection_table(people, "sex").groups]
    [(('m',), 0.8, 1.0, False), (('f',), 0.4, 0.5, True)]
    """
    people = list(outcomes)
    return _table([(each.traits, each.chosen) for each in people], traits)


def scoring_table(outcomes: Iterable[Outcome], *traits: str) -> Table:
    """The share of each group that scored above the median of everybody who was scored."""
    scored = [(each.traits, each.score) for each in outcomes if each.score is not None]
    middle = median(score for _, score in scored) if scored else 0.0
    return _table([(told, score > middle) for told, score in scored], traits)


def wilson(counted: int, people: int) -> Interval:
    """The interval of a share. E. B. Wilson, J. Am. Stat. Assoc. 22 (1927), p. 209.

    >>> tuple(round(end, 3) for end in wilson(20, 50))
    (0.276, 0.538)
    """
    if not people:
        return 0.0, 1.0
    share, square = counted / people, _Z * _Z
    middle = (share + square / (2 * people)) / (1 + square / people)
    spread = share * (1 - share) / people + square / (4 * people * people)
    half = _Z / (1 + square / people) * sqrt(spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def ratio_interval(counted: int, people: int, others: int, other_people: int) -> Interval:
    """The interval of one share divided by another, on the scale of logarithms.

    D. Katz et al., Biometrics 34 (1978), p. 469; half a person is added to each count where
    one of them is 0 or everybody, as the logarithm has no answer there.

    >>> tuple(round(end, 3) for end in ratio_interval(20, 50, 40, 50))
    (0.347, 0.721)
    """
    a, n, b, m = float(counted), float(people), float(others), float(other_people)
    if a in (0.0, n) or b in (0.0, m):
        a, n, b, m = a + 0.5, n + 1, b + 0.5, m + 1
    error = sqrt(1 / a - 1 / n + 1 / b - 1 / m)
    middle = log((a / n) / (b / m))
    return exp(middle - _Z * error), exp(middle + _Z * error)


def _table(rows: Sequence[tuple[Mapping[str, str], bool]], traits: tuple[str, ...]) -> Table:
    people: dict[tuple[str, ...], list[bool]] = {}
    not_told = 0
    for told, counted in rows:
        names = tuple(told.get(trait, NOT_TOLD) or NOT_TOLD for trait in traits)
        if NOT_TOLD in names:
            not_told += 1
        else:
            people.setdefault(names, []).append(counted)
    groups = [_group(names, len(each), sum(each)) for names, each in people.items()]
    groups.sort(key=lambda group: (-group.rate, group.names))
    reference = next((each for each in groups if not each.is_small and each.counted), None)
    compared = groups if reference is None else [_compared(each, reference) for each in groups]
    return Table(traits, tuple(compared), not_told)


def _group(names: tuple[str, ...], people: int, counted: int) -> Group:
    return Group(names, people, counted, counted / people, wilson(counted, people))


def _compared(group: Group, reference: Group) -> Group:
    """The group beside the reference: the highest rate among those that are not small."""
    if group.is_small:
        return group
    is_reference = group is reference
    return Group(
        group.names,
        group.people,
        group.counted,
        group.rate,
        group.rate_within,
        ratio=group.rate / reference.rate,
        ratio_within=(1.0, 1.0)
        if is_reference
        else ratio_interval(group.counted, group.people, reference.counted, reference.people),
        is_reference=is_reference,
    )
