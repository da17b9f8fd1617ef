"""What the kinds of status have in common: getting the list, and what to say then."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sealwright.credentials.errors import (
    CredentialError,
    MalformedCredential,
    ResolutionFailed,
    Undecidable,
)
from sealwright.credentials.fetching import Fetcher
from sealwright.credentials.model.instants import parse_instant
from sealwright.credentials.model.report import Finding, Outcome

VerifiedList = Callable[[bytes], tuple[Mapping[str, Any], str]]
"""Given the bytes at a list's address (JSON or a token), the list as a credential and the
identifier of the issuer who signed it. Raises `CredentialError` when its own proof does not
hold or was not its issuer's."""

MAX_LIST_BYTES = 5_000_000
LIST_ACCEPT = (
    "application/vc, application/vc+jwt, application/vc+ld+json, application/ld+json, "
    "application/json, application/jwt, text/plain"
)
SKEW = timedelta(seconds=60)
"""How far clocks may be apart (threat T11)."""


@dataclass(slots=True)
class Question:
    """Whose status is asked, when, and with what means.

    `credential` and `issuer` are identifiers; the credential's may be ''. `known` keeps the
    lists that were verified for it, since several entries may lie in one list. `spend` is
    told how many bytes a list came to when it was unpacked, and may raise
    `WorkBudgetExceeded`: each list has its limit, but a stranger chooses how many there are.
    """

    credential: str
    issuer: str
    at: datetime
    fetcher: Fetcher
    verified_list: VerifiedList
    spend: Callable[[int], None] = lambda size: None
    known: dict[str, Mapping[str, Any]] = field(default_factory=dict)


def fetched(question: Question, url: str) -> bytes:
    """The document at a list's address.

    Raises `Undecidable("status-list-not-fetched")`, its `cause` the exact code.
    """
    try:
        answer = question.fetcher.fetch(url, accept=LIST_ACCEPT, max_bytes=MAX_LIST_BYTES)
    except ResolutionFailed as problem:
        raise unreadable("status-list-not-fetched", url, problem) from problem
    return answer.body


def verified(question: Question, url: str) -> Mapping[str, Any]:
    """The status list credential at `url`, signed by the issuer of the credential itself.

    The standard lets somebody else keep the list; we do not, because nothing in the
    credential would say who (threat T09). A list that names another address as its own is
    another list: the same issuer has several, and whoever serves them could swap them.

    Raises `Undecidable`: `status-list-not-fetched`, `status-list-unverified`,
    `status-list-issuer`, `status-list-mismatch`.
    """
    if url in question.known:
        return question.known[url]
    body = fetched(question, url)
    try:
        document, signed_by = question.verified_list(body)
    except CredentialError as problem:
        raise unreadable("status-list-unverified", url, problem) from problem
    if signed_by != question.issuer:
        raise Undecidable("status-list-issuer", url=url, issuer=signed_by)
    list_id = document.get("id")
    if list_id is not None and list_id != url.partition("#")[0]:
        raise Undecidable("status-list-mismatch", url=url, found=str(list_id)[:200])
    question.known[url] = document
    return document


def current(document: Mapping[str, Any], url: str, at: datetime) -> bool:
    """Whether the list is within its own validity at `at`, in the terms of VC 1.1 or 2.0.

    Raises `Undecidable("status-list-malformed")`.
    """
    try:
        starts = _instant(document, "validFrom", "issuanceDate")
        ends = _instant(document, "validUntil", "expirationDate")
    except MalformedCredential as problem:
        raise unreadable("status-list-malformed", url, problem) from problem
    return (starts is None or starts - SKEW <= at) and (ends is None or at < ends + SKEW)


def unreadable(code: str, url: str, problem: CredentialError) -> Undecidable:
    """The list at `url` cannot be read, for a reason that has a code of its own."""
    return Undecidable(code, url=url, cause=problem.code, problem=str(problem))


def withdrawn(code: str, url: str, *, reason: object = "", **evidence: Any) -> Finding:
    """The finding that a credential is `revoked` or `suspended`."""
    said = reason if isinstance(reason, str) else ""
    return Finding("status", Outcome.FAILED, code, {"url": url, "reason": said, **evidence})


def _instant(document: Mapping[str, Any], *members: str) -> datetime | None:
    for member in members:
        if member in document:
            return parse_instant(document[member], pointer=f"/{member}")
    return None
