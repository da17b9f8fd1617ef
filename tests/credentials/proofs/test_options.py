from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealwright.credentials.errors import (
    CredentialError,
    MalformedCredential,
    Refused,
    WorkBudgetExceeded,
)
from sealwright.credentials.keys.multibase import base58_encode
from sealwright.credentials.proofs import MAX_PROOFS, proofs_of, read_proof, relied_on
from sealwright.credentials.proofs.options import continued
from tests.credentials.proofs.samples import NOON

MEMBERS = {
    "type": "DataIntegrityProof",
    "cryptosuite": "eddsa-rdfc-2022",
    "created": "2026-03-01T12:00:00Z",
    "verificationMethod": "did:web:college.example#1",
    "proofPurpose": "assertionMethod",
    "proofValue": "z" + base58_encode(b"\1" * 64),
}


def test_a_proof_is_read() -> None:
    proof = read_proof(MEMBERS | {"previousProof": ["urn:a", "urn:b"], "id": "urn:c"})

    assert proof.suite.name == "eddsa-rdfc-2022"
    assert proof.verification_method == "did:web:college.example#1"
    assert proof.purpose == "assertionMethod"
    assert proof.signature == b"\1" * 64
    assert proof.previous == ("urn:a", "urn:b")
    assert proof.created == datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert proof.expires is None
    assert "proofValue" not in proof.options
    assert {*proof.options, "proofValue"} == {*MEMBERS, "previousProof", "id"}


@pytest.mark.parametrize(
    "member", ["type", "cryptosuite", "verificationMethod", "proofPurpose", "proofValue"]
)
@pytest.mark.parametrize("value", [None, 1, "", {"id": "a"}, ["a"]])
def test_a_member_that_a_proof_needs_must_be_a_text(member: str, value: object) -> None:
    with pytest.raises(CredentialError):
        read_proof(MEMBERS | {member: value})
    with pytest.raises(MalformedCredential):
        read_proof({name: given for name, given in MEMBERS.items() if name != member})


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("created", "2026-03-01"),
        ("created", "2026-03-01T12:00:00"),
        ("created", None),
        ("expires", "soon"),
        ("expires", 5),
        ("id", 5),
        ("id", ""),
        ("challenge", ["a"]),
        ("nonce", 1),
        ("domain", 7),
        ("domain", ["a", None]),
        ("domain", ""),
        ("previousProof", {}),
        ("previousProof", [""]),
    ],
)
def test_a_member_of_another_shape_is_pointed_at(member: str, value: object) -> None:
    with pytest.raises(MalformedCredential) as refusal:
        read_proof(MEMBERS | {member: value})

    assert refusal.value.evidence["pointer"] == f"/proof/{member}"


@pytest.mark.parametrize("value", ["u" + "A" * 86, "A" * 88, "z0OIl", "z é", "f00"])
def test_a_signature_in_another_spelling_is_refused(value: str) -> None:
    with pytest.raises(MalformedCredential) as refusal:
        read_proof(MEMBERS | {"proofValue": value})

    assert refusal.value.code == "proof-value"


@pytest.mark.parametrize("purpose", ["authentication", "AssertionMethod", "assertionMethod "])
def test_a_proof_for_another_purpose_is_refused(purpose: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_proof(MEMBERS | {"proofPurpose": purpose}).check_use(
            purpose="assertionMethod", at=NOON
        )

    assert refusal.value.code == "proof-purpose"


def test_an_expired_proof_is_refused_after_a_minute() -> None:
    proof = read_proof(MEMBERS | {"expires": "2026-03-01T12:00:00Z"})

    proof.check_use(purpose="assertionMethod", at=NOON + timedelta(seconds=59))
    with pytest.raises(Refused) as refusal:
        proof.check_use(purpose="assertionMethod", at=NOON + timedelta(seconds=60))

    assert refusal.value.code == "proof-expired"


@pytest.mark.parametrize("domain", ["employer.example", ["employer.example"]])
def test_a_proof_for_the_domain_that_asked_is_accepted(domain: Any) -> None:
    proof = read_proof(MEMBERS | {"domain": domain})

    proof.check_use(purpose="assertionMethod", at=NOON, domain="employer.example")


@pytest.mark.parametrize(
    "said",
    [{}, {"domain": "other.example"}, {"domain": ["employer.example", "other.example"]}],
)
def test_a_proof_for_another_domain_is_refused(said: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refusal:
        read_proof(MEMBERS | said).check_use(
            purpose="assertionMethod", at=NOON, domain="employer.example"
        )

    assert refusal.value.code == "proof-domain"


def test_only_the_challenge_that_was_set_is_answered() -> None:
    proof = read_proof(MEMBERS | {"challenge": "abc"})

    proof.check_use(purpose="assertionMethod", at=NOON, challenge="abc")
    for other in (proof, read_proof(MEMBERS)):
        with pytest.raises(Refused) as refusal:
            other.check_use(purpose="assertionMethod", at=NOON, challenge="abcd")
        assert refusal.value.code == "proof-challenge"


def test_a_document_has_no_proof_or_one_or_a_list() -> None:
    assert proofs_of({}) == ()
    assert proofs_of({"proof": None}) == ()
    assert proofs_of({"proof": []}) == ()
    assert proofs_of({"proof": MEMBERS}) == (MEMBERS,)
    assert proofs_of({"proof": [MEMBERS] * MAX_PROOFS}) == (MEMBERS,) * MAX_PROOFS


def test_more_proofs_than_anybody_needs_are_not_looked_at() -> None:
    with pytest.raises(WorkBudgetExceeded) as excess:
        proofs_of({"proof": [MEMBERS] * (MAX_PROOFS + 1)})

    assert excess.value.code == "too-many-proofs"


@pytest.mark.parametrize(
    ("proof", "pointer"), [("yes", "/proof"), ([MEMBERS, "no"], "/proof/1"), ([[]], "/proof/0")]
)
def test_a_proof_that_is_no_object_is_pointed_at(proof: object, pointer: str) -> None:
    with pytest.raises(MalformedCredential) as refusal:
        proofs_of({"proof": proof})

    assert refusal.value.evidence["pointer"] == pointer


def link(identifier: str, *previous: str) -> dict[str, Any]:
    return {"id": identifier, "previousProof": list(previous)}


def test_a_proof_continues_those_it_names_in_the_order_of_the_document() -> None:
    one, two, three = link("1"), link("2"), link("3", "2", "1")

    assert continued(three, (one, two, three)) == [one, two]
    assert continued(one, (one, two, three)) == []
    assert continued({"previousProof": "2"}, (one, two)) == [two]


def test_a_proof_that_is_named_must_be_there_once() -> None:
    one, again, two = link("1"), link("1"), link("2", "1", "5")

    with pytest.raises(Refused) as missing:
        continued(two, (one, two))
    with pytest.raises(Refused) as twice:
        continued(link("3", "1"), (one, again))

    assert missing.value.code == "previous-proof-missing"
    assert missing.value.evidence == {"id": "5"}
    assert twice.value.code == "proof-id-twice"


def test_a_proof_without_a_proper_id_is_nobodys_predecessor() -> None:
    with pytest.raises(Refused):
        continued(link("2", "1"), ({"id": ["1"]}, {}))


def test_a_chain_relies_on_everything_behind_it_once() -> None:
    one, two, three = link("1"), link("2", "1"), link("3", "1", "2")

    assert sorted(proof["id"] for proof in relied_on(three, (one, two, three))) == ["1", "2"]
    assert relied_on(one, (one, two, three)) == ()


@pytest.mark.parametrize(
    "proofs",
    [
        (link("1", "1"),),
        (link("1", "2"), link("2", "1")),
        (link("1", "2"), link("2", "3"), link("3", "1")),
    ],
)
def test_a_circle_of_proofs_is_refused(proofs: tuple[dict[str, Any], ...]) -> None:
    with pytest.raises(Refused) as refusal:
        relied_on(proofs[0], proofs)

    assert refusal.value.code == "proof-chain-circular"


def test_a_circle_further_back_comes_to_an_end() -> None:
    proofs = (link("1", "2"), link("2", "3"), link("3", "2"))

    assert sorted(proof["id"] for proof in relied_on(proofs[0], proofs)) == ["2", "3"]


@given(
    st.dictionaries(
        st.sampled_from([*MEMBERS, "expires", "domain", "challenge", "previousProof", "id"]),
        st.sampled_from(list(MEMBERS.values()))
        | st.none()
        | st.integers()
        | st.text(max_size=9)
        | st.lists(st.text(max_size=3), max_size=3),
    )
)
def test_no_object_brings_the_reader_down(changes: dict[str, Any]) -> None:
    try:
        proof = read_proof(MEMBERS | changes)
        continued(proof.options, ())
    except CredentialError:
        return
    assert {**proof.options, "proofValue": (MEMBERS | changes)["proofValue"]} == MEMBERS | changes
