from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealwright.credentials.errors import MalformedCredential
from sealwright.credentials.issue import Criteria, Recipient, read_description
from sealwright.credentials.issue.describe import as_instant
from tests.credentials.issue.samples import DID, NOON

TEXT = """
valid_until = 2030-06-30
credits_earned = 5
endorsement = [{ id = "urn:x" }]
revocation_list = "https://harbour.example/revoked"
credential_schema = "https://harbour.example/schema"
refresh_service = "https://harbour.example/refresh"

[issuer]
name = "Harbour College"

[recipient]
name = "Mira Okafor"

[achievement]
id = "https://harbour.example/programmes/nav/versions/2"
name = "Coastal Navigation"
description = "Plan and sail a passage."
criteria = "Sail 60 miles."
image = "https://harbour.example/nav.png"
creator = "did:web:guild.example"
tag = ["sailing"]

[[achievement.alignment]]
target_name = "navigate"
target_url = "https://skills.example/navigate"

[[achievement.result_description]]
id = "urn:uuid:6f0c1a52-0000-4000-8000-000000000003"
name = "Exam"
result_type = "Percent"
value_max = 100

[evidence]
name = "Log of {{boat}}"

[[credential_status]]
status_list_credential = "https://harbour.example/status/1"
status_list_index = "{{place}}"
"""
SMALL: dict[str, Any] = {
    "achievement": {
        "id": "https://harbour.example/programmes/nav/versions/2",
        "name": "Coastal Navigation",
        "description": "Plan and sail a passage.",
        "criteria": "Sail 60 miles.",
    }
}


def problems(data: object) -> str:
    with pytest.raises(MalformedCredential) as caught:
        read_description(data, issuer=DID)
    assert caught.value.code == "description-wrong"
    return str(caught.value.evidence["problems"])


def test_a_description_in_toml_becomes_a_credential() -> None:
    described = read_description(tomllib.loads(TEXT), issuer=DID)

    document = described.build(id="urn:x:1", recipient=Recipient.of("did:x:1"), valid_from=NOON)

    assert document["issuer"] == {"id": DID, "type": ["Profile"], "name": "Harbour College"}
    assert document["id"] == "urn:x:1"
    assert document["validFrom"] == "2026-03-01T12:00:00Z"
    assert document["validUntil"] == "2030-06-30T00:00:00Z"
    assert document["evidence"] == [{"type": ["Evidence"], "name": "Log of {{boat}}"}]
    assert [entry["type"] for entry in document["credentialStatus"]] == [
        "BitstringStatusListEntry",
        "1EdTechRevocationList",
    ]
    achievement = document["credentialSubject"]["achievement"]
    assert achievement["criteria"] == {"narrative": "Sail 60 miles."}
    assert achievement["resultDescription"][0]["valueMax"] == "100"
    assert achievement["creator"] == {"id": "did:web:guild.example", "type": ["Profile"]}


def test_what_the_description_tells_counts_more_than_what_the_caller_says() -> None:
    given = SMALL | {"id": "urn:mine", "valid_from": "2026-01-01", "issuer": "did:web:b.example"}

    document = read_description(given, issuer=DID).build(
        id="urn:x:1", recipient=Recipient.of("did:x:1"), valid_from=NOON
    )

    assert document["id"] == "urn:mine"
    assert document["validFrom"] == "2026-01-01T00:00:00Z"
    assert document["issuer"]["id"] == "did:web:b.example"


def test_the_issuers_own_id_counts_more_than_the_keys() -> None:
    described = read_description(SMALL | {"issuer": {"id": "did:web:b.example"}}, issuer=DID)

    assert described.issuer.id == "did:web:b.example"


def test_a_short_text_stands_for_a_part_of_one_member() -> None:
    assert read_description(SMALL, issuer=DID).achievement.criteria == Criteria(
        narrative="Sail 60 miles."
    )


def test_everything_that_is_wrong_is_told_at_once() -> None:
    achievement = {"id": "urn:a", "name": True, "descripton": "Sail.", "tag": [{}], "criteria": 5}
    told = problems(
        {
            "achievement": achievement,
            "credits_earned": "many",
            "valid_from": "in spring",
            "recipient": [],
            "colour": "blue",
            "issuer": 5,
        }
    )

    assert "/achievement/description: is missing" in told
    assert "/achievement/descripton: is not known here; did you mean description?" in told
    assert "/achievement/name: a text is expected here" in told
    assert "/achievement/tag/0: a text is expected here" in told
    assert "/achievement/criteria: a table is expected here" in told
    assert "/credits_earned: a number is expected here" in told
    assert "/valid_from: a date (2026-06-30) or a time" in told
    assert "/recipient: a table is expected here" in told
    assert "/colour: is not known here; known are issuer" in told
    assert "/issuer: a table is expected here" in told


def test_not_all_of_a_thousand_problems_are_told() -> None:
    told = problems(SMALL | {f"member{number}": 1 for number in range(1000)})

    assert told.count("is not known here") == 50


def test_a_description_must_be_a_table() -> None:
    assert problems([]) == "the description: a table is expected here"


def test_an_instant_may_be_left_to_the_sheet() -> None:
    described = read_description(SMALL | {"valid_until": "{{ends}}"}, issuer=DID)

    assert described.valid_until == "{{ends}}"


@pytest.mark.parametrize(
    "data",
    [
        "2026-06-30",
        date(2026, 6, 30),
        datetime(2026, 6, 30, tzinfo=UTC),
        "2026-06-30T02:00:00+02:00",
    ],
)
def test_dates_and_instants_are_taken_in_every_form(data: object) -> None:
    assert as_instant(data) == datetime(2026, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize("data", ["30.6.2026", "2026-06-31", "2026-06-30T10:00:00", "", 7, True])
def test_what_leaves_a_doubt_is_no_instant(data: object) -> None:
    assert as_instant(data) is None


def test_a_time_without_a_zone_is_no_instant() -> None:
    assert as_instant(datetime.combine(date(2026, 6, 30), datetime.min.time())) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["achievement", "id", "name", "criteria", "image", "result"])
            | st.text(),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


@given(JSON)
def test_no_description_makes_the_reader_stumble(data: object) -> None:
    try:
        described = read_description(data, issuer=DID)
    except MalformedCredential:
        return
    assert described.achievement.name is not None
