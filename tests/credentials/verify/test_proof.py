from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest

from sealwright.credentials.keys import KeyKind, LocalSigner
from sealwright.credentials.model.report import Outcome, Report, Verdict
from tests.credentials.verify.samples import (
    ELM_ACADEMY,
    NOON,
    STRANGER,
    a_badge,
    an_rsa_signer,
    controller_document,
    did_of,
    findings,
    said,
    signed,
    signer_of,
    the,
    token_of,
    verify,
)
from tests.credentials.verify.tokens import compact

SKIPPED = {"issuer", "status", "validity", "recipient"}
CHANGED = {"id": "urn:uuid:2", "name": "Baking", "validFrom": "2020-01-01T00:00:00Z"}
A_STATUS = {
    "type": "BitstringStatusListEntry",
    "statusPurpose": "revocation",
    "statusListIndex": "0",
    "statusListCredential": "https://elm.example/status",
}


def codes(report: Report, check: str) -> list[str]:
    return [finding.code for finding in findings(report, check)]


def a_signer(kind: KeyKind) -> LocalSigner:
    return LocalSigner.generate(kind, entropy=lambda size: b"7" * size)


def with_proofs(*signers: LocalSigner, **changes: Any) -> dict[str, Any]:
    """One badge with a proof of each signer, none of which covers another."""
    badge = a_badge(**changes)
    proofs = [signed(badge, signer)["proof"][0] for signer in signers]
    return {**badge, "proof": proofs}


@pytest.mark.parametrize(
    ("suite", "kind"),
    [
        ("eddsa-rdfc-2022", KeyKind.ED25519),
        ("eddsa-jcs-2022", KeyKind.ED25519),
        ("ecdsa-rdfc-2019", KeyKind.P256),
        ("ecdsa-rdfc-2019", KeyKind.P384),
        ("ecdsa-jcs-2019", KeyKind.P256),
        ("ecdsa-jcs-2019", KeyKind.P384),
    ],
)
def test_a_sound_signature_of_every_suite_holds(suite: str, kind: KeyKind) -> None:
    signer = a_signer(kind)
    badge = signed(a_badge(issuer=did_of(signer)), signer, suite=suite)

    report = verify(badge)

    assert report.verdict is Verdict.VALID
    assert the(report, "proof").evidence["suite"] == suite
    assert the(report, "proof").evidence["method"] == signer.verification_method


def test_the_evidence_has_the_hash_of_what_was_handed_in() -> None:
    token = token_of(a_badge())

    report = verify(token)

    expected = sha256(token.encode()).hexdigest()
    assert the(report, "proof").evidence["document_sha256"] == expected


@pytest.mark.parametrize("member", sorted(CHANGED))
def test_a_changed_badge_is_not_valid_and_nothing_else_is_looked_at(member: str) -> None:
    badge = signed(a_badge(credentialStatus=A_STATUS))
    badge[member] = CHANGED[member]

    report = verify(badge)

    assert report.verdict is Verdict.INVALID
    assert said(report, "proof") == (Outcome.FAILED, "signature-mismatch")
    assert {f.check for f in report.findings if f.code == "skipped-proof-failed"} == SKIPPED
    assert report.fetched == ()


def test_a_badge_that_nobody_signed_is_not_valid() -> None:
    report = verify(a_badge())

    assert said(report, "proof") == (Outcome.FAILED, "proof-missing")
    assert report.verdict is Verdict.INVALID


def test_an_unknown_suite_leaves_everything_open() -> None:
    badge = signed(a_badge())
    badge["proof"][0]["cryptosuite"] = "quantum-2040"

    report = verify(badge)

    assert report.verdict is Verdict.UNDECIDED
    assert said(report, "proof") == (Outcome.UNKNOWN, "unknown-suite")
    assert {f.check for f in report.findings if f.code == "skipped-proof-unknown"} == SKIPPED


def test_an_unknown_context_is_undecided_and_named() -> None:
    badge = signed(a_badge())
    badge["@context"].append("https://elm.example/vocabulary")

    report = verify(badge)

    assert report.verdict is Verdict.UNDECIDED
    assert the(report, "proof").evidence == {"url": "https://elm.example/vocabulary"}


def test_a_member_that_no_signature_covers_is_refused_with_its_place() -> None:
    badge = signed(a_badge())
    badge["credentialSubject"]["grade"] = "A+"

    report = verify(badge)

    assert said(report, "proof") == (Outcome.FAILED, "undefined-term")
    assert the(report, "proof").evidence["pointer"] == "/credentialSubject/grade"


def test_a_proof_made_for_signing_in_does_not_issue() -> None:
    report = verify(signed(a_badge(), purpose="authentication"))

    assert said(report, "proof") == (Outcome.FAILED, "proof-purpose")


def test_a_proof_may_expire() -> None:
    badge = signed(a_badge(), expires=NOON)

    report = verify(badge, at=NOON + timedelta(hours=1))

    assert said(report, "proof") == (Outcome.FAILED, "proof-expired")


def test_something_that_is_no_proof_is_refused() -> None:
    report = verify(a_badge(proof="signed, Elm Academy"))

    assert said(report, "proof") == (Outcome.FAILED, "malformed")


def test_one_false_proof_spoils_the_others() -> None:
    badge = with_proofs(ELM_ACADEMY, STRANGER)
    badge["proof"][1]["created"] = "2026-05-01T00:00:00Z"

    report = verify(badge)

    assert codes(report, "proof") == ["proof-holds", "signature-mismatch"]
    assert report.verdict is Verdict.INVALID


def test_a_proof_of_an_unknown_suite_is_noted_beside_one_that_holds() -> None:
    badge = with_proofs(ELM_ACADEMY, STRANGER)
    badge["proof"][1]["cryptosuite"] = "quantum-2040"

    report = verify(badge)

    assert report.verdict is Verdict.VALID
    assert said(report, "proof") == (Outcome.PASSED, "proof-holds")
    assert said(report, "notes") == (Outcome.UNKNOWN, "unknown-suite")


def test_none_that_holds_among_unknown_ones_leaves_it_open() -> None:
    badge = with_proofs(ELM_ACADEMY, STRANGER)
    for proof in badge["proof"]:
        proof["cryptosuite"] = "quantum-2040"

    report = verify(badge)

    assert codes(report, "proof") == ["unknown-suite", "unknown-suite"]
    assert report.verdict is Verdict.UNDECIDED


def test_a_strangers_second_signature_changes_nothing() -> None:
    stranger = signer_of("did:web:stranger.example")
    badge = with_proofs(stranger, ELM_ACADEMY)

    report = verify(badge, {"https://stranger.example/.well-known/did.json": 500})

    assert report.verdict is Verdict.VALID
    assert said(report, "notes") == (Outcome.UNKNOWN, "key-of-a-stranger")
    assert report.fetched == ()


def test_more_than_eight_proofs_are_not_tried() -> None:
    badge = signed(a_badge())
    badge["proof"] *= 9

    report = verify(badge)

    assert said(report, "proof") == (Outcome.UNKNOWN, "too-many-proofs")


def test_a_chain_holds_when_every_link_holds() -> None:
    first = signed(a_badge(), proof_id="urn:uuid:1")
    second = signed(first, STRANGER, previous=["urn:uuid:1"])

    report = verify(second)

    assert codes(report, "proof") == ["proof-holds", "proof-holds"]
    assert report.verdict is Verdict.VALID


def test_a_chain_is_open_where_a_link_cannot_be_tried() -> None:
    stranger = signer_of("did:web:stranger.example")
    first = signed(a_badge(), stranger, proof_id="urn:uuid:1")
    second = signed(first, ELM_ACADEMY, previous=["urn:uuid:1"])

    report = verify(second)

    assert codes(report, "proof") == ["key-of-a-stranger", "proof-chain-open"]
    assert report.verdict is not Verdict.VALID


def test_a_document_that_costs_too_much_is_tried_once() -> None:
    rungs = [{"status": "0x0", "message": "m"} for _ in range(12)]
    entry = {**A_STATUS, "statusMessage": rungs}
    badge = {**with_proofs(ELM_ACADEMY, STRANGER), "credentialStatus": [entry, dict(entry)]}

    report = verify(badge)

    assert codes(report, "proof") == ["work-budget"]
    assert report.verdict is Verdict.UNDECIDED


@pytest.mark.parametrize("kind", [KeyKind.ED25519, KeyKind.P256, KeyKind.P384])
def test_a_token_of_every_kind_of_key_holds(kind: KeyKind) -> None:
    signer = a_signer(kind)

    report = verify(token_of(a_badge(issuer=did_of(signer)), signer))

    assert report.verdict is Verdict.VALID
    assert the(report, "proof").evidence["algorithm"] == kind.jose_algorithm


def test_an_rsa_token_with_its_key_in_a_did_jwk_holds() -> None:
    signer = an_rsa_signer()

    report = verify(token_of(a_badge(issuer=did_of(signer)), signer))

    assert report.verdict is Verdict.VALID


def test_a_token_that_was_changed_is_not_valid() -> None:
    token = token_of(a_badge())

    report = verify(token[:-4] + ("AAAA" if token[-4:] != "AAAA" else "BBBB"))

    assert report.verdict is Verdict.INVALID


def test_a_kid_may_leave_out_whose_key_it_is() -> None:
    did = "did:web:elm.example"
    listed = controller_document(did, signer_of(did))
    signer = signer_of(did)
    short = LocalSigner.from_seed(b"web".ljust(32, b"."), verification_method="#key-1")

    report = verify(
        token_of(a_badge(issuer=did), short),
        {"https://elm.example/.well-known/did.json": listed},
    )

    assert report.verdict is Verdict.VALID
    assert the(report, "proof").evidence["method"] == signer.verification_method


def token_without_kid(signer: LocalSigner, issuer: object, **header: Any) -> str:
    return compact(a_badge(issuer=issuer), signer, **header)


def test_a_token_of_a_did_key_need_not_name_the_only_key() -> None:
    report = verify(token_without_kid(ELM_ACADEMY, did_of(ELM_ACADEMY)))

    assert report.verdict is Verdict.VALID


def test_a_token_of_a_did_jwk_need_not_name_the_only_key() -> None:
    signer = an_rsa_signer()

    report = verify(token_without_kid(signer, did_of(signer)))

    assert report.verdict is Verdict.VALID


def test_a_token_that_names_no_key_of_an_issuer_with_several_is_refused() -> None:
    report = verify(token_without_kid(ELM_ACADEMY, "did:web:elm.example"))

    assert said(report, "proof") == (Outcome.FAILED, "key-not-named")


def test_a_token_may_bring_its_key_if_the_issuer_lists_that_key() -> None:
    did = "did:web:elm.example"
    signer = signer_of(did)
    token = token_without_kid(signer, did, jwk=signer.public_key.to_jwk())

    report = verify(
        token, {"https://elm.example/.well-known/did.json": controller_document(did, signer)}
    )

    assert report.verdict is Verdict.VALID
    assert the(report, "issuer").evidence["method"] == signer.verification_method


def test_a_key_that_comes_along_and_is_not_listed_is_a_strangers() -> None:
    did = "did:web:elm.example"
    token = token_without_kid(STRANGER, did, jwk=STRANGER.public_key.to_jwk())

    report = verify(
        token,
        {"https://elm.example/.well-known/did.json": controller_document(did, signer_of(did))},
    )

    assert said(report, "proof") == (Outcome.PASSED, "token-holds")
    assert said(report, "issuer") == (Outcome.FAILED, "key-not-listed")
    assert report.verdict is Verdict.INVALID
