"""1EdTechRevocationList: a plain JSON list of credentials that were taken back.

The list is not signed: it is the issuer's because the signed entry names its address, and
it is true because that address serves it over TLS. A list that names another issuer is not
believed.

https://www.imsglobal.org/spec/vcrl/v1p0/
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sealwright.credentials.errors import MalformedCredential, Undecidable, UnreadableInput
from sealwright.credentials.model.report import Finding, Outcome
from sealwright.credentials.model.strict_json import loads
from sealwright.credentials.status.lists import (
    MAX_LIST_BYTES,
    Question,
    fetched,
    unreadable,
    withdrawn,
)


def check(entry: Mapping[str, Any], pointer: str, question: Question) -> Finding:
    """Whether the list at the entry's `id` names the credential.

    Named with `revoked` true or left out it is revoked; named with `revoked` false it is
    not. Anything else in that place makes the list unreadable rather than harmless.

    Raises `MalformedCredential` (`status-entry-malformed`) for an entry without address or
    a credential without id, and `Undecidable` (`status-list-not-fetched`,
    `status-list-malformed`, `status-list-issuer`).
    """
    url = entry.get("id")
    if not isinstance(url, str):
        raise MalformedCredential(
            "status-entry-malformed", pointer=pointer, problem="its id is no address"
        )
    if not question.credential:
        raise MalformedCredential(
            "status-entry-malformed", pointer=pointer, problem="the credential itself has no id"
        )
    found = json_object(question, url)
    issuer = found.get("issuer", question.issuer)
    named = issuer.get("id") if isinstance(issuer, dict) else issuer
    if named != question.issuer:
        raise Undecidable("status-list-issuer", url=url, issuer=str(named)[:200])
    revoked = found.get("revokedCredential")
    for item in _listed(revoked, url):
        if _names(item, question.credential, url):
            return withdrawn("revoked", url, reason=item.get("revocationReason"))
    return Finding("status", Outcome.PASSED, "status-not-listed", {"url": url})


def revocation_list(url: str, *, issuer: str, revoked: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The list to publish at `url`: ids of credentials with reasons, which may be ''."""
    return {
        "id": url,
        "issuer": issuer,
        "revokedCredential": [
            {"id": credential, "revoked": True} | ({"revocationReason": reason} if reason else {})
            for credential, reason in revoked
        ],
    }


def json_object(question: Question, url: str) -> Mapping[str, Any]:
    """The unsigned JSON object at `url`. Raises `Undecidable`."""
    try:
        found = loads(fetched(question, url), max_bytes=MAX_LIST_BYTES)
    except UnreadableInput as problem:
        raise unreadable("status-list-malformed", url, problem) from problem
    if not isinstance(found, dict):
        raise damaged(url, "it is no JSON object")
    return found


def damaged(url: str, problem: str) -> Undecidable:
    """The list at `url` is not of the expected form."""
    return Undecidable(
        "status-list-malformed", url=url, cause="status-list-malformed", problem=problem
    )


def _listed(revoked: Any, url: str) -> list[Any]:
    if isinstance(revoked, dict):
        return [revoked]
    if not isinstance(revoked, list):
        raise damaged(url, "it has no list of revoked credentials")
    return revoked


def _names(item: Any, credential: str, url: str) -> bool:
    if not isinstance(item, dict):
        raise damaged(url, "it holds something other than objects")
    if item.get("id") != credential:
        return False
    revoked = item.get("revoked", True)
    if not isinstance(revoked, bool):
        raise damaged(url, "its word about the credential is neither true nor false")
    return revoked
