"""What can happen to what is issued."""

from __future__ import annotations

from dataclasses import dataclass

from sealwright.web.core.events import Event


@dataclass(frozen=True, kw_only=True)
class BatchMade(Event):
    name = "batch.made"


@dataclass(frozen=True, kw_only=True)
class AwardIssued(Event):
    name = "award.issued"


@dataclass(frozen=True, kw_only=True)
class BatchPaused(Event):
    """Somebody stopped a batch for now, or we did because it could not go on."""

    name = "batch.paused"


@dataclass(frozen=True, kw_only=True)
class BatchResumed(Event):
    name = "batch.resumed"


@dataclass(frozen=True, kw_only=True)
class BatchCancelled(Event):
    """The rest of a batch will not be issued."""

    name = "batch.cancelled"


@dataclass(frozen=True, kw_only=True)
class StandingOrdered(Event):
    """Many awards at once are to be revoked, suspended, reinstated or signed again."""

    name = "standing.ordered"


@dataclass(frozen=True, kw_only=True)
class AwardRevoked(Event):
    name = "award.revoked"


@dataclass(frozen=True, kw_only=True)
class AwardSuspended(Event):
    name = "award.suspended"


@dataclass(frozen=True, kw_only=True)
class AwardReinstated(Event):
    name = "award.reinstated"


@dataclass(frozen=True, kw_only=True)
class AwardSuperseded(Event):
    """A corrected award took the place of this one, which is revoked."""

    name = "award.superseded"


@dataclass(frozen=True, kw_only=True)
class OfferCancelled(Event):
    """An award was taken back before anybody claimed it."""

    name = "offer.cancelled"
