"""Data Integrity proofs: adding one to a document, and verifying one.

https://www.w3.org/TR/vc-data-integrity/#algorithms
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sealwright.credentials.errors import Refused
from sealwright.credentials.jsonld import ContextStore, Work
from sealwright.credentials.keys import PublicKey, Signer
from sealwright.credentials.keys.multibase import base58_encode
from sealwright.credentials.model.instants import format_instant
from sealwright.credentials.model.strict_json import UNKNOWN, Traits
from sealwright.credentials.proofs import alike
from sealwright.credentials.proofs.options import continued, proofs_of, read_proof
from sealwright.credentials.proofs.suites import (
    DATA_INTEGRITY_PROOF,
    Form,
    Known,
    Suite,
    suite_named,
)

ASSERTION = "assertionMethod"
AUTHENTICATION = "authentication"


def verify_proof(
    document: Mapping[str, Any],
    proof: Mapping[str, Any],
    key: PublicKey,
    *,
    contexts: ContextStore,
    at: datetime,
    all_proofs: Sequence[Mapping[str, Any]] | None = None,
    purpose: str = ASSERTION,
    domain: str | None = None,
    challenge: str | None = None,
    known: Known | None = None,
    work: Work | None = None,
    traits: Traits = UNKNOWN,
) -> None:
    """Return if `proof` is that of `key` over `document`, made for this use; raise if not.

    `all_proofs` are those of the document, which `proof` may continue (by default the
    document's own). That `key` is the one its verification method names, and whose it is,
    are other questions; so are the proofs that a chain relies on (`relied_on`). `known`,
    empty at first, spares a document with several proofs being canonicalised for each;
    `work` is what canonicalising may cost, shared by all documents of one input; `traits`
    are those of the text that spells the document.

    Raises `Refused` where the proof is wrong, `Undecidable` where we cannot tell.
    """
    read = read_proof(proof)
    read.check_use(purpose=purpose, at=at, domain=domain, challenge=challenge)
    hash_name = read.suite.hash_name(key.kind)
    proofs = proofs_of(document) if all_proofs is None else tuple(all_proofs)
    spelling = traits.spelling if len(proofs) == 1 else None
    if spelling is not None:
        message = alike.signing_input(spelling, read.suite, hash_name, contexts)
        if message is not None:
            key.verify(read.signature, message)
            return
    previous = continued(proof, proofs)
    message = read.suite.signing_input(
        _unsecured(document, previous),
        read.options,
        contexts=contexts,
        hash_name=hash_name,
        known=None if previous else known,
        work=work,
        plain=traits.plain,
    )
    key.verify(read.signature, message)
    if spelling is not None:
        alike.learn(spelling, message, read.suite, hash_name, contexts, _secured(read.suite))


def add_proof(
    document: Mapping[str, Any],
    *,
    signer: Signer,
    suite: str,
    created: datetime | None,
    contexts: ContextStore,
    purpose: str = ASSERTION,
    proof_id: str | None = None,
    previous: Sequence[str] = (),
    domain: str | Sequence[str] | None = None,
    challenge: str | None = None,
    expires: datetime | None = None,
) -> dict[str, Any]:
    """A copy of `document` with one more proof; its `proof` is an array.

    `suite` is a name of `SUITES`, `previous` the ids of the document's proofs that the new
    one continues. Raises `Refused` for a document that cannot be signed whole or a key that
    does not fit the suite, and `Undecidable` for what the contexts leave open.
    """
    options = proof_options(
        document,
        suite=suite,
        verification_method=signer.verification_method,
        created=created,
        purpose=purpose,
        proof_id=proof_id,
        previous=previous,
        domain=domain,
        challenge=challenge,
        expires=expires,
    )
    proofs = proofs_of(document)
    if proof_id is not None and any(proof.get("id") == proof_id for proof in proofs):
        raise Refused("proof-id-twice")
    chosen = suite_named(suite)
    message = chosen.signing_input(
        _unsecured(document, continued(options, proofs)),
        options,
        contexts=contexts,
        hash_name=chosen.hash_name(signer.public_key.kind),
    )
    proof = with_signature(options, signer.sign(message))
    return {**document, "proof": [*proofs, proof]}


def proof_options(
    document: Mapping[str, Any],
    *,
    suite: str,
    verification_method: str,
    created: datetime | None,
    purpose: str = ASSERTION,
    proof_id: str | None = None,
    previous: Sequence[str] = (),
    domain: str | Sequence[str] | None = None,
    challenge: str | None = None,
    expires: datetime | None = None,
) -> dict[str, Any]:
    """A proof for `document` that lacks only its `proofValue`. Raises `UnsupportedFeature`."""
    chosen = suite_named(suite)
    options: dict[str, Any] = {
        "id": proof_id,
        "type": DATA_INTEGRITY_PROOF,
        "cryptosuite": chosen.name,
        "created": None if created is None else format_instant(created),
        "expires": None if expires is None else format_instant(expires),
        "verificationMethod": verification_method,
        "proofPurpose": purpose,
        "previousProof": _one_or_list(previous),
        "domain": _one_or_list([domain] if isinstance(domain, str) else domain or ()),
        "challenge": challenge,
    }
    if chosen.form is Form.JSON:
        options["@context"] = document.get("@context")
    return {name: value for name, value in options.items() if value is not None}


def with_signature(options: Mapping[str, Any], signature: bytes) -> dict[str, Any]:
    """The finished proof."""
    return {**options, "proofValue": "z" + base58_encode(signature)}


def _unsecured(document: Mapping[str, Any], previous: list[Any]) -> dict[str, Any]:
    """The document as a proof covers it: without proofs, but for those it continues."""
    unsecured = dict(document)
    unsecured.pop("proof", None)
    if previous:
        unsecured["proof"] = previous
    return unsecured


def _secured(suite: Suite) -> alike.Secured:
    def parts(document: Mapping[str, Any]) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
        content = _unsecured(document, [])
        options = dict(proofs_of(document)[0])
        del options["proofValue"]
        return content, suite.configuration(options, content)

    return parts


def _one_or_list(values: Sequence[str]) -> str | list[str] | None:
    if not values:
        return None
    return values[0] if len(values) == 1 else list(values)
