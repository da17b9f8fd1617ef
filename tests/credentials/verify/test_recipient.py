from __future__ import annotations

from hashlib import sha256
from typing import Any

import pytest

from sealwright.credentials.model.report import Outcome, Verdict
from tests.credentials.verify.samples import a_badge, said, signed, verify, with_subject

ADA = "ada@example.org"


def an_identity(value: str = ADA, salt: str | None = None, **changes: Any) -> dict[str, Any]:
    digest = sha256(f"{value}{salt or ''}".encode()).hexdigest()
    identity = {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": f"sha256${digest}",
        "identityType": "emailAddress",
        **changes,
    }
    return identity | ({"salt": salt} if salt else {})


def asked(identity: object, recipient: str = ADA) -> tuple[Outcome, str]:
    badge = with_subject(identifier=identity)
    return said(verify(signed(badge), recipient=recipient), "recipient")


def test_without_a_question_the_holder_is_not_proven() -> None:
    report = verify(signed(a_badge()))

    assert said(report, "recipient") == (Outcome.SKIPPED, "holder-not-proven")
    assert report.verdict is Verdict.VALID


def test_the_identifier_of_the_subject_names_the_recipient() -> None:
    report = verify(signed(a_badge()), recipient="did:example:ada")

    assert said(report, "recipient") == (Outcome.PASSED, "recipient-matches")


def test_somebody_elses_badge_is_not_valid_for_the_one_asked_about() -> None:
    report = verify(signed(a_badge()), recipient="did:example:bob")

    assert said(report, "recipient") == (Outcome.FAILED, "recipient-differs")
    assert report.verdict is Verdict.INVALID


@pytest.mark.parametrize("salt", [None, "deadsea"])
def test_a_hashed_address_is_found_with_and_without_salt(salt: str | None) -> None:
    assert asked([an_identity(salt=salt)]) == (Outcome.PASSED, "recipient-matches")


@pytest.mark.parametrize("spelling", ["Ada@Example.org", "mailto:ada@example.org"])
def test_an_address_is_the_same_in_capitals_and_as_a_link(spelling: str) -> None:
    assert asked([an_identity()], spelling) == (Outcome.PASSED, "recipient-matches")


def test_an_address_that_is_not_hashed_is_compared_as_it_is() -> None:
    plain = an_identity(hashed=False, identityHash=ADA)

    assert asked(plain) == (Outcome.PASSED, "recipient-matches")
    assert asked(plain, "bob@example.org") == (Outcome.FAILED, "recipient-differs")


def test_the_digest_may_be_in_capitals() -> None:
    digest = sha256(ADA.encode()).hexdigest().upper()

    assert asked(an_identity(identityHash=f"sha256${digest}")) == (
        Outcome.PASSED,
        "recipient-matches",
    )


def test_another_kind_of_hash_leaves_it_open() -> None:
    md5 = an_identity(identityHash="md5$5f4dcc3b5aa765d61d8327deb882cf99")

    assert asked(md5) == (Outcome.UNKNOWN, "recipient-hash-unknown")


def test_a_badge_that_names_nobody_leaves_it_open() -> None:
    badge = a_badge()
    del badge["credentialSubject"]["id"]

    report = verify(signed(badge), recipient=ADA)

    assert said(report, "recipient") == (Outcome.UNKNOWN, "recipient-unnamed")
    assert report.verdict is not Verdict.VALID


def test_half_a_character_in_the_question_matches_nobody() -> None:
    assert asked([an_identity()], "\ud800@example.org") == (Outcome.FAILED, "recipient-differs")
