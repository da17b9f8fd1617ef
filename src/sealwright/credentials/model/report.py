"""The answer of a verification: findings, and the verdict they add up to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from sealwright.credentials.errors import CredentialError, Refused
from sealwright.credentials.messages import clause_of, sentence


class Outcome(StrEnum):
    """What one check concluded.

    `UNKNOWN` is its own answer: an unreachable status list says nothing about whether the
    credential is revoked, and must never be shown as a pass or as a failure.
    """

    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"
    SKIPPED = "skipped"


class Verdict(StrEnum):
    """What a verification as a whole says."""

    VALID = "valid"
    INVALID = "invalid"
    UNDECIDED = "undecided"
    UNREADABLE = "unreadable"


class Finding(NamedTuple):
    """One check's conclusion, with enough to explain it to a person.

    `code` is stable and a key of `messages.MESSAGES`; `evidence` holds JSON values, among
    them every parameter of the sentence behind the code.
    """

    check: str
    outcome: Outcome
    code: str
    evidence: Mapping[str, Any] = {}

    @property
    def detail(self) -> str:
        """The conclusion as an English sentence; other languages translate by `code`."""
        return sentence(self.code, self.evidence)

    @property
    def clause(self) -> str:
        """The address of the clause of the standard behind this conclusion, or ''."""
        return clause_of(self.code)

    @classmethod
    def of_error(cls, check: str, problem: CredentialError) -> Finding:
        """The finding an exception stands for: refused is failed, undecidable is unknown."""
        outcome = Outcome.FAILED if isinstance(problem, Refused) else Outcome.UNKNOWN
        return cls(check, outcome, problem.code, problem.evidence)

    def as_json(self) -> dict[str, Any]:
        """This finding as the command line and the API print it."""
        evidence = dict(self.evidence)
        if self.clause:
            evidence["clause"] = self.clause
        return {
            "check": self.check,
            "outcome": self.outcome.value,
            "code": self.code,
            "detail": self.detail,
            "evidence": evidence,
        }


ADVISORY_CHECKS = frozenset({"notes", "endorsements", "registry"})
"""Checks that inform the reader and never decide the verdict."""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a verification found, in the order it was looked at.

    `credential` is the summary of what was read (see `summary.summarise`), `document` the
    JSON view that the proof covers, `fetched` the addresses asked, in order.
    """

    findings: tuple[Finding, ...]
    credential: Mapping[str, Any] = field(default_factory=dict)
    fetched: tuple[str, ...] = ()
    document: Mapping[str, Any] = field(default_factory=dict)

    @property
    def verdict(self) -> Verdict:
        """The weakest answer among the deciding findings.

        Nothing is valid without a proof that passed.
        """
        if any(finding.check == "input" for finding in self.findings):
            return Verdict.UNREADABLE
        return verdict_of(self.findings)

    def as_json(self, source: str) -> dict[str, Any]:
        """The report as one line of `sealwright verify --json`."""
        return {
            "source": source,
            "verdict": self.verdict.value,
            "credential": dict(self.credential),
            "findings": [finding.as_json() for finding in self.findings],
            "fetched": list(self.fetched),
        }


def verdict_of(findings: Iterable[Finding]) -> Verdict:
    """The verdict that these findings add up to.

    >>> verdict_of([Finding("proof", Outcome.PASSED, "proof-verified")])
    <Verdict.VALID: 'valid'>
    >>> verdict_of([])
    <Verdict.UNDECIDED: 'undecided'>
    """
    deciding = [finding for finding in findings if finding.check not in ADVISORY_CHECKS]
    outcomes = {finding.outcome for finding in deciding}
    if Outcome.FAILED in outcomes:
        return Verdict.INVALID
    proven = any(f.check == "proof" and f.outcome is Outcome.PASSED for f in deciding)
    if Outcome.UNKNOWN in outcomes or not proven:
        return Verdict.UNDECIDED
    return Verdict.VALID
