from __future__ import annotations

from typing import Any

from sealwright.credentials.keys import LocalSigner
from sealwright.credentials.model.report import Outcome, Verdict
from sealwright.credentials.status import encode_values
from tests.credentials.verify.samples import (
    ELM_ACADEMY,
    STRANGER,
    VC2,
    a_badge,
    did_of,
    findings,
    said,
    signed,
    the,
    token_of,
    verify,
)

LIST = "https://elm.example/status/1"
ENTRY = {
    "type": "BitstringStatusListEntry",
    "statusPurpose": "revocation",
    "statusListIndex": "5",
    "statusListCredential": LIST,
}


def a_list(*marked: int, signer: LocalSigner = ELM_ACADEMY, **changes: Any) -> dict[str, Any]:
    document = {
        "@context": [VC2],
        "id": LIST,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": did_of(signer),
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {
            "id": f"{LIST}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encode_values(dict.fromkeys(marked, 1), status_size=1),
        },
        **changes,
    }
    return document


def checked(status_list: Any) -> Any:
    return verify(signed(a_badge(credentialStatus=ENTRY)), {LIST: status_list})


def test_a_badge_without_status_can_never_be_withdrawn() -> None:
    report = verify(signed(a_badge()))

    assert said(report, "status") == (Outcome.SKIPPED, "status-none")


def test_a_list_that_does_not_mark_the_badge_lets_it_pass() -> None:
    report = checked(signed(a_list(4, 6)))

    assert said(report, "status") == (Outcome.PASSED, "status-clear")
    assert report.verdict is Verdict.VALID


def test_a_revoked_badge_is_not_valid() -> None:
    report = checked(signed(a_list(5)))

    assert said(report, "status") == (Outcome.FAILED, "revoked")
    assert report.verdict is Verdict.INVALID


def test_a_list_may_be_a_token() -> None:
    report = checked(token_of(a_list(5)))

    assert said(report, "status") == (Outcome.FAILED, "revoked")


def test_a_list_signed_by_somebody_else_is_not_believed() -> None:
    report = checked(signed(a_list(signer=STRANGER), STRANGER))

    assert said(report, "status") == (Outcome.UNKNOWN, "status-list-issuer")
    assert report.verdict is Verdict.UNDECIDED


def test_a_list_in_the_issuers_name_that_a_stranger_signed_is_not_believed() -> None:
    report = checked(signed(a_list(), STRANGER))

    assert said(report, "status") == (Outcome.UNKNOWN, "status-list-unverified")
    assert the(report, "status").evidence["cause"] == "key-not-issuers"


def test_a_list_that_nobody_signed_is_not_believed() -> None:
    report = checked(a_list())

    assert the(report, "status").evidence["cause"] == "proof-missing"


def test_a_list_of_an_unknown_suite_is_not_believed() -> None:
    status_list = signed(a_list())
    status_list["proof"][0]["cryptosuite"] = "quantum-2040"

    report = checked(status_list)

    assert the(report, "status").evidence["cause"] == "unknown-suite"
    assert report.verdict is Verdict.UNDECIDED


def test_a_list_that_is_no_credential_is_not_believed() -> None:
    report = checked("nothing here")

    assert said(report, "status") == (Outcome.UNKNOWN, "status-list-unverified")


def test_a_list_that_cannot_be_had_leaves_it_open() -> None:
    report = checked(503)

    assert said(report, "status") == (Outcome.UNKNOWN, "status-list-not-fetched")
    assert report.verdict is Verdict.UNDECIDED


def test_a_credential_without_an_id_can_have_a_list_too() -> None:
    badge = a_badge(credentialStatus=ENTRY)
    del badge["id"]

    report = verify(signed(badge), {LIST: signed(a_list(5))})

    assert said(report, "status") == (Outcome.FAILED, "revoked")


def test_the_lists_of_one_input_may_be_only_so_long_together() -> None:
    long = encode_values({}, 8 * 12_000_000, status_size=1)
    subject = {**a_list()["credentialSubject"], "encodedList": long}
    lists = {f"{LIST}{n}": signed(a_list(id=f"{LIST}{n}", credentialSubject=subject)) for n in "ab"}
    entries = [{**ENTRY, "statusListCredential": url} for url in lists]

    report = verify(signed(a_badge(credentialStatus=entries)), lists)

    codes = [finding.code for finding in findings(report, "status")]
    assert codes == ["status-clear", "too-long-lists"]
    assert report.verdict is Verdict.UNDECIDED
