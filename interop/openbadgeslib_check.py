"""The Python peer: openbadgeslib, which has an environment of its own under build/peers.

It is run as a program of its own and never imported by ours.

    python openbadgeslib_check.py verify FILE...   one line of JSON for each file
    python openbadgeslib_check.py issue FILE       issue an Open Badge with a fresh did:key
    python openbadgeslib_check.py demo PUBLISHED FILE...   as verify, with the `keys` of the
                                                   file PUBLISHED, by verification method
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from openbadgeslib.ob3.ldp import OB3LdpSigner, OB3LdpVerifier, add_data_integrity_proof

PEER = "openbadgeslib"


def badge(issuer: str) -> dict[str, Any]:
    """A small Open Badge, not signed yet."""
    return {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": "urn:uuid:11111111-2222-4333-8444-555555555555",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "SQL basics",
        "issuer": {"id": issuer, "type": ["Profile"], "name": "Example College"},
        "validFrom": "2024-01-01T00:00:00Z",
        "credentialSubject": {
            "id": "did:example:learner",
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "urn:uuid:11111111-2222-4333-8444-555555555556",
                "type": ["Achievement"],
                "name": "SQL basics",
                "description": "Selects, joins and aggregates.",
                "criteria": {"narrative": "Pass the exam with 60 of 100."},
            },
        },
    }


def issue(file: Path) -> None:
    """Write a badge that this peer has signed."""
    key = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    method = OB3LdpSigner(key).verification_method
    signed = add_data_integrity_proof(badge(method.split("#")[0]), key, method)
    file.write_text(json.dumps(signed, indent=1), "utf-8")


def verify(file: Path, keys: dict[str, str] | None = None) -> None:
    """Print this peer's verdict; any exception of its verifier is a refusal."""
    verified, why = True, ""
    document = json.loads(file.read_text("utf-8"))
    key = keys[document["proof"][0]["verificationMethod"]] if keys else None
    try:
        OB3LdpVerifier(key).verify(document)
    except Exception as problem:  # noqa: BLE001  the peer's own kinds are many
        verified, why = False, f"{type(problem).__name__}: {problem}"
    print(json.dumps({"peer": PEER, "file": str(file), "verified": verified, "why": why}))


def main(command: str, *files: str) -> int:
    if command == "issue":
        issue(Path(files[0]))
    elif command == "verify":
        for file in files:
            verify(Path(file))
    else:
        published, *rest = files
        keys = json.loads(Path(published).read_text("utf-8"))["keys"]
        for file in rest:
            verify(Path(file), keys)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
