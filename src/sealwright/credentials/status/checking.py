"""The status of a credential: one finding for each of its status entries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sealwright.credentials.errors import (
    CredentialError,
    MalformedCredential,
    UnsupportedFeature,
    WorkBudgetExceeded,
)
from sealwright.credentials.model.received import types_of
from sealwright.credentials.model.report import Finding, Outcome
from sealwright.credentials.status import bitstring, onedtech, status_list_2021
from sealwright.credentials.status.lists import Question

MAX_ENTRIES = 16

_CHECKS: dict[str, Callable[[Mapping[str, Any], str, Question], Finding]] = {
    "BitstringStatusListEntry": bitstring.check,
    "StatusList2021Entry": status_list_2021.check,
    "1EdTechRevocationList": onedtech.check,
}


def check_status(document: Mapping[str, Any], question: Question) -> list[Finding]:
    """What the lists say that `credentialStatus` points to. Fetches, so: after the proof.

    No status entry is no finding for or against: skipped, `status-none`. A type of entry
    that we do not know leaves the status unknown (`unknown-status-type`), because it may be
    the one that says "revoked". Nothing is raised.
    """
    entries = document.get("credentialStatus")
    if entries is None or entries == []:
        return [Finding("status", Outcome.SKIPPED, "status-none")]
    several = isinstance(entries, list)
    listed = entries if isinstance(entries, list) else [entries]
    findings = []
    for position, entry in enumerate(listed[:MAX_ENTRIES]):
        pointer = f"/credentialStatus/{position}" if several else "/credentialStatus"
        findings.append(_check_entry(entry, pointer, question))
    if len(listed) > MAX_ENTRIES:
        problem = WorkBudgetExceeded("status-too-many", entries=len(listed), limit=MAX_ENTRIES)
        findings.append(Finding.of_error("status", problem))
    return findings


def _check_entry(entry: Any, pointer: str, question: Question) -> Finding:
    try:
        if not isinstance(entry, dict):
            raise MalformedCredential(
                "status-entry-malformed", pointer=pointer, problem="it is no object"
            )
        return _check_of(entry, pointer)(entry, pointer, question)
    except CredentialError as problem:
        return Finding.of_error("status", problem)


def _check_of(
    entry: Mapping[str, Any], pointer: str
) -> Callable[[Mapping[str, Any], str, Question], Finding]:
    """The check for the entry's type; the first that we know if it has several."""
    types = types_of(entry)
    if not types:
        raise MalformedCredential(
            "status-entry-malformed", pointer=pointer, problem="it has no type"
        )
    for kind in types:
        if kind in _CHECKS:
            return _CHECKS[kind]
    raise UnsupportedFeature("unknown-status-type", type=", ".join(types)[:200])
