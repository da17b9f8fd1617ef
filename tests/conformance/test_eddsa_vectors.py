"""The vectors of Data Integrity EdDSA Cryptosuites, every intermediate result of them.

https://www.w3.org/TR/vc-di-eddsa/#test-vectors. No deviations: eddsa-rdfc-2022 (both
documents), eddsa-jcs-2022, Ed25519Signature2020 (which we verify and do not issue), and the
proof sets and chains pass, and our own signatures are the published ones byte for byte.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from sealwright.credentials.errors import ProofMismatch, Refused
from sealwright.credentials.keys import LocalSigner
from sealwright.credentials.proofs import add_proof, proofs_of, relied_on, verify_proof
from tests.conformance.suite_vectors import (
    AT,
    Case,
    check_every_step,
    check_signed,
    contexts,
    key_of,
    signing_again,
)

CASES = [
    Case("vc-di-eddsa/eddsa-rdfc-2022", "DataInt", "signedDataInt.json", "eddsa-rdfc-2022"),
    Case("vc-di-eddsa/eddsa-rdfc-2022/employ", "DataInt", "signedDataInt.json", "eddsa-rdfc-2022"),
    Case("vc-di-eddsa/eddsa-jcs-2022", "JCS", "signedJCS.json", "eddsa-jcs-2022"),
    Case("vc-di-eddsa/Ed25519Signature2020", "EdSig", "signedEdSig.json", "Ed25519Signature2020"),
]
CHAIN = "vc-di-eddsa/proof-set-chain"
pytestmark = pytest.mark.vectors


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_every_published_step_is_ours(case: Case, vectors: Path) -> None:
    check_every_step(case, vectors)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_every_published_document_verifies(case: Case, vectors: Path) -> None:
    check_signed(case, vectors)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_our_signature_is_the_published_one(case: Case, vectors: Path) -> None:
    secret = read(vectors, "vc-di-eddsa", "keyPair")["privateKeyMultibase"]

    signature = signing_again(case, vectors, LocalSigner.from_multikey(secret))

    assert signature.hex() == case.text(vectors, "sigHex")


@pytest.mark.parametrize(
    "name", ["signedProofSet1", "signedProofSet2", "signedProofChain1", "signedProofChain2"]
)
def test_every_proof_of_the_published_sets_and_chains_verifies(name: str, vectors: Path) -> None:
    document = read(vectors, CHAIN, name)

    for proof in proofs_of(document):
        verify_proof(document, proof, key_of(proof), contexts=contexts(vectors), at=AT)


def test_the_published_set_and_chain_can_be_made_again(vectors: Path) -> None:
    store = contexts(vectors)
    pairs = read(vectors, CHAIN, "multiKeyPairs")
    configurations = [
        "proofSetConfig1",
        "proofSetConfig2",
        "proofChainConfig1",
        "proofChainConfig2",
    ]

    document = read(vectors, CHAIN, "unsigned")
    for pair, name in zip(pairs.values(), configurations, strict=True):
        options = read(vectors, CHAIN, name)
        previous = options.get("previousProof", ())
        document = add_proof(
            document,
            signer=LocalSigner.from_multikey(pair["privateKeyMultibase"]),
            suite=options["cryptosuite"],
            created=datetime.fromisoformat(options["created"]),
            contexts=store,
            proof_id=options.get("id"),
            previous=[previous] if isinstance(previous, str) else previous,
        )

    assert document == read(vectors, CHAIN, "signedProofChain2")


def test_the_published_chain_relies_on_all_before_it(vectors: Path) -> None:
    proofs = proofs_of(read(vectors, CHAIN, "signedProofChain2"))

    assert sorted(map(proofs.index, relied_on(proofs[3], proofs))) == [0, 1, 2]


@pytest.mark.parametrize("missing", [0, 1, 2])
def test_a_link_taken_from_the_published_chain_is_missed(missing: int, vectors: Path) -> None:
    document = read(vectors, CHAIN, "signedProofChain2")
    document["proof"].pop(missing)
    proofs = proofs_of(document)

    with pytest.raises(Refused) as refusal:
        relied_on(proofs[-1], proofs)

    assert refusal.value.code == "previous-proof-missing"


def test_a_link_changed_in_the_published_chain_is_noticed(vectors: Path) -> None:
    document = read(vectors, CHAIN, "signedProofChain2")
    document["proof"][2]["created"] = "2023-02-26T22:06:39Z"
    proof = document["proof"][3]

    with pytest.raises(ProofMismatch):
        verify_proof(document, proof, key_of(proof), contexts=contexts(vectors), at=AT)


def read(vectors: Path, folder: str, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((vectors / folder / f"{name}.json").read_text("utf-8"))
    return found
