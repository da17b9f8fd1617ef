"""What the pages of the catalogue show: results, filters in use, the tray, the comparison."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Final

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sealwright.web.catalogue import wording
from sealwright.web.catalogue.facts import COUNTS, Count, numbers_of
from sealwright.web.catalogue.models import Version
from sealwright.web.catalogue.search import (
    COSTS,
    HOURS,
    SORTS,
    Choices,
    Question,
    answer,
    choices,
    costliest,
)
from sealwright.web.catalogue.selectors import offered
from sealwright.web.catalogue.telling import Line, Telling
from sealwright.web.trust.standing import Standing, standings_of

A_PAGE: Final = 20
SIDE_BY_SIDE: Final = 4
"""The most programmes that are compared."""

EXAMPLES: Final = 4
"""Skills that are offered as examples of what to look for."""

Option = tuple[str, str]

HOUR_NAMES: Final[dict[str, str | Promise]] = {
    "0-10": gettext_lazy("Up to 10 hours"),
    "10-40": gettext_lazy("10 to 40 hours"),
    "40-150": gettext_lazy("40 to 150 hours"),
    "150-": gettext_lazy("More than 150 hours"),
}
SORT_NAMES: Final[dict[str, str | Promise]] = {
    "": gettext_lazy("Best match"),
    "new": gettext_lazy("Newest"),
    "short": gettext_lazy("Shortest"),
    "told": gettext_lazy("Most told about rigour"),
    "title": gettext_lazy("Title"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A programme in the list or in the comparison."""

    version: Version
    telling: Telling
    standing: Standing
    toggle: str
    """The page's address with the programme added to the comparison, or taken out of it."""
    is_compared: bool = False


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in use, and the page's address without it."""

    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Select:
    """A filter to choose, as the form shows it."""

    name: str
    label: str
    none: str
    options: list[Option]
    chosen: str


@dataclass(frozen=True, slots=True)
class Found:
    """Everything on the page of the catalogue."""

    question: Question
    page: Page[Version]
    rows: list[Row]
    chips: list[Chip]
    selects: list[Select]
    skills: list[str]
    examples: list[Chip]
    tray: list[Row]
    compare_address: str
    dropped: str = ""
    """The filter that was left out, in words, because nothing fitted all of them."""
    is_empty: bool = False
    """Nothing would be found even without any one filter."""

    @property
    def number(self) -> str:
        """How many there are, in words: also what is announced."""
        count = self.page.paginator.count
        return ngettext("%(number)d programme", "%(number)d programmes", count) % {"number": count}

    @property
    def full(self) -> bool:
        """Is there no room for another programme to compare?"""
        return len(self.tray) >= SIDE_BY_SIDE

    @property
    def sorts(self) -> list[Option]:
        return [(key, str(SORT_NAMES[key])) for key in SORTS]


def found(parameters: QueryDict) -> Found:
    """What the parameters ask for; without the costliest filter where nothing answers all."""
    question = Question.read(parameters)
    offer = choices()
    results, dropped, is_empty = answer(question), "", False
    page = Paginator(results, A_PAGE).get_page(parameters.get("page"))
    if not page.paginator.count and (without := costliest(question)):
        dropped = _words(question, without[0], offer)
        page = Paginator(answer(question.without(without[0])), A_PAGE).get_page(
            parameters.get("page")
        )
    elif not page.paginator.count:
        is_empty = True
    chosen = _chosen(parameters)
    rows = _rows([*page.object_list], parameters, chosen)
    tray = _rows(chosen, parameters, chosen)
    return Found(
        question=question,
        page=page,
        rows=rows,
        chips=[
            Chip(_words(question, name, offer), _address(parameters, question.without(name)))
            for name in question.asked()
        ],
        selects=_selects(question, offer),
        skills=offer.skills,
        examples=[
            Chip(skill, _address(parameters, Question(q=skill)))
            for skill in offer.skills[:EXAMPLES]
        ],
        tray=tray,
        compare_address=compare_address(chosen),
        dropped=dropped,
        is_empty=is_empty,
    )


@dataclass(frozen=True, slots=True)
class Compared:
    """Programmes side by side: a line for each fact, a value for each programme."""

    rows: list[Row]
    groups: list[tuple[str, list[list[Line]]]]
    back: str


def compared(parameters: QueryDict) -> Compared:
    """The programmes that the parameters name, fact by fact."""
    chosen = _chosen(parameters)
    rows = _rows(chosen, parameters, chosen, page="pages:compare", counts=COUNTS)
    groups: list[tuple[str, Callable[[Row], list[Line]]]] = [
        (_("At a glance"), lambda row: row.telling.glance),
        (_("How it is assessed"), lambda row: [*row.telling.assessed, row.telling.tried]),
        (_("How much is told, how widely given"), _counts),
    ]
    back = QueryDict(mutable=True)
    back.setlist("compare", [version.programme.public_id for version in chosen])
    return Compared(
        rows=rows,
        groups=[(name, _across(rows, lines)) for name, lines in groups],
        back=f"{reverse('pages:find')}?{back.urlencode()}" if chosen else reverse("pages:find"),
    )


def compare_address(versions: Iterable[Version]) -> str:
    """The address of the page that compares these."""
    parameters = QueryDict(mutable=True)
    parameters.setlist("compare", [version.programme.public_id for version in versions])
    return f"{reverse('pages:compare')}?{parameters.urlencode()}"


def _across(rows: list[Row], lines: Callable[[Row], list[Line]]) -> list[list[Line]]:
    return [list(values) for values in zip(*(lines(row) for row in rows), strict=True)]


def _counts(row: Row) -> list[Line]:
    telling = row.telling
    awards = telling.numbers.awards
    of = _("%(told)d of %(all)d told")
    return [
        Line("rigour", _("Rigour"), of % {"told": telling.rigour_told, "all": len(telling.rigour)}),
        Line("eu", _("EU facts"), of % {"told": telling.eu_told, "all": len(telling.eu)}),
        Line("awards", _("Awards made"), "" if awards is None else str(awards)),
    ]


def _chosen(parameters: QueryDict) -> list[Version]:
    ids = list(dict.fromkeys(parameters.getlist("compare")))[:SIDE_BY_SIDE]
    ids = [one for one in ids if "\0" not in one]
    if not ids:
        return []
    by_id = {
        version.programme.public_id: version
        for version in offered().filter(programme__public_id__in=ids)
    }
    return [by_id[one] for one in ids if one in by_id]


def _rows(
    versions: list[Version],
    parameters: QueryDict,
    chosen: list[Version],
    *,
    page: str = "pages:find",
    counts: Collection[Count] = ("attempts", "passes"),
) -> list[Row]:
    programmes = [version.programme for version in versions]
    numbers = numbers_of([programme.pk for programme in programmes], counts)
    issuers = {programme.organisation_id for programme in programmes}
    standings = standings_of(issuers)
    ids = [version.programme.public_id for version in chosen]
    return [
        Row(
            version=version,
            telling=Telling(
                content=version.content,
                organisation=programme.organisation,
                programme_id=programme.public_id,
                number=version.number,
                published_at=version.published_at,
                numbers=numbers[programme.pk],
            ),
            standing=standings[programme.organisation_id],
            toggle=_toggled(parameters, ids, programme.public_id, page),
            is_compared=programme.public_id in ids,
        )
        for version, programme in zip(versions, programmes, strict=True)
    ]


def _toggled(parameters: QueryDict, ids: list[str], one: str, page: str) -> str:
    changed = parameters.copy()
    others = [each for each in ids if each != one]
    changed.setlist("compare", others if one in ids else [*ids, one])
    if not changed.getlist("compare"):
        del changed["compare"]
    return f"{reverse(page)}?{changed.urlencode()}" if changed else reverse(page)


def _address(parameters: QueryDict, question: Question) -> str:
    """The catalogue with this question, the programmes to compare kept, from the first page."""
    changed = QueryDict(mutable=True)
    changed.update(question.parameters())
    changed.setlist("compare", parameters.getlist("compare"))
    return f"{reverse('pages:find')}?{changed.urlencode()}"


def _words(question: Question, name: str, offer: Choices) -> str:
    """A filter in use, in words."""
    value = str(getattr(question, name))
    match name:
        case "q":
            return _("“%(words)s”") % {"words": value}
        case "skill":
            return _("Skill: %(skill)s") % {"skill": value}
        case "hours":
            return str(HOUR_NAMES[value])
        case "cost":
            return _cost(value, question.currency)
        case "language":
            return wording.language_name(value)
        case "eqf":
            return wording.level(value)
        case "provider":
            return dict(offer.providers).get(value, value)
        case "stacks":
            return _("Counts towards something larger")
        case "assessment":
            return wording.value_name("type", value)
        case _:
            return wording.value_name(name, value)


def _cost(value: str, currency: str) -> str:
    if value == "0":
        return _("Free")
    return _("Up to %(price)s") % {"price": wording.money(float(value), currency)}


def _selects(question: Question, offer: Choices) -> list[Select]:
    """The filters of the form, those with nothing to choose from left out."""
    currency = question.currency or "EUR"
    every: list[tuple[str, str, str, list[Option]]] = [
        ("field", _("Field"), _("Any field"), [(field, field) for field in offer.fields]),
        ("hours", _("Workload"), _("Any workload"), [(key, str(HOUR_NAMES[key])) for key in HOURS]),
        ("cost", _("Cost"), _("Any cost"), [(key, _cost(key, currency)) for key in COSTS]),
        ("currency", _("Currency of the cost"), "", [(one, one) for one in offer.currencies]),
        (
            "language", _("Language"), _("Any language"),
            [(code, wording.language_name(code)) for code in offer.languages],
        ),
        ("participation", _("Participation"), _("Any form"), _named(wording.PARTICIPATION)),
        ("assessment", _("Assessment"), _("Any kind"), _named(wording.ASSESSMENT_TYPES)),
        ("eqf", _("EQF level"), _("Any level"), _named(wording.EQF)),
        ("provider", _("Provider"), _("Any provider"), offer.providers),
    ]  # fmt: skip
    return [
        Select(name, label, none, options, str(getattr(question, name)))
        for name, label, none, options in every
        if len(options) > (1 if name == "currency" else 0)
    ]


def _named(values: dict[str, str | Promise]) -> list[Option]:
    return [(key, str(name)) for key, name in values.items()]
