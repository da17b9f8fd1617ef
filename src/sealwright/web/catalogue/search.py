"""Finding programmes: a question made of words and filters, and what answers it.

Filters are names of GET parameters with one value each, so that every view is a link. A value
that is not offered is left out, as if it had not been asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When

from sealwright.web.catalogue.content import (
    ASSESSMENT_TYPES,
    EQF_LEVELS,
    PARTICIPATION,
)
from sealwright.web.catalogue.models import Version, VersionSkill
from sealwright.web.catalogue.selectors import offered
from sealwright.web.catalogue.words import words_of

LONGEST: Final = 200
"""Characters of a value that are read."""

HOURS: Final[dict[str, tuple[float, float]]] = {
    "0-10": (0, 10),
    "10-40": (10, 40),
    "40-150": (40, 150),
    "150-": (150, float("inf")),
}
"""Ranges of workload in hours: more than the first number (or it, if 0), up to the second."""

COSTS: Final = ("0", "100", "300", "1000")
"""The most that it may cost. Free is free in every currency."""

SORTS: Final = ("", "new", "short", "told", "title")
"""Best match (the newest where no words are asked for), newest, shortest, most told, title."""


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asks of the catalogue. An empty value asks for nothing."""

    q: str = ""
    skill: str = ""
    field: str = ""
    hours: str = ""
    cost: str = ""
    currency: str = ""
    language: str = ""
    participation: str = ""
    assessment: str = ""
    eqf: str = ""
    provider: str = ""
    stacks: str = ""
    sort: str = ""

    @classmethod
    def read(cls, parameters: Mapping[str, Any]) -> Question:
        """From GET parameters, whatever is in them."""
        values = {each.name: _clean(str(parameters.get(each.name, ""))) for each in fields(cls)}
        allowed: dict[str, tuple[str, ...]] = {
            "hours": tuple(HOURS),
            "cost": COSTS,
            "participation": PARTICIPATION,
            "assessment": ASSESSMENT_TYPES,
            "eqf": EQF_LEVELS,
            "stacks": ("1",),
            "sort": SORTS,
        }
        for name, offered_values in allowed.items():
            if values[name] not in offered_values:
                values[name] = ""
        if values["cost"] in ("", "0"):
            values["currency"] = ""
        elif not values["currency"]:
            values["currency"] = "EUR"
        return cls(**values)

    def asked(self) -> list[str]:
        """The names of the filters in use, in the order of the page."""
        return [name for name in _FILTERS if getattr(self, name)]

    def without(self, name: str) -> Question:
        """The same question without one filter."""
        changes = {name: ""} | ({"currency": ""} if name == "cost" else {})
        return replace(self, **changes)

    def parameters(self) -> dict[str, str]:
        """What is asked for, as GET parameters."""
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: value for name, value in values.items() if value}


@dataclass(frozen=True, slots=True)
class Choices:
    """What the catalogue can be filtered by at present."""

    fields: list[str]
    languages: list[str]
    currencies: list[str]
    providers: list[tuple[str, str]]
    skills: list[str]
    """The skills that most programmes certify, those first."""


MOST_PROVIDERS: Final = 200
MOST_SKILLS: Final = 60


def answer(question: Question) -> QuerySet[Version]:
    """The versions on offer that answer the question, in the order it asks for."""
    found = offered()
    for name in question.asked():
        found = _FILTERS[name](found, question)
    return _sorted(found, question)


def costliest(question: Question) -> tuple[str, int] | None:
    """The filter without which most would be found, and how many; None where none would help.

    One query for each filter in use: for questions that found nothing.
    """
    counts = [(answer(question.without(name)).count(), name) for name in question.asked()]
    most, name = max(counts, default=(0, ""), key=lambda each: each[0])
    return (name, most) if most else None


def choices() -> Choices:
    """What there is to choose from, in five queries."""
    current = offered()
    providers = current.order_by("programme__organisation__name").values_list(
        "programme__organisation__slug", "programme__organisation__name"
    )
    skills = VersionSkill.objects.filter(version__in=current.values("pk"))
    by_number = skills.values_list("name").annotate(number=Count("pk")).order_by("-number", "name")
    return Choices(
        fields=_values(current, "field"),
        languages=_values(current, "language"),
        currencies=_values(current.filter(cost__gt=0), "currency"),
        providers=list(providers.distinct()[:MOST_PROVIDERS]),
        skills=[name for name, _number in by_number[:MOST_SKILLS]],
    )


def _values(found: QuerySet[Version], member: str) -> list[str]:
    named = found.exclude(**{member: ""}).order_by(member)
    return list(named.values_list(member, flat=True).distinct())


def _clean(value: str) -> str:
    return value.replace("\0", "").strip()[:LONGEST]


def _sorted(found: QuerySet[Version], question: Question) -> QuerySet[Version]:
    newest = ("-published_at", "-pk")
    match question.sort:
        case "new":
            return found.order_by(*newest)
        case "short":
            return found.order_by(F("hours").asc(nulls_last=True), *newest)
        case "told":
            return found.order_by("-rigour_told", *newest)
        case "title":
            return found.order_by("title", *newest)
    words = words_of(question.q)
    if not words:
        return found.order_by(*newest)
    in_title = Q(*(Q(title__icontains=word) for word in words))
    first = Case(When(in_title, then=Value(0)), default=Value(1), output_field=IntegerField())
    return found.annotate(behind=first).order_by("behind", *newest)


Filter = Callable[["QuerySet[Version]", Question], "QuerySet[Version]"]


def _by_words(found: QuerySet[Version], question: Question) -> QuerySet[Version]:
    for word in words_of(question.q):
        found = found.filter(search_text__contains=word)
    return found


def _by_skill(found: QuerySet[Version], question: Question) -> QuerySet[Version]:
    having = VersionSkill.objects.filter(name__iexact=question.skill)
    return found.filter(pk__in=having.values("version"))


def _by_hours(found: QuerySet[Version], question: Question) -> QuerySet[Version]:
    more, most = HOURS[question.hours]
    if more:
        found = found.filter(hours__gt=more)
    return found.filter(hours__isnull=False) if most == float("inf") else found.filter(
        hours__lte=most
    )  # fmt: skip


def _by_cost(found: QuerySet[Version], question: Question) -> QuerySet[Version]:
    within = Q(cost__lte=float(question.cost), currency=question.currency)
    return found.filter(Q(cost=0) | within)


_FILTERS: Final[dict[str, Filter]] = {
    "q": _by_words,
    "skill": _by_skill,
    "field": lambda found, question: found.filter(field=question.field),
    "hours": _by_hours,
    "cost": _by_cost,
    "language": lambda found, question: found.filter(language=question.language),
    "participation": lambda found, question: found.filter(participation=question.participation),
    "assessment": lambda found, question: found.filter(assessment_type=question.assessment),
    "eqf": lambda found, question: found.filter(eqf=question.eqf),
    "provider": lambda found, question: found.filter(
        programme__organisation__slug=question.provider
    ),
    "stacks": lambda found, question: found.filter(stacks=True),
}
