"""A presentation: what a holder shows, signed by the holder for whoever asked.

https://www.w3.org/TR/vc-data-model-2.0/#verifiable-presentations
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sealwright.credentials.errors import CredentialError, Refused
from sealwright.credentials.model.received import Securing
from sealwright.credentials.model.report import Finding, Outcome, Report, Verdict
from sealwright.credentials.model.shape import check_structure
from sealwright.credentials.proofs import AUTHENTICATION
from sealwright.credentials.proofs.jose import PRESENTATION_TYPES
from sealwright.credentials.verify.case import Case, Use, texts
from sealwright.credentials.verify.proof import check_proof
from sealwright.credentials.verify.validity import check_validity

_WORST_FIRST: Final = (Verdict.UNREADABLE, Verdict.INVALID, Verdict.UNDECIDED, Verdict.VALID)


@dataclass(frozen=True, slots=True)
class PresentationReport:
    """What was found about a presentation, and about each credential in it, in its order."""

    report: Report
    credentials: tuple[Report, ...]

    @property
    def is_signed(self) -> bool:
        """Whether anybody signed the presentation as a whole."""
        return all(finding.code != "presentation-unsigned" for finding in self.report.findings)

    @property
    def verdict(self) -> Verdict:
        """The worst verdict of all; nothing is valid that nobody has signed for."""
        verdicts = {self.report.verdict, *(each.verdict for each in self.credentials)}
        return next(verdict for verdict in _WORST_FIRST if verdict in verdicts)


def presenting(domain: str | None, challenge: str | None) -> Use:
    """What the proof of a presentation has to have been made for."""
    return Use(AUTHENTICATION, PRESENTATION_TYPES, domain, challenge)


def examine_presentation(case: Case) -> list[Finding]:
    """Every finding about the presentation itself, not about the credentials in it."""
    return [*check_structure(case.received), *_proof(case)]


def _proof(case: Case) -> Iterator[Finding]:
    if case.received.securing is Securing.NONE:
        asked = case.use.domain is not None or case.use.challenge is not None
        outcome = Outcome.FAILED if asked else Outcome.SKIPPED
        yield Finding("proof", outcome, "presentation-unsigned")
        return
    try:
        findings = check_proof(case)
        if case.received.securing is Securing.JOSE:
            _check_claims(case)
    except CredentialError as problem:
        yield Finding.of_error("proof", problem)
        return
    yield from findings
    if case.signatures:
        yield _holder(case)
    yield from _dates(case)


def _check_claims(case: Case) -> None:
    """Hold a token's `aud` and `nonce` against what was asked. Raises `Refused`."""
    claims, use = case.received.claims, case.use
    if use.domain is not None and use.domain not in texts(claims.get("aud")):
        raise Refused("token-audience", wanted=use.domain)
    if use.challenge is not None and claims.get("nonce") != use.challenge:
        raise Refused("token-nonce")


def _holder(case: Case) -> Finding:
    """Whether the holder that the presentation names is among those who signed it."""
    methods = [signature.method for signature in case.signatures if signature.method]
    signer = methods[0].controller if methods else "jwk"
    if case.received.document.get("holder") is None:
        return Finding("notes", Outcome.UNKNOWN, "presentation-signer", {"signer": signer})
    try:
        holder = case.issuer
        if all(method.controller != holder for method in methods):
            raise Refused("key-not-issuers", method=signer, issuer=holder)
    except CredentialError as problem:
        return Finding.of_error("proof", problem)
    return Finding("proof", Outcome.PASSED, "presentation-holder", {"holder": holder})


def _dates(case: Case) -> list[Finding]:
    """The dates of a token. A presentation in JSON has none; its proof may expire."""
    if case.received.securing is not Securing.JOSE:
        return []
    try:
        return [finding for finding in check_validity(case) if finding.outcome is Outcome.FAILED]
    except CredentialError as problem:
        return [Finding.of_error("validity", problem)]
