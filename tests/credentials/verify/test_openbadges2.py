from __future__ import annotations

import copy
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from sealwright.credentials.keys import LocalSigner
from sealwright.credentials.keys.multibase import base64url_decode
from sealwright.credentials.model.report import Outcome, Report, Verdict
from tests.credentials.verify.samples import an_rsa_signer, said, the, verify
from tests.credentials.verify.tokens import compact

CONTEXT = "https://w3id.org/openbadges/v2"
ASSERTION = "https://elm.example/assertions/1"
BADGE = "https://elm.example/badges/bread"
ISSUER = "https://elm.example/issuer"
KEY = "https://elm.example/keys/1"
REVOKED = "https://elm.example/revoked"


def an_assertion(**changes: Any) -> dict[str, Any]:
    return {
        "@context": CONTEXT,
        "id": ASSERTION,
        "type": "Assertion",
        "recipient": {"type": "email", "hashed": False, "identity": "ada@example.org"},
        "issuedOn": "2026-01-01T00:00:00Z",
        "verification": {"type": "hosted"},
        "badge": BADGE,
        **changes,
    }


def a_badge_class(**changes: Any) -> dict[str, Any]:
    return {
        "@context": CONTEXT,
        "id": BADGE,
        "type": "BadgeClass",
        "name": "Bread baking",
        "description": "Bakes bread.",
        "image": "https://elm.example/bread.png",
        "criteria": {"narrative": "Baked three loaves."},
        "issuer": ISSUER,
        **changes,
    }


def a_profile(**changes: Any) -> dict[str, Any]:
    return {
        "@context": CONTEXT,
        "id": ISSUER,
        "type": "Issuer",
        "name": "Elm Academy",
        "url": "https://elm.example",
        "email": "badges@elm.example",
        **changes,
    }


def a_site(**changes: Any) -> dict[str, Any]:
    return {ASSERTION: an_assertion(), BADGE: a_badge_class(), ISSUER: a_profile()} | {
        {"assertion": ASSERTION, "badge": BADGE, "issuer": ISSUER}[name]: document
        for name, document in changes.items()
    }


def spelled_out() -> dict[str, Any]:
    """The assertion as it is often baked, with everything in it."""
    return an_assertion(badge=a_badge_class(issuer=a_profile()))


@pytest.mark.parametrize("handed_in", [an_assertion(), spelled_out()])
def test_a_hosted_badge_is_what_its_address_serves(handed_in: dict[str, Any]) -> None:
    report = verify(handed_in, a_site())

    assert report.verdict is Verdict.VALID
    assert said(report, "proof") == (Outcome.PASSED, "assertion-served")
    assert said(report, "issuer") == (Outcome.PASSED, "assertion-in-scope")
    assert said(report, "status") == (Outcome.PASSED, "status-served")
    assert report.document["badge"]["issuer"]["name"] == "Elm Academy"
    assert report.fetched == (ASSERTION, BADGE, ISSUER)


def test_before_the_assertion_agrees_nothing_else_is_asked() -> None:
    report = verify(an_assertion(issuedOn="2020-01-01T00:00:00Z"), a_site())

    assert said(report, "proof") == (Outcome.FAILED, "assertion-differs")
    assert the(report, "proof").evidence["pointer"] == "/issuedOn"
    assert report.fetched == (ASSERTION,)
    assert report.verdict is Verdict.INVALID


def test_what_was_embedded_must_agree_with_what_the_issuer_serves() -> None:
    handed_in = spelled_out()
    handed_in["badge"]["name"] = "Master baker"

    report = verify(handed_in, a_site())

    assert said(report, "issuer") == (Outcome.FAILED, "assertion-differs")
    assert the(report, "issuer").evidence["pointer"] == "/badge/name"


@pytest.mark.parametrize(
    ("served", "finding"),
    [
        (410, (Outcome.FAILED, "assertion-gone")),
        ({"id": ASSERTION, "revoked": True}, (Outcome.FAILED, "assertion-withdrawn")),
        ({"id": "https://elm.example/2"}, (Outcome.FAILED, "assertion-elsewhere")),
        ([], (Outcome.FAILED, "assertion-elsewhere")),
        ("<html>", (Outcome.UNKNOWN, "not-json")),
        (404, (Outcome.UNKNOWN, "http-not-found")),
    ],
)
def test_the_address_has_the_last_word(served: Any, finding: tuple[Outcome, str]) -> None:
    report = verify(an_assertion(), a_site(assertion=served))

    assert said(report, "proof") == finding


@pytest.mark.parametrize(
    ("rule", "outcome"),
    [
        ({"startsWith": "https://badges.example/elm/"}, Outcome.PASSED),
        ({"startsWith": ["https://other.example/", "https://badges.example/"]}, Outcome.PASSED),
        ({"startsWith": "https://badges.example/oak/"}, Outcome.FAILED),
        ({"startsWith": "https://badges"}, Outcome.FAILED),
        ({"allowedOrigins": "badges.example"}, Outcome.PASSED),
        ({"allowedOrigins": ["https://badges.example"]}, Outcome.PASSED),
        ({"allowedOrigins": "elm.example"}, Outcome.FAILED),
        ({}, Outcome.FAILED),
    ],
)
def test_the_profile_says_where_the_issuers_badges_lie(
    rule: dict[str, Any], outcome: Outcome
) -> None:
    elsewhere = "https://badges.example/elm/1"
    assertion = an_assertion(id=elsewhere)
    site = {
        elsewhere: assertion,
        BADGE: a_badge_class(),
        ISSUER: a_profile(verification={"type": "VerificationObject", **rule}),
    }

    report = verify(assertion, site)

    assert the(report, "issuer").outcome is outcome


def test_the_scope_is_not_taken_from_what_the_assertion_brings_along() -> None:
    thief = "https://thief.example/1"
    profile = a_profile(verification={"allowedOrigins": ["thief.example"]})
    assertion = an_assertion(id=thief, badge=a_badge_class(issuer=profile))

    report = verify(assertion, {thief: assertion, ISSUER: a_profile()})

    assert said(report, "issuer") == (Outcome.FAILED, "assertion-out-of-scope")


@pytest.mark.parametrize(
    ("served", "shown"), [(a_badge_class(id="https://elm.example/2"), "2"), ([], "no object")]
)
def test_what_lies_at_the_badges_address_must_be_the_badge(served: Any, shown: str) -> None:
    report = verify(an_assertion(), a_site(badge=served))

    assert said(report, "issuer") == (Outcome.UNKNOWN, "document-id-mismatch")
    assert the(report, "issuer").evidence["found"].endswith(shown)


@pytest.mark.parametrize(
    "handed_in",
    [
        an_assertion(type=["Assertion"]),
        an_assertion(evidence=None, narrative=[]),
        an_assertion(badge=BADGE),
    ],
)
def test_other_spellings_of_the_same_say_the_same(handed_in: dict[str, Any]) -> None:
    assert verify(handed_in, a_site()).verdict is Verdict.VALID


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"type": ["Assertion", "Extension"]}, "/type"),
        ({"evidence": "https://elm.example/loaf"}, "/evidence"),
        ({"recipient": "ada@example.org"}, "/recipient"),
        ({"recipient": {"hashed": 0}}, "/recipient/hashed"),
        ({"badge": "https://elm.example/badges/2"}, "/badge"),
        ({"badge": {"name": "Master baker"}}, "/badge"),
        ({"verification": {"type": ["hosted", None]}}, "/verification/type"),
        ({"issuedOn": ["2025-01-01T00:00:00Z"]}, "/issuedOn/0"),
    ],
)
def test_any_other_difference_is_found(changes: dict[str, Any], pointer: str) -> None:
    report = verify(an_assertion(**changes), a_site())

    assert the(report, "proof").evidence["pointer"] == pointer


def test_an_assertion_without_address_is_nowhere() -> None:
    report = verify(an_assertion(id=None))

    assert said(report, "proof") == (Outcome.FAILED, "identifier-missing")


@pytest.mark.parametrize(
    ("identity", "asked", "outcome"),
    [("ada@example.org", "ada@example.org", Outcome.PASSED), ("x", "bob", Outcome.FAILED)],
)
def test_the_recipient_of_an_assertion_can_be_asked_about(
    identity: str, asked: str, outcome: Outcome
) -> None:
    assertion = an_assertion(recipient={"type": "email", "identity": identity})

    report = verify(assertion, a_site(assertion=assertion), recipient=asked)

    assert the(report, "recipient").outcome is outcome


def test_an_assertion_may_have_expired() -> None:
    assertion = an_assertion(expires="2026-02-01T00:00:00Z")

    report = verify(assertion, a_site(assertion=assertion))

    assert said(report, "validity") == (Outcome.FAILED, "expired")


# Signed assertions


def pem_of(signer: LocalSigner) -> str:
    jwk = signer.public_key.to_jwk()
    n, e = (int.from_bytes(base64url_decode(jwk[name]), "big") for name in ("n", "e"))
    key = RSAPublicNumbers(e, n).public_key()
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def a_signed_assertion(**changes: Any) -> str:
    signing = {"id": "urn:uuid:1", "verification": {"type": "signed", "creator": KEY}}
    return compact(an_assertion(**signing | changes), an_rsa_signer())


def a_signing_site(**changes: Any) -> dict[str, Any]:
    key = {"id": KEY, "type": "CryptographicKey", "owner": ISSUER}
    return {
        BADGE: a_badge_class(),
        ISSUER: a_profile(publicKey=KEY, **changes),
        KEY: key | {"publicKeyPem": pem_of(an_rsa_signer())},
    }


def checked(site: dict[str, Any], **changes: Any) -> Report:
    return verify(a_signed_assertion(**changes), site)


def test_a_signed_assertion_holds_with_a_key_that_the_issuer_lists() -> None:
    report = checked(a_signing_site())

    assert report.verdict is Verdict.VALID
    assert said(report, "proof") == (Outcome.PASSED, "token-holds")
    assert said(report, "issuer") == (Outcome.PASSED, "issuer-lists-key")
    assert said(report, "status") == (Outcome.SKIPPED, "status-none")


def test_an_issuer_with_one_key_need_not_be_told_which() -> None:
    report = checked(a_signing_site(), verification={"type": "signed"})

    assert report.verdict is Verdict.VALID


def test_a_key_that_the_issuer_does_not_list_signs_nothing() -> None:
    site = a_signing_site()
    site[ISSUER]["publicKey"] = "https://elm.example/keys/2"

    report = checked(site)

    assert said(report, "proof") == (Outcome.FAILED, "key-not-listed")


def test_a_changed_signed_assertion_is_not_valid() -> None:
    head, payload, signature = a_signed_assertion().split(".")
    other = a_signed_assertion(issuedOn="2020-01-01T00:00:00Z").split(".")[1]

    report = verify(f"{head}.{other}.{signature}", a_signing_site())

    assert payload != other
    assert said(report, "proof") == (Outcome.FAILED, "signature-mismatch")


def test_a_signed_assertion_can_be_revoked() -> None:
    site = a_signing_site(revocationList=REVOKED)
    site[REVOKED] = {
        "id": REVOKED,
        "type": "RevocationList",
        "issuer": ISSUER,
        "revokedAssertions": [{"id": "urn:uuid:1", "revocationReason": "issued in error"}],
    }

    report = checked(site)

    assert said(report, "status") == (Outcome.FAILED, "revoked")
    assert report.verdict is Verdict.INVALID


def test_the_sample_pages_are_not_shared_between_tests() -> None:
    site = a_site()
    kept = copy.deepcopy(site)

    verify(spelled_out(), site)

    assert site == kept
