"""The cryptosuites: how a document becomes the bytes that a key signs.

Each suite hashes the proof's own options and the document, both in one canonical form, and
signs the two hashes side by side. What differs is the form (RDF or JSON) and, by the kind
of key, the hash. https://www.w3.org/TR/vc-di-eddsa/ and https://www.w3.org/TR/vc-di-ecdsa/
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sealwright.credentials.errors import (
    CredentialError,
    KeyUnusable,
    MalformedCredential,
    ProofMismatch,
    UnsupportedFeature,
)
from sealwright.credentials.jsonld import ContextStore, Work, canonize
from sealwright.credentials.keys import KeyKind
from sealwright.credentials.proofs.jcs import canonical_json

DATA_INTEGRITY_PROOF = "DataIntegrityProof"


class Form(Enum):
    """The canonical form that a suite hashes."""

    RDF = "rdfc"
    JSON = "jcs"


Known = dict[tuple[Form, str], bytes]
"""Canonical forms of one document, by form and hash."""


@dataclass(frozen=True, slots=True)
class Suite:
    """A cryptosuite. `hashes` names the hash for each kind of key that it takes."""

    name: str
    form: Form
    hashes: Mapping[KeyKind, str]

    def hash_name(self, kind: KeyKind) -> str:
        """The hash this suite uses with keys of `kind`. Raises `KeyUnusable` (`key-suite`)."""
        try:
            return self.hashes[kind]
        except KeyError:
            raise KeyUnusable("key-suite", kind=kind.value, suite=self.name) from None

    def canonical(
        self,
        document: Mapping[str, Any],
        *,
        contexts: ContextStore,
        hash_name: str,
        work: Work | None = None,
        plain: bool = False,
    ) -> bytes:
        """`document` in this suite's form. Raises as `canonize` and `canonical_json` do."""
        if self.form is Form.RDF:
            return canonize(
                document, contexts=contexts, hash_name=hash_name, work=work, plain=plain
            )
        return canonical_json(document)

    def configuration(
        self, options: Mapping[str, Any], document: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        """The proof options as they are canonicalised: with the document's `@context`.

        A proof may repeat that `@context`, and in the `-jcs-` suites it usually does. The
        standard lets a document have further ones after signing; nothing signs those, so
        we do not decide about it. Raises `UnsupportedFeature` (`context-not-signed`) or
        `ProofMismatch` (`proof-context`).
        https://www.w3.org/TR/vc-di-eddsa/#verify-proof-eddsa-jcs-2022
        """
        given = document.get("@context")
        if "@context" in options:
            _check_same_contexts(options["@context"], given)
            return options
        if self.form is Form.RDF:
            return {"@context": given, **options}
        return options

    def signing_input(
        self,
        document: Mapping[str, Any],
        options: Mapping[str, Any],
        *,
        contexts: ContextStore,
        hash_name: str,
        known: Known | None = None,
        work: Work | None = None,
        plain: bool = False,
    ) -> bytes:
        """The bytes to sign: the hash of the proof options, then that of the document.

        `document` is without its proof (or with the proofs that a chain continues),
        `options` is the proof without its `proofValue`. `known` keeps the canonical forms
        of this same document from one of its proofs to the next; `work` and `plain` are as
        in `canonize`.
        """
        digest = HASHES[hash_name]
        configuration = self.configuration(options, document)
        content = known.get((self.form, hash_name)) if known is not None else None
        if content is None:
            content = self.canonical(
                document, contexts=contexts, hash_name=hash_name, work=work, plain=plain
            )
        if known is not None:
            known[self.form, hash_name] = content
        try:
            form = self.canonical(
                configuration, contexts=contexts, hash_name=hash_name, plain=plain
            )
        except CredentialError as problem:
            if "pointer" in problem.evidence:
                problem.evidence["pointer"] = f"/proof{problem.evidence['pointer']}"
            raise
        return digest(form).digest() + digest(content).digest()


HASHES = {"sha256": hashlib.sha256, "sha384": hashlib.sha384}

_EDDSA = {KeyKind.ED25519: "sha256"}
_ECDSA = {KeyKind.P256: "sha256", KeyKind.P384: "sha384"}

SUITES = {
    suite.name: suite
    for suite in (
        Suite("eddsa-rdfc-2022", Form.RDF, _EDDSA),
        Suite("eddsa-jcs-2022", Form.JSON, _EDDSA),
        Suite("ecdsa-rdfc-2019", Form.RDF, _ECDSA),
        Suite("ecdsa-jcs-2019", Form.JSON, _ECDSA),
    )
}
"""The suites of Data Integrity proofs that we issue and verify, by `cryptosuite`."""

LEGACY_SUITES = {
    "Ed25519Signature2020": Suite("Ed25519Signature2020", Form.RDF, _EDDSA),
}
"""Suites from before `DataIntegrityProof`, by proof `type`. Verified, never issued."""

NAMED_UNSUPPORTED = frozenset(
    {
        "BbsBlsSignature2020",
        "BbsBlsSignatureProof2020",
        "DataIntegritySignature",
        "EcdsaSecp256k1RecoverySignature2020",
        "EcdsaSecp256k1Signature2019",
        "Ed25519Signature2018",
        "EthereumEip712Signature2021",
        "JcsEd25519Signature2020",
        "JsonWebSignature2020",
        "MerkleProof2019",
        "RsaSignature2018",
        "bbs-2023",
        "ecdsa-2019",
        "ecdsa-sd-2023",
        "ecdsa-xi-2023",
        "eddsa-2022",
        "json-eddsa-2022",
    }
)
"""Suites that exist and that we do not support, by `type` or `cryptosuite`."""


def suite_of(proof: Mapping[str, Any]) -> Suite:
    """The suite that a proof names by its `type` and `cryptosuite`.

    Raises `MalformedCredential` where neither is a text, and `UnsupportedFeature`:
    `unsupported-suite` for one that we know of, `unknown-suite` for any other.
    """
    kind = _text(proof, "type")
    if kind != DATA_INTEGRITY_PROOF:
        return LEGACY_SUITES.get(kind) or _unsupported(kind)
    return suite_named(_text(proof, "cryptosuite"))


def suite_named(cryptosuite: str) -> Suite:
    """The suite of Data Integrity proofs called `cryptosuite`. Raises as `suite_of` does."""
    return SUITES.get(cryptosuite) or _unsupported(cryptosuite)


def _text(proof: Mapping[str, Any], member: str) -> str:
    value = proof.get(member)
    if not isinstance(value, str):
        raise MalformedCredential(pointer=f"/proof/{member}", problem="a text is needed")
    return value


def _unsupported(name: str) -> Suite:
    code = "unsupported-suite" if name in NAMED_UNSUPPORTED else "unknown-suite"
    raise UnsupportedFeature(code, suite=name)


def _check_same_contexts(signed: object, given: object) -> None:
    if signed == given:
        return
    ours, theirs = _as_list(signed), _as_list(given)
    if theirs[: len(ours)] == ours:
        raise UnsupportedFeature("context-not-signed", contexts=theirs[len(ours) :])
    raise ProofMismatch("proof-context")


def _as_list(contexts: object) -> list[object]:
    return contexts if isinstance(contexts, list) else [contexts]
