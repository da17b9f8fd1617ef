"""The verifier: one question, answered with a report and never with an exception."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import Final

from sealwright.credentials.dids import Resolver
from sealwright.credentials.errors import CredentialError, UnreadableInput
from sealwright.credentials.fetching import Fetcher, Offline, Trail
from sealwright.credentials.formats.reading import read
from sealwright.credentials.jsonld import ContextStore
from sealwright.credentials.model.received import Kind, Received
from sealwright.credentials.model.report import Finding, Outcome, Report
from sealwright.credentials.verify.bulk import in_batches
from sealwright.credentials.verify.case import Case, Evidence
from sealwright.credentials.verify.link import fetch_credential
from sealwright.credentials.verify.pipeline import ask, examine, prove
from sealwright.credentials.verify.presentation import (
    PresentationReport,
    examine_presentation,
    presenting,
)
from sealwright.credentials.verify.registry import Registry
from sealwright.credentials.verify.summary import Summary
from sealwright.credentials.verify.validity import check_validity

CHUNK: Final = 200
"""Credentials of one batch: large enough that handing over costs nothing."""

_PROOF_LAYER: Final = frozenset({"input", "structure", "proof"})


@dataclass(frozen=True, slots=True)
class LayeredReport:
    """Whether the proof holds, apart from everything else that a verdict needs.

    For test suites, which ask about proofs only: `report` has the findings about structure
    and proof, `warnings` what the layer above has to say. It is no verdict on a credential.
    """

    report: Report
    warnings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Verifier:
    """Says whether a credential is real, and why.

    `fetcher` brings what lies elsewhere (key documents, status lists); offline by default.
    `contexts` are the JSON-LD contexts known; `registries` are asked who the issuer is.
    `evidence` is asked for what a trusted log says (see `transparency.LogProofs`) where a key
    has been withdrawn since.

    Immutable and picklable as long as these are, so that one verifier can be shared between
    threads and sent to worker processes. From one answer to the next is remembered how
    documents are written (`proofs.alike`), never what they say.
    """

    fetcher: Fetcher = field(default_factory=Offline)
    contexts: ContextStore = field(default_factory=ContextStore.shipped)
    registries: tuple[Registry, ...] = ()
    evidence: Evidence | None = None

    def verify(self, data: bytes | str, *, at: datetime, recipient: str | None = None) -> Report:
        """Report on the one credential in `data`, as of `at` (with a time zone).

        `data` is the content of a file or what somebody pasted: JSON, a token, a baked
        image; a link is followed. `recipient` asks whether it was awarded to that e-mail
        address or identifier. Whatever the input is, the answer is a report: where there is
        no credential in it, one whose verdict is "unreadable".
        """
        return self._verify(data, Trail(self.fetcher), at, recipient)

    def verify_link(self, url: str, *, at: datetime, recipient: str | None = None) -> Report:
        """Report on the credential behind a web address; otherwise as `verify`."""
        trail = Trail(self.fetcher)
        return self._verify_link(url, trail, at, recipient)

    def verify_many(
        self,
        credentials: Iterable[bytes | str],
        *,
        at: datetime,
        executor: Executor,
        chunk: int = CHUNK,
    ) -> Iterator[Report]:
        """Report on a stream of credentials, in order, on any `Executor`.

        The stream is read as the reports are taken, so neither has to fit into memory.
        """
        work = partial(_verify_batch, self, at=at)
        return in_batches(work, credentials, executor=executor, chunk=chunk)

    def verify_proof_only(self, data: bytes | str, *, at: datetime) -> LayeredReport:
        """Report on structure and proof alone, the issuer and the dates as warnings."""
        trail = Trail(self.fetcher)
        try:
            case = self._case(read(data), trail, at, None, _digest(data))
            if case.received.kind is not Kind.CREDENTIAL:
                raise UnreadableInput("no-credential")
            findings, _ = prove(case)
        except CredentialError as problem:
            return LayeredReport(_unreadable(problem, trail), ())
        findings += ask("validity", check_validity, case)
        first = tuple(finding for finding in findings if finding.check in _PROOF_LAYER)
        warnings = tuple(
            finding
            for finding in findings
            if finding.check not in _PROOF_LAYER and finding.outcome is not Outcome.PASSED
        )
        return LayeredReport(_report(case, list(first)), warnings)

    def verify_presentation(
        self,
        data: bytes | str,
        *,
        at: datetime,
        domain: str | None = None,
        challenge: str | None = None,
    ) -> PresentationReport:
        """Report on a presentation and on each credential in it.

        `domain` and `challenge` are what the presenter was asked to sign; given, they must
        be in the presentation's proof.
        """
        trail = Trail(self.fetcher)
        try:
            received = read(data)
            if received.kind is not Kind.PRESENTATION:
                raise UnreadableInput("not-a-presentation")
        except CredentialError as problem:
            return PresentationReport(_unreadable(problem, trail), ())
        case = self._case(received, trail, at, None, _digest(data))
        case.use = presenting(domain, challenge)
        findings = examine_presentation(case)
        contained = [replace(case.about(each), depth=0) for each in received.contained]
        credentials = tuple(_examined(each) for each in contained)
        return PresentationReport(_report(case, findings), credentials)

    def _verify(
        self, data: bytes | str, trail: Trail, at: datetime, recipient: str | None
    ) -> Report:
        try:
            received, notes = _one_credential(read(data))
        except CredentialError as problem:
            return _unreadable(problem, trail)
        if received.link is not None:
            return self._verify_link(received.link, trail, at, recipient)
        return _examined(self._case(received, trail, at, recipient, _digest(data)), notes)

    def _verify_link(self, url: str, trail: Trail, at: datetime, recipient: str | None) -> Report:
        try:
            data = fetch_credential(trail, url)
            received, notes = _one_credential(read(data))
            if received.link is not None:
                raise UnreadableInput("link-to-a-link", url=received.link)
        except CredentialError as problem:
            return _unreadable(problem, trail)
        return _examined(self._case(received, trail, at, recipient, _digest(data)), notes)

    def _case(
        self,
        received: Received,
        trail: Trail,
        at: datetime,
        recipient: str | None,
        digest: str,
    ) -> Case:
        return Case(
            received,
            at,
            trail,
            Resolver(trail),
            self.contexts,
            recipient=recipient,
            registries=self.registries,
            evidence=self.evidence,
            sha256=digest,
        )


def _verify_batch(verifier: Verifier, batch: list[bytes | str], *, at: datetime) -> list[Report]:
    return [verifier.verify(data, at=at) for data in batch]


def _one_credential(received: Received) -> tuple[Received, list[Finding]]:
    """The credential itself, or the only one of a presentation, with a note about that."""
    if received.kind is not Kind.PRESENTATION:
        return received, []
    if len(received.contained) != 1:
        raise UnreadableInput("presentation-of-several", count=len(received.contained))
    return received.contained[0], [Finding("notes", Outcome.UNKNOWN, "from-presentation")]


def _examined(case: Case, notes: Iterable[Finding] = ()) -> Report:
    case, findings = examine(case)
    return _report(case, [*findings, *notes])


def _report(case: Case, findings: list[Finding]) -> Report:
    return Report(
        tuple(findings),
        credential=Summary(case.received),
        fetched=tuple(case.trail.urls),
        document=case.received.document,
    )


def _unreadable(problem: CredentialError, trail: Trail) -> Report:
    return Report((Finding.of_error("input", problem),), fetched=tuple(trail.urls))


def _digest(data: bytes | str) -> str:
    given = data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")
    return sha256(given).hexdigest()
