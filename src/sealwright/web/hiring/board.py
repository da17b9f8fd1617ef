"""From a screening to what the page shows: values only, no template and no request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sealwright.skills.evidence import Link, Strength
from sealwright.skills.screening.record import record_of
from sealwright.skills.screening.scoring import Answer, Near, Row, State
from sealwright.web.hiring import proofs
from sealwright.web.hiring.forms import LEVELS
from sealwright.web.hiring.proofs import Proof
from sealwright.web.hiring.services import LONG_AGO, Result

WORDS: Final = {
    State.PROVEN: gettext_lazy("Verified and current"),
    State.AGEING: gettext_lazy("Verified, no longer fresh"),
    State.BELOW: gettext_lazy("Verified, below the level asked"),
    State.WEAK: gettext_lazy("Verified, but not proof enough"),
    State.CLAIMED: gettext_lazy("Claimed, not verified"),
    State.OPEN: gettext_lazy("No sign of it"),
    State.REFUSED: gettext_lazy("Withdrawn, false, or not theirs"),
}
IN_SHORT: Final = {
    State.PROVEN: gettext_lazy("current"),
    State.AGEING: gettext_lazy("not fresh"),
    State.BELOW: gettext_lazy("below level"),
    State.WEAK: gettext_lazy("weak proof"),
    State.CLAIMED: gettext_lazy("claimed"),
    State.OPEN: gettext_lazy("no sign"),
    State.REFUSED: gettext_lazy("not counted"),
}
"""What stands beside a number of skills."""

ICONS: Final = {
    State.PROVEN: "check",
    State.AGEING: "clock",
    State.BELOW: "chevron-down",
    State.WEAK: "circle-dashed",
    State.CLAIMED: "question",
    State.OPEN: "minus",
    State.REFUSED: "x",
}
SHOWN_BY: Final = {
    Strength.PERFORMED_TASK: gettext_lazy("a task seen by an assessor"),
    Strength.SUPERVISED_EXAM: gettext_lazy("a supervised exam"),
    Strength.REVIEWED_PROJECT: gettext_lazy("a reviewed project"),
    Strength.UNSUPERVISED_QUIZ: gettext_lazy("an assessment without supervision"),
    Strength.ATTENDANCE: gettext_lazy("attendance"),
}
LINKS: Final = {
    Link.SAME: gettext_lazy("the same skill elsewhere"),
    Link.NAMED: gettext_lazy("a skill of the same name"),
    Link.NARROWER: gettext_lazy("a narrower skill"),
}

UNSHOWN: Final = frozenset({State.OPEN, State.CLAIMED})
"""Where the page says what comes near; the record does wherever a requirement is not met."""

MOST_NEAR: Final = 2
"""Skills that come near and are named."""

LEAST: Final = 0.05
"""Points below which the page does not speak of age; the record does."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One requirement of one candidate."""

    label: str
    state: State
    must: bool
    near: str = ""
    """Skills that were shown and come near it, in words."""

    @property
    def words(self) -> str:
        return str(WORDS[self.state])


@dataclass(frozen=True, slots=True)
class Bar:
    """What one requirement gives: shown how, out of how much, and what age takes from it."""

    cell: Cell
    detail: str
    points: float
    share: float
    aged: float = 0.0
    """Points that age takes; 0 where it takes next to nothing."""
    age: str = ""

    @property
    def gives(self) -> str:
        return _points(self.points)

    @property
    def loses(self) -> str:
        return _points(-self.aged)

    @property
    def width(self) -> int:
        """How much of the bar is filled, of 100."""
        return self._percent(self.points - self.aged)

    @property
    def lost(self) -> int:
        """How much of the bar age has taken, of 100."""
        return self._percent(self.points) - self.width

    def _percent(self, points: float) -> int:
        return round(100 * points / self.share) if self.share else 0


@dataclass(frozen=True, slots=True)
class Line:
    """One candidate as a row of the table."""

    key: str
    code: str
    rank: int | None
    is_tied: bool
    score: float
    cells: tuple[Cell, ...]
    summary: str
    bars: tuple[Bar, ...]
    changes: tuple[str, ...]
    proofs: tuple[Proof, ...]
    needs_a_look: bool

    @property
    def fit(self) -> int:
        """The score without decimals."""
        return round(self.score)

    @property
    def tally(self) -> list[tuple[State, str, int]]:
        """Of each state that there is: it, its word, and how many skills."""
        counts = Counter(cell.state for cell in self.cells)
        return [(each, str(IN_SHORT[each]), counts[each]) for each in WORDS if counts[each]]

    @property
    def near(self) -> int:
        """Of how many skills something near was shown."""
        return sum(bool(cell.near) for cell in self.cells)

    @property
    def brought(self) -> list[tuple[str, str]]:
        """What was brought, by what was found: the finding, and the titles."""
        by_headline: dict[str, list[str]] = {}
        for proof in self.proofs:
            by_headline.setdefault(proof.headline, []).append(proof.title or proof.brought_as)
        return [(headline, ", ".join(titles)) for headline, titles in by_headline.items()]


def lines(result: Result) -> tuple[list[Line], list[Line]]:
    """The ranked, and those without proof."""
    looks = {look.proof.candidate for look in result.looks}
    codes = codes_of([each.key for each in result.candidates])
    screening = result.screening
    ranked = [_line(row, result, codes, looks) for row in screening.ranked]
    return ranked, [_line(row, result, codes, looks) for row in screening.apart]


def codes_of(keys: Sequence[str]) -> dict[str, str]:
    """A short code for each candidate, which stays the same and tells nothing.

    >>> sorted(codes_of(["mira", "tomas"]).values())
    ['G9', 'Y4']
    """
    codes: dict[str, str] = {}
    taken: set[str] = set()
    for key in keys:
        digest = int.from_bytes(sha256(key.encode()).digest()[:8], "big")
        code = f"{_LETTERS[digest % len(_LETTERS)]}{digest // 31 % 9 + 1}"
        number = 1
        while code in taken:
            number += 1
            code = f"{code.partition('-')[0]}-{number}"
        taken.add(code)
        codes[key] = code
    return codes


_LETTERS: Final = "ABCDEFGHJKLMNPRSTUVWXYZ"


def table_of(result: Result) -> tuple[list[str], list[list[str]]]:
    """Head and rows of the table for spreadsheets."""
    asked = result.screening.requirements
    head = [_("Rank"), _("Candidate"), _("Fit of 100"), _("Musts not proven"), _("Needs a look")]
    for each in asked:
        told = {"skill": each.label}
        head += [each.label, _("%(skill)s: points") % told, _("%(skill)s: comes near") % told]
    ranked, apart = lines(result)
    rows = []
    for line in (*ranked, *apart):
        row = result.screening.row(line.key)
        cells = [
            _("no proof") if line.rank is None else str(line.rank),
            line.key,
            "" if line.rank is None else f"{row.score:.2f}",
            ", ".join(each.label for each in row.missing),
            "; ".join(look.why for look in result.looks if look.proof.candidate == line.key),
        ]
        for answer in row.answers:
            cells += [str(WORDS[answer.state]), f"{answer.points:.2f}", _near(answer)]
        rows.append(cells)
    return head, rows


def record(result: Result) -> Mapping[str, Any]:
    """The whole record for programs: see `skills.screening.record`, and the `framework`."""
    made = record_of(result.screening, result.candidates)
    return made | {"framework": result.source.as_json()}


def _line(row: Row, result: Result, codes: Mapping[str, str], looks: set[str]) -> Line:
    mine = result.proofs.get(row.key, ())
    bars = tuple(map(_bar, row.answers))
    return Line(
        key=row.key,
        code=codes[row.key],
        rank=row.rank,
        is_tied=row.is_tied,
        score=row.score,
        cells=tuple(bar.cell for bar in bars),
        summary=_summary(row),
        bars=bars,
        changes=tuple(_changes(row, result)) if row.rank is not None else (),
        proofs=mine,
        needs_a_look=row.key in looks or any(each.state == proofs.REFUSED for each in mine),
    )


def _summary(row: Row) -> str:
    musts = [each for each in row.answers if each.requirement.must]
    proven = [each for each in musts if each.state is State.PROVEN]
    if not musts:
        met = sum(each.state is State.PROVEN for each in row.answers)
        said = _("%(met)d of %(all)d skills proven and current.")
        return said % {"met": met, "all": len(row.answers)}
    if len(proven) == len(musts):
        return _("Every must is proven and current.")
    missing = ", ".join(each.label for each in row.missing)
    said = _("%(met)d of %(all)d musts proven; not yet: %(missing)s.")
    return said % {"met": len(proven), "all": len(musts), "missing": missing}


def _bar(answer: Answer) -> Bar:
    asked = answer.requirement
    shown, *aged = (term.value for term in answer.terms) if answer.terms else (0.0,)
    taken = -sum(aged)
    return Bar(
        Cell(asked.label, answer.state, asked.must, _near(answer)),
        _detail(answer),
        shown,
        answer.share,
        taken if taken >= LEAST else 0.0,
        _age(answer),
    )


def _points(points: float) -> str:
    """Points with their sign: whole ones, or the first digit of less than one."""
    size = f"{abs(points):.0f}" if abs(points) >= 1 else f"{abs(points):.1g}"
    return f"{'−' if points < 0 else '+' if points > 0 else ''}{size}"


def _near(answer: Answer) -> str:
    """What was shown that comes near a skill of which nothing was; empty if nothing does."""
    if answer.state not in UNSHOWN:
        return ""
    named = [_named(each) for each in answer.nearby[:MOST_NEAR]]
    more = len(answer.nearby) - len(named)
    return "; ".join([*named, *([_("and %d more") % more] if more else [])])


def _named(near: Near) -> str:
    it = near.piece.evidence
    who = it.confirmed_by or it.provider
    if it.strength in SHOWN_BY:
        shown = f"{SHOWN_BY[it.strength]}, {who}, {_month(it.when)}"
    else:
        shown = _("signed by %(who)s, which does not count yet") % {"who": who}
    told = {"skill": near.kin.label, "shown": shown, "link": LINKS[near.kin.link]}
    return _("%(skill)s (%(shown)s), %(link)s") % told


def _detail(answer: Answer) -> str:
    words = str(WORDS[answer.state])
    best = answer.best
    if best is None:
        return words
    it = best.evidence
    said = _("%(who)s, %(how)s, level %(level)s, %(when)s") % {
        "who": it.confirmed_by or it.provider,
        "how": SHOWN_BY[it.strength],
        "level": str(LEVELS[best.level - 1][1]) if it.level else _("not told"),
        "when": _month(it.when),
    }
    return said if answer.state is State.PROVEN else f"{words}: {said}"


def _age(answer: Answer) -> str:
    months = round(answer.best.months) if answer.best else 0
    return ngettext("a month old", "%(months)d months old", months) % {"months": months}


def _changes(row: Row, result: Result) -> list[str]:
    """What would help most, in at most three sentences."""
    said = []
    for change in result.screening.proofs_that_would_help(row.key)[:3]:
        words = _("A current proof of %(skill)s would make it %(score)d, place %(rank)d.")
        told = {
            "skill": change.requirement.label,
            "score": round(change.score),
            "rank": change.rank,
        }
        said.append(words % told)
    return said


def _month(when: date) -> str:
    return date_format(when, "M Y") if when > LONG_AGO else _("not dated")
