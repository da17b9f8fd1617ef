"""Badges, people and webs that the tests of verification are about."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sealwright.credentials.fetching import RecordedWeb
from sealwright.credentials.jsonld import ContextStore
from sealwright.credentials.keys import KeyKind, LocalSigner, Signer
from sealwright.credentials.model.report import Finding, Outcome, Report
from sealwright.credentials.proofs import add_proof
from sealwright.credentials.proofs.jose import sign_token
from sealwright.credentials.verify import Verifier

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
VC2 = "https://www.w3.org/ns/credentials/v2"
OB3 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
ELM_ACADEMY = LocalSigner.from_seed(b"elm academy".ljust(32, b"."))
STRANGER = LocalSigner.from_seed(b"a stranger".ljust(32, b"."))
ENDORSER = LocalSigner.from_seed(b"an endorser".ljust(32, b"."))


def did_of(signer: Signer) -> str:
    return signer.verification_method.partition("#")[0]


def a_badge(**changes: Any) -> dict[str, Any]:
    """An Open Badge 3.0 of the Elm Academy, whose issuer is a did:key; not signed yet."""
    badge = {
        "@context": [VC2, OB3, EXTENSIONS],
        "id": "https://elm.example/credentials/1",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Bread baking",
        "issuer": {"id": did_of(ELM_ACADEMY), "type": ["Profile"], "name": "Elm Academy"},
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {
            "id": "did:example:ada",
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "https://elm.example/achievements/bread",
                "type": ["Achievement"],
                "name": "Bread baking",
                "description": "Bakes bread.",
                "criteria": {"narrative": "Baked three loaves."},
            },
        },
    }
    return {**copy.deepcopy(badge), **changes}


def with_subject(**changes: Any) -> dict[str, Any]:
    """A badge whose subject has these members as well."""
    badge = a_badge()
    badge["credentialSubject"] |= changes
    return badge


def an_endorsement(of: object, **changes: Any) -> dict[str, Any]:
    endorsement = {
        "@context": [VC2, OB3],
        "id": "https://guild.example/endorsements/1",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": "An endorsement",
        "issuer": {"id": did_of(ENDORSER), "type": ["Profile"], "name": "Guild of Bakers"},
        "validFrom": "2026-02-01T00:00:00Z",
        "credentialSubject": {
            "id": of,
            "type": ["EndorsementSubject"],
            "endorsementComment": "Good bread.",
        },
    }
    return {**endorsement, **changes}


def signed(
    document: Mapping[str, Any],
    signer: Signer = ELM_ACADEMY,
    *,
    suite: str = "eddsa-rdfc-2022",
    created: datetime | None = NOON,
    **options: Any,
) -> dict[str, Any]:
    """The document with one more proof."""
    return add_proof(
        document,
        signer=signer,
        suite=suite,
        created=created,
        contexts=ContextStore.shipped(),
        **options,
    )


def token_of(document: Mapping[str, Any], signer: Signer = ELM_ACADEMY) -> str:
    return sign_token(document, signer, typ="vc+jwt")


@cache
def an_rsa_signer(verification_method: str = "") -> LocalSigner:
    return LocalSigner.generate(KeyKind.RSA, entropy=bytes, verification_method=verification_method)


def signer_of(did: str, fragment: str = "key-1", seed: bytes = b"web") -> LocalSigner:
    """A signer whose method is listed under a did:web or an https address."""
    return LocalSigner.from_seed(seed.ljust(32, b"."), verification_method=f"{did}#{fragment}")


def controller_document(controller: str, *signers: LocalSigner) -> dict[str, Any]:
    """What a controller publishes about its keys."""
    methods = [
        {
            "id": signer.verification_method,
            "type": "Multikey",
            "controller": controller,
            "publicKeyMultibase": signer.public_key.to_multikey(),
        }
        for signer in signers
    ]
    return {
        "id": controller,
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


def web(documents: Mapping[str, Any]) -> RecordedWeb:
    """A web of JSON bodies; a number stands for a status code."""
    return RecordedWeb(
        {
            url: {"status": body} if isinstance(body, int) else {"body": body}
            for url, body in documents.items()
        }
    )


def verify(
    document: Mapping[str, Any] | str | bytes,
    documents: Mapping[str, Any] | None = None,
    *,
    at: datetime = NOON,
    recipient: str | None = None,
    registries: tuple[Any, ...] = (),
) -> Report:
    """The report on a document, with `documents` for the web."""
    data = json.dumps(document) if isinstance(document, Mapping) else document
    verifier = Verifier(fetcher=web(documents or {}), registries=registries)
    return verifier.verify(data, at=at, recipient=recipient)


def findings(report: Report, check: str) -> list[Finding]:
    return [finding for finding in report.findings if finding.check == check]


def the(report: Report, check: str) -> Finding:
    """The only finding of a check."""
    (finding,) = findings(report, check)
    return finding


def said(report: Report, check: str) -> tuple[Outcome, str]:
    """Outcome and code of the only finding of a check."""
    finding = the(report, check)
    return finding.outcome, finding.code
