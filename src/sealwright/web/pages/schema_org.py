"""A programme as search engines read it: https://schema.org/EducationalOccupationalCredential"""

from __future__ import annotations

from typing import Any

from django.conf import settings

from sealwright.credentials.issue.parts import told
from sealwright.web.catalogue import wording
from sealwright.web.catalogue.models import Version


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
