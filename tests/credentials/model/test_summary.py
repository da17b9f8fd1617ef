"""What a credential tells of itself."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealwright.credentials.formats.reading import read, read_value
from sealwright.credentials.model.received import Kind, Received, Securing, Standard
from sealwright.credentials.model.summary import summarise
from tests.credentials.formats.samples import (
    VC1,
    achievement,
    assertion,
    badge,
    compact,
    presentation,
)
from tests.credentials.model.places import PLACES, changed

NOTHING = {"id": None, "name": None, "url": None}


def summary_of(document: dict[str, Any]) -> dict[str, Any]:
    return summarise(read_value(document))


def test_a_badge_tells_everything_a_card_needs() -> None:
    level = {"id": "urn:uuid:4", "type": ["RubricCriterionLevel"], "name": "With merit"}
    description = {
        "id": "urn:uuid:3",
        "type": ["ResultDescription"],
        "name": "Final score",
        "resultType": "Percent",
        "rubricCriterionLevel": [level],
    }
    subject = {
        "id": "did:example:learner",
        "type": ["AchievementSubject"],
        "identifier": [
            {"type": "IdentityObject", "hashed": True, "identityType": "name"},
            {
                "type": "IdentityObject",
                "hashed": False,
                "identityType": "name",
                "identityHash": "Ada Baker",
            },
        ],
        "achievement": achievement(
            achievementType="MicroCredential",
            image={"id": "https://provider.example.edu/1.png", "type": "Image"},
            criteria={"id": "https://provider.example.edu/criteria", "narrative": "Pass."},
            alignment=[
                {
                    "type": ["Alignment"],
                    "targetName": "SQL",
                    "targetUrl": "https://example.org/skills/sql",
                    "targetDescription": "Level 3 of 4: skilled.",
                    "targetFramework": "ESCO",
                    "targetCode": "S1",
                }
            ],
            resultDescription=[description],
        ),
        "result": [
            {
                "type": ["Result"],
                "resultDescription": "urn:uuid:3",
                "achievedLevel": "urn:uuid:4",
                "value": "90",
                "status": "Completed",
            }
        ],
    }
    document = badge(
        name="Data Engineering, spring course",
        issuer={
            "id": "did:web:provider.example.edu",
            "type": ["Profile"],
            "name": "Provider",
            "url": "https://provider.example.edu/",
        },
        awardedDate="2026-02-27T09:00:00+01:00",
        validUntil="2030-03-01T09:00:00Z",
        credentialSubject=subject,
        evidence=[
            {
                "id": "https://provider.example.edu/evidence/1",
                "type": ["Evidence"],
                "name": "Report",
                "description": "Twelve pages",
                "narrative": "Built a pipeline.",
                "genre": "project",
            }
        ],
        credentialStatus={
            "id": "https://provider.example.edu/status/1#7",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListCredential": "https://provider.example.edu/status/1",
        },
    )

    assert summary_of(document) == {
        "id": document["id"],
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "kind": "credential",
        "standard": "vc-2.0",
        "profile": "ob-3.0",
        "format": "json",
        "securing": "none",
        "title": "Data Engineering, spring course",
        "description": "Builds reliable data pipelines.",
        "image": "https://provider.example.edu/1.png",
        "issuer": {
            "id": "did:web:provider.example.edu",
            "name": "Provider",
            "url": "https://provider.example.edu/",
        },
        "recipient": {"id": "did:example:learner", "name": "Ada Baker"},
        "achievement": {
            "id": "https://provider.example.edu/achievements/1",
            "name": "Applied Data Engineering",
            "type": "MicroCredential",
            "criteria": {"id": "https://provider.example.edu/criteria", "narrative": "Pass."},
        },
        "awarded": "2026-02-27T09:00:00+01:00",
        "skills": [
            {
                "name": "SQL",
                "url": "https://example.org/skills/sql",
                "description": "Level 3 of 4: skilled.",
                "framework": "ESCO",
                "code": "S1",
            }
        ],
        "results": [
            {"name": "Final score", "value": "90", "level": "With merit", "status": "Completed"}
        ],
        "evidence": [
            {
                "url": "https://provider.example.edu/evidence/1",
                "name": "Report",
                "description": "Twelve pages",
                "narrative": "Built a pipeline.",
                "genre": "project",
            }
        ],
        "valid_from": "2026-03-01T09:00:00Z",
        "valid_until": "2030-03-01T09:00:00Z",
        "statuses": [
            {
                "type": "BitstringStatusListEntry",
                "purpose": "revocation",
                "url": "https://provider.example.edu/status/1",
            }
        ],
        "credentials": [],
    }


def test_an_assertion_tells_the_same_in_its_own_words() -> None:
    document = assertion(
        badge={
            "id": "https://provider.example.edu/badges/1",
            "type": "BadgeClass",
            "name": "Baker",
            "description": "Bakes.",
            "image": "https://provider.example.edu/badge.png",
            "criteria": "https://provider.example.edu/criteria",
            "issuer": {"id": "https://provider.example.edu/issuer", "name": "Provider"},
            "alignment": {"targetName": "Baking", "targetUrl": "https://example.org/baking"},
        },
        expires="2030-03-01T09:00:00Z",
        evidence=["https://provider.example.edu/evidence/1", {"narrative": "Bread"}, 7],
    )

    summary = summary_of(document)

    assert (summary["standard"], summary["profile"]) == ("ob-2.0", "ob-2.0")
    assert (summary["title"], summary["description"]) == ("Baker", "Bakes.")
    assert summary["image"] == "https://provider.example.edu/badge.png"
    assert summary["issuer"] == NOTHING | {
        "id": "https://provider.example.edu/issuer",
        "name": "Provider",
    }
    assert summary["recipient"] == {"id": "learner@example.org", "name": None}
    assert summary["achievement"]["id"] == "https://provider.example.edu/badges/1"
    assert summary["achievement"]["criteria"]["id"] == "https://provider.example.edu/criteria"
    assert summary["awarded"] == summary["valid_from"] == "2018-03-01T09:00:00Z"
    assert summary["valid_until"] == "2030-03-01T09:00:00Z"
    assert [skill["name"] for skill in summary["skills"]] == ["Baking"]
    assert [each["url"] for each in summary["evidence"]] == [
        "https://provider.example.edu/evidence/1",
        None,
    ]


def test_an_assertion_that_only_points_to_its_badge_tells_little() -> None:
    hashed = {"type": "email", "hashed": True, "identity": "sha256$00"}

    summary = summary_of(assertion(recipient=hashed))

    assert summary["achievement"]["id"] == "https://provider.example.edu/badges/1"
    assert (summary["title"], summary["issuer"]) == (None, NOTHING)
    assert summary["recipient"] == {"id": None, "name": None}


def test_the_title_falls_back_on_the_achievement() -> None:
    assert summary_of(badge())["title"] == "Applied Data Engineering"
    assert summary_of(badge(name=" "))["title"] == "Applied Data Engineering"
    assert summary_of(badge(credentialSubject={"id": "a:b"}))["title"] is None


def test_a_text_in_several_languages_is_told_in_the_first() -> None:
    names = [{"@value": "Bäckerin", "@language": "de"}, {"@value": "Baker", "@language": "en"}]

    assert summary_of(badge(name=names))["title"] == "Bäckerin"


def test_the_subject_with_the_achievement_is_the_one_that_counts() -> None:
    subjects = [{"id": "a:1", "name": "One"}, {"id": "a:2", "achievement": achievement()}]

    assert summary_of(badge(credentialSubject=subjects))["recipient"]["id"] == "a:2"
    assert summary_of(badge(credentialSubject=subjects[:1]))["recipient"] == {
        "id": "a:1",
        "name": "One",
    }


def test_an_image_is_shown_only_from_the_web_or_from_itself() -> None:
    def image(value: object) -> object:
        subject = {"achievement": achievement(image=value)}
        return summary_of(badge(credentialSubject=subject))["image"]

    assert image({"id": "data:image/png;base64,AA"}) == "data:image/png;base64,AA"
    assert image("https://a.example/1.png") == "https://a.example/1.png"
    assert image("javascript:alert(1)") is None
    assert image("data:text/html,x") is None


def test_how_it_came_is_told_and_claims_stand_in_for_dates() -> None:
    inner = badge(**{"@context": [VC1]}, validFrom=None)
    claims = {"nbf": 1772355600, "exp": 1803891600}

    whole = summarise(read(compact(badge(validFrom=None) | claims)))
    old = summarise(read(compact({"vc": inner, **claims})))

    assert (whole["format"], whole["securing"]) == ("vc-jose", "jose")
    assert (old["format"], old["standard"]) == ("vc-jwt", "vc-1.1")
    assert whole["valid_from"] == old["valid_from"] == "2026-03-01T09:00:00Z"
    assert whole["valid_until"] == old["valid_until"] == "2027-03-01T09:00:00Z"


@pytest.mark.parametrize(
    ("name", "profile"),
    [
        ("AchievementCredential", "ob-3.0"),
        ("ClrCredential", "clr-2.0"),
        ("EndorsementCredential", "ob-3.0"),
        ("DiplomaCredential", None),
    ],
)
def test_the_profile_is_known_by_its_type(name: str, profile: str | None) -> None:
    assert summary_of(badge(type=["VerifiableCredential", name]))["profile"] == profile


def test_a_presentation_tells_its_holder_and_its_credentials() -> None:
    summary = summary_of(presentation(badge(), badge(id="urn:uuid:2")))

    assert summary["kind"] == "presentation"
    assert summary["recipient"]["id"] == "did:example:learner"
    assert [each["id"] for each in summary["credentials"]] == [badge()["id"], "urn:uuid:2"]


def test_a_link_tells_nothing() -> None:
    assert summarise(read("https://provider.example.edu/assertions/1")) == {}


def test_what_nobody_signs_and_odd_dates_are_left_out() -> None:
    document = badge(validUntil="soon", evidence=[], awardedDate="2026-03-01") | {"name": None}

    summary = summary_of(document)

    assert (summary["valid_until"], summary["awarded"], summary["evidence"]) == (None, None, [])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)


@given(st.sampled_from(PLACES), JSON)
def test_any_value_anywhere_can_be_summed_up(
    place: tuple[dict[str, Any], Standard, str], value: object
) -> None:
    document, standard, pointer = place
    odd = Received(changed(document, pointer, value), standard, Securing.NONE, Kind.CREDENTIAL)

    summary = summarise(odd)

    assert json.loads(json.dumps(summary)) == summary
    assert summary.keys() == summary_of(badge()).keys()
