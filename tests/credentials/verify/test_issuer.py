from __future__ import annotations

import pytest

from sealwright.credentials.keys import LocalSigner
from sealwright.credentials.model.report import Outcome, Verdict
from tests.credentials.verify.samples import (
    ELM_ACADEMY,
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

ELM_WEB = "did:web:elm.example"
ELM_DOCUMENT = "https://elm.example/.well-known/did.json"
ELM_PROFILE = "https://elm.example/issuer"


def test_a_did_key_is_its_own_key_and_says_nothing_about_who_that_is() -> None:
    report = verify(signed(a_badge()))

    assert said(report, "issuer") == (Outcome.PASSED, "issuer-is-its-key")


@pytest.mark.parametrize(
    ("controller", "address"), [(ELM_WEB, ELM_DOCUMENT), (ELM_PROFILE, ELM_PROFILE)]
)
def test_an_issuer_with_an_address_lists_its_key_there(controller: str, address: str) -> None:
    signer = signer_of(controller)

    report = verify(
        signed(a_badge(issuer={"id": controller, "type": ["Profile"]}), signer),
        {address: controller_document(controller, signer)},
    )

    assert said(report, "issuer") == (Outcome.PASSED, "issuer-lists-key")
    assert report.verdict is Verdict.VALID
    assert report.fetched == (address,)


def test_a_strangers_sound_signature_is_not_the_issuers() -> None:
    report = verify(signed(a_badge(), STRANGER))

    assert said(report, "proof") == (Outcome.PASSED, "proof-holds")
    assert said(report, "issuer") == (Outcome.FAILED, "key-not-issuers")
    assert {f.check for f in report.findings if f.code == "skipped-not-the-issuer"} == {
        "status",
        "validity",
        "recipient",
    }
    assert report.verdict is Verdict.INVALID


def test_a_key_that_the_issuer_does_not_list_is_not_used() -> None:
    report = verify(
        signed(a_badge(issuer=ELM_WEB), signer_of(ELM_WEB, "key-2", b"another")),
        {ELM_DOCUMENT: controller_document(ELM_WEB, signer_of(ELM_WEB))},
    )

    assert said(report, "proof") == (Outcome.FAILED, "key-not-listed")


def test_a_key_document_that_cannot_be_had_leaves_it_open() -> None:
    report = verify(signed(a_badge(issuer=ELM_WEB), signer_of(ELM_WEB)), {ELM_DOCUMENT: 503})

    assert said(report, "proof") == (Outcome.UNKNOWN, "http-server-error")
    assert report.verdict is Verdict.UNDECIDED


def test_a_proof_that_names_another_sites_key_is_refused_without_asking_there() -> None:
    thief = "did:web:thief.example"

    report = verify(
        signed(a_badge(issuer=ELM_WEB), signer_of(thief)),
        {"https://thief.example/.well-known/did.json": controller_document(thief)},
    )

    assert said(report, "proof") == (Outcome.FAILED, "key-of-a-stranger")
    assert report.fetched == ()


def test_the_fragment_of_an_address_is_no_key() -> None:
    multikey = STRANGER.public_key.to_multikey()
    signer = LocalSigner.from_seed(
        b"a stranger".ljust(32, b"."), verification_method=f"{ELM_PROFILE}#{multikey}"
    )

    report = verify(signed(a_badge(issuer=ELM_PROFILE), signer), {ELM_PROFILE: 404})

    assert said(report, "proof") == (Outcome.UNKNOWN, "http-not-found")
    assert report.verdict is not Verdict.VALID


def test_a_bare_key_on_the_issuers_own_site_is_the_issuers() -> None:
    address = "https://elm.example/keys/1"
    signer = an_rsa_signer(address)

    report = verify(
        token_of(a_badge(issuer=ELM_PROFILE), signer), {address: signer.public_key.to_jwk()}
    )

    assert said(report, "issuer") == (Outcome.PASSED, "issuer-serves-key")
    assert report.verdict is Verdict.VALID


def test_a_bare_key_does_not_speak_for_a_did() -> None:
    address = "https://elm.example/keys/1"
    signer = an_rsa_signer(address)

    report = verify(
        token_of(a_badge(issuer=ELM_WEB), signer), {address: signer.public_key.to_jwk()}
    )

    assert report.verdict is Verdict.INVALID


def test_a_did_key_without_its_fragment_is_noted() -> None:
    bare = LocalSigner.from_seed(
        b"elm academy".ljust(32, b"."), verification_method=did_of(ELM_ACADEMY)
    )
    badge = signed(a_badge(), bare)

    report = verify(badge)

    assert report.verdict is Verdict.VALID
    assert the(report, "notes").code == "method-without-fragment"


def test_any_one_signature_of_the_issuer_suffices() -> None:
    badge = a_badge()
    proofs = [signed(badge, signer)["proof"][0] for signer in (STRANGER, ELM_ACADEMY)]

    report = verify({**badge, "proof": proofs})

    assert said(report, "issuer") == (Outcome.PASSED, "issuer-is-its-key")
    assert report.verdict is Verdict.VALID


def test_a_credential_without_issuer_is_nobodys() -> None:
    badge = a_badge()
    del badge["issuer"]

    report = verify(signed(badge))

    assert "identifier-missing" in {finding.code for finding in findings(report, "issuer")}
    assert report.verdict is Verdict.INVALID


def test_an_issuer_whose_document_is_unreachable_leaves_a_key_that_came_along_open() -> None:
    token = compact(a_badge(issuer=ELM_WEB), STRANGER, jwk=STRANGER.public_key.to_jwk())

    report = verify(token, {ELM_DOCUMENT: 503})

    assert said(report, "issuer") == (Outcome.UNKNOWN, "http-server-error")
    assert report.verdict is Verdict.UNDECIDED
