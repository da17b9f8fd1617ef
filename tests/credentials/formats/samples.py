"""Credentials made by hand for the readers; their signatures are not looked at here."""

from __future__ import annotations

import base64
import json
from typing import Any

VC2 = "https://www.w3.org/ns/credentials/v2"
VC1 = "https://www.w3.org/2018/credentials/v1"
OB3 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
OB2 = "https://w3id.org/openbadges/v2"


def achievement(**changes: Any) -> dict[str, Any]:
    return {
        "id": "https://provider.example.edu/achievements/1",
        "type": ["Achievement"],
        "name": "Applied Data Engineering",
        "description": "Builds reliable data pipelines.",
        "criteria": {"narrative": "Pass the exam."},
    } | changes


def badge(**changes: Any) -> dict[str, Any]:
    """A whole Open Badge 3.0; a change to None takes the member away."""
    document = {
        "@context": [VC2, OB3],
        "id": "urn:uuid:5c1b6ab2-0000-4000-8000-000000000001",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": "did:web:provider.example.edu", "type": ["Profile"], "name": "Provider"},
        "validFrom": "2026-03-01T09:00:00Z",
        "credentialSubject": {
            "id": "did:example:learner",
            "type": ["AchievementSubject"],
            "achievement": achievement(),
        },
    } | changes
    return {name: value for name, value in document.items() if value is not None}


def assertion(**changes: Any) -> dict[str, Any]:
    """An Open Badges 2.0 assertion, hosted."""
    document = {
        "@context": OB2,
        "id": "https://provider.example.edu/assertions/1",
        "type": "Assertion",
        "recipient": {"type": "email", "hashed": False, "identity": "learner@example.org"},
        "badge": "https://provider.example.edu/badges/1",
        "verification": {"type": "HostedBadge"},
        "issuedOn": "2018-03-01T09:00:00Z",
    } | changes
    return {name: value for name, value in document.items() if value is not None}


def presentation(*credentials: object, **changes: Any) -> dict[str, Any]:
    return {
        "@context": [VC2],
        "type": ["VerifiablePresentation"],
        "holder": "did:example:learner",
        "verifiableCredential": list(credentials),
    } | changes


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def compact(
    payload: object, header: dict[str, Any] | None = None, *, signature: bytes = b"signed"
) -> str:
    """A compact JWS over `payload`, with a signature that nobody made."""
    first = json.dumps(header or {"alg": "EdDSA", "typ": "JWT"}).encode()
    return ".".join([b64(first), b64(json.dumps(payload).encode()), b64(signature)])
