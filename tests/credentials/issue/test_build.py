from __future__ import annotations

from sealwright.credentials.issue import (
    CredentialRefresh,
    CredentialSchema,
    Recipient,
    RevocationList,
    StatusEntry,
    TermsOfUse,
    build_credential,
    build_endorsement,
    lint,
    stops,
)
from sealwright.credentials.jsonld import canonize
from tests.credentials.issue.samples import CONTEXTS, DID, NOON, achievement, credential, issuer

VC2 = "https://www.w3.org/ns/credentials/v2"
OB3 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
STATUS = "https://harbour.example/status/1"


def test_a_credential_has_the_contexts_and_types_of_open_badges_3() -> None:
    document = credential()

    assert document["@context"] == [VC2, OB3]
    assert document["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert document["credentialSubject"]["type"] == ["AchievementSubject"]
    assert document["credentialSubject"]["achievement"]["type"] == ["Achievement"]


def test_every_member_that_is_built_is_covered_by_a_signature() -> None:
    document = credential(
        credential_schema=(CredentialSchema(),),
        refresh_service=CredentialRefresh(id="https://harbour.example/refresh/1"),
        terms_of_use=(TermsOfUse(type="https://harbour.example/terms#share"),),
        activity_start_date=NOON,
        activity_end_date=NOON,
        credits_earned=2.5,
        role="Navigator",
        term="Spring",
        license_number="7",
        narrative="Calm seas.",
        description="For sailors.",
    )

    assert stops(lint(document)) == []
    assert b"Calm seas." in canonize(document, contexts=CONTEXTS)


def test_the_name_is_that_of_the_achievement_unless_another_is_told() -> None:
    assert credential()["name"] == "Coastal Navigation"
    assert credential(name="Navigation, spring class")["name"] == "Navigation, spring class"


def test_nothing_that_was_not_told_is_in_the_credential() -> None:
    document = build_credential(
        id="urn:uuid:6f0c1a52-0000-4000-8000-00000000000b",
        issuer=issuer(),
        achievement=achievement(image=None, alignment=()),
        recipient=Recipient.of("did:example:mira"),
        valid_from=NOON,
    )

    assert set(document) == {
        "@context",
        "id",
        "type",
        "name",
        "issuer",
        "validFrom",
        "credentialSubject",
    }
    assert set(document["credentialSubject"]) == {"id", "type", "achievement"}


def test_one_status_entry_is_an_object_and_several_are_an_array() -> None:
    entries = (StatusEntry.at(STATUS, 7), StatusEntry.at(STATUS, 7, purpose="suspension"))

    assert credential(credential_status=entries[:1])["credentialStatus"]["statusListIndex"] == "7"
    assert len(credential(credential_status=entries)["credentialStatus"]) == 2
    assert "credentialStatus" not in credential(credential_status=())


def test_the_extensions_context_is_there_only_where_it_is_needed() -> None:
    document = credential(credential_status=(RevocationList(id="https://harbour.example/r"),))

    assert document["@context"] == [VC2, OB3, EXTENSIONS]
    assert stops(lint(document)) == []


def test_an_endorsement_says_what_it_endorses_and_what_it_thinks_of_it() -> None:
    document = build_endorsement(
        id="urn:uuid:6f0c1a52-0000-4000-8000-00000000000c",
        issuer=issuer(),
        endorsed="https://harbour.example/programmes/nav/versions/2",
        comment="Our pilots ask for it.",
        valid_from=NOON,
    )

    assert document["type"] == ["VerifiableCredential", "EndorsementCredential"]
    assert document["name"] == "Endorsement"
    assert document["issuer"]["id"] == DID
    assert document["credentialSubject"] == {
        "id": "https://harbour.example/programmes/nav/versions/2",
        "type": ["EndorsementSubject"],
        "endorsementComment": "Our pilots ask for it.",
    }
    assert stops(lint(document)) == []
