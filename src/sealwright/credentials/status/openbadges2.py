"""Revocation in Open Badges 2.0: the list that an issuer's profile names.

For signed assertions. A hosted one is withdrawn at its own address, which the proof check
has asked already.

https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/index.html#RevocationList
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sealwright.credentials.errors import Undecidable
from sealwright.credentials.model.report import Finding, Outcome
from sealwright.credentials.status.lists import Question, withdrawn
from sealwright.credentials.status.onedtech import damaged, json_object

_NAMES = ("id", "uid")


def check(assertion: Mapping[str, Any], profile: Mapping[str, Any], question: Question) -> Finding:
    """Whether the issuer's `revocationList` names the assertion by `id` or `uid`.

    The list is an unsigned document like the profile itself. An issuer that keeps none has
    no means of revoking, which is no finding for or against: skipped, `status-none`.

    Raises `Undecidable` (`status-list-not-fetched`, `status-list-malformed`,
    `status-list-issuer`).
    """
    url = profile.get("revocationList")
    if url is None:
        return Finding("status", Outcome.SKIPPED, "status-none")
    if not isinstance(url, str):
        raise damaged(str(url)[:200], "its address is no text")
    found = json_object(question, url)
    issuer = found.get("issuer", question.issuer)
    named = issuer.get("id") if isinstance(issuer, dict) else issuer
    if named != question.issuer:
        raise Undecidable("status-list-issuer", url=url, issuer=str(named)[:200])
    revoked = found.get("revokedAssertions")
    if not isinstance(revoked, list):
        raise damaged(url, "it has no list of revoked assertions")
    for item in revoked:
        if _names(item, assertion, url):
            reason = item.get("revocationReason") if isinstance(item, dict) else ""
            return withdrawn("revoked", url, reason=reason)
    return Finding("status", Outcome.PASSED, "status-not-listed", {"url": url})


def _names(item: Any, assertion: Mapping[str, Any], url: str) -> bool:
    """Whether an item of the list, an id or an object with one, means this assertion."""
    if isinstance(item, str):
        return item == assertion.get("id")
    if not isinstance(item, dict):
        raise damaged(url, "it holds something other than assertions")
    given = [name for name in _NAMES if isinstance(item.get(name), str)]
    if not given:
        raise damaged(url, "it names no assertion")
    return any(item[name] == assertion.get(name) for name in given)
