"""Open Badges 2.0: an assertion is true because its address serves it, or because it is signed.

A hosted assertion is believed for what its own address serves now; what was handed in only
says where to look, and must agree with it. Whether that address may speak for the issuer,
the issuer's own profile says. A signed assertion is believed for its JWS, made with a key
that the issuer's profile lists and that names the issuer as its owner.

https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/index.html#VerificationObject
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any

from sealwright.credentials.dids import signing_key
from sealwright.credentials.errors import ResolutionFailed, UnreadableInput
from sealwright.credentials.fetching import fetch_json
from sealwright.credentials.fetching.policy import origin
from sealwright.credentials.model.received import Received
from sealwright.credentials.model.report import Finding, Outcome
from sealwright.credentials.model.strict_json import loads
from sealwright.credentials.proofs.jose import verify_token
from sealwright.credentials.verify.case import Case, Signature, identifier_of, objects, texts


def check_hosted(case: Case) -> list[Finding]:
    """Ask the assertion's own address for it; from then on the case is about the answer."""
    url = identifier_of(case.received.document, "/id")
    try:
        answer = case.trail.fetch(url)
    except ResolutionFailed as problem:
        if problem.code != "http-gone":
            raise
        return [Finding("proof", Outcome.FAILED, "assertion-gone", {"url": url})]
    evidence: dict[str, Any] = {"url": url, "served_sha256": sha256(answer.body).hexdigest()}
    try:
        hosted = loads(answer.body)
    except UnreadableInput as problem:
        raise ResolutionFailed("not-json", url=url, problem=str(problem)) from problem
    if not isinstance(hosted, dict) or hosted.get("id") != url:
        return [Finding("proof", Outcome.FAILED, "assertion-elsewhere", evidence)]
    if hosted.get("revoked") is True:
        evidence["reason"] = hosted.get("revocationReason")
        return [Finding("proof", Outcome.FAILED, "assertion-withdrawn", evidence)]
    pointer = disagreement(case.received.document, hosted)
    if pointer is not None:
        return [_differs("proof", pointer, evidence)]
    case.handed_in = case.received.document
    case.received = replace(case.received, document=hosted)
    return [Finding("proof", Outcome.PASSED, "assertion-served", evidence)]


def check_scope(case: Case) -> list[Finding]:
    """Ask whether the issuer lets that address speak for it."""
    url = identifier_of(case.received.document, "/id")
    case.received = _completed(case)
    issuer = case.issuer
    evidence = {"url": url, "issuer": issuer}
    if not _may_speak(url, issuer, profile_of(case.received)):
        return [Finding("issuer", Outcome.FAILED, "assertion-out-of-scope", evidence)]
    pointer = disagreement(case.handed_in, case.received.document)
    if pointer is not None:
        return [_differs("issuer", pointer, evidence)]
    return [Finding("issuer", Outcome.PASSED, "assertion-in-scope", evidence)]


def check_signed(case: Case) -> list[Finding]:
    """Check the JWS with the issuer's key, which the issuer's profile has to list."""
    case.received = _completed(case)
    verification = case.received.document.get("verification")
    creator = verification.get("creator") if isinstance(verification, Mapping) else None
    method = signing_key(case.trail, creator, issuer=case.issuer)
    verify_token(case.received.token or "", method.key)
    case.signatures.append(Signature(method.key, method))
    evidence = {
        "algorithm": method.key.kind.jose_algorithm,
        "key": method.id,
        "method": method.id,
        "document_sha256": case.sha256,
    }
    return [Finding("proof", Outcome.PASSED, "token-holds", evidence)]


def disagreement(handed_in: object, served: object, pointer: str = "") -> str | None:
    """Where what was handed in says something that is not served, or None.

    Members without a value say nothing. A thing may be given by its address in one of the
    two and be spelled out in the other; then only the addresses are compared, for which
    reason the caller puts in what it fetched and compares again.
    """
    if isinstance(handed_in, dict) and isinstance(served, dict):
        for name, value in handed_in.items():
            if value is None or value == []:
                continue
            found = disagreement(value, served.get(name), f"{pointer}/{name}")
            if found is not None:
                return found
        return None
    if isinstance(handed_in, list) or isinstance(served, list):
        return _disagreement_of_lists(_listed(handed_in), _listed(served), pointer)
    if isinstance(handed_in, dict) or isinstance(served, dict):
        return None if _address(handed_in) == _address(served) is not None else pointer
    return None if handed_in == served and type(handed_in) is type(served) else pointer


def _disagreement_of_lists(
    handed_in: list[object], served: list[object], pointer: str
) -> str | None:
    if len(handed_in) != len(served):
        return pointer
    for index, (ours, theirs) in enumerate(zip(handed_in, served, strict=True)):
        found = disagreement(ours, theirs, f"{pointer}/{index}")
        if found is not None:
            return found
    return None


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _address(value: object) -> object:
    return value.get("id") if isinstance(value, dict) else value


def profile_of(received: Received) -> Mapping[str, Any]:
    """The issuer's profile in an assertion that the proof check has completed."""
    profile: Mapping[str, Any] = received.document["badge"]["issuer"]
    return profile


def _completed(case: Case) -> Received:
    """The assertion with its badge class and its issuer in it.

    The profile is always fetched from its own address, because the one inside an assertion
    is written by whoever wrote the assertion.
    """
    document = case.received.document
    badge = _object(case, document.get("badge"), "/badge")
    profile = _object(case, identifier_of(badge.get("issuer"), "/badge/issuer"), "")
    return replace(case.received, document={**document, "badge": {**badge, "issuer": profile}})


def _object(case: Case, value: object, pointer: str) -> Mapping[str, Any]:
    """The object in a member, fetched where the member gives its address."""
    if isinstance(value, Mapping):
        return value
    url = identifier_of(value, pointer)
    found = fetch_json(case.trail, url)
    if not isinstance(found, dict) or found.get("id") != url:
        shown = str(found.get("id"))[:200] if isinstance(found, dict) else "no object"
        raise ResolutionFailed("document-id-mismatch", url=url, expected=url, found=shown)
    return found


def _may_speak(url: str, issuer: str, profile: Mapping[str, Any]) -> bool:
    """Whether `url` lies in the scope of the issuer: by its word, or on its own site."""
    prefixes: list[str] = []
    sites: list[str] = []
    for rule in objects(profile.get("verification")):
        prefixes += texts(rule.get("startsWith"))
        sites += texts(rule.get("allowedOrigins"))
    if prefixes:
        # An address that merely begins alike may lie on another host.
        return any(url.startswith(each) and origin(url) == origin(each) for each in prefixes)
    here = origin(url)
    allowed = {origin(each) or each.lower() for each in sites} if sites else {origin(issuer)}
    return bool(here) and here in allowed


def _differs(check: str, pointer: str, evidence: Mapping[str, Any]) -> Finding:
    return Finding(check, Outcome.FAILED, "assertion-differs", {**evidence, "pointer": pointer})
