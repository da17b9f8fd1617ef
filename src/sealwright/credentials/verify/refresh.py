"""Is there a newer edition of the credential? Asked once, and only after the proof.

A refreshed credential takes the place of the one received when it is the same credential of
the same issuer and its own proof holds. Whatever goes wrong on the way, the credential
received is still there and is judged as it is.

https://www.imsglobal.org/spec/vcrs/v1p0/
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from sealwright.credentials.errors import CredentialError, Refused
from sealwright.credentials.formats.reading import read
from sealwright.credentials.model.received import Received, types_of
from sealwright.credentials.model.report import Finding, Outcome, Verdict, verdict_of
from sealwright.credentials.model.strict_json import MAX_BYTES
from sealwright.credentials.verify.case import Case, identifier_of, objects
from sealwright.credentials.verify.link import ACCEPT

REFRESH_TYPE: Final = "1EdTechCredentialRefresh"

Prove = Callable[[Case], tuple[list[Finding], tuple[Finding, ...]]]


def refreshed(case: Case, prove: Prove) -> tuple[Case, list[Finding]]:
    """The case to go on with, and what to say about it; nothing where nothing was offered.

    `prove` is the part of the examination that ends with the issuer check (see `pipeline`).
    """
    service = next(filter(_is_ours, objects(case.received.document.get("refreshService"))), None)
    if service is None:
        return case, []
    evidence: dict[str, Any] = {"url": service.get("id")}
    try:
        newer = _newer(case, identifier_of(service, "/refreshService"), prove)
    except CredentialError as problem:
        evidence |= {"problem": str(problem), "reason": problem.code}
        return case, [Finding("refresh", Outcome.SKIPPED, "refresh-not-possible", evidence)]
    if newer.received.document == case.received.document:
        return case, [Finding("refresh", Outcome.PASSED, "refresh-unchanged", evidence)]
    return newer, [Finding("refresh", Outcome.PASSED, "refreshed", evidence)]


def _is_ours(service: Any) -> bool:
    return REFRESH_TYPE in types_of(service)


def _newer(case: Case, url: str, prove: Prove) -> Case:
    """The case of the newer edition. Raises `CredentialError` unless it may take the place."""
    answer = case.trail.fetch(url, accept=ACCEPT, max_bytes=MAX_BYTES)
    received = read(answer.body)
    newer = replace(case, received=_with_origin(received), signatures=[])
    if not _is_same(received, case.received) or newer.issuer != case.issuer:
        raise Refused("refresh-of-another", url=url)
    findings, stopped = prove(newer)
    if stopped or verdict_of(findings) is not Verdict.VALID:
        raise Refused("refresh-not-proven", url=url)
    return newer


def _is_same(newer: Received, older: Received) -> bool:
    return newer.kind is older.kind and newer.document.get("id") == older.document.get("id")


def _with_origin(received: Received) -> Received:
    return replace(received, layers=("refreshed", *received.layers))
