"""What can happen to what is issued."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from sealwright.web.core.events import Event


@dataclass(frozen=True, kw_only=True)
class BatchMade(Event):
    """Awards were asked for: one, a table of them, or by a program."""

    name = "batch.made"
    title = _("Batch made")


@dataclass(frozen=True, kw_only=True)
class AwardIssued(Event):
    """An award was signed, entered in the log and offered."""

    name = "award.issued"
    title = _("Award issued")


@dataclass(frozen=True, kw_only=True)
class BatchPaused(Event):
    """Somebody stopped a batch for now, or we did because it could not go on."""

    name = "batch.paused"
    title = _("Batch paused")


@dataclass(frozen=True, kw_only=True)
class BatchResumed(Event):
    """A paused batch goes on."""

    name = "batch.resumed"
    title = _("Batch resumed")


@dataclass(frozen=True, kw_only=True)
class BatchCancelled(Event):
    """The rest of a batch will not be issued."""

    name = "batch.cancelled"
    title = _("Batch cancelled")


@dataclass(frozen=True, kw_only=True)
class StandingOrdered(Event):
    """Many awards at once are to be revoked, suspended, reinstated or signed again."""

    name = "standing.ordered"
    title = _("Change of many awards ordered")


@dataclass(frozen=True, kw_only=True)
class AwardRevoked(Event):
    """An award was withdrawn for good."""

    name = "award.revoked"
    title = _("Award revoked")


@dataclass(frozen=True, kw_only=True)
class AwardSuspended(Event):
    """An award is out of force until it is put back."""

    name = "award.suspended"
    title = _("Award suspended")


@dataclass(frozen=True, kw_only=True)
class AwardReinstated(Event):
    """A suspended award is in force again."""

    name = "award.reinstated"
    title = _("Award put back in force")


@dataclass(frozen=True, kw_only=True)
class AwardSuperseded(Event):
    """A corrected award took the place of this one, which is revoked."""

    name = "award.superseded"
    title = _("Award replaced by a corrected one")


@dataclass(frozen=True, kw_only=True)
class OfferCancelled(Event):
    """An award was taken back before anybody claimed it."""

    name = "offer.cancelled"
    title = _("Offer taken back")


class AwardClaimed(Event):
    """Somebody made an award theirs. `proof` in the details says what they proved."""

    name = "award.claimed"
    title = _("Award claimed")


@dataclass(frozen=True, kw_only=True)
class AwardShown(Event):
    """The holder chose who may see an award: nothing that an organisation is told."""

    name = "award.shown"
    title = _("Award shown or hidden by its holder")


@dataclass(frozen=True, kw_only=True)
class OfferReminded(Event):
    """Somebody was reminded of an award that waits to be claimed."""

    name = "offer.reminded"
    title = _("Learner reminded of an offer")


@dataclass(frozen=True, kw_only=True)
class OfferReaddressed(Event):
    """An award that nobody had claimed was sent to another address of the same person."""

    name = "offer.readdressed"
    title = _("Offer sent to another address")


@dataclass(frozen=True, kw_only=True)
class AwardSignedAgain(Event):
    """The same award, signed with another key, because the first fell into other hands."""

    name = "award.signed-again"
    title = _("Award signed again with another key")


@dataclass(frozen=True, kw_only=True)
class KeyAdded(Event):
    """A key is published, to be used from a day later on."""

    name = "key.added"
    title = _("Signing key added")


@dataclass(frozen=True, kw_only=True)
class KeyActivated(Event):
    """A key signs from now on; the one before it is retired and stays published."""

    name = "key.activated"
    title = _("Signing key put to use")


@dataclass(frozen=True, kw_only=True)
class KeyRetired(Event):
    """A key that was never used will not be."""

    name = "key.retired"
    title = _("Signing key retired unused")


@dataclass(frozen=True, kw_only=True)
class KeyCompromised(Event):
    """A key fell into other hands."""

    name = "key.compromised"
    title = _("Signing key declared stolen")


@dataclass(frozen=True, kw_only=True)
class IssuingStopped(Event):
    """The organisation issues nothing until somebody lets it go on."""

    name = "issuing.stopped"
    title = _("Issuing stopped")


@dataclass(frozen=True, kw_only=True)
class IssuingResumed(Event):
    """The organisation issues again."""

    name = "issuing.resumed"
    title = _("Issuing resumed")
