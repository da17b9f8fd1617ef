"""How a provider and its programmes stand: facts, who confirms them, and what speaks against.

Standing is a sum of named terms. For it speak the rigour facts of a programme and the recognition
of its provider, both between what counts at the least and what would count if every claim held;
against it speak revocations, accreditations that lapsed, and indicators of inflation. How many
badges were given is shown and is never a merit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby
from math import sqrt
from typing import Final

from sealwright.skills.defaults import DEFAULTS, Defaults
from sealwright.skills.errors import UnfitRequest
from sealwright.skills.evidence import DAYS_A_MONTH
from sealwright.skills.terms import Term, total

RIGOUR: Final = (
    "workload",
    "level",
    "assessment",
    "supervision",
    "identity",
    "retakes",
    "evidence",
    "review",
    "pass-rate",
)
"""The nine rigour facts, in the order in which they are shown."""

MEETING: Final[Mapping[str, frozenset[str]]] = {
    "assessment": frozenset({"performed-task", "supervised-exam", "reviewed-project"}),
    "supervision": frozenset({"onsite", "online-proctored"}),
    "identity": frozenset({"document"}),
    "retakes": frozenset({"none", "limited"}),
    "evidence": frozenset({"kept", "attached"}),
    "review": frozenset({"external"}),
}
"""What meets the bar of a fact that is told as a word. Numbers have theirs in the defaults."""


# --- Rigour ---------------------------------------------------------------------------------


class Telling(StrEnum):
    """What came of a rigour fact. To tell is not to meet."""

    MET = "met"
    TOLD = "told"
    NOT_TOLD = "not told"


@dataclass(frozen=True, slots=True)
class Fact:
    """A rigour fact as it is told: a word or a number; None or "" where it is not told.

    `workload` is in hours, `level` an EQF level, `pass-rate` a share from 0 to 1.
    """

    name: str
    value: str | float | None = None
    confirmed_by: str = ""

    def __post_init__(self) -> None:
        """Raises `UnfitRequest` for a name that is none of the nine."""
        if self.name not in RIGOUR:
            raise UnfitRequest(f"there is no rigour fact “{self.name}”", code="fact-unknown")


def judge(fact: Fact, defaults: Defaults = DEFAULTS) -> Telling:
    """Is the fact told, and does it meet its bar?

    >>> judge(Fact("supervision", "none")), judge(Fact("supervision", "onsite"))
    (<Telling.TOLD: 'told'>, <Telling.MET: 'met'>)
    """
    if fact.value is None or fact.value == "":
        return Telling.NOT_TOLD
    if fact.name in MEETING:
        return Telling.MET if fact.value in MEETING[fact.name] else Telling.TOLD
    if isinstance(fact.value, str):
        return Telling.TOLD
    bar = defaults.bars[fact.name]
    met = fact.value <= bar if fact.name == "pass-rate" else fact.value >= bar
    return Telling.MET if met else Telling.TOLD


# --- Recognition ----------------------------------------------------------------------------


class Recognised(StrEnum):
    """How somebody else recognises a provider or a programme."""

    ACCREDITATION = "accreditation"
    REGISTER = "register"
    ENDORSEMENT = "endorsement"
    MEMBERSHIP = "membership"


@dataclass(frozen=True, slots=True)
class Recognition:
    """That `by` recognises a provider, or only some of its programmes where `scope` names them."""

    kind: Recognised
    by: str
    since: date | None = None
    until: date | None = None
    withdrawn: date | None = None
    scope: frozenset[str] = frozenset()

    def is_current(self, at: date) -> bool:
        """Does it hold on the day `at`?"""
        return (self.since is None or at >= self.since) and self.ended(at) is None

    def ended(self, at: date) -> date | None:
        """The last day of its term, or the day on which it was withdrawn, where that is past."""
        past = [self.until] if self.until is not None and at > self.until else []
        if self.withdrawn is not None and at >= self.withdrawn:
            past.append(self.withdrawn)
        return min(past, default=None)


# --- What speaks against --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tally:
    """What was seen of a programme in one period, from the issuing site's records or the log.

    It is what was seen, not what the provider chose to tell: None where nobody could see it.
    """

    programme: str
    period: str
    """Such as "2025"; periods are compared in the order of their names."""
    awarded: int
    assessed: int | None = None
    """Awards plus failed attempts."""
    holders: int | None = None
    """Different people among the awards."""
    rushed: int | None = None
    """Awards sooner after enrolment than the workload allows."""
    revoked: int = 0
    """For a fault of the provider's: not corrections that were issued anew."""

    def __post_init__(self) -> None:
        """Raises `UnfitRequest` for counts that cannot be."""
        parts = (self.holders or 0, self.rushed or 0, self.revoked)
        whole = self.awarded if self.assessed is None else self.assessed
        if not all(0 <= part <= self.awarded for part in parts) or self.awarded > whole:
            raise UnfitRequest(
                f"{self.programme}, {self.period}: a part is larger than its whole",
                code="tally-unfit",
            )


@dataclass(frozen=True, slots=True)
class Indicator:
    """One sign of inflation: the value that was seen, its bar, and whether it is beyond it."""

    name: str
    value: float | None
    bar: float
    raised: bool
    detail: str


def inflation(tallies: Iterable[Tally], defaults: Defaults = DEFAULTS) -> list[Indicator]:
    """The indicators of inflation that rows of facts show; None where too little was seen.

    * `passing`: nearly everybody who is assessed passes;
    * `rushing`: awards come sooner than the workload allows;
    * `collecting`: one person gets many awards;
    * `growing`: awards a period grow faster than people who are assessed.
    """
    rows = sorted(tallies, key=lambda row: (row.programme, row.period))
    return [
        _share("passing", [(r.awarded, r.assessed) for r in rows], defaults),
        _share("rushing", [(r.rushed, r.awarded) for r in rows], defaults),
        _collecting(rows, defaults),
        _growing(rows, defaults),
    ]


def _share(
    name: str, counts: Sequence[tuple[int | None, int | None]], defaults: Defaults
) -> Indicator:
    """A share that must not be too high; doubt about a small number counts for the provider."""
    known = [(part, whole) for part, whole in counts if part is not None and whole]
    part, whole = sum(p for p, _ in known), sum(w for _, w in known)
    bar = defaults.inflation[name]
    if whole < defaults.inflation["least"]:
        return Indicator(name, None, bar, False, f"only {whole} seen")
    low = lower_bound(part, whole)
    return Indicator(name, part / whole, bar, low > bar, f"{part} of {whole}, at least {low:.2f}")


def _collecting(rows: Sequence[Tally], defaults: Defaults) -> Indicator:
    known = [(row.awarded, row.holders) for row in rows if row.holders]
    awarded, holders = sum(a for a, _ in known), sum(h for _, h in known)
    bar = defaults.inflation["collecting"]
    if awarded < defaults.inflation["least"]:
        return Indicator("collecting", None, bar, False, f"only {awarded} seen")
    each = awarded / holders
    return Indicator("collecting", each, bar, each > bar, f"{awarded} awards to {holders} people")


def _growing(rows: Sequence[Tally], defaults: Defaults) -> Indicator:
    bar = defaults.inflation["growing"]
    periods = []
    for _, group in groupby(sorted(rows, key=lambda row: row.period), lambda row: row.period):
        of_period = [row for row in group if row.assessed]
        periods.append((sum(r.awarded for r in of_period), sum(r.assessed or 0 for r in of_period)))
    seen = [pair for pair in periods if pair[1] >= defaults.inflation["least"] and pair[0]]
    if len(seen) < 2:
        return Indicator("growing", None, bar, False, "fewer than two periods seen")
    (awarded, assessed), (before, assessed_before) = seen[-1], seen[-2]
    growth = (awarded / before) / (assessed / assessed_before)
    detail = f"awards × {awarded / before:.2f}, assessed × {assessed / assessed_before:.2f}"
    return Indicator("growing", growth, bar, growth > bar, detail)


def lower_bound(part: int, whole: int, z: float = 1.2816) -> float:
    """The lower end of Wilson's interval of a share, such that nine in ten true shares lie above.

    >>> lower_bound(1, 3).__round__(2), lower_bound(100, 300).__round__(2)
    (0.11, 0.3)
    """
    if not whole:
        return 0.0
    share, spread = part / whole, z * z / whole
    middle = share + spread / 2
    margin = z * sqrt(share * (1 - share) / whole + spread / (4 * whole))
    return max((middle - margin) / (1 + spread), 0.0)


# --- Standing -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Offered:
    """A programme as its standing sees it."""

    address: str
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider as its standing sees it.

    `since` is the day from which its work can be followed from outside, such as its first entry
    in a log; None where there is none.
    """

    address: str
    since: date | None = None
    programmes: tuple[Offered, ...] = ()
    recognitions: tuple[Recognition, ...] = ()
    tallies: tuple[Tally, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """How something stands: `score` is what counts at the least, with every term.

    `upper` is what it would be if every claim were confirmed: the distance is what is open, and
    it is wide for the young.
    """

    subject: str
    terms: tuple[Term, ...]
    upper: float
    counts: Mapping[Telling, int]
    """How many rigour facts are met, told and not told."""
    indicators: tuple[Indicator, ...]
    awarded: int
    """How many badges were given: a plain number that moves nothing."""

    def part(self, name: str, defaults: Defaults = DEFAULTS) -> float:
        """How much counts of the `rigour` or `recognition` that there can be, from 0 to 1."""
        of_name = (term for term in self.terms if term.name.startswith(f"{name} "))
        return total(of_name) / defaults.standing[name]

    @property
    def score(self) -> float:
        """What the terms add up to: 1 at the best; below 0 where more speaks against it."""
        return total(self.terms)


def standing(
    provider: Provider,
    *,
    anchors: Collection[str],
    at: date,
    programme: str = "",
    defaults: Defaults = DEFAULTS,
) -> Standing:
    """How a provider stands on the day `at`, or one of its programmes.

    `anchors` are those whose word counts: bodies in a register or on the operator's list. The
    rigour of a provider is the mean of its programmes. Raises `UnfitRequest` for a programme
    that it does not offer.
    """
    offered = [each for each in provider.programmes if programme in ("", each.address)]
    if programme and not offered:
        raise UnfitRequest(f"{provider.address} does not offer {programme}", code="programme")
    low = list(_rigour(offered, provider, anchors, at, defaults))
    high = [term for each in offered for term in _facts(each, len(offered), anchors, 0.0, defaults)]
    seen = [row for row in provider.tallies if programme in ("", row.programme)]
    indicators = inflation(seen, defaults)
    rest = [
        *_recognised(provider, programme, anchors, at, defaults),
        _lapsed(provider, programme, anchors, at, defaults),
        _revoked(seen, defaults),
        *(_inflated(each, defaults) for each in indicators),
    ]
    tellings = [telling for each in offered for _, telling in _all_nine(each, anchors, defaults)]
    return Standing(
        programme or provider.address,
        (*low, *rest),
        total((*high, *rest)),
        {telling: tellings.count(telling) for telling in Telling},
        tuple(indicators),
        sum(row.awarded for row in seen),
    )


def doubt(provider: Provider, at: date, defaults: Defaults = DEFAULTS) -> float:
    """The share of its unconfirmed claims that does not count yet.

    It starts wide for the young and halves its way down to what is never believed unconfirmed.
    Only time narrows it: neither the number of badges nor the number of programmes does.
    """
    first, last = defaults.doubt["at first"], defaults.doubt["at last"]
    days = max((at - provider.since).days, 0) if provider.since else 0
    return float(last + (first - last) * 0.5 ** (days / DAYS_A_MONTH / defaults.doubt["months"]))


def _all_nine(
    offered: Offered, anchors: Collection[str], defaults: Defaults
) -> Iterator[tuple[Fact, Telling]]:
    """Every rigour fact once, with what came of it.

    Of a fact that is told twice, whoever counts goes before whoever does not, and then the less
    favourable: contradicting oneself never helps.
    """
    ladder = list(Telling)[::-1]
    for name in RIGOUR:
        told = [(fact, judge(fact, defaults)) for fact in offered.facts if fact.name == name]
        told = [pair for pair in told if pair[1] is not Telling.NOT_TOLD] or [
            (Fact(name), Telling.NOT_TOLD)
        ]
        yield min(
            told,
            key=lambda it: (it[0].confirmed_by not in anchors, ladder.index(it[1]), repr(it[0])),
        )


def _rigour(
    offered: Sequence[Offered],
    provider: Provider,
    anchors: Collection[str],
    at: date,
    defaults: Defaults,
) -> Iterator[Term]:
    believed = doubt(provider, at, defaults)
    for each in offered:
        yield from _facts(each, len(offered), anchors, believed, defaults)


def _facts(
    offered: Offered, among: int, anchors: Collection[str], doubted: float, defaults: Defaults
) -> Iterator[Term]:
    for fact, telling in _all_nine(offered, anchors, defaults):
        worth = {Telling.MET: 1.0, Telling.TOLD: defaults.told, Telling.NOT_TOLD: 0.0}[telling]
        confirmed = fact.confirmed_by in anchors
        counts = worth if confirmed else worth * (1 - doubted)
        who = f"confirmed by {fact.confirmed_by}" if confirmed else "claimed"
        yield Term(
            f"rigour {fact.name}" + (f" of {offered.address}" if among > 1 else ""),
            defaults.standing["rigour"] * counts / len(RIGOUR) / among,
            telling if telling is Telling.NOT_TOLD else f"{telling}, {who}: {fact.value}",
        )


def _concerning(provider: Provider, programme: str) -> Iterator[Recognition]:
    """Recognitions of the whole provider, and those of the programme that is asked about."""
    for each in provider.recognitions:
        if not each.scope or programme in each.scope:
            yield each


def _recognised(
    provider: Provider, programme: str, anchors: Collection[str], at: date, defaults: Defaults
) -> Iterator[Term]:
    """One term a kind of recognition: many of one kind weigh no more than one of them."""
    concerning = list(_concerning(provider, programme))
    for kind in Recognised:
        of_kind = [it for it in concerning if it.kind is kind and it.is_current(at)]
        by = sorted({it.by for it in of_kind if it.by in anchors})
        others = len({it.by for it in of_kind} - set(by))
        detail = f"by {', '.join(by)}" if by else "by nobody in a register or on the list"
        if others:
            detail += f"; {others} that no register knows"
        worth = defaults.recognition[kind] if by else 0.0
        yield Term(f"recognition {kind}", defaults.standing["recognition"] * worth, detail)


def _lapsed(
    provider: Provider, programme: str, anchors: Collection[str], at: date, defaults: Defaults
) -> Term:
    """Accreditations that ended in the last years and that their bodies did not renew."""
    concerning = [
        it
        for it in _concerning(provider, programme)
        if it.kind is Recognised.ACCREDITATION and it.by in anchors
    ]
    current = {it.by for it in concerning if it.is_current(at)}
    ends = {(it.by, it.ended(at)) for it in concerning if it.by not in current}
    recent = [
        f"by {by}, ended on {ended}"
        for by, ended in sorted((by, ended) for by, ended in ends if ended)
        if (at - ended).days / DAYS_A_MONTH <= defaults.doubt["lapse months"]
    ]
    value = -defaults.standing["lapsed"] if recent else 0.0
    return Term("lapsed accreditation", value, "; ".join(recent) or "none")


def _revoked(rows: Sequence[Tally], defaults: Defaults) -> Term:
    revoked, awarded = sum(row.revoked for row in rows), sum(row.awarded for row in rows)
    rate = lower_bound(revoked, awarded)
    value = -defaults.standing["revoked"] * min(rate / defaults.inflation["revoked"], 1.0)
    return Term("revocations", value, f"{revoked} of {awarded}, at least {rate:.3f}")


def _inflated(indicator: Indicator, defaults: Defaults) -> Term:
    value = -defaults.standing["inflated"] if indicator.raised else 0.0
    return Term(f"inflation {indicator.name}", value, indicator.detail)


# --- Near-duplicates ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outline:
    """What two programmes are compared by: the words of the title, the skills and the levels."""

    address: str
    title: str
    skills: frozenset[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two programmes that certify nearly the same, and how near, from 0 to 1."""

    one: str
    other: str
    skills: float
    title: float

    @property
    def value(self) -> float:
        """Three parts skills, one part title."""
        return 0.75 * self.skills + 0.25 * self.title


def near_duplicates(outlines: Iterable[Outline], defaults: Defaults = DEFAULTS) -> list[Likeness]:
    """Pairs that certify nearly the same skills at the same levels, the nearest first."""
    by_skill: dict[tuple[str, int], list[Outline]] = {}
    pairs: dict[tuple[str, str], Likeness] = {}
    for each in sorted(outlines, key=lambda it: it.address):
        for skill in sorted(each.skills):
            for other in by_skill.setdefault(skill, []):
                if (other.address, each.address) not in pairs:
                    pairs[other.address, each.address] = Likeness(
                        other.address,
                        each.address,
                        _jaccard(other.skills, each.skills),
                        _jaccard(_words(other.title), _words(each.title)),
                    )
            by_skill[skill].append(each)
    near = [pair for pair in pairs.values() if pair.value >= defaults.duplicate_from]
    return sorted(near, key=lambda pair: (-pair.value, pair.one, pair.other))


def _words(title: str) -> frozenset[str]:
    return frozenset(title.casefold().split())


def _jaccard(one: Collection[object], other: Collection[object]) -> float:
    either = {*one, *other}
    return len({*one} & {*other}) / len(either) if either else 0.0
