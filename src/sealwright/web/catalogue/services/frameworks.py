"""Bringing a framework of skills into the site. Whoever runs it does, on the command line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from sealwright.skills.frameworks import Concept, Framework
from sealwright.skills.frameworks.picker import folded
from sealwright.web.catalogue.content import LONGEST, is_web_address
from sealwright.web.catalogue.models import FrameworkSkill, SkillFramework

AT_ONCE = 1_000
LONGEST_WORDS = 250
LONGEST_VERSION = 40


@transaction.atomic
def bring_framework(framework: Framework, *, at: datetime) -> int:
    """Take a framework's skills in, as the version to pick from; how many there are.

    Brought again, a version is replaced. Skills without a web address, or with one or a label
    too long for a programme, cannot be signed and are passed over.
    """
    about = framework.about
    title = about.title[0][1] if about.title else about.address
    version = about.version[:LONGEST_VERSION]
    SkillFramework.objects.filter(address=about.address, version=version).delete()
    SkillFramework.objects.filter(address=about.address).update(is_current=False)
    kept = SkillFramework.objects.create(
        address=about.address,
        version=version,
        title=title[:200],
        attribution=about.attribution,
        brought_at=at,
    )
    rows = list(_rows(framework, kept))
    FrameworkSkill.objects.bulk_create(rows, batch_size=AT_ONCE)
    return len(rows)


def _rows(framework: Framework, kept: SkillFramework) -> Iterator[FrameworkSkill]:
    for skill in framework.skills():
        label = skill.label("en")
        if len(label) > LONGEST["skill_name"] or len(skill.uri) > LONGEST["skill_url"]:
            continue
        if is_web_address(skill.uri):
            yield FrameworkSkill(
                framework=kept,
                url=skill.uri,
                label=label,
                code=skill.code[: LONGEST["skill_code"]],
                kind="human" if skill.transversal else "technical",
                label_words=folded(label)[:LONGEST_WORDS],
                words=_words(skill),
            )


def _words(skill: Concept) -> str:
    texts = (text for _, text in (*skill.labels, *skill.alternatives))
    return " " + " ".join(dict.fromkeys(map(folded, texts)))
