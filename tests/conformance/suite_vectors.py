"""What the published vectors of the cryptosuites have in common."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sealwright.credentials.jsonld import ContextStore
from sealwright.credentials.keys import LocalSigner, PublicKey
from sealwright.credentials.keys.multibase import base58_encode
from sealwright.credentials.proofs import proofs_of, read_proof, verify_proof
from sealwright.credentials.proofs.suites import HASHES

AT = datetime(2026, 3, 1, tzinfo=UTC)
ONLY_IN_VECTORS = {
    "https://www.w3.org/ns/credentials/examples/v2": "credentials-examples-v2.jsonld",
    "https://w3id.org/citizenship/v4rc1": "citizenship-v4rc1.jsonld",
}


@dataclass(frozen=True)
class Case:
    """One folder of a suite: every intermediate result, by the suffix of its files."""

    folder: str
    suffix: str
    signed: str
    suite: str

    @property
    def id(self) -> str:
        return self.folder

    def text(self, vectors: Path, name: str) -> str:
        return (vectors / self.folder / f"{name}{self.suffix}.txt").read_text("utf-8")

    def json(self, vectors: Path, name: str) -> dict[str, Any]:
        text = (vectors / self.folder / f"{name}{self.suffix}.json").read_text("utf-8")
        read: dict[str, Any] = json.loads(text)
        return read

    def signed_document(self, vectors: Path) -> dict[str, Any]:
        read: dict[str, Any] = json.loads((vectors / self.folder / self.signed).read_text("utf-8"))
        return read


def contexts(vectors: Path) -> ContextStore:
    """The shipped contexts and those that only the vectors use."""
    store = ContextStore.shipped()
    for url, name in ONLY_IN_VECTORS.items():
        source = (vectors / "contexts" / name).read_bytes()
        store = store.with_file(url, source, hashlib.sha256(source).hexdigest())
    return store


def check_every_step(case: Case, vectors: Path) -> None:
    """Each intermediate result that is published, from the canonical texts to the proof."""
    store = contexts(vectors)
    document = case.signed_document(vectors)
    (proof,) = proofs_of(document)
    read = read_proof(proof)
    key = key_of(proof)
    hash_name = read.suite.hash_name(key.kind)
    unsecured = {name: value for name, value in document.items() if name != "proof"}

    content = read.suite.canonical(unsecured, contexts=store, hash_name=hash_name)
    configuration = read.suite.configuration(read.options, unsecured)
    form = read.suite.canonical(configuration, contexts=store, hash_name=hash_name)
    message = read.suite.signing_input(unsecured, read.options, contexts=store, hash_name=hash_name)

    digest = HASHES[hash_name]
    assert read.suite.name == case.suite
    assert configuration == case.json(vectors, "proofConfig")
    assert content.decode() == case.text(vectors, "canonDoc")
    assert form.decode() == case.text(vectors, "proofCanon")
    assert digest(content).hexdigest() == case.text(vectors, "docHash")
    assert digest(form).hexdigest() == case.text(vectors, "proofHash")
    assert message.hex() == case.text(vectors, "combinedHash")
    assert read.signature.hex() == case.text(vectors, "sigHex")
    assert "z" + base58_encode(read.signature) == case.text(vectors, "sigBTC58")


def check_signed(case: Case, vectors: Path) -> None:
    """The published document verifies."""
    document = case.signed_document(vectors)
    (proof,) = proofs_of(document)

    verify_proof(document, proof, key_of(proof), contexts=contexts(vectors), at=AT)


def signing_again(case: Case, vectors: Path, signer: LocalSigner) -> bytes:
    """Our signature over the published document and options."""
    document = case.signed_document(vectors)
    (proof,) = proofs_of(document)
    read = read_proof(proof)
    message = read.suite.signing_input(
        {name: value for name, value in document.items() if name != "proof"},
        read.options,
        contexts=contexts(vectors),
        hash_name=read.suite.hash_name(signer.public_key.kind),
    )
    return signer.sign(message)


def key_of(proof: Any) -> PublicKey:
    """The key that a did:key verification method is made of."""
    return PublicKey.from_multikey(proof["verificationMethod"].partition("#")[2])
