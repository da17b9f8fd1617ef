"""A small credential and the keys that sign it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sealwright.credentials.jsonld import ContextStore
from sealwright.credentials.keys import KeyKind, LocalSigner
from sealwright.credentials.proofs import SUITES, add_proof

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
CONTEXTS = ContextStore.shipped()
SIGNERS = {
    kind: LocalSigner.generate(kind, entropy=lambda size: bytes(range(7, 7 + size)))
    for kind in (KeyKind.ED25519, KeyKind.P256, KeyKind.P384)
}
PAIRS = [(name, kind) for name, suite in SUITES.items() for kind in suite.hashes]
"""Every suite with every kind of key it takes."""

FIRST = "urn:uuid:1b671a64-40d5-491e-99b0-da01ff1f3341"
SECOND = "urn:uuid:2b671a64-40d5-491e-99b0-da01ff1f3342"


def badge(**changes: Any) -> dict[str, Any]:
    """An unsigned Open Badge of the usual members."""
    return {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": "https://college.example/", "type": ["Profile"], "name": "College"},
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {
            "id": "did:example:learner",
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "https://college.example/achievements/1",
                "type": ["Achievement"],
                "name": "Baker",
                "description": "Bakes bread",
                "criteria": {"narrative": "Bake a loaf"},
                "creditsAvailable": 2.5,
            },
        },
        **changes,
    }


def signed(
    suite: str = "eddsa-rdfc-2022", kind: KeyKind = KeyKind.ED25519, **options: Any
) -> dict[str, Any]:
    """The badge with a proof."""
    settings: dict[str, Any] = {"created": NOON, "contexts": CONTEXTS} | options
    document = settings.pop("document", None) or badge()
    return add_proof(document, signer=SIGNERS[kind], suite=suite, **settings)
