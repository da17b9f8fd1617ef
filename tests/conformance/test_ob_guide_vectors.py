"""The canonical texts of the Open Badges 3.0 and CLR 2.0 implementation guides.

https://www.imsglobal.org/spec/ob/v3p0/impl. The guide's input documents are not among the
vectors, so the inputs here are written from its canonical texts, and must lead back to them
to the byte. The one signature the texts hold, on the badge inside the CLR, is verified.
Deviations: none.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from sealwright.credentials.jsonld import ContextStore, canonize
from sealwright.credentials.jsonld.rdfc import canonical_names, canonical_quads
from sealwright.credentials.keys import PublicKey
from sealwright.credentials.keys.multibase import base58_decode
from tests.nquads import parse

STORE = ContextStore.shipped()
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
CONTEXT = [
    "https://www.w3.org/ns/credentials/v2",
    OB,
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
]
KEY = "z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi"
LEARNER = "did:example:ebfeb1f712ebc6f1c276e12ec21"
ISSUER = "https://example.edu/issuers/565049"
PROOF = {
    "type": "DataIntegrityProof",
    "created": "2010-01-01T19:23:24Z",
    "verificationMethod": f"{ISSUER}#{KEY}",
    "cryptosuite": "eddsa-rdfc-2022",
    "proofPurpose": "assertionMethod",
}
BADGE = {
    "@context": CONTEXT[:2],
    "id": "http://example.com/credentials/3527",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "issuer": {
        "id": ISSUER,
        "type": ["Profile"],
        "name": "Example Corp",
        "url": "https://www.imsglobal.org",
    },
    "validFrom": "2010-01-01T00:00:00Z",
    "name": "Teamwork Badge",
    "credentialSubject": {
        "id": LEARNER,
        "type": ["AchievementSubject"],
        "achievement": {
            "id": "https://example.com/achievements/21st-century-skills/teamwork",
            "type": ["Achievement"],
            "criteria": {
                "narrative": "Team members are nominated for this badge by their peers and "
                "recognized upon review by Example Corp management."
            },
            "description": "This badge recognizes the development of the capacity to "
            "collaborate within a group environment.",
            "name": "Teamwork",
        },
    },
}


def achievement(number: str, name: str) -> dict[str, Any]:
    return {
        "id": f"urn:uuid:{number}-56cb-11ec-bf63-0242ac130002",
        "type": ["Achievement"],
        "creator": {"id": ISSUER},
        "name": name,
        "criteria": {
            "id": f"https://example.edu/achievements/{number}-56cb-11ec-bf63-0242ac130002/criteria"
        },
        "description": name,
        "image": {"id": "https://example.edu/achievements/sample.png", "type": "Image"},
    }


UNIVERSITY = {"id": ISSUER, "type": ["Profile"], "name": "Example University"}
INNER_SCHEMA = "ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
INNER = {
    "@context": CONTEXT,
    "id": "urn:uuid:91537dba-56cb-11ec-bf63-0242ac130002",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "issuer": UNIVERSITY,
    "validFrom": "2010-01-01T00:00:00Z",
    "name": "Example University Degree",
    "credentialSubject": {
        "id": LEARNER,
        "type": ["AchievementSubject"],
        "achievement": achievement("a7467ef6", "Achievement 1"),
    },
    "credentialSchema": [
        {
            "id": f"https://purl.imsglobal.org/spec/{INNER_SCHEMA}",
            "type": "1EdTechJsonSchemaValidator2019",
        }
    ],
}


def text(vectors: Path, name: str) -> str:
    return (vectors / "ob-v3p0-impl" / name).read_text("utf-8").rstrip("\n") + "\n"


def test_the_badge_leads_to_the_guides_canonical_text(vectors: Path) -> None:
    assert canonize(BADGE, contexts=STORE).decode() == text(vectors, "obv3p0/document-canon.txt")


def test_the_proof_options_lead_to_the_guides_canonical_text(vectors: Path) -> None:
    options = {"@context": CONTEXT, **PROOF}

    found = canonize(options, contexts=STORE).decode()

    assert found == text(vectors, "obv3p0/proof-canon.txt")
    assert found == text(vectors, "clrv2p0/proof-canon.txt")


def test_the_clr_text_is_canonical_in_our_eyes(vectors: Path) -> None:
    published = text(vectors, "clrv2p0/document-canon.txt")
    quads, labels = parse(published)

    assert canonical_quads(quads, canonical_names(quads, len(labels))) == published


def test_the_signature_on_the_badge_inside_the_clr_holds(vectors: Path) -> None:
    line = next(
        line
        for line in text(vectors, "clrv2p0/document-canon.txt").splitlines()
        if "security#proofValue" in line
    )
    signature = base58_decode(line.split('"')[1].removeprefix("z"))
    options = canonize({"@context": CONTEXT, **PROOF}, contexts=STORE)
    message = hashlib.sha256(options).digest()
    message += hashlib.sha256(canonize(INNER, contexts=STORE)).digest()

    PublicKey.from_multikey(KEY).verify(signature, message)
