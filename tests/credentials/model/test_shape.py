"""The form of a document: every malformed one is refused, with the place and the reason."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealwright.credentials.formats.reading import read
from sealwright.credentials.messages import MESSAGES
from sealwright.credentials.model.received import Kind, Received, Securing, Standard
from sealwright.credentials.model.report import Finding, Outcome
from sealwright.credentials.model.shape import (
    MAX_FAULTS,
    MAX_NAMED,
    check_structure,
    faults_of_credential,
)
from sealwright.credentials.model.spelling import Spelling
from sealwright.credentials.model.strict_json import KNOWN, UNKNOWN, loads_with_traits
from tests.credentials.formats.samples import (
    OB2,
    OB3,
    VC1,
    VC2,
    assertion,
    badge,
    presentation,
)
from tests.credentials.model.places import (
    CLR,
    CREDENTIAL,
    ENDORSEMENT,
    NAMED,
    OLD,
    PLACES,
    TYPED,
    WHOLE,
    WHOLE_BADGE,
    changed,
)


def received(document: dict[str, Any], standard: Standard = Standard.VC_2_0) -> Received:
    return Received(document, standard, Securing.NONE)


def faults(document: dict[str, Any], standard: Standard = Standard.VC_2_0) -> list[tuple[str, str]]:
    """Code and pointer of everything that makes the document malformed."""
    found = check_structure(received(document, standard))
    for finding in found:
        assert finding.code in MESSAGES
        assert "(" + "pointer" not in finding.detail
    failed = [finding for finding in found if finding.outcome is Outcome.FAILED]
    if standard is Standard.VC_2_0:
        assert faults_of_credential(document) == failed
    return [
        (finding.code, finding.evidence["pointer"])
        for finding in failed
        if finding.check == "structure"
    ]


@pytest.mark.parametrize(("document", "standard"), WHOLE)
def test_a_whole_document_is_sound(document: dict[str, Any], standard: Standard) -> None:
    (finding,) = check_structure(received(document, standard))

    assert (finding.check, finding.outcome, finding.code) == (
        "structure",
        Outcome.PASSED,
        "structure-sound",
    )
    assert finding.evidence == {"standard": standard.value}


@pytest.mark.parametrize(
    ("pointer", "value", "code"),
    [
        ("/@context", ..., "context-first"),
        ("/@context", [], "context-first"),
        ("/@context", [VC1, VC2], "context-first"),
        ("/@context", [OB3, VC2], "context-first"),
        ("/@context", 7, "context-first"),
        ("/@context/1", 123192875, "url-expected"),
        ("/@context/1", None, "url-expected"),
        ("/@context/1", "https ://not-a-url/contexts", "url-expected"),
        ("/type", ..., "type-missing"),
        ("/type", [], "type-missing"),
        ("/type", ["VerifiableCredential", 7], "type-missing"),
        ("/type", ["VerifiableCredential", ""], "type-missing"),
        ("/type", {"a": 1}, "type-missing"),
        ("/type", ["Example"], "type-incomplete"),
        ("/id", None, "url-expected"),
        ("/id", ["urn:uuid:1", "urn:uuid:2"], "url-expected"),
        ("/id", "https ://not-a-url/1", "url-expected"),
        ("/id", "//not-a-url/1", "url-expected"),
        ("/id", "", "url-expected"),
        ("/issuer", ..., "member-missing"),
        ("/issuer", None, "member-missing"),
        ("/issuer", "fake-issuer", "url-expected"),
        ("/issuer", ["did:example:a", "did:example:b"], "url-expected"),
        ("/issuer", 7, "url-expected"),
        ("/issuer/id", None, "member-missing"),
        ("/issuer/id", "fake-issuer", "url-expected"),
        ("/issuer/name", 7, "name-malformed"),
        ("/name", {"@value": "a", "@language": "en", "extra": 1}, "name-malformed"),
        ("/name", {"@language": "en"}, "name-malformed"),
        ("/description", 7, "name-malformed"),
        ("/description", ["a", 7], "name-malformed"),
        ("/validFrom", "2026-03-01", "instant-without-zone"),
        ("/validFrom", 1772355600, "instant-malformed"),
        ("/validUntil", "soon", "instant-malformed"),
        ("/credentialSubject", ..., "member-missing"),
        ("/credentialSubject", None, "member-missing"),
        ("/credentialSubject", [], "member-missing"),
        ("/credentialSubject", [None], "member-missing"),
        ("/credentialSubject", {}, "subject-empty"),
        ("/credentialSubject", "did:example:subject", "object-expected"),
        ("/credentialSubject/id", None, "url-expected"),
        ("/credentialSubject/id", ["did:example:a", "did:example:b"], "url-expected"),
        ("/proof", "signed", "object-expected"),
        ("/relatedResource", "https://example.org/", "object-expected"),
    ],
)
def test_a_malformed_credential_is_refused(pointer: str, value: object, code: str) -> None:
    document = {**CREDENTIAL, "issuer": {"id": "did:example:issuer"}}

    assert faults(changed(document, pointer, value)) == [(code, pointer)]


@pytest.mark.parametrize(
    ("member", "value", "code", "pointer"),
    [
        ("credentialStatus", {"id": "urn:uuid:1"}, "type-missing", "/credentialStatus/type"),
        ("credentialStatus", {"type": 2}, "type-missing", "/credentialStatus/type"),
        ("credentialStatus", [TYPED, 7], "object-expected", "/credentialStatus/1"),
        ("credentialStatus", {**TYPED, "id": None}, "url-expected", "/credentialStatus/id"),
        ("credentialStatus", {**TYPED, "id": []}, "url-expected", "/credentialStatus/id"),
        ("credentialSchema", TYPED, "member-missing", "/credentialSchema/id"),
        ("credentialSchema", [NAMED, {"id": "a:b"}], "type-missing", "/credentialSchema/1/type"),
        ("refreshService", {"id": "urn:uuid:1"}, "type-missing", "/refreshService/type"),
        ("refreshService", {**TYPED, "id": "//x"}, "url-expected", "/refreshService/id"),
        ("termsOfUse", {"id": "urn:uuid:1"}, "type-missing", "/termsOfUse/type"),
        ("evidence", "https://example.org/", "object-expected", "/evidence"),
        ("evidence", {"name": "x"}, "type-missing", "/evidence/type"),
        ("relatedResource", {"digestSRI": "sha256-x"}, "url-expected", "/relatedResource/id"),
        ("relatedResource", [{"id": "a:b"}], "digest-missing", "/relatedResource/0"),
    ],
)
def test_what_is_attached_needs_a_type_and_often_an_id(
    member: str, value: object, code: str, pointer: str
) -> None:
    assert faults({**CREDENTIAL, member: value}) == [(code, pointer)]


@pytest.mark.parametrize(
    "members",
    [
        {"@context": VC2},
        {"type": "VerifiableCredential"},
        {"type": ["https://example.org/#Example", "VerifiableCredential"]},
        {"name": {"@value": "Badge", "@language": "en", "@direction": "ltr"}},
        {"name": ["Badge", {"@value": "Abzeichen", "@language": "de"}], "description": "x"},
        {"validFrom": "2026-03-01T09:00:00.5-01:00", "validUntil": "2026-03-01T10:00:00.5Z"},
        {"credentialSubject": [{"id": "did:example:a"}, {"name": "b"}]},
        {"credentialStatus": [TYPED, NAMED], "credentialSchema": [NAMED], "evidence": TYPED},
        {"refreshService": [NAMED], "termsOfUse": [TYPED, NAMED], "proof": {"type": "x"}},
        {"relatedResource": [{"id": "https://example.org/", "digestMultibase": "u"}]},
    ],
)
def test_what_the_standard_leaves_open_stays_open(members: dict[str, Any]) -> None:
    assert faults({**CREDENTIAL, **members}) == []


def test_a_credential_may_not_end_before_it_begins() -> None:
    backwards = {"validFrom": "2026-03-01T09:00:00Z", "validUntil": "2026-03-01T09:59:00+01:00"}

    (finding,) = check_structure(received({**CREDENTIAL, **backwards}))

    assert (finding.code, finding.evidence["pointer"]) == ("window-backwards", "/validUntil")
    assert "validFrom" in finding.detail


def test_every_problem_is_told_not_only_the_first() -> None:
    assert faults({"type": "VerifiableCredential"}) == [
        ("context-first", "/@context"),
        ("member-missing", "/issuer"),
        ("member-missing", "/credentialSubject"),
    ]


@pytest.mark.parametrize(
    "members",
    [
        {"@context": [VC2] + [7] * 1000},
        {"evidence": [7] * 1000},
        {"credentialStatus": [{}] * 1000},
        {"credentialSubject": [{}] * 1000},
    ],
)
def test_a_thousand_problems_are_not_told_one_by_one(members: dict[str, Any]) -> None:
    assert len(faults({**CREDENTIAL, **members})) == MAX_FAULTS


@pytest.mark.parametrize(
    ("pointer", "value", "code"),
    [
        ("/@context", [VC2], "context-first"),
        ("/issuanceDate", ..., "member-missing"),
        ("/issuanceDate", None, "member-missing"),
        ("/issuanceDate", "2020-03-01", "instant-without-zone"),
        ("/expirationDate", "2019-03-01T09:00:00Z", "window-backwards"),
    ],
)
def test_version_1_1_has_dates_of_its_own(pointer: str, value: object, code: str) -> None:
    assert faults(changed(OLD, pointer, value), Standard.VC_1_1) == [(code, pointer)]


def test_version_1_1_wants_an_id_where_version_2_does_not() -> None:
    assert faults({**OLD, "credentialStatus": TYPED}, Standard.VC_1_1) == [
        ("member-missing", "/credentialStatus/id")
    ]
    assert faults({**OLD, "name": {"de": "x"}, "validFrom": "soon"}, Standard.VC_1_1) == []


@pytest.mark.parametrize(
    ("pointer", "value", "code"),
    [
        ("/id", ..., "badge-member-missing"),
        ("/validFrom", ..., "badge-member-missing"),
        ("/validFrom", None, "badge-member-missing"),
        ("/awardedDate", "2026-03-01", "instant-without-zone"),
        ("/issuer/type", ..., "type-expected"),
        ("/evidence/0/type", "Example", "type-expected"),
        ("/credentialSubject/type", ..., "type-expected"),
        ("/credentialSubject/identifier", ..., "recipient-missing"),
        ("/credentialSubject/identifier", [], "recipient-missing"),
        ("/credentialSubject/identifier/0/type", "Identity", "type-expected"),
        ("/credentialSubject/identifier/0/hashed", "true", "flag-expected"),
        ("/credentialSubject/identifier/0/identityHash", ..., "text-expected"),
        ("/credentialSubject/identifier/0/identityType", 7, "text-expected"),
        ("/credentialSubject/id", "learner@example.org", "url-expected"),
        ("/credentialSubject/result/0/type", [], "type-expected"),
        ("/credentialSubject/result/0", "90", "object-expected"),
        ("/credentialSubject/achievement", ..., "badge-member-missing"),
        ("/credentialSubject/achievement/id", ..., "member-missing"),
        ("/credentialSubject/achievement/id", "one", "url-expected"),
        ("/credentialSubject/achievement/type", ["Award"], "type-expected"),
        ("/credentialSubject/achievement/name", ..., "text-expected"),
        ("/credentialSubject/achievement/description", None, "text-expected"),
        ("/credentialSubject/achievement/criteria", ..., "badge-member-missing"),
        ("/credentialSubject/achievement/criteria", {}, "criteria-empty"),
        ("/credentialSubject/achievement/criteria", {"id": "here"}, "criteria-empty"),
        ("/credentialSubject/achievement/alignment/0/type", ..., "type-expected"),
        ("/credentialSubject/achievement/alignment/0/targetName", ..., "text-expected"),
        ("/credentialSubject/achievement/alignment/0/targetUrl", "sql", "url-expected"),
        ("/credentialSubject/achievement/resultDescription/0/id", ..., "member-missing"),
        ("/credentialSubject/achievement/resultDescription/0/resultType", ..., "text-expected"),
        (
            "/credentialSubject/achievement/resultDescription/0/rubricCriterionLevel/0/name",
            ...,
            "text-expected",
        ),
        ("/credentialSubject/achievement/related/type", ..., "type-expected"),
    ],
)
def test_a_malformed_badge_is_refused(pointer: str, value: object, code: str) -> None:
    document = changed(WHOLE_BADGE, pointer, value)

    place = "/credentialSubject" if code == "recipient-missing" else pointer
    assert faults(document) == [(code, place)]


def test_a_badge_without_an_achievement_to_speak_of_is_refused() -> None:
    document = changed(WHOLE_BADGE, "/credentialSubject/achievement", "https://example.org/1")

    assert faults(document) == [
        ("object-expected", "/credentialSubject/achievement"),
        ("badge-member-missing", "/credentialSubject/achievement"),
    ]


def test_the_criteria_may_be_an_address_and_the_issuer_too() -> None:
    document = changed(WHOLE_BADGE, "/issuer", "https://provider.example.edu/issuers/1")
    criteria = {"id": "https://provider.example.edu/criteria"}

    assert faults(changed(document, "/credentialSubject/achievement/criteria", criteria)) == []


@pytest.mark.parametrize(
    ("document", "pointer", "code"),
    [
        (CLR, "/credentialSubject/type", "type-expected"),
        (CLR, "/credentialSubject/verifiableCredential", "badge-member-missing"),
        (ENDORSEMENT, "/credentialSubject/type", "type-expected"),
        (ENDORSEMENT, "/credentialSubject/id", "badge-member-missing"),
    ],
)
def test_records_and_endorsements_have_subjects_of_their_own(
    document: dict[str, Any], pointer: str, code: str
) -> None:
    assert faults(changed(document, pointer)) == [(code, pointer)]


@pytest.mark.parametrize(
    ("pointer", "value", "code"),
    [
        ("/@context", VC2, "assertion-context"),
        ("/@context", ..., "assertion-context"),
        ("/id", ..., "url-expected"),
        ("/id", "assertion-1", "url-expected"),
        ("/issuedOn", ..., "member-missing"),
        ("/issuedOn", "2018-03-01", "instant-without-zone"),
        ("/expires", "2017-03-01T09:00:00Z", "window-backwards"),
        ("/recipient", ..., "assertion-member-missing"),
        ("/recipient", "learner@example.org", "assertion-member-missing"),
        ("/recipient/type", ..., "assertion-member-missing"),
        ("/recipient/identity", ..., "assertion-member-missing"),
        ("/recipient/hashed", "false", "flag-expected"),
        ("/verification", ..., "assertion-member-missing"),
        ("/verification", {}, "assertion-member-missing"),
        ("/badge", ..., "url-expected"),
        ("/badge", "badge", "url-expected"),
    ],
)
def test_a_malformed_assertion_is_refused(pointer: str, value: object, code: str) -> None:
    assert faults(changed(assertion(), pointer, value), Standard.OB_2_0) == [(code, pointer)]


def test_an_assertion_may_hold_its_badge_and_several_contexts() -> None:
    held = {"type": "BadgeClass", "id": "urn:uuid:1", "name": "Badge", "description": "x"}
    whole = assertion(badge=held, **{"@context": [OB2, "https://example.org/extension"]})

    assert faults(whole, Standard.OB_2_0) == []
    assert faults(changed(whole, "/badge/name"), Standard.OB_2_0) == [
        ("text-expected", "/badge/name")
    ]


@pytest.mark.parametrize(
    ("pointer", "value", "code"),
    [
        ("/@context", [OB3], "context-first"),
        ("/type", "Presentation", "type-incomplete"),
        ("/id", "one", "url-expected"),
        ("/holder", "learner", "url-expected"),
        ("/holder", {"name": "Learner"}, "member-missing"),
        ("/proof", [7], "object-expected"),
        ("/termsOfUse", {}, "type-missing"),
    ],
)
def test_a_malformed_presentation_is_refused(pointer: str, value: object, code: str) -> None:
    def look(document: dict[str, Any]) -> list[str]:
        presented = Received(document, Standard.VC_2_0, Securing.NONE, Kind.PRESENTATION)
        return [finding.code for finding in check_structure(presented)]

    assert look(changed(presentation(badge()), pointer, value)) == [code]
    assert look(presentation(badge())) == ["structure-sound"]
    assert look(changed(presentation(badge()), "/holder")) == ["structure-sound"]


def test_what_reading_found_comes_first_and_counts() -> None:
    note = Finding("structure", Outcome.FAILED, "claim-disagrees", {"claim": "iss"})
    with_note = Received(badge(), Standard.VC_2_0, Securing.JOSE, notes=(note,))

    assert check_structure(with_note) == [note]


def test_a_link_has_no_form() -> None:
    link = Received({}, Standard.NONE, Securing.NONE, Kind.LINK, link="https://example.org/")

    assert check_structure(link) == []


@pytest.mark.parametrize(
    ("members", "pointers"),
    [
        ({"name": None}, ["/name"]),
        ({"evidence": []}, ["/evidence"]),
        ({"credentialStatus": None, "proof": None}, ["/credentialStatus", "/proof"]),
        ({"evidence": [None, TYPED]}, ["/evidence/0"]),
        ({"a/b~c": [{"d": []}]}, ["/a~1b~0c/0/d"]),
        ({"tags": [None] * 50}, [f"/tags/{index}" for index in range(MAX_NAMED)]),
    ],
)
def test_what_nobody_signs_is_accepted_and_noted(
    members: dict[str, Any], pointers: list[str]
) -> None:
    sound, note = check_structure(received({**CREDENTIAL, **members}))

    assert sound.code == "structure-sound"
    assert (note.check, note.outcome, note.code) == ("notes", Outcome.UNKNOWN, "unsigned-members")
    assert note.evidence == {"pointers": pointers}


def test_empty_texts_and_objects_are_signed_like_others() -> None:
    assert len(check_structure(received({**CREDENTIAL, "name": "", "about": {}, "n": 0}))) == 1


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)


@given(st.sampled_from(PLACES), JSON)
def test_any_value_anywhere_is_judged(
    place: tuple[dict[str, Any], Standard, str], value: object
) -> None:
    document, standard, pointer = place

    for kind in (Kind.CREDENTIAL, Kind.PRESENTATION):
        odd = Received(changed(document, pointer, value), standard, Securing.NONE, kind)
        for finding in check_structure(odd):
            assert json.dumps(finding.as_json())


@given(
    st.from_regex(r"[a-z]{0,2}:?[!-~]{0,6}", fullmatch=True) | st.text(max_size=8), st.characters()
)
def test_an_address_is_a_scheme_and_no_character_that_addresses_cannot_have(
    text: str, character: str
) -> None:
    address = text + character

    findings = faults({**CREDENTIAL, "id": address})

    sound = re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\0-\x1f]+", address)
    assert findings == ([] if sound else [("url-expected", "/id")])


def test_the_sentences_name_the_place() -> None:
    findings = check_structure(received(changed(CREDENTIAL, "/issuer", "x")))

    assert findings[0].detail == (
        "What stands at /issuer must be one whole address (a URL or a DID)."
    )
    assert findings[0].clause.startswith("https://www.w3.org/TR/vc-data-model-2.0/#")


@pytest.mark.vectors
def test_the_published_credentials_are_sound(vectors: Path) -> None:
    published = sorted(vectors.glob("vc-di-*/**/signed*.json"))

    assert len(published) > 10
    for path in published:
        (finding,) = check_structure(read(path.read_bytes()))
        assert finding.code == "structure-sound", path


# Documents that are spelled like a sound one


def spelled(document: dict[str, Any], standard: Standard) -> Received:
    """The document as it comes from a text whose spelling is known."""
    text = json.dumps(document)
    KNOWN.learn(Spelling(text.split('"')))
    value, traits = loads_with_traits(text)
    return Received(value, standard, Securing.NONE, traits=traits)


STRINGS = ["", "x", "did:example:a", "https://a.example/", "https ://a", "2026-01-01T00:00:00Z"]
STRINGS += ["2027-01-01T00:00:00Z", "2026-13-01T00:00:00Z", "2026-01-01", "é", "urn:é"]


@given(
    st.sampled_from(WHOLE),
    st.dictionaries(st.integers(0, 400), st.sampled_from(STRINGS), min_size=1, max_size=3),
)
def test_a_document_like_a_sound_one_is_judged_as_if_it_were_the_first(
    whole: tuple[dict[str, Any], Standard], changes: dict[int, str]
) -> None:
    document, standard = whole
    assert [each.code for each in check_structure(spelled(*whole))] == ["structure-sound"]
    pieces = json.dumps(document).split('"')
    values = [at for at in range(1, len(pieces), 2) if not pieces[at + 1].startswith(":")]
    for number, text in changes.items():
        pieces[values[number % len(values)]] = text
    value, traits = loads_with_traits('"'.join(pieces))
    other = Received(value, standard, Securing.NONE, traits=traits)

    assert check_structure(other) == check_structure(replace(other, traits=UNKNOWN))


def test_an_empty_text_is_as_sound_where_the_first_had_one() -> None:
    document = badge() | {"name": ""}
    check_structure(spelled(document, Standard.VC_2_0))

    again = spelled(document | {"description": ""}, Standard.VC_2_0)

    assert [finding.code for finding in check_structure(again)] == ["structure-sound"]
    assert faults(document) == []
