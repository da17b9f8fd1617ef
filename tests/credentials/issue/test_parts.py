from __future__ import annotations

from datetime import UTC, date, datetime
from hashlib import sha256
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealwright.credentials.errors import MalformedCredential
from sealwright.credentials.issue import (
    Alignment,
    CredentialRefresh,
    CredentialSchema,
    Criteria,
    Identity,
    Image,
    Recipient,
    ResultDescription,
    RevocationList,
    StatusEntry,
    TermsOfUse,
)
from sealwright.credentials.issue.parts import looks_like_email, told


def test_a_part_is_written_with_the_members_of_the_standard() -> None:
    alignment = Alignment(target_name="Splicing", target_url="https://skills.example/splice")

    assert alignment.as_json() == {
        "type": ["Alignment"],
        "targetName": "Splicing",
        "targetUrl": "https://skills.example/splice",
    }


def test_types_are_single_words_where_the_schema_has_them_so() -> None:
    image = Image(id="https://harbour.example/a.png", caption="An anchor")

    assert image.as_json()["type"] == "Image"
    assert list(image.as_json()) == ["id", "type", "caption"]


def test_what_has_no_type_in_the_standard_gets_none() -> None:
    assert Criteria(narrative="Tie ten knots.").as_json() == {"narrative": "Tie ten knots."}


def test_parts_are_written_with_the_parts_inside_them() -> None:
    alignment = Alignment(target_name="Splicing", target_url="https://skills.example/splice")
    description = ResultDescription(
        id="urn:x", name="Knots", result_type="Status", alignment=(alignment,)
    )

    assert description.as_json()["alignment"] == [alignment.as_json()]


def test_nothing_empty_is_written_but_false_and_zero_are_told() -> None:
    written = told({"one": None, "two": "", "three": ()}, four=False, five=0, six=Criteria())

    assert written == {"four": False, "five": 0}


def test_instants_are_written_in_utc_and_need_a_zone() -> None:
    assert told(at=datetime(2026, 3, 1, 9, tzinfo=UTC)) == {"at": "2026-03-01T09:00:00Z"}

    with pytest.raises(MalformedCredential) as caught:
        told(at=datetime.combine(date(2026, 3, 1), datetime.min.time()))

    assert caught.value.code == "instant-without-zone"
    assert caught.value.evidence["pointer"] == "/at"


def test_an_email_address_is_hashed_with_its_salt() -> None:
    identity = Identity.of_email("a@example.com", salt="Kosher")

    assert identity.identity_hash == "sha256$" + sha256(b"a@example.comKosher").hexdigest()
    assert identity.as_json()["hashed"] is True
    assert identity.as_json()["salt"] == "Kosher"


def test_capitals_and_spaces_around_an_address_make_no_difference() -> None:
    assert Identity.of_email(" A@Example.com ", salt="x") == Identity.of_email(
        "a@example.com", salt="x"
    )


def test_what_is_no_address_is_not_hashed() -> None:
    with pytest.raises(MalformedCredential, match="not an e-mail"):
        Identity.of_email("Mira Okafor", salt="x")


@given(st.emails())
def test_an_address_never_gets_into_a_recipient_in_clear(address: str) -> None:
    if not looks_like_email(address):
        return

    recipient = Recipient.of("did:example:mira", name="Mira", email=address, salt="00")

    assert all(address not in str(identity.as_json()) for identity in recipient.identifier)


def test_a_recipient_may_have_an_opaque_id_and_a_name() -> None:
    recipient = Recipient.opaque(UUID(int=7), name="Mira Okafor")

    assert recipient.id == "urn:uuid:00000000-0000-0000-0000-000000000007"
    assert recipient.identifier == (Identity.of_name("Mira Okafor"),)


def test_a_status_entry_has_an_id_of_its_own_unless_one_is_told() -> None:
    entry = StatusEntry.at("https://harbour.example/status/1", 7, purpose="suspension")
    other = StatusEntry(
        id="urn:x", status_list_credential="https://h.example/1", status_list_index="7"
    )

    assert entry.as_json() == {
        "id": "https://harbour.example/status/1#7",
        "type": "BitstringStatusListEntry",
        "statusListCredential": "https://harbour.example/status/1",
        "statusListIndex": "7",
        "statusPurpose": "suspension",
    }
    assert other.as_json()["id"] == "urn:x"


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        (RevocationList(id="https://h.example/revoked"), "1EdTechRevocationList"),
        (CredentialRefresh(id="https://h.example/new"), "1EdTechCredentialRefresh"),
        (CredentialSchema(), "1EdTechJsonSchemaValidator2019"),
        (TermsOfUse(type="https://h.example/terms"), "https://h.example/terms"),
    ],
)
def test_the_services_of_1edtech_say_their_type(
    part: RevocationList | CredentialRefresh | CredentialSchema | TermsOfUse, kind: str
) -> None:
    assert part.as_json()["type"] == kind


@pytest.mark.parametrize(
    "text",
    ["", "mira", "@harbour.example", "mira@", "mira@harbour", "a b@c.de", "a@b.c@d.e", "x" * 300],
)
def test_what_does_not_look_like_an_address_is_none(text: str) -> None:
    assert not looks_like_email(text)
