"""A key that was withdrawn, and what a trusted log had before that."""

from __future__ import annotations

import json
import pickle
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest

from sealwright.credentials.model.report import Outcome, Report, Verdict
from sealwright.credentials.proofs.jcs import canonical_json
from sealwright.credentials.transparency import Logged, LogProofs
from sealwright.credentials.transparency.notes import Kind, NoteKey
from sealwright.credentials.verify import Verifier
from tests.credentials.transparency.logs import KEY, ORIGIN, proof_of
from tests.credentials.verify.samples import (
    NOON,
    a_badge,
    controller_document,
    findings,
    said,
    signed,
    signer_of,
    token_of,
    web,
)

ELM = "did:web:elm.example"
SIGNER = signer_of(ELM)
STOLEN = NOON - timedelta(days=10)
BADGE = signed(a_badge(issuer=ELM), SIGNER)
BYTES = canonical_json(BADGE)
BEFORE, AFTER = STOLEN - timedelta(days=1), STOLEN + timedelta(days=1)


def documents(member: str = "revoked", since: datetime = STOLEN) -> Mapping[str, Any]:
    document = controller_document(ELM, SIGNER)
    document["verificationMethod"][0][member] = since.strftime("%Y-%m-%dT%H:%M:%SZ")
    return {"https://elm.example/.well-known/did.json": document}


def evidence(by: datetime = BEFORE, data: bytes = BYTES, **more: Any) -> LogProofs:
    return LogProofs((proof_of(data, at=by),), (KEY,), **more)


def verify(data: bytes | str, proofs: LogProofs | None, *, member: str = "revoked") -> Report:
    verifier = Verifier(fetcher=web(documents(member)), evidence=proofs)
    return verifier.verify(data, at=NOON)


@pytest.mark.parametrize("member", ["revoked", "expires"])
def test_what_was_logged_before_the_key_was_withdrawn_stands(member: str) -> None:
    report = verify(BYTES, evidence(), member=member)

    assert report.verdict is Verdict.VALID
    [note] = findings(report, "notes")
    assert (note.outcome, note.code) == (Outcome.PASSED, "key-withdrawn-later")
    assert note.evidence["log"] == ORIGIN
    assert "2026-05-21T12:00:00Z" in note.detail


def test_a_copy_that_was_written_anew_stands_as_well() -> None:
    assert verify(json.dumps(BADGE, indent=2), evidence()).verdict is Verdict.VALID


def test_a_token_stands_as_well() -> None:
    token = token_of(a_badge(issuer=ELM), SIGNER)

    report = verify(f"  {token}\n", evidence(data=token.encode()))

    assert report.verdict is Verdict.VALID
    assert [note.code for note in findings(report, "notes")] == ["key-withdrawn-later"]


@pytest.mark.parametrize(
    "proofs",
    [
        None,
        evidence(AFTER),
        evidence(STOLEN),
        evidence(data=b"another"),
        LogProofs((), (KEY,)),
        LogProofs((proof_of(BYTES, at=BEFORE),), ()),
        LogProofs((replace(proof_of(BYTES, at=BEFORE), index=2),), (KEY,)),
        evidence(witnesses=(NoteKey("nobody", KEY.key, Kind.TIMED),)),
    ],
    ids=["none", "too late", "just too late", "of another", "empty", "no key", "false",
         "unwitnessed"],
)  # fmt: skip
def test_without_proof_of_the_time_nothing_signed_with_the_key_stands(
    proofs: LogProofs | None,
) -> None:
    report = verify(BYTES, proofs)

    assert report.verdict is Verdict.INVALID
    assert said(report, "proof") == (Outcome.FAILED, "key-revoked")


def test_what_a_thief_signs_later_does_not_stand_though_it_says_it_is_old() -> None:
    forged = signed(a_badge(issuer=ELM, name="Forged"), SIGNER, created=BEFORE)

    assert verify(canonical_json(forged), evidence()).verdict is Verdict.INVALID


def test_a_badge_that_was_changed_does_not_stand_whatever_is_logged() -> None:
    changed = canonical_json(BADGE | {"name": "Changed"})

    report = verify(changed, evidence(data=changed))

    assert report.verdict is Verdict.INVALID
    assert findings(report, "notes") == []


def test_the_log_is_asked_only_where_a_key_was_withdrawn() -> None:
    def never(credential: str, digests: Sequence[bytes]) -> Logged | None:
        raise AssertionError("asked")

    sound = {"https://elm.example/.well-known/did.json": controller_document(ELM, SIGNER)}

    report = Verifier(fetcher=web(sound), evidence=never).verify(BYTES, at=NOON)

    assert report.verdict is Verdict.VALID


def test_the_log_is_told_the_id_and_every_hash_that_may_be_meant() -> None:
    asked: list[tuple[str, list[bytes]]] = []

    def ask(credential: str, digests: Sequence[bytes]) -> Logged | None:
        asked.append((credential, list(digests)))
        return None

    text = json.dumps(BADGE)
    Verifier(fetcher=web(documents()), evidence=ask).verify(text, at=NOON)

    hashes = [sha256(text.encode()).digest(), sha256(BYTES).digest()]
    assert asked == [("https://elm.example/credentials/1", hashes)]


def test_a_badge_without_an_id_is_not_looked_for() -> None:
    nameless = a_badge(issuer=ELM)
    del nameless["id"]
    data = canonical_json(signed(nameless, SIGNER))

    assert verify(data, evidence(data=data)).verdict is Verdict.INVALID


def test_a_status_list_does_not_stand_by_the_log() -> None:
    """It has no hash of its own among what was handed in, only its canonical JSON."""
    entry = {
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "1",
        "statusListCredential": "https://elm.example/status",
    }
    badge = canonical_json(signed(a_badge(issuer=ELM, credentialStatus=entry), SIGNER))

    report = verify(badge, evidence(data=badge))

    assert report.verdict is Verdict.UNDECIDED


def test_a_verifier_with_proofs_can_be_sent_to_another_process() -> None:
    verifier = Verifier(fetcher=web(documents()), evidence=evidence())

    assert pickle.loads(pickle.dumps(verifier)).verify(BYTES, at=NOON).verdict is Verdict.VALID
