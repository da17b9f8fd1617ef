"""Who recognises providers, as claimed and as confirmed, and which domains are theirs. No score."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from sealwright.web.organisations.models import DomainProof
from sealwright.web.trust.models import Recognition
from sealwright.web.trust.registry import ANCHORS


@dataclass(frozen=True, slots=True)
class Recognised:
    """One recognition, and whether it was in force `then` and is `now`."""

    recognition: Recognition
    then: bool
    now: bool

    @property
    def words(self) -> str:
        """In a few words: who recognises how."""
        return self.recognition.words

    @property
    def is_confirmed(self) -> bool:
        """Does somebody else say so?"""
        return self.recognition.is_confirmed


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything that is said of a provider: confirmed recognitions and new proofs come first."""

    recognitions: tuple[Recognised, ...] = ()
    domains: tuple[DomainProof, ...] = ()
    """Those that it has shown to be its own."""

    @property
    def confirmed(self) -> list[Recognised]:
        """Recognitions that somebody else confirms and that are in force."""
        return [each for each in self.recognitions if each.is_confirmed and each.now]

    @property
    def known_by(self) -> Recognised | None:
        """The recognition that makes it a known issuer."""
        anchors = (each for each in self.confirmed if each.recognition.kind in ANCHORS)
        return next(anchors, None)


def standings_of(
    organisations: Collection[int], *, then: date | None = None, now: date | None = None
) -> dict[int, Standing]:
    """The standing of each of these organisations, by primary key, in two queries.

    `now` is today if it is not given, and `then` is `now`.
    """
    now = now or timezone.localdate()
    then = then or now
    said: defaultdict[int, list[Recognised]] = defaultdict(list)
    for one in Recognition.objects.filter(organisation__in=organisations):
        recognised = Recognised(one, one.is_in_force(then), one.is_in_force(now))
        said[one.organisation_id].append(recognised)
    domains: defaultdict[int, list[DomainProof]] = defaultdict(list)
    proven = DomainProof.objects.proven().filter(organisation__in=organisations)
    for proof in proven.order_by("-proven_at", "-pk"):
        domains[proof.organisation_id].append(proof)
    return {
        each: Standing(
            tuple(sorted(said[each], key=lambda one: (not one.is_confirmed, not one.now))),
            tuple(domains[each]),
        )
        for each in organisations
    }
