"""Was it awarded to the person we were asked about?

A badge is a bearer document: whoever has the file can show it. Without a question the
answer is therefore that nothing proves the holder (T12 of the threat model), and with one
it is about the person named, not about the person who shows the file.

https://www.imsglobal.org/spec/ob/v3p0/#identityobject
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any, Final

from sealwright.credentials.model.received import Standard
from sealwright.credentials.model.report import Finding, Outcome
from sealwright.credentials.verify.case import Case, objects

HOLDER_NOT_PROVEN: Final = (Finding("recipient", Outcome.SKIPPED, "holder-not-proven"),)

_HASH_PREFIX = "sha256$"


def check_recipient(case: Case) -> tuple[Finding, ...]:
    """One finding: awarded to whom we were asked about, to somebody else, or not to be told."""
    if case.recipient is None:
        return HOLDER_NOT_PROVEN
    evidence = {"recipient": case.recipient}
    answers = {_answer(identity, case.recipient) for identity in _identities(case)}
    if True in answers:
        return (Finding("recipient", Outcome.PASSED, "recipient-matches", evidence),)
    if None in answers:
        return (Finding("recipient", Outcome.UNKNOWN, "recipient-hash-unknown", evidence),)
    if False in answers:
        return (Finding("recipient", Outcome.FAILED, "recipient-differs", evidence),)
    return (Finding("recipient", Outcome.UNKNOWN, "recipient-unnamed", evidence),)


def _identities(case: Case) -> Iterator[Mapping[str, Any]]:
    """What names the recipient, each in the shape of an OB 3.0 IdentityObject."""
    if case.received.standard is Standard.OB_2_0:
        for identity in objects(case.received.document.get("recipient")):
            yield {**identity, "identityHash": identity.get("identity")}
        return
    for subject in objects(case.received.document.get("credentialSubject")):
        if "id" in subject:
            yield {"identityHash": subject["id"]}
        yield from objects(subject.get("identifier"))


def _answer(identity: Mapping[str, Any], asked: str) -> bool | None:
    """Whether the identity is the one asked about; None when its hash is of another kind."""
    stated = identity.get("identityHash")
    if not isinstance(stated, str):
        return None
    spellings = _spellings(asked)
    if not identity.get("hashed"):
        return stated in spellings
    if not stated.startswith(_HASH_PREFIX):
        return None
    salt = identity.get("salt") or ""
    return stated[len(_HASH_PREFIX) :].lower() in {
        sha256(f"{spelling}{salt}".encode("utf-8", "surrogatepass")).hexdigest()
        for spelling in spellings
    }


def _spellings(asked: str) -> frozenset[str]:
    """An e-mail address may have been written with capitals, or as a `mailto:` address."""
    if "@" not in asked:
        return frozenset({asked})
    address = asked.removeprefix("mailto:")
    return frozenset({asked, address, address.lower(), f"mailto:{address}"})
