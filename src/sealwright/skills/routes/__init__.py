"""Which programmes close a gap, in which order, and why these and not others."""

from sealwright.skills.routes.catalogue import Catalogue, Implied, Programme, Taught, widened
from sealwright.skills.routes.planning import Route, Step, plan, plan_all
from sealwright.skills.routes.ranking import Ranked, rank
from sealwright.skills.routes.refusing import WhyNot, why_not
from sealwright.skills.routes.request import Prefer, Request
from sealwright.skills.routes.stacking import Award, Counted, Earned, Stack, stack

__all__ = [
    "Award",
    "Catalogue",
    "Counted",
    "Earned",
    "Implied",
    "Prefer",
    "Programme",
    "Ranked",
    "Request",
    "Route",
    "Stack",
    "Step",
    "Taught",
    "WhyNot",
    "plan",
    "plan_all",
    "rank",
    "stack",
    "why_not",
    "widened",
]
