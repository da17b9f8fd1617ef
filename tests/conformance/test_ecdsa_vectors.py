"""The vectors of Data Integrity ECDSA Cryptosuites on P-256 and P-384.

https://www.w3.org/TR/vc-di-ecdsa/#test-vectors. ecdsa-rdfc-2019 (both documents) and
ecdsa-jcs-2019 pass in every intermediate result, and our signatures, which are
deterministic, are the published ones.

Deviation: ecdsa-sd-2023 (selective disclosure) is not supported yet; its documents are
undecided, and the code says so.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sealwright.credentials.errors import KeyUnusable, UnsupportedFeature
from sealwright.credentials.keys import LocalSigner, PublicKey
from sealwright.credentials.proofs import proofs_of, read_proof, verify_proof
from tests.conformance.suite_vectors import (
    AT,
    Case,
    check_every_step,
    check_signed,
    contexts,
    signing_again,
)

CASES = [
    Case(f"vc-di-ecdsa/{folder}", suffix, f"signed{suffix}.json", suite)
    for folder, suffix, suite in [
        ("ecdsa-rdfc-2019-p256", "ECDSAP256", "ecdsa-rdfc-2019"),
        ("ecdsa-rdfc-2019-p256/employ", "ECDSAP256", "ecdsa-rdfc-2019"),
        ("ecdsa-rdfc-2019-p384", "ECDSAP384", "ecdsa-rdfc-2019"),
        ("ecdsa-rdfc-2019-p384/employ", "ECDSAP384", "ecdsa-rdfc-2019"),
        ("ecdsa-jcs-2019-p256", "JCSECDSAP256", "ecdsa-jcs-2019"),
        ("ecdsa-jcs-2019-p384", "JCSECDSAP384", "ecdsa-jcs-2019"),
    ]
]
pytestmark = pytest.mark.vectors


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_every_published_step_is_ours(case: Case, vectors: Path) -> None:
    check_every_step(case, vectors)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_every_published_document_verifies(case: Case, vectors: Path) -> None:
    check_signed(case, vectors)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_our_signature_is_the_published_one(case: Case, vectors: Path) -> None:
    signature = signing_again(case, vectors, signer(vectors, case))

    assert signature.hex() == case.text(vectors, "sigHex")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_key_on_the_other_curve_does_not_verify(case: Case, vectors: Path) -> None:
    document = case.signed_document(vectors)
    (proof,) = proofs_of(document)
    ed25519 = LocalSigner.from_seed(bytes(32)).public_key

    with pytest.raises(KeyUnusable):
        verify_proof(document, proof, ed25519, contexts=contexts(vectors), at=AT)


@pytest.mark.parametrize("pair", ["p256KeyPair", "p384KeyPair"])
def test_the_published_key_pairs_belong_together(pair: str, vectors: Path) -> None:
    keys = json.loads((vectors / "vc-di-ecdsa" / f"{pair}.json").read_text("utf-8"))

    signer = LocalSigner.from_multikey(keys["secretKeyMultibase"])

    assert signer.public_key == PublicKey.from_multikey(keys["publicKeyMultibase"])
    assert signer.public_key.to_multikey() == keys["publicKeyMultibase"]


@pytest.mark.parametrize("folder", ["employ", "prc"])
def test_selective_disclosure_is_named_and_not_decided(folder: str, vectors: Path) -> None:
    source = vectors / "vc-di-ecdsa" / "ecdsa-sd-2023" / folder / "addSignedSDBase.json"
    (proof,) = proofs_of(json.loads(source.read_text("utf-8")))

    with pytest.raises(UnsupportedFeature) as unknown:
        read_proof(proof)

    assert unknown.value.code == "unsupported-suite"
    assert unknown.value.evidence == {"suite": "ecdsa-sd-2023"}


def signer(vectors: Path, case: Case) -> LocalSigner:
    pair = "p256KeyPair" if "p256" in case.folder else "p384KeyPair"
    keys = json.loads((vectors / "vc-di-ecdsa" / f"{pair}.json").read_text("utf-8"))
    return LocalSigner.from_multikey(keys["secretKeyMultibase"])
