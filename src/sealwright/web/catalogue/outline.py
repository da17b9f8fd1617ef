"""Where a draft stands: the eight parts with their marks, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass

from sealwright.web.catalogue import wording
from sealwright.web.catalogue.content import PARTS, Content, Standing, gaps, missing, standing
from sealwright.web.catalogue.facts import Numbers, numbers_of
from sealwright.web.catalogue.models import Programme
from sealwright.web.catalogue.selectors import Past, has_changes, names_of, versions_of
from sealwright.web.catalogue.telling import Telling
from sealwright.web.organisations.actors import Actor
from sealwright.web.organisations.permissions import Permission


@dataclass(frozen=True, slots=True)
class OutlinePart:
    """A part of the designer with its mark."""

    name: str
    label: str
    standing: Standing
    gaps: int


@dataclass(frozen=True, slots=True)
class Outline:
    """The eight parts, and the two counts."""

    parts: list[OutlinePart]
    telling: Telling
    missing: list[str]
    """What is needed before publishing, in words."""

    def after(self, name: str) -> str:
        """The part that comes after one; empty after the last."""
        names = list(PARTS)
        place = names.index(name) + 1
        return names[place] if place < len(names) else ""


@dataclass(frozen=True, slots=True)
class Overview:
    """What the page of a programme says beside its outline."""

    has_changes: bool
    numbers: Numbers
    versions: list[Past]
    names: dict[str, str]
    changed_by: str
    may_edit: bool
    may_publish: bool
    may_issue: bool


def outline_of(programme: Programme, content: Content | None = None) -> Outline:
    """The outline of the draft, or of `content` in its place."""
    told = programme.content if content is None else content
    return Outline(
        parts=[
            OutlinePart(
                name, str(wording.PART_NAMES[name]), standing(told, name), len(gaps(told, name))
            )
            for name in PARTS
        ],
        telling=Telling(told, programme.organisation, programme.public_id),
        missing=[str(wording.MEMBERS[name]) for name in missing(told)],
    )


def overview_of(programme: Programme, actor: Actor) -> Overview:
    """How the programme stands, and what the actor may do with it."""
    versions = versions_of(programme)
    names = names_of([programme.draft_changed_by, *(past.published_by for past in versions)])
    return Overview(
        has_changes=has_changes(programme),
        numbers=numbers_of([programme.pk])[programme.pk],
        versions=versions,
        names=names,
        changed_by=names.get(programme.draft_changed_by, ""),
        may_edit=actor.may(Permission.PROGRAMME_EDIT, unit_id=programme.unit_id),
        may_publish=actor.may(Permission.PROGRAMME_PUBLISH, unit_id=programme.unit_id),
        may_issue=programme.current is not None
        and programme.retired_at is None
        and actor.may(Permission.AWARD_ISSUE, unit_id=programme.unit_id),
    )
