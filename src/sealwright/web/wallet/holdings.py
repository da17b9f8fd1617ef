"""What a person holds, awards from here and credentials from elsewhere, as one kind of value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from sealwright.web.accounts.models import User
from sealwright.web.catalogue.frameworks import SkillAddress, resolved
from sealwright.web.issuing.models import Award
from sealwright.web.wallet.models import CollectionEntry, Entry, Item

SOON: Final = timedelta(days=90)
MOST_SKILLS: Final = 50


class State(StrEnum):
    """How a holding stands today."""

    CURRENT = "current"
    ENDS_SOON = "ends-soon"
    ENDED = "ended"
    UNDECIDED = "undecided"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Holding:
    """Something a person can show. `key` is "award:ID" or "item:ID"."""

    key: str
    title: str
    issuer: str
    awarded: datetime | None
    ends: datetime | None
    state: State
    path: str
    seal: str
    skills: Sequence[str]
    field: str = ""
    is_proven: bool = True
    """Has the holder proven to be who it was made out to? Always so for imports of theirs."""
    visibility: str = ""
    award: Award | None = None
    item: Item | None = None

    @property
    def is_import(self) -> bool:
        return self.item is not None


def of_award(award: Award) -> Holding:
    """An award of this site."""
    content = award.version.content
    return Holding(
        key=f"award:{award.public_id}",
        title=award.version.title,
        issuer=award.version.programme.organisation.name,
        awarded=award.awarded_at,
        ends=award.valid_until,
        state=_state_of(award),
        path=award.path,
        seal=award.public_id,
        skills=[skill.name for skill in content.skills],
        field=award.version.field,
        is_proven=award.holder_proof != Award.HolderProof.NONE,
        visibility=award.visibility,
        award=award,
    )


def of_item(item: Item) -> Holding:
    """A credential brought from elsewhere."""
    ends = parse_datetime(item.valid_until) if item.valid_until else None
    return Holding(
        key=f"item:{item.public_id}",
        title=item.title or item.name,
        issuer=item.issuer_name or item.issuer_id,
        awarded=parse_datetime(item.awarded) if item.awarded else None,
        ends=ends,
        state=_state_of_item(item, ends),
        path=f"/me/items/{item.public_id}",
        seal=item.credential_id or item.sha256,
        skills=[str(skill) for skill in item.skills],
        item=item,
    )


def holdings(owner: User) -> list[Holding]:
    """Everything the person holds, the newest award first."""
    found = [of_award(award) for award in held_awards(owner)]
    found += [of_item(item) for item in Item.objects.filter(owner=owner).defer("original")]
    earliest = timezone.now() - timedelta(days=365 * 200)
    return sorted(found, key=lambda each: each.awarded or earliest, reverse=True)


@dataclass(frozen=True, slots=True)
class Question:
    """Which of their holdings a person asks for; what is empty asks for nothing."""

    q: str = ""
    """Words of the title or the provider, each of which must be there."""
    state: str = ""
    issuer: str = ""
    field: str = ""
    collection: str = ""

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Question:
        """The question that the parameters of a page or form tell."""
        return cls(**{each.name: str(given.get(each.name, "")).strip() for each in fields(cls)})

    def __bool__(self) -> bool:
        return self != Question()

    def filters(self) -> list[tuple[str, str]]:
        """What is asked for beside words, by parameter."""
        told = [(each.name, getattr(self, each.name)) for each in fields(self)]
        return [(name, value) for name, value in told if value and name != "q"]

    def fitting(self, found: Iterable[Holding], owner: User) -> list[Holding]:
        """Those that fit, in the order in which they come."""
        fitting = [each for each in found if self._fits(each)]
        if not self.collection:
            return fitting
        rows = CollectionEntry.objects.filter(collection__owner=owner)
        told = rows.values_list("collection__public_id", "award__public_id", "item__public_id")
        inside = {
            f"award:{award}" if award else f"item:{item}"
            for collection, award, item in told
            if collection == self.collection
        }
        return [each for each in fitting if each.key in inside]

    def _fits(self, holding: Holding) -> bool:
        said = f"{holding.title} {holding.issuer}".casefold()
        return (
            self.state in ("", holding.state.value)
            and self.issuer in ("", holding.issuer)
            and self.field in ("", holding.field)
            and all(word in said for word in self.q.casefold().split())
        )


def held_awards(owner: User) -> list[Award]:
    """The person's awards from here; taken back and erased ones left out."""
    rows = Award.objects.filter(holder=owner, cancelled_at=None, erased_at=None)
    return list(rows.select_related("version__programme__organisation"))


def of_entries(entries: Iterable[Entry]) -> list[Holding]:
    """What stands in a collection or a share, as long as its owner still has it."""
    found = []
    for entry in entries:
        if entry.award is not None and entry.award.erased_at is None:
            found.append(of_award(entry.award))
        elif entry.item is not None:
            found.append(of_item(entry.item))
    return found


def _state_of(award: Award) -> State:
    standing = award.standing
    if standing == Award.Standing.EXPIRED:
        return State.ENDED
    if standing != Award.Standing.IN_FORCE:
        return State.WITHDRAWN
    return _by_date(award.valid_until)


def _state_of_item(item: Item, ends: datetime | None) -> State:
    if item.verdict == "valid":
        return _by_date(ends)
    if item.verdict == "undecided":
        return State.UNDECIDED
    codes = {finding.get("code") for finding in item.report.get("findings", ())}
    return State.ENDED if "expired" in codes else State.WITHDRAWN


def _by_date(ends: datetime | None) -> State:
    now = timezone.now()
    if ends is None or ends > now + SOON:
        return State.CURRENT
    return State.ENDS_SOON if ends > now else State.ENDED


def skills_of_item(item: Item) -> list[tuple[str, SkillAddress | None]]:
    """What a credential from elsewhere says its holder can do, and the skill that it means."""
    told = item.report.get("credential", {}).get("skills") or []
    pairs = [(str(each.get("url") or ""), str(each.get("name") or "")) for each in told]
    named = [pair for pair in pairs if pair[1]][:MOST_SKILLS]
    return [(name, found) for (_, name), found in zip(named, resolved(named), strict=True)]
