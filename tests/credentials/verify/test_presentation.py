from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from sealwright.credentials.keys import LocalSigner
from sealwright.credentials.model.report import Outcome, Verdict
from sealwright.credentials.proofs import AUTHENTICATION
from sealwright.credentials.verify import PresentationReport, Verifier
from tests.credentials.verify.samples import (
    NOON,
    OB3,
    VC2,
    a_badge,
    controller_document,
    did_of,
    findings,
    said,
    signed,
    signer_of,
    the,
    verify,
    web,
)
from tests.credentials.verify.tokens import compact

ADA = LocalSigner.from_seed(b"ada".ljust(32, b"."))
SHOP = "https://shop.example"
ASKED: dict[str, Any] = {"domain": SHOP, "challenge": "1234"}


def a_presentation(*credentials: Any, **changes: Any) -> dict[str, Any]:
    return {
        "@context": [VC2, OB3],
        "type": ["VerifiablePresentation"],
        "holder": did_of(ADA),
        "verifiableCredential": list(credentials or [signed(a_badge())]),
        **changes,
    }


def presented(document: Mapping[str, Any], signer: LocalSigner = ADA, **options: Any) -> Any:
    given: dict[str, Any] = {"purpose": AUTHENTICATION, **ASKED, **options}
    return signed(document, signer, **given)


def check(
    presentation: Any,
    documents: Mapping[str, Any] | None = None,
    *,
    domain: str | None = None,
    challenge: str | None = None,
) -> PresentationReport:
    data = presentation if isinstance(presentation, str) else json.dumps(presentation)
    verifier = Verifier(fetcher=web(documents or {}))
    return verifier.verify_presentation(data, at=NOON, domain=domain, challenge=challenge)


def test_a_presentation_signed_by_its_holder_for_us_is_valid() -> None:
    answer = check(presented(a_presentation()), **ASKED)

    assert answer.verdict is Verdict.VALID
    assert answer.is_signed
    codes = [finding.code for finding in findings(answer.report, "proof")]
    assert codes == ["proof-holds", "presentation-holder"]
    assert [each.verdict for each in answer.credentials] == [Verdict.VALID]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"domain": "https://other.example", "challenge": "1234"}, "proof-domain"),
        ({"domain": SHOP, "challenge": "5678"}, "proof-challenge"),
    ],
)
def test_a_presentation_made_for_others_is_a_replay(asked: dict[str, Any], code: str) -> None:
    answer = check(presented(a_presentation()), **asked)

    assert said(answer.report, "proof") == (Outcome.FAILED, code)
    assert answer.verdict is Verdict.INVALID


def test_a_proof_for_issuing_presents_nothing() -> None:
    answer = check(presented(a_presentation(), purpose="assertionMethod"), **ASKED)

    assert said(answer.report, "proof") == (Outcome.FAILED, "proof-purpose")


def test_a_false_credential_in_a_sound_presentation_is_still_false() -> None:
    forged = {**signed(a_badge()), "name": "Master baker"}

    answer = check(presented(a_presentation(forged), suite="eddsa-jcs-2022"), **ASKED)

    assert answer.report.verdict is Verdict.VALID
    assert answer.verdict is Verdict.INVALID


def test_somebody_else_than_the_holder_cannot_present() -> None:
    stranger = LocalSigner.from_seed(b"stranger".ljust(32, b"."))

    answer = check(presented(a_presentation(), stranger), **ASKED)

    assert findings(answer.report, "proof")[-1].code == "key-not-issuers"
    assert answer.verdict is Verdict.INVALID


def test_a_presentation_without_a_holder_is_its_signers() -> None:
    document = a_presentation()
    del document["holder"]

    answer = check(presented(document), **ASKED)

    assert said(answer.report, "notes") == (Outcome.UNKNOWN, "presentation-signer")
    assert the(answer.report, "notes").evidence == {"signer": did_of(ADA)}
    assert answer.verdict is Verdict.VALID


def test_a_holder_that_is_no_identifier_is_nobody() -> None:
    answer = check(presented(a_presentation(holder=[]), suite="eddsa-jcs-2022"), **ASKED)

    assert "identifier-missing" in {finding.code for finding in answer.report.findings}
    assert answer.verdict is Verdict.INVALID


def test_a_holder_with_an_address_signs_with_a_key_for_authentication() -> None:
    did = "did:web:ada.example"
    signer = signer_of(did)
    document = controller_document(did, signer)
    document["authentication"] = document["assertionMethod"]
    address = "https://ada.example/.well-known/did.json"
    presentation = presented(a_presentation(holder=did), signer)

    with_purpose = check(presentation, {address: document}, **ASKED)
    del document["authentication"]
    without = check(presentation, {address: document}, **ASKED)

    assert with_purpose.verdict is Verdict.VALID
    assert said(without.report, "proof") == (Outcome.FAILED, "key-not-listed")


def test_an_unsigned_presentation_does_not_show_who_presents() -> None:
    answer = check(a_presentation())

    assert said(answer.report, "proof") == (Outcome.SKIPPED, "presentation-unsigned")
    assert not answer.is_signed
    assert answer.verdict is Verdict.UNDECIDED


@pytest.mark.parametrize("asked", [{"domain": SHOP}, {"challenge": "1234"}])
def test_whoever_was_asked_to_sign_must_sign(asked: dict[str, Any]) -> None:
    assert check(a_presentation(), **asked).verdict is Verdict.INVALID


def test_a_credential_is_no_presentation() -> None:
    answer = check(signed(a_badge()))

    assert answer.report.findings[0].code == "not-a-presentation"
    assert answer.verdict is Verdict.UNREADABLE


def test_what_cannot_be_read_is_no_presentation() -> None:
    assert check("{").verdict is Verdict.UNREADABLE


def a_token(**changes: Any) -> str:
    claims = {"aud": SHOP, "nonce": "1234", "iss": did_of(ADA), **changes}
    return compact(a_presentation() | claims, ADA, kid=ADA.verification_method, typ="vp+jwt")


def test_a_presentation_may_be_a_token() -> None:
    answer = check(a_token(), **ASKED)

    assert answer.verdict is Verdict.VALID
    assert check(a_token(aud=["https://other.example", SHOP]), **ASKED).verdict is Verdict.VALID


@pytest.mark.parametrize(
    ("claims", "code"),
    [({"aud": "https://other.example"}, "token-audience"), ({"nonce": "5678"}, "token-nonce")],
)
def test_a_token_made_for_others_is_a_replay(claims: dict[str, str], code: str) -> None:
    answer = check(a_token(**claims), **ASKED)

    assert said(answer.report, "proof") == (Outcome.FAILED, code)


def test_nobody_asks_and_any_audience_will_do() -> None:
    assert check(a_token()).verdict is Verdict.VALID


def test_a_token_that_brings_its_key_shows_that_key() -> None:
    document = a_presentation()
    del document["holder"]
    token = compact(document, ADA, jwk=ADA.public_key.to_jwk())

    answer = check(token)

    assert the(answer.report, "notes").evidence == {"signer": "jwk"}


@pytest.mark.parametrize(
    ("exp", "code"), [(NOON - timedelta(hours=1), "expired"), ("soon", "instant-malformed")]
)
def test_a_token_may_have_run_out(exp: Any, code: str) -> None:
    claim = exp if isinstance(exp, str) else int(exp.timestamp())

    answer = check(a_token(exp=claim), **ASKED)

    assert said(answer.report, "validity") == (Outcome.FAILED, code)
    assert answer.verdict is Verdict.INVALID


def test_the_one_credential_of_a_presentation_can_be_verified_alone() -> None:
    report = verify(a_presentation())

    assert report.verdict is Verdict.VALID
    assert said(report, "notes") == (Outcome.UNKNOWN, "from-presentation")


@pytest.mark.parametrize("credentials", [[], [signed(a_badge())] * 2])
def test_verification_takes_one_credential_at_a_time(credentials: list[Any]) -> None:
    report = verify(a_presentation() | {"verifiableCredential": credentials})

    assert the(report, "input").code == "presentation-of-several"
