"""Is it still in force? Asked of the issuer's own lists, after the proof.

A list is only believed when its own proof holds and was made by its issuer; whether that is
the issuer of the credential, and what the list says, is for `sealwright.credentials.status`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from sealwright.credentials.errors import Refused, Undecidable
from sealwright.credentials.formats.reading import read
from sealwright.credentials.model.received import Securing, Standard
from sealwright.credentials.model.report import Finding, Outcome
from sealwright.credentials.status import Question, check_openbadges2
from sealwright.credentials.status import check_status as check_entries
from sealwright.credentials.verify.case import Case
from sealwright.credentials.verify.openbadges2 import profile_of

Prove = Callable[[Case], tuple[list[Finding], tuple[Finding, ...]]]

NO_STATUS: Final = (Finding("status", Outcome.SKIPPED, "status-none"),)
SERVED: Final = (Finding("status", Outcome.PASSED, "status-served"),)


def check_status(case: Case, prove: Prove) -> tuple[Finding, ...] | list[Finding]:
    """A finding for each status entry, or one that there is none.

    `prove` is the part of the examination that ends with the issuer check (see `pipeline`).
    """
    document = case.received.document
    if case.received.securing is Securing.HOSTED:
        return SERVED
    is_assertion = case.received.standard is Standard.OB_2_0
    if not is_assertion and document.get("credentialStatus") in (None, []):
        return NO_STATUS
    identifier = document.get("id")
    question = Question(
        credential=identifier if isinstance(identifier, str) else "",
        issuer=case.issuer,
        at=case.at,
        fetcher=case.trail,
        verified_list=partial(_verified_list, case, prove),
        spend=case.allowance.spend_list_bytes,
    )
    if is_assertion:
        return [check_openbadges2(document, profile_of(case.received), question)]
    return check_entries(document, question)


def _verified_list(case: Case, prove: Prove, body: bytes) -> tuple[Mapping[str, Any], str]:
    """The list in `body` and who signed it. Raises `CredentialError` unless its proof holds."""
    case.allowance.spend_list_bytes(len(body))
    listed = case.about(read(body))
    findings, stopped = prove(listed)
    if stopped:
        worst = min(findings, key=lambda finding: _WORST_FIRST.index(finding.outcome))
        kind = Refused if worst.outcome is Outcome.FAILED else Undecidable
        raise kind(worst.code, **worst.evidence)
    return listed.received.document, listed.issuer


_WORST_FIRST: Final = (Outcome.FAILED, Outcome.UNKNOWN, Outcome.SKIPPED, Outcome.PASSED)
