"""Is now within the dates the credential gives itself?

https://www.w3.org/TR/vc-data-model-2.0/#validity-period
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sealwright.credentials.model.instants import (
    format_instant,
    parse_instant,
    parse_numeric_date,
)
from sealwright.credentials.model.received import WINDOW
from sealwright.credentials.model.report import Finding, Outcome
from sealwright.credentials.verify.case import Case

LEEWAY: Final = timedelta(seconds=60)
"""How far the clocks of issuer and verifier may be apart."""


def check_validity(case: Case) -> tuple[Finding, ...]:
    """One finding: within its dates, expired, or not yet valid."""
    first, last = WINDOW[case.received.standard]
    starts, valid_from = _bound(case, first, "nbf")
    ends, valid_until = _bound(case, last, "exp")
    evidence = {
        "valid_from": valid_from,
        "valid_until": valid_until,
        "compared_with": format_instant(case.at),
    }
    if starts is not None and starts - case.at > LEEWAY:
        return (Finding("validity", Outcome.FAILED, "not-yet-valid", evidence),)
    if ends is not None and case.at - ends >= LEEWAY:
        return (Finding("validity", Outcome.FAILED, "expired", evidence),)
    if ends is not None:
        return (Finding("validity", Outcome.PASSED, "within-validity", evidence),)
    code = "validity-undated" if starts is None else "validity-open-ended"
    return (Finding("validity", Outcome.PASSED, code, evidence),)


def _bound(case: Case, member: str, claim: str) -> tuple[datetime | None, str | None]:
    """A date of the document as an instant and as it is written.

    Where the document has none, the date of the token around it counts.
    """
    text = case.received.document.get(member)
    if text is not None:
        return parse_instant(text, pointer=f"/{member}"), text
    if claim in case.received.claims:
        instant = parse_numeric_date(case.received.claims[claim], pointer=f"/{claim}")
        return instant, format_instant(instant)
    return None, None
