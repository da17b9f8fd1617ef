from __future__ import annotations

from typing import Any

import pytest

from sealwright.credentials.errors import (
    KeyUnusable,
    MalformedCredential,
    ProofMismatch,
    UndefinedTerm,
    UnsupportedFeature,
)
from sealwright.credentials.keys import KeyKind
from sealwright.credentials.proofs import LEGACY_SUITES, SUITES, suite_of
from sealwright.credentials.proofs.suites import NAMED_UNSUPPORTED
from tests.credentials.proofs.samples import CONTEXTS, badge

RDFC = SUITES["eddsa-rdfc-2022"]
JCS = SUITES["eddsa-jcs-2022"]
OPTIONS = {
    "type": "DataIntegrityProof",
    "cryptosuite": "eddsa-rdfc-2022",
    "proofPurpose": "assertionMethod",
}


@pytest.mark.parametrize("name", SUITES)
def test_a_data_integrity_proof_is_known_by_its_cryptosuite(name: str) -> None:
    assert suite_of({"type": "DataIntegrityProof", "cryptosuite": name}) is SUITES[name]


def test_an_older_proof_is_known_by_its_type() -> None:
    found = suite_of({"type": "Ed25519Signature2020", "cryptosuite": "eddsa-jcs-2022"})

    assert found is LEGACY_SUITES["Ed25519Signature2020"]


@pytest.mark.parametrize("name", sorted(NAMED_UNSUPPORTED))
def test_a_suite_we_know_of_and_do_not_have_is_named(name: str) -> None:
    for proof in ({"type": name}, {"type": "DataIntegrityProof", "cryptosuite": name}):
        with pytest.raises(UnsupportedFeature) as unknown:
            suite_of(proof)
        assert unknown.value.code == "unsupported-suite"
        assert name in str(unknown.value)


@pytest.mark.parametrize(
    "name", ["", "EdDSA-RDFC-2022", "eddsa-rdfc-2022 ", "Ed25519Signature2020"]
)
def test_any_other_suite_is_unknown(name: str) -> None:
    with pytest.raises(UnsupportedFeature) as unknown:
        suite_of({"type": "DataIntegrityProof", "cryptosuite": name})

    assert unknown.value.code == "unknown-suite"


@pytest.mark.parametrize(
    "proof",
    [
        {},
        {"type": ["DataIntegrityProof"], "cryptosuite": "eddsa-rdfc-2022"},
        {"type": "DataIntegrityProof"},
        {"type": "DataIntegrityProof", "cryptosuite": ["eddsa-rdfc-2022"]},
    ],
)
def test_a_proof_must_say_its_suite_in_a_text(proof: dict[str, Any]) -> None:
    with pytest.raises(MalformedCredential):
        suite_of(proof)


@pytest.mark.parametrize("kind", KeyKind)
@pytest.mark.parametrize("suite", [*SUITES.values(), *LEGACY_SUITES.values()])
def test_a_suite_takes_its_own_kinds_of_key_only(suite: Any, kind: KeyKind) -> None:
    ecdsa = {"P-256": "sha256", "P-384": "sha384"}
    expected = ecdsa if suite.name.startswith("ecdsa") else {"Ed25519": "sha256"}

    if kind.value in expected:
        assert suite.hash_name(kind) == expected[kind.value]
    else:
        with pytest.raises(KeyUnusable) as refusal:
            suite.hash_name(kind)
        assert refusal.value.code == "key-suite"


@pytest.mark.parametrize("suite", [RDFC, JCS])
def test_a_proof_may_repeat_the_contexts_of_its_document(suite: Any) -> None:
    options = {**OPTIONS, "@context": badge()["@context"]}

    assert suite.configuration(options, badge()) == options


def test_rdf_options_are_read_with_the_contexts_of_the_document() -> None:
    assert RDFC.configuration(OPTIONS, badge()) == {"@context": badge()["@context"], **OPTIONS}


def test_json_options_are_taken_as_they_are() -> None:
    assert JCS.configuration(OPTIONS, badge()) == OPTIONS


@pytest.mark.parametrize("suite", [RDFC, JCS])
@pytest.mark.parametrize("added", [["https://w3id.org/security/multikey/v1"], [{"a": "b:c"}]])
def test_a_context_added_after_signing_leaves_the_answer_open(suite: Any, added: Any) -> None:
    options = {**OPTIONS, "@context": badge()["@context"]}
    document = badge()
    document["@context"] += added

    with pytest.raises(UnsupportedFeature) as unknown:
        suite.configuration(options, document)

    assert unknown.value.code == "context-not-signed"
    assert unknown.value.evidence == {"contexts": added}


@pytest.mark.parametrize("suite", [RDFC, JCS])
@pytest.mark.parametrize(
    "change",
    [
        {"@context": badge()["@context"][::-1]},
        {"@context": badge()["@context"][:1]},
        {"@context": badge()["@context"][1]},
        {"@context": None},
    ],
)
def test_other_contexts_than_the_proof_was_made_with_are_refused(suite: Any, change: Any) -> None:
    options = {**OPTIONS, "@context": badge()["@context"]}

    with pytest.raises(ProofMismatch) as refusal:
        suite.configuration(options, badge() | change)

    assert refusal.value.code == "proof-context"


def test_a_single_context_is_the_same_as_a_list_of_it_but_not_signed_as_one() -> None:
    only = badge()["@context"][0]

    with pytest.raises(UnsupportedFeature):
        JCS.configuration({**OPTIONS, "@context": only}, badge() | {"@context": [only]})


def test_a_member_of_a_proof_that_nothing_defines_is_pointed_at() -> None:
    with pytest.raises(UndefinedTerm) as refusal:
        RDFC.signing_input(
            badge(), {**OPTIONS, "seal": "wax"}, contexts=CONTEXTS, hash_name="sha256"
        )

    assert refusal.value.evidence["pointer"] == "/proof/seal"


def test_what_is_wrong_without_a_place_stays_without() -> None:
    with pytest.raises(MalformedCredential) as refusal:
        JCS.signing_input(
            badge(), {**OPTIONS, "nonce": 2**60}, contexts=CONTEXTS, hash_name="sha256"
        )

    assert refusal.value.evidence == {}
