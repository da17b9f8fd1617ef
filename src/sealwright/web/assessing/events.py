"""What can happen to an application."""

from __future__ import annotations

from dataclasses import dataclass

from sealwright.web.core.events import Event


@dataclass(frozen=True, kw_only=True)
class RuleChanged(Event):
    name = "application.rule-changed"


@dataclass(frozen=True, kw_only=True)
class ApplicationSubmitted(Event):
    name = "application.submitted"


@dataclass(frozen=True, kw_only=True)
class ApplicationWithdrawn(Event):
    name = "application.withdrawn"


@dataclass(frozen=True, kw_only=True)
class ApplicationTaken(Event):
    name = "application.taken"


@dataclass(frozen=True, kw_only=True)
class ApplicationDecided(Event):
    name = "application.decided"
