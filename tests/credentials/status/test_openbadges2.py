from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealwright.credentials.errors import CredentialError, Undecidable
from sealwright.credentials.fetching import RecordedWeb
from sealwright.credentials.model.report import Finding, Outcome
from sealwright.credentials.status import Question, check_openbadges2

ISSUER = "https://issuer.example/profile"
LIST = "https://issuer.example/revoked"
ASSERTION = {"id": "urn:uuid:1", "uid": "abc", "type": "Assertion"}
PROFILE = {"id": ISSUER, "revocationList": LIST}


def never(body: bytes) -> Any:
    raise AssertionError("this kind of list is not signed")


def status(found: Any, profile: Any = PROFILE, assertion: Any = ASSERTION) -> Finding:
    web = RecordedWeb({LIST: {"body": found}})
    question = Question("urn:uuid:1", ISSUER, datetime(2026, 3, 1, tzinfo=UTC), web, never)
    return check_openbadges2(assertion, profile, question)


def undecided(found: Any, profile: Any = PROFILE) -> str:
    with pytest.raises(Undecidable) as open_:
        status(found, profile)
    assert str(open_.value)
    return open_.value.code


@pytest.mark.parametrize("item", ["urn:uuid:1", {"id": "urn:uuid:1"}, {"uid": "abc"}])
@pytest.mark.parametrize("issuer", [{}, {"issuer": ISSUER}, {"issuer": {"id": ISSUER}}])
def test_an_assertion_that_is_named_is_revoked(item: Any, issuer: dict[str, Any]) -> None:
    finding = status({"revokedAssertions": ["urn:uuid:2", {"id": "x"}, item], **issuer})

    assert (finding.outcome, finding.code) == (Outcome.FAILED, "revoked")


def test_the_reason_is_told() -> None:
    finding = status(
        {"revokedAssertions": [{"id": "urn:uuid:1", "revocationReason": "A mistake."}]}
    )

    assert finding.evidence["reason"] == "A mistake."


def test_an_assertion_that_is_not_named_is_clear() -> None:
    finding = status({"revokedAssertions": ["urn:uuid:2", {"uid": "abcd"}]})

    assert (finding.outcome, finding.code) == (Outcome.PASSED, "status-not-listed")


def test_an_assertion_without_names_is_never_on_the_list() -> None:
    finding = status({"revokedAssertions": ["urn:uuid:1", {"uid": "abc"}]}, assertion={})

    assert finding.code == "status-not-listed"


def test_an_issuer_without_a_list_is_not_judged() -> None:
    finding = status(None, profile={"id": ISSUER})

    assert (finding.outcome, finding.code) == (Outcome.SKIPPED, "status-none")


def test_a_list_of_another_issuer_is_not_believed() -> None:
    assert undecided({"revokedAssertions": [], "issuer": "x"}) == "status-list-issuer"


@pytest.mark.parametrize(
    "found", [[], "", {}, {"revokedAssertions": {}}, {"revokedAssertions": [7]}]
)
def test_a_list_of_another_form_leaves_the_status_open(found: Any) -> None:
    assert undecided(found) == "status-list-malformed"


def test_an_item_that_names_nothing_leaves_the_status_open() -> None:
    assert undecided({"revokedAssertions": [{"id": 7}]}) == "status-list-malformed"


@pytest.mark.parametrize("url", [7, [LIST], {}])
def test_a_list_without_an_address_leaves_the_status_open(url: Any) -> None:
    assert undecided({}, profile={"revocationList": url}) == "status-list-malformed"


def test_a_list_that_cannot_be_had_leaves_the_status_open() -> None:
    assert undecided({}, profile={"revocationList": LIST + "/2"}) == "status-list-not-fetched"


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.sampled_from(["urn:uuid:1", ISSUER, "x"]) | st.integers(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "uid", "issuer", "revokedAssertions"]), inner)
    ),
    max_leaves=8,
)


@given(ANYTHING)
def test_any_list_is_answered_or_left_open(found: Any) -> None:
    try:
        outcome = status(found).outcome
    except CredentialError:
        return
    assert outcome in {Outcome.PASSED, Outcome.FAILED}
