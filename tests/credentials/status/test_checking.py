from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealwright.credentials.errors import ProofMismatch, ResolutionFailed
from sealwright.credentials.fetching import Fetcher, Offline, RecordedWeb, Trail
from sealwright.credentials.model.report import Finding, Outcome, Verdict, verdict_of
from sealwright.credentials.status import (
    MIN_ENTRIES,
    Question,
    check_status,
    encode_list,
    encode_values,
    status_entries,
    status_list_credential,
)

ISSUER = "did:web:issuer.example"
LIST = "https://issuer.example/status/1"
OTHER = "https://issuer.example/status/2"
AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
PLACE = 4711


def believed(body: bytes) -> tuple[Mapping[str, Any], str]:
    """Stands for the pipeline, which would check the proof of the list."""
    document = json.loads(body)
    return document, document["issuer"]


def question(fetcher: Fetcher, **change: Any) -> Question:
    usual: dict[str, Any] = {
        "credential": "urn:uuid:1",
        "issuer": ISSUER,
        "at": AT,
        "fetcher": fetcher,
        "verified_list": believed,
    }
    return Question(**{**usual, **change})


def a_list(*places: int, purposes: Any = ("revocation",), **change: Any) -> dict[str, Any]:
    document = status_list_credential(
        LIST,
        issuer=ISSUER,
        purposes=purposes,
        encoded_list=encode_list(places),
        valid_from=AT - timedelta(days=1),
        valid_until=AT + timedelta(days=1),
    )
    return {**document, **change}


def subject(document: dict[str, Any], **change: Any) -> dict[str, Any]:
    return {**document, "credentialSubject": {**document["credentialSubject"], **change}}


def entry(purpose: str = "revocation", **change: Any) -> dict[str, Any]:
    return {**status_entries(PLACE, {purpose: LIST})[0], **change}


def status(document: Any, *entries: Any, **change: Any) -> Finding:
    web = RecordedWeb({LIST: {"body": document}})
    status_member = list(entries) if entries else entry()
    findings = check_status({"credentialStatus": status_member}, question(web, **change))
    assert len(findings) == 1
    assert findings[0].check == "status"
    assert findings[0].detail
    return findings[0]


def test_a_place_that_is_not_set_is_clear() -> None:
    finding = status(a_list(1, 2, 3))

    assert (finding.outcome, finding.code) == (Outcome.PASSED, "status-clear")
    assert finding.evidence == {"url": LIST, "purpose": "revocation", "index": PLACE, "value": 0}


@pytest.mark.parametrize(
    ("purpose", "code"), [("revocation", "revoked"), ("suspension", "suspended")]
)
def test_a_withdrawn_credential_fails(purpose: str, code: str) -> None:
    finding = status(a_list(PLACE, purposes=[purpose]), entry(purpose))

    assert (finding.outcome, finding.code) == (Outcome.FAILED, code)
    assert finding.evidence["reason"] == ""
    assert not finding.detail.endswith(" ")


def test_a_newer_edition_is_told_and_passes() -> None:
    finding = status(a_list(PLACE, purposes=["refresh"]), entry("refresh"))

    assert (finding.outcome, finding.code) == (Outcome.PASSED, "status-refresh")


@pytest.mark.parametrize(("places", "text"), [([PLACE], "set"), ([], "unset")])
def test_a_message_without_texts_is_told_as_set_or_unset(places: list[int], text: str) -> None:
    finding = status(a_list(*places, purposes=["message"]), entry("message"))

    assert (finding.outcome, finding.code) == (Outcome.PASSED, "status-message")
    assert finding.evidence["message"] == text


@pytest.mark.parametrize(
    ("places", "outcome", "code"),
    [
        ([PLACE], Outcome.UNKNOWN, "unknown-status-purpose"),
        ([], Outcome.PASSED, "status-clear"),
    ],
)
def test_an_unknown_purpose_matters_only_when_it_is_set(
    places: list[int], outcome: Outcome, code: str
) -> None:
    finding = status(a_list(*places, purposes=["frozen"]), entry("frozen"))

    assert (finding.outcome, finding.code) == (outcome, code)


NO_TEXTS: tuple[Any, ...] = (None, [], [7], {})
MESSAGES = [{"status": f"0x{n:x}", "message": f"text {n}"} for n in range(4)]


@pytest.mark.parametrize("value", range(4))
def test_an_entry_of_several_bits_tells_its_message(value: int) -> None:
    encoded = encode_values({PLACE: value, PLACE + 1: 3}, status_size=2)
    document = subject(a_list(purposes=["message"]), encodedList=encoded)

    finding = status(document, entry("message", statusSize=2, statusMessage=MESSAGES[::-1]))

    assert finding.outcome is Outcome.PASSED
    assert finding.evidence["message"] == f"text {value}"


def test_every_bit_of_a_revocation_counts_and_its_text_is_the_reason() -> None:
    encoded = encode_values({PLACE: 2}, status_size=2)

    finding = status(
        subject(a_list(), encodedList=encoded), entry(statusSize=2, statusMessage=MESSAGES)
    )

    assert (finding.outcome, finding.code) == (Outcome.FAILED, "revoked")
    assert finding.evidence["reason"] == "text 2"
    assert "text 2" in finding.detail


def test_a_long_message_is_cut() -> None:
    texts = [{"status": "0x0", "message": "x" * 10_000}, {"status": "0x1", "message": "y"}]

    finding = status(a_list(purposes=["message"]), entry("message", statusMessage=texts))

    assert len(finding.evidence["message"]) == 500


@pytest.mark.parametrize("purposes", [["revocation", "suspension"], ["suspension", "revocation"]])
def test_one_list_may_serve_several_purposes(purposes: list[str]) -> None:
    assert status(a_list(PLACE, purposes=purposes)).code == "revoked"


def test_each_entry_has_its_own_finding_and_a_list_is_fetched_once() -> None:
    checked: list[bytes] = []

    def counted(body: bytes) -> tuple[Mapping[str, Any], str]:
        checked.append(body)
        return believed(body)

    both = a_list(PLACE, purposes=["revocation", "suspension"])
    trail = Trail(RecordedWeb({LIST: {"body": both}}))
    entries = [entry("revocation"), entry("suspension"), entry(statusListIndex="1")]

    findings = check_status({"credentialStatus": entries}, question(trail, verified_list=counted))

    assert [finding.code for finding in findings] == ["revoked", "suspended", "status-clear"]
    assert trail.urls == [LIST]
    assert len(checked) == 1


def test_one_place_serves_two_lists() -> None:
    revocation = a_list()
    suspension = {**a_list(PLACE, purposes=["suspension"]), "id": OTHER}
    web = RecordedWeb({LIST: {"body": revocation}, OTHER: {"body": suspension}})
    entries = status_entries(PLACE, {"revocation": LIST, "suspension": OTHER})

    findings = check_status({"credentialStatus": entries}, question(web))

    assert [finding.code for finding in findings] == ["status-clear", "suspended"]


@pytest.mark.parametrize("document", [{}, {"credentialStatus": None}, {"credentialStatus": []}])
def test_a_credential_without_status_is_not_judged(document: dict[str, Any]) -> None:
    findings = check_status(document, question(Offline()))

    assert [(f.outcome, f.code) for f in findings] == [(Outcome.SKIPPED, "status-none")]


def test_only_so_many_entries_are_looked_at() -> None:
    trail = Trail(RecordedWeb({}))
    entries = [entry(statusListCredential=f"https://issuer.example/{n}") for n in range(30)]

    findings = check_status({"credentialStatus": entries}, question(trail))

    assert len(trail.urls) == 16
    assert (findings[-1].outcome, findings[-1].code) == (Outcome.UNKNOWN, "status-too-many")


@pytest.mark.parametrize(
    "kind", ["SomethingElse", ["SomethingElse", "More"], "CredentialStatusList2017"]
)
def test_an_unknown_type_of_status_leaves_it_open(kind: Any) -> None:
    finding = status(a_list(), entry(type=kind))

    assert (finding.outcome, finding.code) == (Outcome.UNKNOWN, "unknown-status-type")


def test_a_known_type_among_others_is_checked() -> None:
    finding = status(a_list(PLACE), entry(type=["Extra", "BitstringStatusListEntry"]))

    assert finding.code == "revoked"


@pytest.mark.parametrize(
    "spoilt",
    [
        None,
        7,
        "https://issuer.example/status/1#4711",
        [],
        entry(type=None),
        entry(type=[]),
        entry(type=[7]),
        entry(statusListCredential=None),
        entry(statusPurpose=None),
        entry(statusPurpose=""),
        entry(statusPurpose=["revocation"]),
        *(entry(statusListIndex=index) for index in (None, 4711, "", "-1", "+1", "04711", "0x1")),
        *(
            entry(statusListIndex=index)
            for index in ("1.0", "1e3", " 1", "1\n", "\u0661", "9" * 19)
        ),
        *(entry(statusSize=size) for size in (0, -1, 17, 10**9, True, "1", 1.0, None)),
        entry(statusSize=2),
        entry(statusSize=2, statusMessage=MESSAGES[:3]),
        entry(statusSize=2, statusMessage=[*MESSAGES[:3], MESSAGES[0]]),
        entry(statusSize=2, statusMessage=[*MESSAGES[:3], {"status": "0x4", "message": "x"}]),
        entry(statusSize=1, statusMessage=MESSAGES),
        entry(statusMessage={}),
        entry(statusMessage=["a", "b"]),
        entry(statusMessage=[{"status": "0", "message": "a"}, {"status": "1", "message": "b"}]),
        entry(statusMessage=[{"status": "0x0"}, {"status": "0x1"}]),
        entry(statusMessage=[{"status": 0, "message": "a"}, {"status": 1, "message": "b"}]),
    ],
)
def test_an_entry_that_can_never_be_read_fails(spoilt: Any) -> None:
    finding = status(a_list(), spoilt)

    assert (finding.outcome, finding.code) == (Outcome.FAILED, "status-entry-malformed")
    assert finding.evidence["pointer"] == "/credentialStatus/0"


def test_a_single_entry_is_pointed_to_without_a_number() -> None:
    findings = check_status({"credentialStatus": "odd"}, question(Offline()))

    assert findings[0].evidence["pointer"] == "/credentialStatus"


@pytest.mark.parametrize("index", [str(MIN_ENTRIES), "9" * 18])
def test_a_place_outside_of_the_list_fails(index: str) -> None:
    finding = status(a_list(), entry(statusListIndex=index))

    assert (finding.outcome, finding.code) == (Outcome.FAILED, "status-index-out-of-range")
    assert finding.evidence["entries"] == MIN_ENTRIES
    assert finding.evidence["url"] == LIST


@pytest.mark.parametrize("size", [0, 17])
def test_an_entry_of_no_bit_or_too_many_is_told_so(size: int) -> None:
    finding = status(a_list(), entry(statusSize=size))

    assert "statusSize" in finding.evidence["problem"]


def test_an_entry_may_be_as_wide_as_sixteen_bits() -> None:
    texts = [{"status": hex(value), "message": str(value)} for value in range(1 << 16)]
    encoded = encode_values({PLACE: 54_321}, status_size=16)

    finding = status(
        subject(a_list(purposes=["message"]), encodedList=encoded),
        entry("message", statusSize=16, statusMessage=texts),
    )

    assert finding.evidence["message"] == "54321"


def test_a_list_for_another_purpose_fails() -> None:
    finding = status(a_list(purposes=["suspension"]))

    assert (finding.outcome, finding.code) == (Outcome.FAILED, "status-purpose-mismatch")
    assert finding.evidence["purposes"] == ["suspension"]


@pytest.mark.parametrize(
    ("record", "cause"),
    [
        (None, "not-recorded"),
        ({"status": 404}, "http-not-found"),
        ({"status": 410}, "http-gone"),
        ({"status": 500}, "http-server-error"),
        ({"body": "", "delay_seconds": 5}, "timed-out"),
        ({"status": 302, "location": "https://10.0.0.1/"}, "address-not-public"),
    ],
)
def test_a_list_that_cannot_be_had_leaves_the_status_open(record: Any, cause: str) -> None:
    web = RecordedWeb({LIST: record} if record else {})

    finding = check_status({"credentialStatus": entry()}, question(web))[0]

    assert (finding.outcome, finding.code) == (Outcome.UNKNOWN, "status-list-not-fetched")
    assert finding.evidence["cause"] == cause
    assert finding.evidence["problem"] in finding.detail


@pytest.mark.parametrize(
    "url", ["http://issuer.example/1", "ftp://x", "", "did:web:x", "https://[::1]/"]
)
def test_a_list_where_we_do_not_go_leaves_the_status_open(url: str) -> None:
    finding = status(a_list(), entry(statusListCredential=url))

    assert (finding.outcome, finding.code) == (Outcome.UNKNOWN, "status-list-not-fetched")


def test_a_list_with_a_false_proof_is_not_believed() -> None:
    def false_proof(body: bytes) -> tuple[Mapping[str, Any], str]:
        raise ProofMismatch

    finding = status(a_list(), verified_list=false_proof)

    assert (finding.outcome, finding.code) == (Outcome.UNKNOWN, "status-list-unverified")
    assert finding.evidence["cause"] == "signature-mismatch"


def test_a_list_whose_key_cannot_be_had_is_not_believed() -> None:
    def no_key(body: bytes) -> tuple[Mapping[str, Any], str]:
        raise ResolutionFailed("timed-out", url="https://issuer.example/", seconds=5)

    finding = status(a_list(PLACE), verified_list=no_key)

    assert (finding.outcome, finding.code) == (Outcome.UNKNOWN, "status-list-unverified")
    assert finding.evidence["cause"] == "timed-out"


@pytest.mark.parametrize("places", [[], [PLACE]])
def test_a_list_signed_by_somebody_else_is_not_believed(places: list[int]) -> None:
    finding = status(a_list(*places, issuer="did:web:other.example"))

    assert (finding.outcome, finding.code) == (Outcome.UNKNOWN, "status-list-issuer")
    assert finding.evidence["issuer"] == "did:web:other.example"


@pytest.mark.parametrize("list_id", [OTHER, LIST + "/", 7, {}])
def test_another_list_of_the_same_issuer_is_not_taken_for_this_one(list_id: Any) -> None:
    finding = status(a_list(id=list_id))

    assert (finding.outcome, finding.code) == (Outcome.UNKNOWN, "status-list-mismatch")


def test_a_list_needs_no_id_and_its_address_may_have_a_fragment() -> None:
    nameless = {name: value for name, value in a_list().items() if name != "id"}

    assert status(nameless).code == "status-clear"
    assert status(a_list(), entry(statusListCredential=LIST + "#list")).code == "status-clear"


@pytest.mark.parametrize(
    "change",
    [
        {"type": ["VerifiableCredential"]},
        {"type": None},
        {"type": {"BitstringStatusListCredential": 1}},
        {"credentialSubject": None},
        {"credentialSubject": []},
        {"credentialSubject": [a_list()["credentialSubject"]] * 2},
        {"credentialSubject": "x"},
        subject(a_list(), type="Other"),
        *(subject(a_list(), statusPurpose=odd) for odd in NO_TEXTS),
        *(subject(a_list(), encodedList=odd) for odd in (None, "", "u", "uAAAA")),
        subject(a_list(), encodedList=encode_list([])[1:]),
        *(subject(a_list(), ttl=odd) for odd in (-1, True, "1", None)),
        {"validUntil": "tomorrow"},
        {"validFrom": None},
    ],
)
def test_a_list_of_another_form_leaves_the_status_open(change: dict[str, Any]) -> None:
    finding = status({**a_list(), **change})

    assert (finding.outcome, finding.code) == (Outcome.UNKNOWN, "status-list-malformed")
    assert finding.evidence["url"] == LIST


def test_a_single_subject_may_stand_in_a_list_and_say_how_long_it_lasts() -> None:
    document = subject(a_list(PLACE), ttl=300_000)
    document["credentialSubject"] = [document["credentialSubject"]]

    assert status(document).code == "revoked"


def test_a_list_without_dates_is_always_current() -> None:
    undated = {
        name: value for name, value in a_list().items() if name not in {"validFrom", "validUntil"}
    }

    assert status(undated).code == "status-clear"


def test_a_list_that_is_too_short_leaves_the_status_open() -> None:
    two_bits = entry(statusSize=2, statusMessage=MESSAGES)

    finding = status(a_list(), two_bits)

    assert (finding.outcome, finding.code) == (Outcome.UNKNOWN, "status-list-length")
    assert finding.evidence["entries"] == MIN_ENTRIES // 2


@pytest.mark.parametrize(
    "window",
    [
        {"validUntil": "2026-03-01T11:59:00Z"},
        {"validFrom": "2026-03-01T12:01:01Z"},
        {"validFrom": "2026-03-01T12:02:00Z", "validUntil": "2026-03-02T00:00:00Z"},
    ],
)
def test_a_list_that_is_out_of_date_leaves_the_status_open(window: dict[str, str]) -> None:
    finding = status(a_list(**window))

    assert (finding.outcome, finding.code) == (Outcome.UNKNOWN, "status-list-not-current")


@pytest.mark.parametrize(
    ("purpose", "code"), [("revocation", "revoked"), ("suspension", "status-list-not-current")]
)
def test_a_revocation_outlives_its_list_and_a_suspension_does_not(purpose: str, code: str) -> None:
    old = a_list(PLACE, purposes=[purpose], validUntil="2020-01-01T00:00:00Z")

    assert status(old, entry(purpose)).code == code


@pytest.mark.parametrize(
    "window",
    [{"validUntil": "2026-03-01T11:59:01Z"}, {"validFrom": "2026-03-01T12:01:00Z"}],
)
def test_clocks_may_differ_by_a_minute(window: dict[str, str]) -> None:
    assert status(a_list(**window)).code == "status-clear"


def draft_list(*places: int, **change: Any) -> dict[str, Any]:
    return {
        "@context": ["https://www.w3.org/2018/credentials/v1"],
        "id": LIST,
        "type": ["VerifiableCredential", "StatusList2021Credential"],
        "issuer": ISSUER,
        "issuanceDate": "2026-01-01T00:00:00Z",
        "credentialSubject": {
            "id": LIST + "#list",
            "type": "StatusList2021",
            "statusPurpose": "revocation",
            "encodedList": encode_list(places)[1:],
        },
        **change,
    }


def test_a_list_of_2021_is_read_the_same_way() -> None:
    asked = entry(type="StatusList2021Entry")

    assert status(draft_list(), asked).code == "status-clear"
    assert status(draft_list(PLACE), asked).code == "revoked"
    assert (
        status(draft_list(expirationDate="2026-02-01T00:00:00Z"), asked).code
        == "status-list-not-current"
    )


def test_the_two_kinds_of_list_do_not_stand_for_each_other() -> None:
    assert status(a_list(), entry(type="StatusList2021Entry")).code == "status-list-malformed"
    assert status(draft_list(), entry()).code == "status-list-malformed"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=5,
)


def changed(document: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(st.sampled_from(sorted(document)), JSON, max_size=3).map(
        lambda change: {**document, **change}
    )


@given(changed(entry(statusSize=1, statusMessage=MESSAGES[:2])), changed(a_list(PLACE)))
def test_any_entry_and_any_list_are_answered(asked: Any, document: Any) -> None:
    web = RecordedWeb({LIST: {"body": document}})

    findings = check_status({"credentialStatus": asked}, question(web, issuer=ISSUER))

    assert len(findings) == 1
    assert findings[0].outcome is not Outcome.SKIPPED


@given(changed(a_list()["credentialSubject"]))
def test_any_subject_of_a_list_is_answered(changed_subject: Any) -> None:
    document = {**a_list(), "credentialSubject": changed_subject}

    assert status(document).outcome in {Outcome.PASSED, Outcome.FAILED, Outcome.UNKNOWN}


def test_revoked_is_never_valid() -> None:
    proof = Finding("proof", Outcome.PASSED, "proof-holds")

    assert verdict_of([proof, status(a_list(PLACE))]) is Verdict.INVALID
    assert verdict_of([proof, status("{}", verified_list=believed_or_not)]) is Verdict.UNDECIDED


def believed_or_not(body: bytes) -> tuple[Mapping[str, Any], str]:
    return json.loads(body), ISSUER
