"""Who recognises a provider: as claimed and as confirmed, when something was awarded and now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sealwright.web.organisations.models import DomainProof, Organisation
from sealwright.web.trust.models import Recognition


@dataclass(frozen=True, slots=True)
class Recognised:
    """One recognition, and whether it was in force `then` and is `now`.

    Dates that are not told leave the answer open on that side.
    """

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
        return bool(self.recognition.confirmed_at and self.recognition.confirmed_by)

    @property
    def is_anchor(self) -> bool:
        """Does it make the provider a known one, as of now?"""
        return self.is_confirmed and self.now and self.recognition.kind != "membership"


def recognitions_of(organisation: Organisation, *, then: date, now: date) -> list[Recognised]:
    """Everything that is said about who recognises the provider, confirmed ones first."""
    found = [
        Recognised(each, _in_force(each, then), _in_force(each, now))
        for each in Recognition.objects.filter(organisation=organisation)
    ]
    return sorted(found, key=lambda each: (not each.is_confirmed, not each.now))


def domains_of(organisation: Organisation) -> list[DomainProof]:
    """Domains of which the provider has shown that they are its own."""
    proven = DomainProof.objects.proven().filter(organisation=organisation)
    return list(proven.order_by("-proven_at", "-pk"))


def _in_force(recognition: Recognition, day: date) -> bool:
    begun = recognition.since is None or recognition.since <= day
    return begun and (recognition.until is None or recognition.until >= day)
