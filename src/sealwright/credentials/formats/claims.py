"""The registered claims of a token, beside the document that it carries.

VC 1.1 moves members of the credential into claims: reading puts them back. VC 2.0 leaves the
credential whole; claims beside it, which Open Badges 3.0 asks for, say the same thing again.
Either way a claim that says something else than the document is a finding of the
structure: two readers would see two different credentials under one signature.

https://www.w3.org/TR/vc-data-model/#jwt-decoding
https://www.imsglobal.org/spec/ob/v3p0/#jwt-proof
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from sealwright.credentials.errors import MalformedCredential
from sealwright.credentials.model.instants import (
    format_instant,
    parse_instant,
    parse_numeric_date,
)
from sealwright.credentials.model.received import WINDOW, Kind, Standard
from sealwright.credentials.model.report import Finding, Outcome

REGISTERED = frozenset({"iss", "sub", "aud", "exp", "nbf", "iat", "jti", "nonce", "cnf"})
"""Claims about the token. They are no part of the document, and no context defines them."""

_OWNER = {Kind.CREDENTIAL: "issuer", Kind.PRESENTATION: "holder"}


def registered(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The registered claims of a payload."""
    return {name: value for name, value in payload.items() if name in REGISTERED}


def without_registered(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The document in a VC 2.0 payload: everything but the registered claims."""
    return {name: value for name, value in payload.items() if name not in REGISTERED}


def completed(
    document: Mapping[str, Any], claims: Mapping[str, Any], kind: Kind, standard: Standard
) -> dict[str, Any]:
    """The document of a VC 1.1 token with the members put back that became claims.

    What the document says itself is left as it is; `disagreements` compares it.
    """
    whole = dict(document)
    if "jti" in claims:
        whole.setdefault("id", claims["jti"])
    if "iss" in claims:
        whole[_OWNER[kind]] = _with_id(document, _OWNER[kind], claims["iss"])
    if kind is Kind.CREDENTIAL:
        if "sub" in claims:
            whole["credentialSubject"] = _with_id(document, "credentialSubject", claims["sub"])
        for claim, member in zip(("nbf", "exp"), WINDOW[standard], strict=True):
            instant = _claimed(claims, claim)
            if instant is not None:
                whole.setdefault(member, format_instant(instant))
    return whole


def disagreements(
    document: Mapping[str, Any], claims: Mapping[str, Any], kind: Kind, standard: Standard
) -> tuple[Finding, ...]:
    """A failed `structure` finding for each claim that contradicts the document.

    A claim that the document says nothing about contradicts nothing. Dates are compared to
    the second, which is all that a numeric date usually has.
    """
    return tuple(
        Finding("structure", Outcome.FAILED, code, {"claim": claim, "pointer": pointer})
        for claim, pointer, code in _problems(document, claims, kind, standard)
    )


def _problems(
    document: Mapping[str, Any], claims: Mapping[str, Any], kind: Kind, standard: Standard
) -> Iterator[tuple[str, str, str]]:
    owner = _OWNER[kind]
    issuer = _ids(document.get(owner))
    if issuer and claims.get("iss", issuer[0]) not in issuer:
        yield "iss", f"/{owner}", "claim-disagrees"
    if document.get("id") is not None and claims.get("jti", document["id"]) != document["id"]:
        yield "jti", "/id", "claim-disagrees"
    if kind is Kind.CREDENTIAL:
        subjects = _ids(document.get("credentialSubject"))
        if subjects and claims.get("sub", subjects[0]) not in subjects:
            yield "sub", "/credentialSubject", "claim-disagrees"
        yield from _date_problems(document, claims, standard)


def _date_problems(
    document: Mapping[str, Any], claims: Mapping[str, Any], standard: Standard
) -> Iterator[tuple[str, str, str]]:
    for claim, member in zip(("nbf", "exp"), WINDOW[standard], strict=True):
        if claim not in claims:
            continue
        claimed = _claimed(claims, claim)
        said = _said(document, member)
        if claimed is None:
            yield claim, f"/{claim}", "claim-malformed"
        elif said is not None and abs(claimed - said) >= timedelta(seconds=1):
            yield claim, f"/{member}", "claim-disagrees"


def _claimed(claims: Mapping[str, Any], claim: str) -> datetime | None:
    try:
        return parse_numeric_date(claims.get(claim), pointer=f"/{claim}")
    except MalformedCredential:
        return None


def _said(document: Mapping[str, Any], member: str) -> datetime | None:
    """The date in the document; a malformed one is for the structure check to report."""
    try:
        return parse_instant(document.get(member), pointer=f"/{member}")
    except MalformedCredential:
        return None


def _with_id(document: Mapping[str, Any], member: str, identifier: object) -> object:
    """The member, given the id that became a claim where it has none of its own."""
    if member not in document:
        return identifier if member in _OWNER.values() else {"id": identifier}
    value = document[member]
    return {"id": identifier, **value} if isinstance(value, dict) else value


def _ids(value: object) -> list[object]:
    """The ids of an issuer or of subjects: a text itself, or the `id` of each object."""
    values = value if isinstance(value, list) else [value]
    found = [each.get("id") if isinstance(each, dict) else each for each in values]
    return [each for each in found if each is not None]
