"""The order of the checks, which is that of the Open Badges verification algorithm.

Structure, proof and issuer come first. As long as proof and issuer do not hold, nothing the
credential says may be believed, so nothing else is looked at: the checks behind are skipped
and say why. Nothing is fetched before the proof holds, except what the proof itself needs.

https://www.imsglobal.org/spec/ob/v3p0/#verification-and-validation
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from sealwright.credentials.errors import CredentialError
from sealwright.credentials.model.report import Finding, Outcome
from sealwright.credentials.model.shape import check_structure
from sealwright.credentials.verify.case import Case
from sealwright.credentials.verify.embedded import check_contained, check_endorsements
from sealwright.credentials.verify.issuer import check_issuer
from sealwright.credentials.verify.proof import check_proof
from sealwright.credentials.verify.recipient import check_recipient
from sealwright.credentials.verify.refresh import refreshed
from sealwright.credentials.verify.registry import check_registry
from sealwright.credentials.verify.status import check_status
from sealwright.credentials.verify.validity import check_validity

Check = Callable[[Case], Iterable[Finding]]

_FAILED, _PASSED, _UNKNOWN = Outcome.FAILED, Outcome.PASSED, Outcome.UNKNOWN


def _skipped(code: str, *checks: str) -> tuple[Finding, ...]:
    return tuple(Finding(check, Outcome.SKIPPED, code) for check in checks)


_AFTER_A_FAILED_PROOF: Final = _skipped(
    "skipped-proof-failed", "issuer", "status", "validity", "recipient"
)
_AFTER_AN_UNKNOWN_PROOF: Final = _skipped(
    "skipped-proof-unknown", "issuer", "status", "validity", "recipient"
)
_AFTER_A_FAILED_ISSUER: Final = _skipped(
    "skipped-not-the-issuer", "status", "validity", "recipient"
)


_COVERED: Final = Finding("proof", Outcome.PASSED, "covered-by-the-whole")


def examine(case: Case) -> tuple[Case, list[Finding]]:
    """Every finding about one credential, and the case that they are about in the end.

    That is another one than at the start when a refreshed edition took its place.
    """
    findings, stopped = prove(case)
    if stopped:
        return case, [*findings, *stopped]
    case, said = refreshed(case, prove)
    findings += said
    for name, check in _EMBEDDED_CHECKS if case.depth else _CHECKS:
        findings += ask(name, check, case)
    return case, findings


def prove(case: Case) -> tuple[list[Finding], tuple[Finding, ...]]:
    """Structure, proof and issuer; then the findings that stand for what must be left out.

    The second part is empty when the credential was signed by its issuer.
    """
    findings = check_structure(case.received)
    proof = ask("proof", check_proof, case)
    findings = [*findings, *proof]
    outcomes = {finding.outcome for finding in proof if finding.check == "proof"}
    if _FAILED in outcomes:
        return findings, _AFTER_A_FAILED_PROOF
    if _PASSED not in outcomes:
        return findings, _AFTER_AN_UNKNOWN_PROOF
    issuer = ask("issuer", check_issuer, case)
    findings += issuer
    if any(finding.outcome is _FAILED for finding in issuer):
        return findings, _AFTER_A_FAILED_ISSUER
    return findings, ()


def ask(name: str, check: Check, case: Case) -> list[Finding]:
    """What a check finds. What it could not ask, or refused, is a finding of its own."""
    try:
        return list(check(case))
    except CredentialError as problem:
        return [Finding.of_error(name, problem)]


def _status(case: Case) -> Iterable[Finding]:
    return check_status(case, prove)


def _contained(case: Case) -> Iterable[Finding]:
    return check_contained(case, _examine_embedded)


def _endorsements(case: Case) -> Iterable[Finding]:
    return check_endorsements(case, _examine_embedded)


def _examine_embedded(case: Case, *, covered: bool = False) -> list[Finding]:
    if not covered:
        return examine(case)[1]
    findings = [*check_structure(case.received), _COVERED]
    for name, check in _EMBEDDED_CHECKS:
        findings += ask(name, check, case)
    return findings


_EMBEDDED_CHECKS: Final[tuple[tuple[str, Check], ...]] = (
    ("status", _status),
    ("validity", check_validity),
    ("contained", _contained),
    ("endorsements", _endorsements),
)

_CHECKS: Final[tuple[tuple[str, Check], ...]] = (
    ("status", _status),
    ("validity", check_validity),
    ("recipient", check_recipient),
    ("contained", _contained),
    ("endorsements", _endorsements),
    ("registry", check_registry),
)
