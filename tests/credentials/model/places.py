"""Whole documents of every standard, and the means to change any place in them."""

from __future__ import annotations

import copy
from typing import Any

from sealwright.credentials.model.received import Standard
from tests.credentials.formats.samples import VC1, VC2, achievement, assertion, badge

CREDENTIAL = {
    "@context": [VC2, {"Example": "https://example.org/#Example"}],
    "id": "urn:uuid:5c1b6ab2-0000-4000-8000-000000000001",
    "type": ["VerifiableCredential"],
    "issuer": "did:example:issuer",
    "credentialSubject": {"id": "did:example:subject"},
}
OLD = {
    **CREDENTIAL,
    "@context": [VC1],
    "issuanceDate": "2020-03-01T09:00:00Z",
}
TYPED = {"type": "Example"}
NAMED = {"id": "https://example.org/1", "type": ["Example"]}

ALIGNMENT = {
    "type": ["Alignment"],
    "targetName": "SQL",
    "targetUrl": "https://example.org/skills/sql",
}
LEVEL = {"id": "urn:uuid:3", "type": "RubricCriterionLevel", "name": "Good"}
RESULT_DESCRIPTION = {
    "id": "urn:uuid:2",
    "type": ["ResultDescription"],
    "name": "Score",
    "resultType": "Percent",
    "rubricCriterionLevel": [LEVEL],
}
IDENTITY = {
    "type": "IdentityObject",
    "hashed": True,
    "identityHash": "sha256$00",
    "identityType": "emailAddress",
}
WHOLE_BADGE = badge(
    name="Badge",
    awardedDate="2026-03-01T09:00:00Z",
    validUntil="2030-03-01T09:00:00Z",
    evidence=[{"type": ["Evidence"]}],
    credentialStatus=TYPED,
    proof=[{"type": "DataIntegrityProof"}],
    credentialSubject={
        "type": ["AchievementSubject"],
        "identifier": [IDENTITY],
        "result": [{"type": ["Result"]}],
        "achievement": achievement(
            alignment=[ALIGNMENT],
            resultDescription=[RESULT_DESCRIPTION],
            related={"id": "https://example.org/2", "type": "Related"},
        ),
    },
)
CLR = badge(
    type=["VerifiableCredential", "ClrCredential"],
    credentialSubject={
        "id": "did:example:learner",
        "type": ["ClrSubject"],
        "verifiableCredential": [badge()],
    },
)
ENDORSEMENT = badge(
    type=["VerifiableCredential", "EndorsementCredential"],
    name="Endorsement",
    credentialSubject={"id": "urn:uuid:9", "type": ["EndorsementSubject"]},
)
WHOLE = [
    (CREDENTIAL, Standard.VC_2_0),
    (OLD, Standard.VC_1_1),
    (badge(), Standard.VC_2_0),
    (WHOLE_BADGE, Standard.VC_2_0),
    (CLR, Standard.VC_2_0),
    (ENDORSEMENT, Standard.VC_2_0),
    (assertion(), Standard.OB_2_0),
]


def changed(document: dict[str, Any], pointer: str, value: object = ...) -> dict[str, Any]:
    """The document with the member at `pointer` set, or taken away."""
    document = copy.deepcopy(document)
    *steps, last = [int(step) if step.isdigit() else step for step in pointer.split("/")[1:]]
    target: Any = document
    for step in steps:
        target = target[step]
    if value is ...:
        del target[last]
    else:
        target[last] = value
    return document


def pointers(value: object, pointer: str = "") -> list[str]:
    entries = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    return [
        place
        for name, inner in entries
        for place in (f"{pointer}/{name}", *pointers(inner, f"{pointer}/{name}"))
    ]


PLACES = [
    (document, standard, pointer) for document, standard in WHOLE for pointer in pointers(document)
]
