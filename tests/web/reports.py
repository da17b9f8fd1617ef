"""Reports of every kind that a page must be able to show, made by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sealwright.credentials.model.report import Finding, Outcome, Report

NOON = datetime(2026, 11, 23, 14, 2, tzinfo=UTC)

CREDENTIAL: Mapping[str, Any] = {
    "id": "urn:uuid:4f7kq2mx9b-northshore",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "standard": "vc-2.0",
    "profile": "ob-3.0",
    "kind": "credential",
    "format": "png",
    "securing": "data-integrity",
    "title": "Cloud Security Engineering",
    "description": "Designs, builds and defends cloud networks, and explains the risk to others.",
    "image": None,
    "issuer": {
        "id": "did:web:northshore.example",
        "name": "Northshore University",
        "url": "https://northshore.example/",
    },
    "recipient": {"id": "did:key:z6MkrHolder", "name": "Amara Okafor"},
    "achievement": {
        "id": "https://northshore.example/badges/cse",
        "name": "Cloud Security Engineering",
        "type": "MicroCredential",
        "criteria": {
            "id": "https://northshore.example/badges/cse/criteria",
            "narrative": "A four-hour lab, a 30-minute viva and a written brief, each passed "
            "with at least 70 of 100 points.",
        },
    },
    "awarded": "2026-03-14T09:00:00Z",
    "valid_from": "2026-03-14T09:00:00Z",
    "valid_until": "2029-03-14T09:00:00Z",
    "skills": [
        {
            "name": "Secure cloud architecture",
            "url": "https://skills.example.org/secure-cloud-architecture",
            "framework": "ESCO",
            "code": "S5.6.1",
        },
        {"name": "Identity and access management", "framework": "ESCO", "code": "S5.6.4"},
        {"name": "Explaining risk to non-specialists"},
    ],
    "results": [
        {"name": "Final mark", "value": "87 of 100"},
        {"name": "Viva", "value": None, "level": "With distinction", "status": "Completed"},
    ],
    "evidence": [
        {
            "url": "https://northshore.example/evidence/1",
            "name": "Network design and defence",
            "genre": "Report",
            "description": "A three-zone network for a payments service, defended in a viva.",
        },
        {"name": "Board risk briefing", "narrative": "Marked by two assessors from industry."},
    ],
    "statuses": [{"type": "BitstringStatusListEntry", "purpose": "revocation"}],
}

DOCUMENT = {
    "@context": [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ],
    "id": CREDENTIAL["id"],
    "type": CREDENTIAL["type"],
    "name": CREDENTIAL["title"],
    "issuer": {"id": "did:web:northshore.example", "type": "Profile"},
}

FETCHED = (
    "https://northshore.example/.well-known/did.json",
    "https://northshore.example/status/1",
)


def finding(check: str, outcome: str, code: str, **evidence: Any) -> Finding:
    return Finding(check, Outcome(outcome), code, evidence)


KEY = "did:web:northshore.example#key-2026-1"
STRUCTURE = finding("structure", "passed", "structure-sound", standard="vc-2.0")
PROOF = finding(
    "proof",
    "passed",
    "proof-holds",
    suite="eddsa-rdfc-2022",
    key=KEY,
    created="2026-03-14T09:00:00Z",
    document_sha256="7e7ead15d679cf970bf8cb5dbf58b0a33f8ddd53f6fe92f6cbe8924ff3427d3c",
)
ISSUER = finding(
    "issuer", "passed", "issuer-lists-key", issuer="did:web:northshore.example", method=KEY
)
STATUS = finding(
    "status", "passed", "status-clear", url=FETCHED[1], index=48213, purpose="revocation"
)
DATES = {"valid_from": "2026-03-14T09:00:00Z", "valid_until": "2029-03-14T09:00:00Z"}
VALIDITY = finding("validity", "passed", "within-validity", **DATES)
HOLDER = finding("recipient", "skipped", "holder-not-proven")
KNOWN = finding(
    "registry",
    "passed",
    "registry-lists-issuer",
    name="Northshore University",
    registry="Register of Universities",
    registry_url="https://register.example/issuers",
    issuer="did:web:northshore.example",
)
UNKNOWN_ISSUER = finding("registry", "skipped", "registry-none")

HOLDS = (STRUCTURE, PROOF, ISSUER, STATUS, VALIDITY, HOLDER)


def report(*findings: Finding, **credential: Any) -> Report:
    return Report(findings, {**CREDENTIAL, **credential}, FETCHED, DOCUMENT)


def instead(*other: Finding) -> tuple[Finding, ...]:
    """The findings of a sound credential of an unlisted issuer, some of them replaced."""
    by_check = {f.check: f for f in other}
    return tuple(by_check.get(f.check, f) for f in (*HOLDS, UNKNOWN_ISSUER))


NOT_CHECKED = tuple(
    finding(check, "skipped", "skipped-proof-failed")
    for check in ("issuer", "status", "validity", "recipient")
)

STATES: dict[str, Report] = {
    "known": report(*HOLDS, KNOWN),
    "valid": report(*instead()),
    "expired": report(
        *instead(finding("validity", "failed", "expired", valid_until="2026-03-14T09:00:00Z")),
        valid_until="2026-03-14T09:00:00Z",
    ),
    "early": report(
        *instead(finding("validity", "failed", "not-yet-valid", valid_from="2027-03-14T09:00:00Z"))
    ),
    "revoked": report(*instead(finding("status", "failed", "revoked", reason="Issued in error."))),
    "suspended": report(*instead(finding("status", "failed", "suspended", reason=""))),
    "tampered": report(STRUCTURE, finding("proof", "failed", "signature-mismatch"), *NOT_CHECKED),
    "unsigned": report(STRUCTURE, finding("proof", "failed", "proof-missing"), *NOT_CHECKED),
    "forged": report(
        STRUCTURE,
        PROOF,
        finding(
            "issuer",
            "failed",
            "key-not-listed",
            controller="did:web:northshore.example",
            method=KEY,
            purpose="assertionMethod",
        ),
        *NOT_CHECKED[1:],
    ),
    "malformed": report(
        finding("structure", "failed", "malformed", pointer="/issuer", problem="it is missing"),
        PROOF,
    ),
    "somebody-else": report(
        *instead(finding("recipient", "failed", "recipient-differs", recipient="a@example.org"))
    ),
    "mine": report(
        *instead(finding("recipient", "passed", "recipient-matches", recipient="a@example.org"))
    ),
    "network-limited": report(
        *instead(
            finding(
                "status",
                "unknown",
                "status-list-not-fetched",
                url=FETCHED[1],
                cause="timed-out",
                problem=f"{FETCHED[1]} did not answer in full within 5 seconds.",
            )
        ),
    ),
    "no-key": report(
        STRUCTURE,
        finding("proof", "unknown", "dns-failure", url=FETCHED[0], host="northshore.example"),
        *NOT_CHECKED,
    ),
    "unknown-context": report(
        STRUCTURE, finding("proof", "unknown", "unknown-context", url="https://else.example/v1")
    ),
    "unreadable": Report((finding("input", "unknown", "picture-without-code"),)),
    "page": Report(
        (finding("input", "unknown", "link-is-a-page", url="https://a.example/1"),),
        fetched=("https://a.example/1",),
    ),
    "no-link": Report(
        (finding("input", "unknown", "http-not-found", url="https://a.example/1", status=404),),
        fetched=("https://a.example/1",),
    ),
    "bare": Report(
        (STRUCTURE, PROOF, ISSUER, UNKNOWN_ISSUER),
        {"id": None, "title": None, "issuer": {}, "recipient": {}, "achievement": {}},
        (),
        DOCUMENT,
    ),
    "hostile": report(
        *instead(),
        title="<script>alert(1)</script>\"'><img src=x onerror=alert(1)>",
        description="=HYPERLINK(1)\u202e" + "W" * 400,
        issuer={"id": "javascript:alert(1)", "name": "{{ 7*7 }}", "url": "javascript:alert(1)"},
        recipient={"id": "x" * 300, "name": "\u202eevil"},
        skills=[{"name": "<b>bold</b>", "url": "javascript:alert(1)"}],
        evidence=[{"url": "data:text/html,<script>alert(1)</script>", "name": "x" * 500}],
    ),
    "notes": report(
        *instead(), finding("notes", "unknown", "unsigned-members", pointers="/evidence")
    ),
}
"""By name: one report for each state of the page."""


def without(state: str, *checks: str) -> Report:
    """A state's report without the findings of some checks."""
    whole = STATES[state]
    return replace(whole, findings=tuple(f for f in whole.findings if f.check not in checks))
