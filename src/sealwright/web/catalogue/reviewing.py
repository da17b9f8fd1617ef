"""What publishing would change, and what changed from one version to another."""

from __future__ import annotations

from dataclasses import dataclass, field

from sealwright.web.catalogue.content import mark_of, missing
from sealwright.web.catalogue.differences import PartChanges, differences
from sealwright.web.catalogue.models import Programme, Version
from sealwright.web.catalogue.outline import Outline, outline_of
from sealwright.web.catalogue.selectors import Past, names_of, versions_of
from sealwright.web.catalogue.services.publishing import as_published
from sealwright.web.catalogue.telling import Telling


@dataclass(frozen=True, slots=True)
class Review:
    """The next version, before it is published."""

    number: int
    outline: Outline
    telling: Telling
    changes: list[PartChanges]
    seen: str
    """Mark of the draft that is shown: only this is published."""
    is_first: bool
    is_ready: bool

    @property
    def is_same(self) -> bool:
        return not self.is_first and not self.changes


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions, the older and the newer, and what changed; None where there are not two."""

    versions: list[Past]
    names: dict[str, str]
    before: int | None = None
    after: int | None = None
    changes: list[PartChanges] = field(default_factory=list)


def review_of(programme: Programme) -> Review:
    """What the next version would say, and what that changes."""
    content = as_published(programme.content)
    before = programme.current
    return Review(
        number=before.number + 1 if before else 1,
        outline=outline_of(programme, content),
        telling=Telling(content, programme.organisation, programme.public_id),
        changes=differences(before.content, content) if before else [],
        seen=mark_of(programme.content),
        is_first=before is None,
        is_ready=not missing(content),
    )


def comparison_of(programme: Programme, *, before: str, after: str) -> Comparison:
    """Two versions by their numbers; the newest and the one before it unless told."""
    versions = versions_of(programme)
    numbers = [past.number for past in versions]
    names = names_of(past.published_by for past in versions)
    if len(versions) < 2:
        return Comparison(versions, names)
    newer = _number(after, numbers) or numbers[0]
    older = _number(before, numbers) or next((n for n in numbers if n < newer), numbers[-1])
    content = {
        version.number: version.content
        for version in Version.objects.filter(programme=programme, number__in=(older, newer))
    }
    return Comparison(versions, names, older, newer, differences(content[older], content[newer]))


def _number(text: str, known: list[int]) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and int(text[:9]) in known else None
