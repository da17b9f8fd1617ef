"""Worker: our engine through its public names, and the bare signatures beside it.

Verifying is the public `Verifier` on text, offline: reading, structure, proof, issuer,
validity and every other check, except that the status list cannot be fetched. That leaves
the verdict open, which is expected; anything failed, or a proof not passed, raises.
"""

from __future__ import annotations

import hashlib
import json
import os
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from benchmarks.measuring import rate
from benchmarks.peers.worker import lines, serve
from benchmarks.workload import credential
from sealwright.credentials import Verifier
from sealwright.credentials.issue import Template, sign_credential, slot
from sealwright.credentials.keys import LocalSigner
from sealwright.credentials.model.report import Outcome

AT = datetime(2027, 1, 1, tzinfo=UTC)
CREATED = datetime(2026, 6, 1, tzinfo=UTC)


class Sealwright:
    def __init__(self) -> None:
        seed = hashlib.sha256(b"sealwright").digest()
        self.signer = LocalSigner.from_seed(seed)
        self.did = self.signer.verification_method.partition("#")[0]
        self.verifier = Verifier()

    def issue(self, text: str) -> str:
        return json.dumps(sign_credential(json.loads(text), self.signer, created=CREATED))

    def verify(self, text: str) -> None:
        findings = self.verifier.verify(text, at=AT).findings
        if not any(f.check == "proof" and f.outcome is Outcome.PASSED for f in findings):
            raise ValueError(next((f.detail for f in findings if f.check == "proof"), "no proof"))
        if any(finding.outcome is Outcome.FAILED for finding in findings):
            raise ValueError([finding.detail for finding in findings])


def slotted(document: dict[str, Any], values: dict[str, str]) -> dict[str, Any]:
    """The document with places instead of what differs from person to person."""

    def place(name: str, holder: dict[str, Any], member: str, prefix: str = "") -> None:
        values[name] = holder[member].removeprefix(prefix)
        holder[member] = prefix + slot(name)

    subject = document["credentialSubject"]
    identity = subject["identifier"][0]
    place("id", document, "id", "urn:uuid:")
    place("subject", subject, "id", "did:example:")
    place("hash", identity, "identityHash")
    place("salt", identity, "salt")
    place("start", document, "validFrom")
    place("until", document, "validUntil")
    place("awarded", document, "awardedDate")
    place("ended", subject, "activityEndDate")
    place("value", subject["result"][0], "value")
    place("report", document["evidence"][0], "id")
    place("narrative", document["evidence"][0], "narrative")
    place("exam", document["evidence"][1], "id")
    place("entry", document["credentialStatus"], "id")
    place("index", document["credentialStatus"], "statusListIndex")
    return document


def personal(number: int, did: str) -> dict[str, str]:
    """The values of one person for the places of credential 1."""
    values: dict[str, str] = {}
    slotted(credential(number, did), values)
    return values


IMPLEMENTATION = Sealwright()


def bulk(request: dict[str, Any]) -> dict[str, Any]:
    """Bulk issuing from a template: the rate, or with `out` the credentials themselves."""
    document = slotted(credential(1, IMPLEMENTATION.did), {})
    template = Template(document, signer=IMPLEMENTATION.signer, created=CREATED)
    people = [personal(number, IMPLEMENTATION.did) for number in range(request["count"])]
    if "out" in request:
        with open(request["out"], "w", encoding="utf-8") as file:
            file.writelines(template.issue(values) + "\n" for values in people)
        return {"issued": len(people)}
    return {"rate": rate(template.issue, people, request["seconds"])}


def bare(request: dict[str, Any]) -> dict[str, Any]:
    """The limit: signing and verifying 64 bytes with Ed25519, and nothing else."""
    key = Ed25519PrivateKey.generate()
    public = key.public_key()
    messages = [os.urandom(64) for _ in range(300)]
    signed = [(key.sign(message), message) for message in messages]
    return {
        "sign": rate(key.sign, messages, request["seconds"]),
        "verify": rate(lambda pair: public.verify(*pair), signed, request["seconds"]),
    }


def peak(request: dict[str, Any]) -> dict[str, Any]:
    """Verify a file once over and say how much memory this process has ever held, in MB."""
    import resource

    for text in lines(request["file"]):
        IMPLEMENTATION.verify(text)
    return {"peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


serve(IMPLEMENTATION, bulk=bulk, bare=bare, peak=peak)
