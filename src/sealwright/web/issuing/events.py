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


class AwardClaimed(Event):
    """Somebody made an award theirs. `proof` in the details says what they proved."""

    name = "award.claimed"


@dataclass(frozen=True, kw_only=True)
class AwardShown(Event):
    """The holder chose who may see an award: nothing that an organisation is told."""

    name = "award.shown"


@dataclass(frozen=True, kw_only=True)
class OfferReminded(Event):
    """Somebody was reminded of an award that waits to be claimed."""

    name = "offer.reminded"


@dataclass(frozen=True, kw_only=True)
class OfferReaddressed(Event):
    """An award that nobody had claimed was sent to another address of the same person."""

    name = "offer.readdressed"


@dataclass(frozen=True, kw_only=True)
class AwardSignedAgain(Event):
    """The same award, signed with another key, because the first fell into other hands."""

    name = "award.signed-again"


@dataclass(frozen=True, kw_only=True)
class KeyAdded(Event):
    """A key is published, to be used from a day later on."""

    name = "key.added"


@dataclass(frozen=True, kw_only=True)
class KeyActivated(Event):
    """A key signs from now on; the one before it is retired and stays published."""

    name = "key.activated"


@dataclass(frozen=True, kw_only=True)
class KeyRetired(Event):
    """A key that was never used will not be."""

    name = "key.retired"


@dataclass(frozen=True, kw_only=True)
class KeyCompromised(Event):
    """A key fell into other hands."""

    name = "key.compromised"


@dataclass(frozen=True, kw_only=True)
class IssuingStopped(Event):
    name = "issuing.stopped"


@dataclass(frozen=True, kw_only=True)
class IssuingResumed(Event):
    name = "issuing.resumed"
