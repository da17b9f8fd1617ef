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
