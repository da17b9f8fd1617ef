"""Signing: only what the lint lets pass, and only with a key of the issuer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sealwright.credentials.errors import (
    CredentialError,
    KeyUnusable,
    MalformedCredential,
    Refused,
    UnsupportedFeature,
)
from sealwright.credentials.issue.glance import looks_fit
from sealwright.credentials.issue.lint import as_written, lint, stops
from sealwright.credentials.jsonld import ContextStore, canonize
from sealwright.credentials.keys import KeyKind, Signer
from sealwright.credentials.model.report import Finding
from sealwright.credentials.proofs import SUITES, add_proof, draft_for, jose

DEFAULT_SUITES: Mapping[KeyKind, str] = {
    KeyKind.ED25519: "eddsa-rdfc-2022",
    KeyKind.P256: "ecdsa-rdfc-2019",
    KeyKind.P384: "ecdsa-rdfc-2019",
}


def sign_credential(
    document: Mapping[str, Any],
    signer: Signer,
    *,
    created: datetime,
    suite: str = "",
    contexts: ContextStore | None = None,
) -> dict[str, Any]:
    """A copy of `document` with a Data Integrity proof added; its `proof` is an array.

    `suite` is a name of `proofs.SUITES`, by default the RDFC suite of the key. Raises
    `MalformedCredential` (`not-issued`, its evidence `findings` what the lint found),
    `Refused` (`key-not-of-issuer`), `UnsupportedFeature` and `KeyUnusable`.
    """
    store = contexts or ContextStore.shipped()
    if suite.partition("-")[2].startswith("jcs") or not looks_fit(document):
        return _signed_generally(document, signer, created, suite, store)
    check_issuer(document, signer)
    try:
        draft = draft_for(
            document["@context"],
            signer=signer,
            suite=suite_for(signer, suite),
            created=created,
            contexts=store,
        )
        form = canonize(document, contexts=store, hash_name=draft.hash_name)
    except CredentialError:  # the general way says why
        return _signed_generally(document, signer, created, suite, store)
    return {**document, "proof": [draft.proof(form, signer)]}


def _signed_generally(
    document: Mapping[str, Any],
    signer: Signer,
    created: datetime,
    suite: str,
    contexts: ContextStore,
) -> dict[str, Any]:
    return add_proof(
        issuable(document, signer, contexts=contexts),
        signer=signer,
        suite=suite_for(signer, suite),
        created=created,
        contexts=contexts,
    )


def sign_token(
    document: Mapping[str, Any], signer: Signer, *, contexts: ContextStore | None = None
) -> str:
    """The credential as a compact token (VC-JWT): RS256, ES256 or EdDSA, by the key.

    Raises as `sign_credential` does, and `MalformedCredential` (`token-needs-subject-id`).
    https://www.imsglobal.org/spec/ob/v3p0/#jwt-proof
    """
    copy = issuable(document, signer, contexts=contexts or ContextStore.shipped())
    subject = copy["credentialSubject"]
    if not isinstance(subject, dict) or not subject.get("id"):
        raise MalformedCredential("token-needs-subject-id", pointer="/credentialSubject/id")
    return jose.sign_token(copy, signer)


def issuable(
    document: Mapping[str, Any], signer: Signer, *, contexts: ContextStore
) -> dict[str, Any]:
    """The document as it will be written, if it may be signed with this key; else raises."""
    check_lint(lint(document, contexts=contexts))
    check_issuer(document, signer)
    return as_written(document)


def suite_for(signer: Signer, suite: str) -> str:
    """The suite asked for, or the usual one of the key.

    Raises `UnsupportedFeature` (`unknown-suite`) and `KeyUnusable` (`key-without-suite`).
    """
    kind = signer.public_key.kind
    if suite and suite not in SUITES:
        raise UnsupportedFeature("unknown-suite", suite=suite)
    if not suite and kind not in DEFAULT_SUITES:
        raise KeyUnusable("key-without-suite", kind=kind.value)
    return suite or DEFAULT_SUITES[kind]


def check_issuer(document: Mapping[str, Any], signer: Signer) -> None:
    """Raise `Refused` unless the signer's key is one of the document's issuer.

    A verifier looks the key up in the issuer's own document, so nobody else's would do.
    """
    issuer = document["issuer"]
    named = issuer["id"] if isinstance(issuer, Mapping) else issuer
    if signer.verification_method.partition("#")[0] != named:
        raise Refused("key-not-of-issuer", method=signer.verification_method, issuer=named)


def check_lint(findings: Sequence[Finding]) -> None:
    """Raise `MalformedCredential` (`not-issued`) if any of the findings stops issuing."""
    stopping = stops(findings)
    if stopping:
        raise MalformedCredential(
            "not-issued",
            pointer=stopping[0].evidence.get("pointer", ""),
            problems=" ".join(finding.detail for finding in stopping),
            findings=[finding.as_json() for finding in stopping],
        )
