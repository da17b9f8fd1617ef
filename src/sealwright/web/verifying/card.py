"""What a credential tells of itself, ready to be shown. All of it is a stranger's text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sealwright.credentials.errors import CredentialError
from sealwright.credentials.model.instants import parse_instant

LONGEST = 2_000
LONGEST_LINE = 240
"""Characters of a text, and of a name or an identifier, that are shown; the raw view has all."""

MISLEADING = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
"""Control characters, invisible ones, and those that make text run backwards."""

STANDARDS: dict[str, str | Promise] = {
    "ob-3.0": _("Open Badges 3.0"),
    "ob-2.0": _("Open Badges 2.0"),
    "clr-2.0": _("Comprehensive Learner Record 2.0"),
    "vc-2.0": _("Verifiable Credentials 2.0"),
    "vc-1.1": _("Verifiable Credentials 1.1"),
}
"""What people call the standards, by the names that a summary has for them."""


FORMS: dict[str, str | Promise] = {
    "png": _("In a PNG picture"),
    "svg": _("In an SVG picture"),
    "pdf": _("Attached to a PDF"),
    "data-integrity": _("Signature inside the document"),
    "jose": _("Signed token (JWT)"),
    "signed-ob2": _("Signed token (JWS)"),
    "hosted": _("True while its address serves it"),
}
"""What people call the ways a credential comes and is protected."""


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody the credential names. What is not told is ''."""

    name: str
    identifier: str
    url: str

    @property
    def called(self) -> str:
        return self.name or self.identifier


@dataclass(frozen=True, slots=True)
class Entry:
    """One skill, result or piece of evidence: a name, a mark beside it, words, an address."""

    name: str
    mark: str
    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time as the credential tells it, and as its day in the reader's language."""

    text: str
    day: str


@dataclass(frozen=True, slots=True)
class Card:
    """The credential as a page lays it out."""

    identifier: str
    title: str
    description: str
    issuer: Party
    holder: Party
    awarded: Moment
    ends: Moment
    kind: str
    standards: tuple[str | Promise, ...]
    form: tuple[str | Promise, ...]
    narrative: str
    criteria_url: str
    skills: tuple[Entry, ...]
    results: tuple[Entry, ...]
    evidence: tuple[Entry, ...]


def card_of(summary: Mapping[str, Any]) -> Card | None:
    """The card of a report's summary, or None where nothing was read.

    Total: a member of an unexpected shape counts as not told.
    """
    if not summary:
        return None
    achievement = _mapping(summary, "achievement")
    criteria = achievement.get("criteria")
    told = criteria if isinstance(criteria, Mapping) else {"narrative": criteria}
    standards = dict.fromkeys((_text(summary, "profile"), _text(summary, "standard")))
    return Card(
        identifier=_text(summary, "id"),
        title=_text(summary, "title") or _text(achievement, "name"),
        description=_text(summary, "description", LONGEST),
        issuer=_party(_mapping(summary, "issuer")),
        holder=_party(_mapping(summary, "recipient")),
        awarded=moment(_text(summary, "awarded") or _text(summary, "valid_from")),
        ends=moment(_text(summary, "valid_until")),
        kind=_text(achievement, "type"),
        standards=tuple(STANDARDS[name] for name in standards if name in STANDARDS),
        form=tuple(_form(_text(summary, "format"), _text(summary, "securing"))),
        narrative=_text(told, "narrative", LONGEST),
        criteria_url=_text(told, "id"),
        skills=tuple(_entry(item, ("framework",), ("code",)) for item in _each(summary, "skills")),
        results=tuple(_result(item) for item in _each(summary, "results")),
        evidence=tuple(
            _entry(item, ("description", "narrative"), ("genre",))
            for item in _each(summary, "evidence")
        ),
    )


def moment(text: str) -> Moment:
    """A timestamp with its day.

    >>> moment("2026-03-14T09:00:00Z").day, moment("soon").day
    ('14 March 2026', '')
    """
    try:
        return Moment(text, date_format(parse_instant(text, pointer=""), "DATE_FORMAT"))
    except CredentialError:
        return Moment(text, "")


def _form(layers: str, securing: str) -> Iterator[str | Promise]:
    """How it came, and how it is protected, in words; what has no word is left out."""
    for name in (*layers.split(), securing):
        if name in FORMS:
            yield FORMS[name]


def _party(told: Mapping[str, Any]) -> Party:
    return Party(_text(told, "name"), _text(told, "id"), _text(told, "url"))


def _entry(told: Mapping[str, Any], words: tuple[str, ...], mark: tuple[str, ...]) -> Entry:
    said = (_text(told, name, LONGEST) for name in words)
    return Entry(
        name=_text(told, "name"),
        mark=" ".join(filter(None, (_text(told, name) for name in mark))),
        words="\n".join(filter(None, said)),
        url=_text(told, "url"),
    )


def _result(told: Mapping[str, Any]) -> Entry:
    said = _text(told, "value") or _text(told, "level") or _text(told, "status")
    beside = (_text(told, name) for name in ("level", "status"))
    return Entry(
        _text(told, "name"), " · ".join(b for b in beside if b not in ("", said)), said, ""
    )


def _each(told: Mapping[str, Any], member: str) -> Iterator[Mapping[str, Any]]:
    value = told.get(member)
    for item in value if isinstance(value, list | tuple) else ():
        if isinstance(item, Mapping):
            yield item


def _mapping(told: Mapping[str, Any], member: str) -> Mapping[str, Any]:
    value = told.get(member)
    return value if isinstance(value, Mapping) else {}


def _text(told: Mapping[str, Any], member: str, longest: int = LONGEST_LINE) -> str:
    value = told.get(member)
    if isinstance(value, list | tuple):
        value = ", ".join(part for part in value if isinstance(part, str))
    return honest(value, longest) if isinstance(value, str) else ""


def honest(text: str, longest: int = LONGEST) -> str:
    """A stranger's text without what would make it read as something else, cut to a length.

    >>> honest("\u202eevil"), honest("a" * 9, 4)
    ('evil', 'aaa…')
    """
    plain = MISLEADING.sub("", text).strip()
    return plain if len(plain) <= longest else f"{plain[: longest - 1]}…"
