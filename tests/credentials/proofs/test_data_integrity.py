from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealwright.credentials.errors import (
    CredentialError,
    KeyUnusable,
    MalformedCredential,
    ProofMismatch,
    Refused,
    UndefinedTerm,
    UnsupportedFeature,
)
from sealwright.credentials.keys import KeyKind
from sealwright.credentials.model import strict_json
from sealwright.credentials.proofs import (
    AUTHENTICATION,
    LEGACY_SUITES,
    proofs_of,
    verify_proof,
    with_signature,
)
from tests.credentials.proofs.samples import (
    CONTEXTS,
    FIRST,
    NOON,
    PAIRS,
    SECOND,
    SIGNERS,
    badge,
    signed,
)


def check(document: dict[str, Any], kind: KeyKind = KeyKind.ED25519, **use: Any) -> None:
    """Verify the last proof of a document."""
    settings: dict[str, Any] = {"contexts": CONTEXTS, "at": NOON} | use
    verify_proof(document, proofs_of(document)[-1], SIGNERS[kind].public_key, **settings)


@pytest.mark.parametrize(("suite", "kind"), PAIRS)
def test_what_is_signed_verifies(suite: str, kind: KeyKind) -> None:
    document = signed(
        suite,
        kind,
        proof_id=FIRST,
        expires=NOON + timedelta(days=1),
        domain=["employer.example"],
        challenge="abc",
        purpose=AUTHENTICATION,
    )

    check(document, kind, purpose=AUTHENTICATION, domain="employer.example", challenge="abc")


@pytest.mark.parametrize(("suite", "kind"), PAIRS)
def test_signing_again_gives_the_same_document(suite: str, kind: KeyKind) -> None:
    assert signed(suite, kind) == signed(suite, kind)


def test_signing_leaves_the_document_as_it_was() -> None:
    document = badge()

    result = signed(document=document)

    assert document == badge()
    assert {name: value for name, value in result.items() if name != "proof"} == badge()
    assert isinstance(result["proof"], list)


def test_a_proof_says_what_it_was_asked_to_say() -> None:
    (proof,) = signed(proof_id=FIRST, expires=NOON, domain=["a", "b"], challenge="c")["proof"]

    del proof["proofValue"]
    assert proof == {
        "id": FIRST,
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": "2026-03-01T12:00:00Z",
        "expires": "2026-03-01T12:00:00Z",
        "verificationMethod": SIGNERS[KeyKind.ED25519].verification_method,
        "proofPurpose": "assertionMethod",
        "domain": ["a", "b"],
        "challenge": "c",
    }


def test_a_proof_need_not_say_when_it_was_made() -> None:
    document = signed(created=None)

    assert "created" not in document["proof"][0]
    check(document)


def test_json_proofs_repeat_the_contexts() -> None:
    assert signed("eddsa-jcs-2022")["proof"][0]["@context"] == badge()["@context"]


def test_a_document_without_contexts_can_be_signed_as_json_only() -> None:
    bare = {"type": "Note", "text": "no linked data here"}

    check(signed("eddsa-jcs-2022", document=bare))
    with pytest.raises(MalformedCredential):
        signed("eddsa-rdfc-2022", document=bare)


def test_a_single_proof_need_not_be_in_a_list() -> None:
    document = signed()
    document["proof"] = document["proof"][0]

    check(document)


@pytest.mark.parametrize(("suite", "kind"), PAIRS)
def test_a_key_of_another_kind_is_refused(suite: str, kind: KeyKind) -> None:
    takes = {taken for name, taken in PAIRS if name == suite}
    document = signed(suite, kind)

    for other in SIGNERS.keys() - takes:
        with pytest.raises(KeyUnusable):
            check(document, other)
        with pytest.raises(KeyUnusable):
            signed(suite, other)
    for other in takes - {kind}:
        with pytest.raises(ProofMismatch):
            check(document, other)


def test_a_suite_that_is_none_of_ours_is_not_issued() -> None:
    for suite in ("ecdsa-sd-2023", "Ed25519Signature2020", "made-up"):
        with pytest.raises(UnsupportedFeature):
            signed(suite)


def test_what_no_context_defines_is_not_signed() -> None:
    with pytest.raises(UndefinedTerm) as refusal:
        signed(document=badge(stamp="wax"))

    assert refusal.value.evidence["pointer"] == "/stamp"


def test_what_no_context_defines_is_signed_as_json() -> None:
    check(signed("eddsa-jcs-2022", document=badge(stamp="wax")))


@pytest.mark.parametrize("suite", ["eddsa-jcs-2022", "eddsa-rdfc-2022"])
def test_numbers_that_readers_round_are_not_signed(suite: str) -> None:
    document = badge()
    document["credentialSubject"]["achievement"]["creditsAvailable"] = 2**53 + 1

    with pytest.raises(CredentialError):
        signed(suite, document=document)


@pytest.mark.parametrize(("suite", "kind"), PAIRS)
def test_every_proof_of_a_set_stands_by_itself(suite: str, kind: KeyKind) -> None:
    both = signed(suite, kind, document=signed(proof_id=FIRST), proof_id=SECOND)

    check(both, kind)
    check(both | {"proof": both["proof"][:1]})
    check(both | {"proof": both["proof"][1:]}, kind)


@pytest.mark.parametrize(("suite", "kind"), PAIRS)
def test_a_chain_holds_only_with_the_proof_it_continues(suite: str, kind: KeyKind) -> None:
    chain = signed(suite, kind, document=signed(proof_id=FIRST), previous=[FIRST])

    check(chain, kind)
    check(chain, kind, all_proofs=chain["proof"])
    with pytest.raises(Refused) as missing:
        check(chain | {"proof": chain["proof"][1:]}, kind)
    assert missing.value.code == "previous-proof-missing"
    changed = deepcopy(chain)
    changed["proof"][0]["created"] = "2026-03-01T12:00:01Z"
    with pytest.raises(ProofMismatch):
        check(changed, kind)


def test_a_chain_cannot_continue_what_is_not_there() -> None:
    with pytest.raises(Refused) as refusal:
        signed(previous=[FIRST])

    assert refusal.value.code == "previous-proof-missing"


def test_no_two_proofs_get_the_same_id() -> None:
    with pytest.raises(Refused) as refusal:
        signed(document=signed(proof_id=FIRST), proof_id=FIRST)

    assert refusal.value.code == "proof-id-twice"


@pytest.mark.parametrize(("suite", "kind"), PAIRS)
def test_a_proof_for_another_use_is_refused(suite: str, kind: KeyKind) -> None:
    document = signed(suite, kind, expires=NOON, domain="a.example", challenge="a")

    for use in (
        {"purpose": AUTHENTICATION},
        {"domain": "b.example"},
        {"challenge": "b"},
        {"at": NOON + timedelta(hours=1)},
    ):
        with pytest.raises(Refused):
            check(document, kind, **use)


@pytest.mark.parametrize(("suite", "kind"), PAIRS)
def test_no_member_can_be_changed_taken_or_added(suite: str, kind: KeyKind) -> None:
    document = signed(suite, kind, proof_id=FIRST, expires=NOON, domain="a", challenge="b")

    accepted = [what for what, changed in changes_of(document) if holds(changed, kind)]

    assert accepted == []


FLIPPED = {pair: json.dumps(signed(*pair), ensure_ascii=False).encode() for pair in PAIRS}


@given(st.sampled_from(PAIRS), st.data())
def test_any_flipped_bit_that_changes_the_document_is_noticed(
    pair: tuple[str, KeyKind], data: st.DataObject
) -> None:
    text = FLIPPED[pair]
    bit = data.draw(st.integers(0, 8 * len(text) - 1))
    flipped = bytearray(text)
    flipped[bit // 8] ^= 1 << bit % 8

    try:
        document = strict_json.loads(bytes(flipped))
    except CredentialError:
        return

    assert document == strict_json.loads(text) or not holds(document, pair[1])


def holds(document: Any, kind: KeyKind) -> bool:
    try:
        check(document, kind)
    except (CredentialError, IndexError):
        return False
    return True


def changes_of(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The document with one thing different, for every member at every depth."""
    for path in paths(document):
        for what, change in (("changed", change_value), ("taken", take_member)):
            copy = deepcopy(document)
            change(copy, path)
            yield f"{what} {path}", copy
    for path in [(), *paths(document)]:
        copy = deepcopy(document)
        target = at(copy, path)
        if isinstance(target, dict):
            for member, value in (("name", "Another"), ("undefined", "x"), ("@graph", {})):
                if member not in target:
                    extended = deepcopy(document)
                    at(extended, path)[member] = value
                    yield f"added {member} at {path}", extended


def change_value(document: dict[str, Any], path: tuple[Any, ...]) -> None:
    parent, value = at(document, path[:-1]), at(document, path)
    parent[path[-1]] = f"{value}x" if isinstance(value, str) else "x"


def take_member(document: dict[str, Any], path: tuple[Any, ...]) -> None:
    del at(document, path[:-1])[path[-1]]


def at(document: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        document = document[step]
    return document


def paths(value: Any, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    members = value.items() if isinstance(value, dict) else enumerate(value)
    for name, inner in members:
        yield (*before, name)
        if isinstance(inner, dict | list):
            yield from paths(inner, (*before, name))


def test_a_legacy_proof_is_verified_and_not_issued() -> None:
    document = badge()
    document["@context"].append("https://w3id.org/security/suites/ed25519-2020/v1")
    signer = SIGNERS[KeyKind.ED25519]
    options = {
        "type": "Ed25519Signature2020",
        "created": "2026-03-01T12:00:00Z",
        "verificationMethod": signer.verification_method,
        "proofPurpose": "assertionMethod",
    }
    message = LEGACY_SUITES["Ed25519Signature2020"].signing_input(
        document, options, contexts=CONTEXTS, hash_name="sha256"
    )
    proof = with_signature(options, signer.sign(message))

    check(document | {"proof": proof})
    with pytest.raises(ProofMismatch):
        check(document | {"proof": proof, "name": "Another"})
    with pytest.raises(UnsupportedFeature):
        signed("Ed25519Signature2020", document=document)
