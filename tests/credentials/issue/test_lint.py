from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealwright.credentials.issue import Identity, Recipient, lint, stops
from sealwright.credentials.issue.lint import Place, judge, places, quick_look
from sealwright.credentials.jsonld import ContextStore
from sealwright.credentials.model.report import Outcome
from tests.credentials.issue.samples import HOLDER, MASTERED, NOON, changed, credential

SUBJECT = "/credentialSubject"
ACHIEVEMENT = "/credentialSubject/achievement"


def found(document: Any) -> dict[str, set[str]]:
    """The findings about a document: pointers by code."""
    by_code: dict[str, set[str]] = {}
    for finding in lint(document):
        assert finding.detail
        assert "(pointer)" not in finding.detail
        by_code.setdefault(finding.code, set()).add(finding.evidence.get("pointer", ""))
    return by_code


def test_a_good_credential_gives_no_cause_to_speak() -> None:
    assert lint(credential()) == []


def test_findings_that_stop_are_told_apart_from_advice() -> None:
    document = changed(credential(name=""), "/validUntil", "2020-01-01T00:00:00Z")
    document = changed(document, f"{ACHIEVEMENT}/alignment", None)

    findings = lint(document)

    assert [f.code for f in stops(findings)] == ["window-backwards"]
    assert {f.check for f in findings if f.outcome is Outcome.FAILED} == {"structure"}
    assert {f.check for f in findings if f.outcome is Outcome.UNKNOWN} == {"notes"}


@pytest.mark.parametrize(
    ("pointer", "value", "code"),
    [
        ("/@context/0", "https://www.w3.org/2018/credentials/v1", "lint-old-model"),
        ("/@context/1", "https://harbour.example/context", "unknown-context"),
        ("/validUntil", "2026-03-01T11:59:59Z", "window-backwards"),
        ("/validUntil", "2027-03-01T12:00:00", "instant-without-zone"),
        ("/validFrom", "tomorrow", "instant-malformed"),
        ("/awardedDate", 20260301, "instant-malformed"),
        (f"{SUBJECT}/activityEndDate", "2026-02-30", "instant-without-zone"),
        (f"{SUBJECT}/activityEndDate", "2026-3-1", "instant-malformed"),
        (f"{SUBJECT}/favouriteColour", "blue", "undefined-term"),
        (f"{SUBJECT}/id", "mailto:mira@harbour.example", "lint-email-in-clear"),
        (f"{SUBJECT}/id", "mira", "url-expected"),
        (f"{SUBJECT}/id", 5, "url-expected"),
        ("/issuer/url", "harbour.example", "url-expected"),
        (f"{ACHIEVEMENT}/alignment/0/targetUrl", "navigate", "url-expected"),
        (f"{ACHIEVEMENT}/criteria/narrative", "", "criteria-empty"),
        (f"{SUBJECT}/role", "mira@harbour.example", "lint-email-in-clear"),
        (f"{SUBJECT}/identifier/0/identityHash", "mira@harbour.example", "lint-email-in-clear"),
        (f"{SUBJECT}/identifier/0/identityType", "emailAddress", "lint-email-in-clear"),
        (f"{SUBJECT}/identifier/0/identityType", "nickname", "lint-word-not-allowed"),
        (f"{SUBJECT}/identifier/0/hashed", True, "lint-identity-hash"),
        (f"{SUBJECT}/result/0/status", "Won", "lint-word-not-allowed"),
        (f"{SUBJECT}/result/0/resultDescription", "urn:x:other", "lint-result-not-described"),
        (f"{SUBJECT}/result/1/achievedLevel", "urn:x:other", "lint-result-not-described"),
        (f"{SUBJECT}/result/1/achievedLevel", [MASTERED], "lint-result-not-described"),
        (f"{ACHIEVEMENT}/resultDescription/0/id", 5, "lint-result-not-described"),
        (f"{ACHIEVEMENT}/achievementType", "Regatta", "lint-word-not-allowed"),
        (f"{ACHIEVEMENT}/achievementType", 5, "lint-word-not-allowed"),
        (f"{ACHIEVEMENT}/alignment/0/targetType", "Skill", "lint-word-not-allowed"),
        (f"{ACHIEVEMENT}/resultDescription/0/resultType", "Stars", "lint-word-not-allowed"),
        (f"{ACHIEVEMENT}/otherIdentifier/0/identifierType", "x", "lint-word-not-allowed"),
        (f"{ACHIEVEMENT}/inLanguage", "English", "lint-language"),
        (f"{ACHIEVEMENT}/inLanguage", 5, "lint-language"),
        (f"{ACHIEVEMENT}/criteria", {"type": "Criteria"}, "criteria-empty"),
        ("/credentialStatus/statusListIndex", 94567, "lint-status-index"),
        ("/credentialStatus/statusListIndex", "007", "lint-status-index"),
        ("/jti", "urn:uuid:1", "lint-never-issued"),
        ("/endorsementJwt", ["a.b.c"], "lint-never-issued"),
        ("/evidence/0/name", "half \ud800", "json-lone-surrogate"),
        ("/evidence/0/name", float("nan"), "json-not-a-number"),
        ("/evidence/0/name", date(2026, 1, 1), "malformed"),
    ],
)
def test_what_a_verifier_or_a_holder_would_suffer_from_stops_issuing(
    pointer: str, value: Any, code: str
) -> None:
    document = changed(credential(), pointer, value)

    stopping = stops(lint(document))

    assert code in {finding.code for finding in stopping}


@pytest.mark.parametrize(
    ("pointer", "value", "code"),
    [
        ("/validFrom", "2026-03-01T13:00:00+01:00", "lint-instant-not-canonical"),
        ("/validFrom", "2026-03-01T12:00:00.000Z", "lint-instant-not-canonical"),
        ("/name", None, "lint-no-name"),
        ("/issuer/url", "http://harbour.example/", "lint-http-address"),
        ("/issuer/type", "Profile", "lint-type-not-array"),
        ("/endorsement", [{"id": "urn:x"}], "lint-endorsement-unsigned"),
        ("/evidence/0/narrative", "Ask mira@harbour.example.", "lint-email-in-text"),
        (f"{SUBJECT}/id", None, "lint-subject-without-id"),
        (f"{ACHIEVEMENT}/id", "urn:uuid:1", "lint-achievement-without-page"),
        (f"{ACHIEVEMENT}/alignment", None, "lint-no-alignment"),
        (f"{ACHIEVEMENT}/image/caption", None, "lint-caption-missing"),
        ("/credentialStatus/statusListCredential", "http://h.example/1", "lint-http-address"),
    ],
)
def test_what_could_be_better_is_advice(pointer: str, value: Any, code: str) -> None:
    document = changed(credential(), pointer, value)

    advice = [finding for finding in lint(document) if finding.code == code]

    assert [finding.outcome for finding in advice] == [Outcome.UNKNOWN]


def test_a_finding_says_where() -> None:
    document = changed(credential(), f"{ACHIEVEMENT}/alignment/0/targetType", "Skill")

    assert found(document)["lint-word-not-allowed"] == {f"{ACHIEVEMENT}/alignment/0/targetType"}


def test_a_credential_needs_somebody_who_earned_it() -> None:
    document = credential(recipient=Recipient())

    assert found(document)["recipient-missing"] == {SUBJECT}


def test_several_subjects_are_each_looked_at() -> None:
    subject = credential()["credentialSubject"]
    document = changed(credential(), SUBJECT, [subject, changed(subject, "/id", None)])

    assert found(document)["lint-subject-without-id"] == {"/credentialSubject/1/id"}


def test_a_hashed_address_can_be_guessed_and_that_is_said() -> None:
    salted = Recipient.of(HOLDER, email="mira@harbour.example", salt="00ff")

    assert set(found(credential(recipient=salted))) == {"lint-hash-can-be-guessed"}


def test_a_hash_without_a_salt_is_worse() -> None:
    bare = Recipient.of(HOLDER, email="mira@harbour.example")

    assert set(found(credential(recipient=bare))) == {"lint-salt-missing"}


def test_another_identifier_may_be_hashed_without_a_word() -> None:
    number = Identity(
        hashed=True, identity_hash=f"sha256${'0' * 64}", identity_type="sourcedId", salt="1"
    )

    assert lint(credential(recipient=Recipient(id=HOLDER, identifier=(number,)))) == []


def test_the_status_of_a_list_is_not_the_status_of_a_result() -> None:
    entry = credential()["credentialStatus"] | {
        "statusPurpose": "message",
        "statusSize": 1,
        "statusMessage": [
            {"status": "0x0", "message": "in force"},
            {"status": "0x1", "message": "under review"},
        ],
    }

    assert lint(changed(credential(), "/credentialStatus", entry)) == []


def test_days_and_instants_may_both_stand_for_an_activity() -> None:
    assert lint(credential(activity_start_date="2026-02-01", activity_end_date=NOON)) == []


@pytest.mark.parametrize(
    "text", ["write to mira.o+log@mail.harbour.example!", "Ask (mira@harbour.example)"]
)
def test_an_address_is_found_inside_a_text(text: str) -> None:
    findings = lint(changed(credential(), "/evidence/0/narrative", text))

    assert [finding.code for finding in findings] == ["lint-email-in-text"]


def test_an_at_sign_alone_is_no_address() -> None:
    assert lint(changed(credential(), "/evidence/0/narrative", "62 miles @ 5 knots")) == []


def test_addresses_of_organisations_are_theirs_to_publish() -> None:
    source = {"id": "did:web:b.example", "type": ["Profile"], "email": "office@b.example"}

    assert lint(changed(credential(), f"{SUBJECT}/source", source)) == []


def test_a_level_that_the_rubric_has_may_be_reached() -> None:
    result = [{"type": ["Result"], "achievedLevel": MASTERED}]

    assert lint(changed(credential(), f"{SUBJECT}/result", result)) == []


def test_what_others_signed_is_not_looked_into() -> None:
    endorsement = {
        "@context": credential()["@context"],
        "id": "urn:x:endorsement",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "validFrom": "2026-03-01T13:00:00+01:00",
        "proof": [{"type": "DataIntegrityProof"}],
    }

    findings = lint(changed(credential(), "/endorsement", [endorsement]))

    assert not [f for f in findings if f.code.startswith("lint-")]


def test_the_same_thing_is_said_once() -> None:
    document = changed(credential(), "/validFrom", "tomorrow")

    assert [f.code for f in lint(document)].count("instant-malformed") == 1


def test_a_document_of_another_kind_is_not_asked_for_an_achievement() -> None:
    document = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": "https://harbour.example/status/1",
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "name": "Status list",
        "issuer": "did:web:harbour.example",
        "validFrom": "2026-03-01T12:00:00Z",
        "credentialSubject": {
            "id": "https://harbour.example/status/1#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQsvoAAAAAAAAAAAAAAAAP4GcwM92tQwAAA",
        },
    }

    assert lint(document) == []


@pytest.mark.parametrize("context", [None, [], "https://www.w3.org/2018/credentials/v1"])
def test_a_document_without_a_usable_context_is_not_issued(context: Any) -> None:
    assert stops(lint(changed(credential(), "/@context", context)))


def test_an_operators_context_is_known_when_it_is_given() -> None:
    text = b'{"@context": {"boat": "https://harbour.example/vocabulary#boat"}}'
    contexts = ContextStore.shipped().with_file(
        "https://harbour.example/context", text, sha256(text).hexdigest()
    )
    document = changed(credential(), "/boat", "Kestrel")
    document["@context"] = [*document["@context"], "https://harbour.example/context"]

    assert lint(document, contexts=contexts) == []


def test_texts_in_lists_within_lists_are_seen() -> None:
    document = {"credentialSubject": {"id": HOLDER, "x": [["mira@harbour.example"]]}}

    pointers = [place.pointer for place in places(document)]

    assert "/credentialSubject/x/0/0" in pointers


MEMBERS = (
    "validFrom",
    "activityEndDate",
    "achievementType",
    "statusListIndex",
    "identityHash",
    "inLanguage",
    "id",
    "url",
    "name",
)
TEXTS = st.sampled_from(
    [
        "",
        "2026-01-01",
        "2026-01-01T00:00:00Z",
        "2026-01-01T00:00:00",
        "2026-13-01",
        "a@b.example",
        "mailto:a@b.example",
        "en",
        "7",
        "ext:x",
        f"sha256${'a' * 64}",
    ]
) | (
    st.text(max_size=12)
    | st.dates().map(str)
    | st.datetimes().map(lambda instant: f"{instant:%Y-%m-%dT%H:%M:%SZ}")
    | st.from_regex(r"[0-9]{4}-[0-3][0-9]-[0-3][0-9](T[0-2][0-9]:[0-6][0-9]:[0-6][0-9]Z)?")
)


@given(st.sampled_from(MEMBERS), TEXTS, st.booleans(), st.sampled_from(["/evidence/0", "/issuer"]))
def test_a_quick_look_overlooks_nothing(member: str, text: str, hashed: bool, where: str) -> None:
    place = Place(f"{where}/{member}", member, text, {"hashed": hashed})

    if quick_look(place)(text):
        assert stops(judge(place)) == []


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_passes_the_quick_look(day: date) -> None:
    place = Place("/validFrom", "validFrom", "", {})

    assert quick_look(place)(f"{day}T00:00:00Z")


def test_a_document_so_deep_that_nobody_reads_it_is_not_issued() -> None:
    deep: dict[str, Any] = {}
    for _ in range(5000):
        deep = {"x": deep}

    assert [finding.outcome for finding in lint(deep)] == [Outcome.FAILED]


def test_a_text_that_no_rule_is_about_is_always_fine() -> None:
    place = Place("/name", "name", "Sailing", {"name": "Sailing"})

    assert quick_look(place)("mira@harbour.example")
    assert not list(judge(place))
