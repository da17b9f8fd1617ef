"""What is signed about a programme: the published version as an achievement."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings

from sealwright.credentials.issue import Profile, Recipient, build_credential, lint
from sealwright.web.catalogue.achievement import achievement_of, document_of, grade_id
from sealwright.web.catalogue.content import Link, Skill
from tests.web.factories import a_content, a_version, an_organisation

pytestmark = pytest.mark.django_db

ESCO = "http://data.europa.eu/esco/skill/0f07958a-0f67-4b7b-9d9a-6a4a4b5f5b5f"


def test_the_id_is_the_address_of_the_version_and_the_creator_is_the_provider() -> None:
    version = a_version(an_organisation("Harbour College", slug="harbour"))

    achievement = achievement_of(version)

    assert achievement.id == f"{settings.BASE_URL}{version.path}"
    assert achievement.version == "1"
    assert achievement.achievement_type == "MicroCredential"
    assert achievement.creator == Profile(
        id="did:web:localhost%3A8000:providers:harbour",
        name="Harbour College",
        url=f"{settings.BASE_URL}/providers/harbour",
    )


def test_a_skill_of_a_framework_is_an_alignment_and_any_other_a_tag() -> None:
    skills = (
        Skill("Passage planning", level=3, url=ESCO, framework="ESCO", code="S1.2"),
        Skill("Calm under pressure", kind="human", level=2),
    )

    achievement = achievement_of(a_version(an_organisation(), skills=skills))

    (alignment,) = achievement.alignment
    assert (alignment.target_name, alignment.target_url) == ("Passage planning", ESCO)
    assert (alignment.target_framework, alignment.target_code) == ("ESCO", "S1.2")
    assert alignment.target_description == "Level 3 of 4: skilled."
    assert achievement.tag == ("Calm under pressure",)


def test_learning_outcomes_end_the_description() -> None:
    version = a_version(an_organisation(), description="Sails.", outcomes=("Plan", "Stand a watch"))

    assert achievement_of(version).description == "Sails.\n\n- Plan\n- Stand a watch"


def test_only_a_prerequisite_with_a_published_version_is_related() -> None:
    links = (Link("Day Skipper", programme="x" * 22, version=2), Link("A first-aid course"))

    (related,) = achievement_of(a_version(an_organisation(), prerequisites=links)).related

    assert related.id == f"{settings.BASE_URL}/programmes/{'x' * 22}/versions/2"
    assert related.version == "2"


@pytest.mark.parametrize(
    ("grade", "kind"),
    [
        ("percent", "Percent"),
        ("letter", "LetterGrade"),
        ("merit", "PerformanceLevel"),
        ("Stars, one to five", "Result"),
    ],
)
def test_a_grade_is_described_where_one_is_given(grade: str, kind: str) -> None:
    version = a_version(an_organisation(), grade=grade)

    (described,) = achievement_of(version).result_description

    assert (described.id, described.result_type) == (grade_id(version), kind)


def test_a_programme_without_grades_describes_none() -> None:
    assert achievement_of(a_version(an_organisation())).result_description == ()


def test_a_picture_is_named_by_its_address_and_caption() -> None:
    version = a_version(an_organisation(), picture="p" * 22, picture_caption="A brass sextant")

    image = achievement_of(version).image

    assert image is not None
    assert image.id == f"{settings.BASE_URL}/pictures/{'p' * 22}.png"
    assert image.caption == "A brass sextant"


def test_a_credential_made_of_it_passes_the_lint(settings: Any) -> None:
    settings.BASE_URL = "https://badges.example"
    told = replace(
        a_content(),
        skills=(Skill("Passage planning", level=3, url=ESCO), Skill("Calm", kind="human")),
        prerequisites=(Link("Day Skipper", programme="x" * 22, version=2),),
        picture="p" * 22,
        picture_caption="A brass sextant",
        grade="merit",
        field="Maritime",
    )
    members = {name: getattr(told, name) for name in told.__dataclass_fields__ if name != "title"}
    version = a_version(an_organisation(), **members)
    achievement = achievement_of(version)
    assert achievement.creator is not None

    credential = build_credential(
        id="https://badges.example/c/1",
        issuer=achievement.creator,
        achievement=achievement,
        recipient=Recipient.of("did:example:mira"),
        valid_from=datetime(2026, 3, 1, tzinfo=UTC),
    )

    assert lint(credential) == []


def test_the_document_stands_alone() -> None:
    version = a_version(an_organisation())

    document = document_of(version)

    assert document["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    assert document["type"] == ["Achievement"]
    assert document["criteria"]["narrative"] == version.content.criteria
