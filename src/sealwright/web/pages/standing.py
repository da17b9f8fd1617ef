"""What others confirm about providers, for lists and heads of pages. No score."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from django.utils import timezone

from sealwright.web.organisations.models import DomainProof
from sealwright.web.trust.models import Recognition, recognised_by


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A recognition that somebody confirmed."""

    kind: str
    body: str
    confirmed_by: str

    @property
    def words(self) -> str:
        """In a few words: who recognises how."""
        return recognised_by(self.kind, self.body)


@dataclass(frozen=True, slots=True)
class Standing:
    """What is confirmed today: recognitions, and a domain that the provider showed is its own."""

    confirmed: list[Confirmed] = field(default_factory=list)
    domain: str = ""


def standing_of(organisations: Collection[int]) -> dict[int, Standing]:
    """The standing of each of these organisations, by primary key, in two queries."""
    today = timezone.localdate()
    confirmed: defaultdict[int, list[Confirmed]] = defaultdict(list)
    recognitions = Recognition.objects.filter(
        organisation__in=organisations, confirmed_at__isnull=False
    ).exclude(until__lt=today)
    for one in recognitions.exclude(since__gt=today):
        confirmed[one.organisation_id].append(Confirmed(one.kind, one.body, one.confirmed_by))
    domains: dict[int, str] = {}
    proven = DomainProof.objects.proven().filter(organisation__in=organisations)
    for proof in proven.order_by("-proven_at", "-pk"):
        domains[proof.organisation_id] = proof.domain
    return {one: Standing(confirmed[one], domains.get(one, "")) for one in organisations}
