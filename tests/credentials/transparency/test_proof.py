"""The proof that lies beside a credential."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest

from sealwright.credentials.errors import Refused, UnreadableInput
from sealwright.credentials.transparency import (
    Logged,
    LogProof,
    check_logged,
    digests_of,
    read_proofs,
)
from tests.credentials.transparency.logs import (
    KEY,
    NOON,
    ORIGIN,
    SALT,
    checkpoint_of,
    proof_of,
    some_leaves,
)

CREDENTIAL = b'{"@context":["https://www.w3.org/ns/credentials/v2"],"id":"urn:x","n":1}'
PROOF = proof_of(CREDENTIAL)


def code_of(proof: LogProof, credential: bytes = CREDENTIAL) -> str:
    with pytest.raises(Refused) as refused:
        check_logged(digests_of(credential), proof, [KEY])
    return refused.value.code


def test_a_credential_that_stands_in_the_log_is_found_there() -> None:
    assert check_logged(digests_of(CREDENTIAL), PROOF, [KEY]) == Logged(ORIGIN, 3, 7, NOON)


def test_a_proof_survives_being_written_and_read() -> None:
    assert read_proofs(json.dumps(PROOF.as_json())) == [PROOF]


def test_a_copy_that_another_program_wrote_anew_is_the_same_credential() -> None:
    rewritten = json.dumps(json.loads(CREDENTIAL), indent=2)

    digests = digests_of(rewritten, None, json.loads(rewritten))

    assert check_logged(digests, PROOF, [KEY]).index == 3
    assert digests_of(CREDENTIAL, json.loads(CREDENTIAL)) == (sha256(CREDENTIAL).digest(),)
    assert digests_of({"n": 2**60}) == ()


def test_the_first_checkpoint_that_covers_it_says_since_when() -> None:
    later = proof_of(CREDENTIAL, size=9, at=NOON + timedelta(days=3))
    both = replace(PROOF, inclusions={
        "first": PROOF.inclusions["newest"], "newest": later.inclusions["newest"],
    })  # fmt: skip

    assert check_logged(digests_of(CREDENTIAL), both, [KEY]) == Logged(ORIGIN, 3, 9, NOON)


def test_without_a_time_nothing_is_said_about_since_when() -> None:
    plain = "".join(PROOF.inclusions["newest"].note.splitlines(keepends=True)[:-1])
    inclusion = replace(PROOF.inclusions["newest"], note=plain)

    assert (
        check_logged(
            digests_of(CREDENTIAL), replace(PROOF, inclusions={"newest": inclusion}), [KEY]
        ).by
        is None
    )


def test_the_proof_of_another_credential_proves_nothing() -> None:
    assert code_of(PROOF, b"{}") == "log-other-credential"


def test_another_place_or_salt_does_not_lead_to_the_root() -> None:
    assert code_of(replace(PROOF, index=2)) == "log-not-included"
    assert code_of(replace(PROOF, salt=b"t" * 16)) == "log-not-included"


def test_a_checkpoint_of_another_log_does_not_count() -> None:
    assert code_of(replace(PROOF, origin="elsewhere.example/log")) == "log-origin"


def test_a_checkpoint_that_does_not_cover_the_place_does_not_count() -> None:
    inclusion = replace(PROOF.inclusions["newest"], note=checkpoint_of(some_leaves(2)))

    assert code_of(replace(PROOF, inclusions={"newest": inclusion})) == "log-proof-malformed"


@pytest.mark.parametrize(
    "changes",
    [{"sha256": "00"}, {"sha256": 7}, {"sha256": "g" * 64}, {"origin": None}, {"index": "3"},
     {"index": True}, {"salt": "!"}, {"salt": 5}, {"newest": None}, {"newest": {}},
     {"newest": {"checkpoint": "x"}}, {"newest": {"checkpoint": "x", "path": ["AAAA"]}},
     {"newest": {"checkpoint": "x", "path": [None]}},
     {"newest": {"checkpoint": "x", "path": ["AAAA"] * 65}}],
)  # fmt: skip
def test_a_damaged_proof_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        read_proofs(json.dumps(PROOF.as_json() | changes))

    assert refused.value.code == "log-proof-malformed"


def test_a_proof_without_a_checkpoint_is_none() -> None:
    members = PROOF.as_json()
    del members["newest"]

    with pytest.raises(Refused):
        read_proofs(json.dumps(members))
    with pytest.raises(Refused):
        read_proofs("[]")
    with pytest.raises(UnreadableInput):
        read_proofs("no JSON")


def test_several_proofs_may_lie_beside_one_award_or_none_yet() -> None:
    several = {"credential": "urn:x", "proofs": [PROOF.as_json(), PROOF.as_json()]}

    assert read_proofs(json.dumps(several)) == [PROOF, PROOF]
    assert read_proofs(b'{"proofs": []}') == []


def test_the_salt_stands_in_the_proof() -> None:
    assert LogProof.of_json(PROOF.as_json()).salt == SALT
