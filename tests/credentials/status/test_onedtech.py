from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealwright.credentials.fetching import RecordedWeb
from sealwright.credentials.model.report import Finding, Outcome
from sealwright.credentials.status import Question, check_status, revocation_list

ISSUER = "https://issuer.example/profile"
LIST = "https://issuer.example/revoked"
CREDENTIAL = "urn:uuid:1"
ENTRY = {"id": LIST, "type": "1EdTechRevocationList"}


def never(body: bytes) -> Any:
    raise AssertionError("this kind of list is not signed")


def status(found: Any, *, credential: str = CREDENTIAL, entry: Any = ENTRY) -> Finding:
    web = RecordedWeb({LIST: {"body": found}})
    question = Question(credential, ISSUER, datetime(2026, 3, 1, tzinfo=UTC), web, never)
    return check_status({"credentialStatus": entry}, question)[0]


def test_a_credential_that_is_not_named_is_clear() -> None:
    finding = status(revocation_list(LIST, issuer=ISSUER, revoked=[("urn:uuid:2", "")]))

    assert (finding.outcome, finding.code) == (Outcome.PASSED, "status-not-listed")


@pytest.mark.parametrize(
    "item",
    [
        {"id": CREDENTIAL},
        {"id": CREDENTIAL, "revoked": True},
        {"id": CREDENTIAL, "revoked": True, "revocationReason": 7},
    ],
)
@pytest.mark.parametrize("issuer", [{}, {"issuer": ISSUER}, {"issuer": {"id": ISSUER}}])
def test_a_credential_that_is_named_is_revoked(item: Any, issuer: dict[str, Any]) -> None:
    finding = status({"revokedCredential": [{"id": "urn:uuid:2"}, item], **issuer})

    assert (finding.outcome, finding.code) == (Outcome.FAILED, "revoked")
    assert finding.evidence == {"url": LIST, "reason": ""}


def test_a_single_one_needs_no_list() -> None:
    assert status({"revokedCredential": {"id": CREDENTIAL}}).code == "revoked"


def test_the_reason_is_told() -> None:
    finding = status(revocation_list(LIST, issuer=ISSUER, revoked=[(CREDENTIAL, "A mistake.")]))

    assert finding.evidence["reason"] == "A mistake."
    assert "A mistake." in finding.detail


def test_a_credential_that_is_named_as_not_revoked_is_clear() -> None:
    assert status({"revokedCredential": [{"id": CREDENTIAL, "revoked": False}]}).code == (
        "status-not-listed"
    )


@pytest.mark.parametrize("issuer", ["https://other.example/", None, {"id": None}, 7])
def test_a_list_of_another_issuer_is_not_believed(issuer: Any) -> None:
    finding = status({"revokedCredential": [{"id": CREDENTIAL}], "issuer": issuer})

    assert (finding.outcome, finding.code) == (Outcome.UNKNOWN, "status-list-issuer")


@pytest.mark.parametrize(
    "found",
    [
        "",
        "<html>",
        [],
        {},
        {"revokedCredential": None},
        {"revokedCredential": "urn:uuid:1"},
        {"revokedCredential": [CREDENTIAL]},
        {"revokedCredential": [{"id": CREDENTIAL, "revoked": "true"}]},
        {"revokedCredential": [{"id": CREDENTIAL, "revoked": None}]},
        '{"revokedCredential": [], "revokedCredential": []}',
    ],
)
def test_a_list_of_another_form_leaves_the_status_open(found: Any) -> None:
    finding = status(found)

    assert (finding.outcome, finding.code) == (Outcome.UNKNOWN, "status-list-malformed")
    assert finding.detail


def test_a_list_that_cannot_be_had_leaves_the_status_open() -> None:
    finding = status(None, entry={**ENTRY, "id": LIST + "/2"})

    assert (finding.outcome, finding.code) == (Outcome.UNKNOWN, "status-list-not-fetched")
    assert finding.evidence["cause"] == "not-recorded"


@pytest.mark.parametrize(
    ("credential", "entry"), [("", ENTRY), (CREDENTIAL, {"type": "1EdTechRevocationList"})]
)
def test_an_entry_that_can_never_be_read_fails(credential: str, entry: Any) -> None:
    finding = status({"revokedCredential": []}, credential=credential, entry=entry)

    assert (finding.outcome, finding.code) == (Outcome.FAILED, "status-entry-malformed")


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.sampled_from([CREDENTIAL, ISSUER, "x"]) | st.integers(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "issuer", "revoked", "revokedCredential"]), inner)
    ),
    max_leaves=8,
)


@given(ANYTHING)
def test_any_list_is_answered(found: Any) -> None:
    assert status(found).check == "status"
