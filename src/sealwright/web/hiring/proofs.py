"""A checked credential as evidence: which skills, at which level, how shown, since when.

The engine says whether it is sound; here it is only read. What the issuer did not tell is not
guessed: a level that is not told counts as foundation, and of how a skill was shown only what
is signed counts (a result, a piece of evidence) where the programme itself is not known here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Final

from django.conf import settings

from sealwright.credentials.errors import MalformedCredential
from sealwright.credentials.model.instants import parse_instant
from sealwright.credentials.model.report import Finding, Outcome, Report, Verdict
from sealwright.skills.evidence import LEVELS, Strength
from sealwright.skills.frameworks.picker import folded
from sealwright.web.catalogue.models import Version
from sealwright.web.verifying.card import honest
from sealwright.web.verifying.presentation import shown

_LEVEL = re.compile(r"Level (\d) of 4\b")
_VERSION = re.compile(r"/programmes/([0-9A-Za-z]+)/versions/(\d+)")

SOUND, REFUSED, OPEN = "sound", "refused", "open"
"""Signed and in force (or past its end); wrong or withdrawn; could not be decided or read."""


@dataclass(frozen=True, slots=True)
class NamedSkill:
    """A skill as the credential names it."""

    name: str
    url: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class Proof:
    """One credential as it was found. Plain values, so that a page can carry it."""

    candidate: str
    brought_as: str
    state: str
    headline: str
    """The verdict in a few words, as the check page says it."""
    reason: str = ""
    is_in_force: bool = False
    """Whether every check was passed, its dates among them."""
    digest: str = ""
    """The same for every copy of one credential, however it is wrapped."""
    id: str = ""
    title: str = ""
    issuer: str = ""
    """The issuer's identifier."""
    issuer_name: str = ""
    is_listed: bool = False
    """Whether a register that this site asks names the issuer."""
    holder: str = ""
    """The name that was signed, if one was."""
    strength: str = Strength.ATTENDANCE.value
    when: str = ""
    until: str = ""
    skills: tuple[NamedSkill, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The proof as JSON values, for `from_json`."""
        return asdict(self)

    @classmethod
    def from_json(cls, members: Mapping[str, Any]) -> Proof:
        """What `as_json` has written."""
        skills = tuple(NamedSkill(**each) for each in members["skills"])
        return cls(**{**members, "skills": skills})


def unreadable(candidate: str, brought_as: str, reason: str, headline: str) -> Proof:
    """What could not be read at all."""
    return Proof(candidate, brought_as, OPEN, headline, reason)


def proof_of(candidate: str, brought_as: str, report: Report, *, at: datetime) -> Proof:
    """What a report says of one credential, as evidence."""
    answer = shown(report, name=brought_as, at=at)
    base = Proof(candidate, brought_as, state_of(report), answer.headline.title, answer.reason)
    if report.verdict is Verdict.UNREADABLE:
        return base
    told = report.credential
    issuer, recipient = told.get("issuer") or {}, told.get("recipient") or {}
    achievement = told.get("achievement") or {}
    version = _version_of(achievement.get("id") or "", issuer.get("id") or "")
    return replace(
        base,
        is_in_force=report.verdict is Verdict.VALID,
        digest=_digest(report.document),
        id=told.get("id") or "",
        title=honest(told.get("title") or ""),
        issuer=issuer.get("id") or "",
        issuer_name=honest(issuer.get("name") or ""),
        is_listed=any(
            each.check == "registry" and each.outcome is Outcome.PASSED for each in report.findings
        ),
        holder=honest(recipient.get("name") or ""),
        strength=_strength(told, version).value,
        when=_day(told.get("awarded") or told.get("valid_from")),
        until=_day(told.get("valid_until")),
        skills=tuple(_skills(told, report.document, version)),
    )


def state_of(report: Report) -> str:
    """Whether its signature counts. What has only expired is sound, and its end is told."""
    deciding = {(each.check, each.outcome) for each in report.findings if each.check != "validity"}
    if report.verdict is Verdict.UNREADABLE:
        return OPEN
    if report.verdict is Verdict.VALID:
        return SOUND
    failed = {check for check, outcome in deciding if outcome is Outcome.FAILED}
    if failed - _ADVISORY:
        return REFUSED
    if any(outcome is Outcome.UNKNOWN and check not in _ADVISORY for check, outcome in deciding):
        return OPEN
    return SOUND if _has_expired(report.findings) else REFUSED


_ADVISORY: Final = frozenset({"notes", "endorsements", "registry"})


def _has_expired(findings: Iterable[Finding]) -> bool:
    return any(each.check == "validity" and each.code == "expired" for each in findings)


def _version_of(achievement: str, issuer: str) -> Version | None:
    """The version of a programme of this site that the credential is of, by its issuer."""
    path = achievement.removeprefix(settings.BASE_URL)
    match = _VERSION.fullmatch(path) if path != achievement else None
    if match is None:
        return None
    versions = Version.objects.select_related("programme__organisation")
    found = versions.filter(programme__public_id=match[1], number=int(match[2])).first()
    return found if found and found.programme.organisation.did == issuer else None


def _strength(told: Mapping[str, Any], version: Version | None) -> Strength:
    """How the skills were shown, as far as it is told."""
    if version is not None and version.content.assessment.type:
        return Strength(version.content.assessment.type)
    if told.get("evidence"):
        return Strength.REVIEWED_PROJECT
    return Strength.UNSUPERVISED_QUIZ if told.get("results") else Strength.ATTENDANCE


def _skills(
    told: Mapping[str, Any], document: Mapping[str, Any], version: Version | None
) -> Iterator[NamedSkill]:
    """Alignments, and tags, which name skills that have no address; each name once."""
    levels = (
        {folded(skill.name): skill.level for skill in version.content.skills} if version else {}
    )
    seen = set()
    for skill in told.get("skills") or ():
        name, url = honest(skill.get("name") or ""), skill.get("url") or ""
        seen.add(folded(name))
        yield NamedSkill(
            name, url, _level(skill.get("description") or "", levels.get(folded(name)))
        )
    for tag in _tags(document):
        if folded(tag) not in seen:
            seen.add(folded(tag))
            yield NamedSkill(honest(tag), "", _level("", levels.get(folded(tag))))


def _level(description: str, known: int | None) -> int:
    match = _LEVEL.match(description)
    level = known or (int(match[1]) if match else 0)
    return level if level in LEVELS else 0


def _tags(document: Mapping[str, Any]) -> list[str]:
    """https://www.imsglobal.org/spec/ob/v3p0/#achievement, `tag`; OB 2.0: `tags`."""
    subject = document.get("credentialSubject") or {}
    subject = subject[0] if isinstance(subject, list) and subject else subject
    owner = subject.get("achievement") if isinstance(subject, dict) else None
    owner = owner or document.get("badge")
    if not isinstance(owner, dict):
        return []
    tags = owner.get("tag") or owner.get("tags") or []
    tags = tags if isinstance(tags, list) else [tags]
    return [tag for tag in tags if isinstance(tag, str) and tag.strip()][:50]


def _digest(document: Mapping[str, Any]) -> str:
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), default=str)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _day(instant: str | None) -> str:
    """The day of an instant as it is written, in UTC; empty where there is none."""
    try:
        return parse_instant(instant, pointer="").date().isoformat() if instant else ""
    except MalformedCredential:
        return ""


def day(text: str) -> date | None:
    """A day that `Proof` carries."""
    return date.fromisoformat(text) if text else None
