"""A published version as the achievement that is signed into every award of it.

https://www.imsglobal.org/spec/ob/v3p0/#achievement
"""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings

from sealwright.credentials.issue import (
    Achievement,
    Alignment,
    Criteria,
    Image,
    Profile,
    Related,
    ResultDescription,
)
from sealwright.credentials.issue.vocabulary import CONTEXTS, LANGUAGE_TAG
from sealwright.web.catalogue.content import SKILL_LEVELS, Content, Skill
from sealwright.web.catalogue.models import Version
from sealwright.web.organisations.models import Organisation

LEVEL_NAMES: Final = ("", "foundation", "working", "skilled", "expert")
"""The named levels as they are signed: in English, whatever language the pages are in."""


def achievement_of(version: Version) -> Achievement:
    """What an award of `version` certifies. Nothing is asked of the database but its programme.

    A skill with an address becomes an alignment, with its level in the description; a skill
    without one becomes a tag. Learning outcomes, for which the standard has no member, end
    the description as a list.
    """
    content = version.content
    return Achievement(
        id=version.url,
        name=content.title,
        description=_description(content),
        criteria=Criteria(id=f"{version.url}#criteria", narrative=content.criteria),
        creator=profile_of(version.programme.organisation),
        image=_image(content),
        alignment=tuple(_alignment(skill) for skill in content.skills if skill.url),
        tag=tuple(dict.fromkeys(skill.name for skill in content.skills if not skill.url)),
        result_description=_grade(content, version.url),
        credits_available=content.ects,
        field_of_study=content.field,
        in_language=content.language if LANGUAGE_TAG.fullmatch(content.language) else "",
        version=str(version.number),
        related=tuple(
            Related(id=f"{settings.BASE_URL}{link.path}", version=str(link.version))
            for link in content.prerequisites
            if link.version
        ),
    )


def document_of(version: Version) -> dict[str, Any]:
    """The achievement as a JSON-LD document that stands alone."""
    return {"@context": list(CONTEXTS), **achievement_of(version).as_json()}


def grade_id(version: Version) -> str:
    """The id of the result description that a grade of an award of `version` points to."""
    return f"{version.url}#grade"


def profile_of(organisation: Organisation) -> Profile:
    """The organisation as the creator of an achievement."""
    return Profile(id=organisation.did, name=organisation.name, url=organisation.url)


def _description(content: Content) -> str:
    told = content.description or content.summary
    if not content.outcomes:
        return told
    return f"{told}\n\n" + "\n".join(f"- {outcome}" for outcome in content.outcomes)


def _image(content: Content) -> Image | None:
    if not content.picture:
        return None
    address = f"{settings.BASE_URL}/pictures/{content.picture}.png"
    return Image(id=address, caption=content.picture_caption)


def _alignment(skill: Skill) -> Alignment:
    level = f"Level {skill.level} of {len(SKILL_LEVELS)}: {LEVEL_NAMES[skill.level]}."
    return Alignment(
        target_name=skill.name,
        target_url=skill.url,
        target_code=skill.code,
        target_framework=skill.framework,
        target_description=level if skill.level in SKILL_LEVELS else "",
    )


def _grade(content: Content, url: str) -> tuple[ResultDescription, ...]:
    if not content.grade:
        return ()
    id, name = f"{url}#grade", "Grade"
    match content.grade:
        case "percent":
            scale = ResultDescription(
                id=id, name=name, result_type="Percent", value_min="0", value_max="100"
            )
        case "letter":
            scale = ResultDescription(
                id=id, name=name, result_type="LetterGrade", allowed_value=tuple("FEDCBA")
            )
        case "merit":
            levels = ("Pass", "Merit", "Distinction")
            scale = ResultDescription(
                id=id, name=name, result_type="PerformanceLevel", allowed_value=levels
            )
        case words:
            scale = ResultDescription(id=id, name=f"{name}: {words}", result_type="Result")
    return (scale,)
