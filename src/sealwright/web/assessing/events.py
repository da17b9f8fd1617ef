"""What can happen to an application."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from sealwright.web.core.events import Event


@dataclass(frozen=True, kw_only=True)
class RuleChanged(Event):
    """Whether and how often learners can apply for a programme was changed."""

    name = "application.rule-changed"
    title = _("Rule for applications changed")


@dataclass(frozen=True, kw_only=True)
class ApplicationSubmitted(Event):
    """A learner handed in an application with its evidence."""

    name = "application.submitted"
    title = _("Application handed in")


@dataclass(frozen=True, kw_only=True)
class ApplicationWithdrawn(Event):
    """A learner took an application back before it was decided."""

    name = "application.withdrawn"
    title = _("Application withdrawn")


@dataclass(frozen=True, kw_only=True)
class ApplicationTaken(Event):
    """An assessor took up an application, so that nobody else does."""

    name = "application.taken"
    title = _("Application taken up by an assessor")


@dataclass(frozen=True, kw_only=True)
class ApplicationDecided(Event):
    """An assessor passed an application or did not; the reason is theirs."""

    name = "application.decided"
    title = _("Application decided")
