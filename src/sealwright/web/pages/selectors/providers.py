"""Providers as their public pages tell of them: facts with their sources, counted here or told.

Nothing is weighed and nothing is ranked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any, Final

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from sealwright.web.catalogue.facts import NOT_COUNTED, Numbers, numbers_of
from sealwright.web.catalogue.models import Version
from sealwright.web.catalogue.selectors import offered
from sealwright.web.core.countries import country_name
from sealwright.web.issuing.models import Award, SigningKey
from sealwright.web.organisations.models import Organisation
from sealwright.web.trust.standing import Standing, standings_of

YOUNG: Final = timedelta(days=365)
FEW: Final = 25
"""Whoever issues for less than `YOUNG`, or has made fewer awards, is too young to rate."""

YEARS: Final = 40
"""Years that are counted; nobody has issued for longer."""

LISTED: Final = 60
"""Programmes that a provider's page lists; the catalogue has them all."""


@dataclass(frozen=True, slots=True)
class Year:
    """How many awards were made in a year, and how many of those were revoked since."""

    year: int
    made: int
    revoked: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What this site counts about a provider. None: nobody counts it, which is "not told"."""

    years: tuple[Year, ...] = ()
    people: int = 0
    first_at: datetime | None = None
    median_hours: float | None = None
    hours_told: int = 0
    programmes: int = 0
    numbers: Numbers = NOT_COUNTED

    @property
    def made(self) -> int:
        return sum(year.made for year in self.years)

    @property
    def revoked(self) -> int:
        return sum(year.revoked for year in self.years)

    @property
    def most_a_year(self) -> int:
        return max((year.made for year in self.years), default=0)

    @property
    def per_person(self) -> float:
        """Awards for each person who has any."""
        return self.made / self.people if self.people else 0.0

    def is_young(self, now: datetime) -> bool:
        """Too young, or too few awards, for the figures to say much."""
        return self.first_at is None or now - self.first_at < YOUNG or self.made < FEW


@dataclass(frozen=True, slots=True)
class ProviderPage:
    """A provider, with all that its page tells."""

    organisation: Organisation
    issuer: Standing
    figures: Figures
    programmes: tuple[Version, ...]
    keys: tuple[SigningKey, ...]
    at: datetime

    @property
    def is_young(self) -> bool:
        return self.figures.is_young(self.at)

    @property
    def place(self) -> str:
        """Town and country."""
        place = (self.organisation.locality, country_name(self.organisation.country))
        return ", ".join(filter(None, place))


def issuers() -> QuerySet[Organisation]:
    """Everybody who issues here, or has, with how much they offer, by name."""
    published = Q(programmes__current__isnull=False, programmes__retired_at=None)
    return (
        Organisation.objects.filter(issues=True)
        .annotate(offers=Count("programmes", filter=published, distinct=True))
        .order_by("name", "pk")
    )


def provider_page(organisation: Organisation, *, at: datetime) -> ProviderPage:
    """The page of a provider, as of `at`."""
    versions = offered().filter(programme__organisation=organisation).order_by("title", "pk")
    keys = SigningKey.objects.filter(
        organisation=organisation, purpose=SigningKey.Purpose.ASSERTION
    )
    return ProviderPage(
        organisation=organisation,
        issuer=standings_of([organisation.pk], now=timezone.localdate(at))[organisation.pk],
        figures=_figures(organisation, at),
        programmes=tuple(versions[:LISTED]),
        keys=tuple(keys.order_by("-activated_at", "-pk")),
        at=at,
    )


def _figures(organisation: Organisation, at: datetime) -> Figures:
    awards = Award.objects.filter(organisation=organisation)
    first = awards.order_by("awarded_at").values_list("awarded_at", flat=True).first()
    programmes = dict(
        Version.objects.filter(
            programme__organisation=organisation, programme__current=F("pk")
        ).values_list("programme_id", "hours")
    )
    hours = [value for value in programmes.values() if value is not None]
    return Figures(
        years=_years(organisation, first, at) if first else (),
        people=awards.aggregate(people=Count("recipient_key", distinct=True))["people"],
        first_at=first,
        median_hours=median(hours) if hours else None,
        hours_told=len(hours),
        programmes=len(programmes),
        numbers=_together(numbers_of(list(programmes)).values()),
    )


def _years(organisation: Organisation, first: datetime, at: datetime) -> tuple[Year, ...]:
    """The years with awards, the newest first.

    Each is counted in the index of awards by age; only those revoked are looked at.
    """
    years = range(first.year, at.year + 1)[-YEARS:]
    counts = {f"made_{year}": _made_in(year) for year in years}
    made: dict[str, Any] = dict(
        Organisation.objects.filter(pk=organisation.pk).values(**counts).get()
    )
    revoked = Counter(
        Award.objects.filter(organisation=organisation, revoked_at__isnull=False).values_list(
            "awarded_at__year", flat=True
        )
    )
    counted = (Year(year, made[f"made_{year}"], revoked[year]) for year in reversed(years))
    return tuple(year for year in counted if year.made)


def _made_in(year: int) -> Coalesce:
    begins, ends = (datetime(each, 1, 1, tzinfo=UTC) for each in (year, year + 1))
    awards = Award.objects.filter(
        organisation=OuterRef("pk"), awarded_at__gte=begins, awarded_at__lt=ends
    )
    counted = awards.order_by().values("organisation").annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), 0)


def _together(numbers: Collection[Numbers]) -> Numbers:
    """The numbers of several programmes as one; what nobody counts stays not told."""
    return Numbers(
        attempts=_sum(one.attempts for one in numbers),
        passes=_sum(one.passes for one in numbers),
        awards=_sum(one.awards for one in numbers),
    )


def _sum(values: Iterable[int | None]) -> int | None:
    counted = [value for value in values if value is not None]
    return sum(counted) if counted else None
