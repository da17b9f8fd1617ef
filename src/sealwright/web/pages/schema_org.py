"""A programme as search engines read it: https://schema.org/EducationalOccupationalCredential"""

from __future__ import annotations

from typing import Any

from django.conf import settings

from sealwright.credentials.issue.parts import told
from sealwright.web.catalogue import wording
from sealwright.web.catalogue.models import Version
from sealwright.web.pages.award_page import AwardPage


def described(version: Version) -> dict[str, Any]:
    """The version as a schema.org object; what is not told is left out."""
    content = version.content
    organisation = version.programme.organisation
    skills = [
        told({"@type": "DefinedTerm", "name": skill.name, "url": skill.url, "termCode": skill.code})
        for skill in content.skills
    ]
    return told(
        {
            "@context": "https://schema.org",
            "@type": "EducationalOccupationalCredential",
            "@id": version.url,
            "url": version.url,
            "name": content.title,
            "description": content.summary or content.description,
            "credentialCategory": "MicroCredential",
            "competencyRequired": skills,
            "educationalLevel": wording.level(content.eqf),
            "inLanguage": content.language,
            "version": str(version.number),
            "datePublished": version.published_at.date().isoformat(),
            "timeRequired": f"PT{content.hours:g}H" if content.hours else "",
            "validFor": f"P{content.valid_months}M" if content.valid_months else "",
            "image": (
                f"{settings.BASE_URL}/pictures/{content.picture}.png" if content.picture else ""
            ),
            "creator": told(
                {"@type": "Organization", "name": organisation.name, "url": organisation.url}
            ),
        }
    )


def described_award(page: AwardPage, *, picture: str = "png") -> dict[str, Any]:
    """An award that stands: the person who has it, and what it is an award of.

    A name that is not signed is left out.
    """
    award = page.award
    return told(
        {
            "@context": "https://schema.org",
            "@type": "Person",
            "name": page.holder.name if page.holder.is_signed else "",
            "hasCredential": told(
                {
                    "@type": "EducationalOccupationalCredential",
                    "@id": award.url,
                    "url": award.url,
                    "name": page.title,
                    "description": page.telling.content.summary,
                    "credentialCategory": "MicroCredential",
                    "educationalLevel": wording.level(page.telling.content.eqf),
                    "dateCreated": award.awarded_at.date().isoformat(),
                    "expires": award.valid_until.date().isoformat() if award.valid_until else "",
                    "isBasedOn": award.version.url,
                    "image": f"{award.url}.{picture}",
                    "recognizedBy": told(
                        {
                            "@type": "Organization",
                            "name": award.organisation.name,
                            "url": award.organisation.url,
                        }
                    ),
                }
            ),
        }
    )
