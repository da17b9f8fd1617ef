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
