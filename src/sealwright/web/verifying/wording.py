"""What findings say in the reader's language.

The engine's sentences are English and keyed by code; here they are translated by that code
(the context of the gettext entry), and each check gets a title for each of its answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from enum import StrEnum
from typing import Any
from urllib.parse import unquote

from django.utils.formats import date_format, time_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from sealwright.credentials.errors import CredentialError
from sealwright.credentials.messages import MESSAGES, sentence
from sealwright.credentials.model.instants import parse_instant
from sealwright.credentials.model.report import Finding, Outcome
from sealwright.web.verifying.card import honest

Words = str | Promise

_WEB_IDENTIFIER = re.compile(r"(?:did:web:|https?://)([^/:]+)")
_LONG_WORD = re.compile(r"[^\s/]{49,}")
_TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\S*")


class Tone(StrEnum):
    """How a statement is shown. Never by colour alone: each has its own shape and icon."""

    GOOD = "good"
    CAUTION = "caution"
    BAD = "bad"
    UNKNOWN = "unknown"
    NONE = "none"


ICONS = {
    Tone.GOOD: "check",
    Tone.CAUTION: "question",
    Tone.BAD: "x",
    Tone.UNKNOWN: "question",
    Tone.NONE: "minus",
}

TONES = {
    Outcome.PASSED: Tone.GOOD,
    Outcome.FAILED: Tone.BAD,
    Outcome.UNKNOWN: Tone.UNKNOWN,
    Outcome.SKIPPED: Tone.NONE,
}


@dataclass(frozen=True, slots=True)
class Title:
    """The name of a check, and what each outcome of it is called."""

    name: Words
    passed: Words
    failed: Words
    unknown: Words
    skipped: Words

    def of(self, outcome: Outcome) -> Words:
        return {
            Outcome.PASSED: self.passed,
            Outcome.FAILED: self.failed,
            Outcome.UNKNOWN: self.unknown,
            Outcome.SKIPPED: self.skipped,
        }[outcome]


TITLES = {
    "input": Title(_("Input"), _("Read"), _("Not a credential"), _("Not read"), _("Not read")),
    "structure": Title(
        _("Form"),
        _("Well formed"),
        _("Not well formed"),
        _("Form could not be told"),
        _("Form not checked"),
    ),
    "proof": Title(
        _("Signature"),
        _("Signature sound"),
        _("Signature does not fit"),
        _("Signature could not be checked"),
        _("Signature not checked"),
    ),
    "issuer": Title(
        _("Issuer’s key"),
        _("Issuer’s own key"),
        _("Not the issuer’s key"),
        _("Issuer’s key could not be read"),
        _("Issuer’s key not checked"),
    ),
    "refresh": Title(
        _("Newest copy"),
        _("Newest copy"),
        _("Newer copy does not hold"),
        _("Newer copy could not be had"),
        _("No newer copy asked for"),
    ),
    "status": Title(
        _("Standing"),
        _("Not revoked"),
        _("Withdrawn"),
        _("Standing could not be read"),
        _("Standing not checked"),
    ),
    "validity": Title(
        _("Dates"),
        _("In date"),
        _("Out of date"),
        _("Dates could not be told"),
        _("Dates not checked"),
    ),
    "recipient": Title(
        _("Holder"),
        _("Awarded to the one you named"),
        _("Awarded to somebody else"),
        _("Recipient could not be compared"),
        _("Holder not proven"),
    ),
    "endorsements": Title(
        _("Endorsements"),
        _("Endorsements hold"),
        _("An endorsement does not hold"),
        _("An endorsement could not be checked"),
        _("No endorsements"),
    ),
    "contained": Title(
        _("Parts"),
        _("Its parts hold"),
        _("A part does not hold"),
        _("A part could not be checked"),
        _("No parts"),
    ),
    "registry": Title(
        _("Known issuer"),
        _("Issuer known"),
        _("Issuer not known to us"),
        _("Issuer not known to us"),
        _("Issuer not known to us"),
    ),
    "notes": Title(_("Note"), _("Note"), _("Note"), _("Note"), _("Note")),
}
"""By the name of the check."""

CODE_TITLES = {
    "proof-missing": _("Not signed"),
    "assertion-served": _("Served by its own address"),
    "assertion-gone": _("No longer served"),
    "assertion-withdrawn": _("Withdrawn"),
    "assertion-in-scope": _("Where its issuer publishes"),
    "assertion-out-of-scope": _("Not where its issuer publishes"),
    "issuer-is-its-key": _("Signed by its own key"),
    "revoked": _("Revoked"),
    "suspended": _("Suspended"),
    "status-none": _("Cannot be revoked"),
    "expired": _("Expired"),
    "not-yet-valid": _("Not valid yet"),
    "validity-open-ended": _("In date, no end"),
    "validity-undated": _("No dates told"),
}
"""Titles that are more exact than the outcome of their check, by code."""

BRIEF = {
    "proof-holds": _("Nothing was changed since it was signed."),
    "token-holds": _("Nothing was changed since it was signed."),
    "signature-mismatch": _("It was changed after signing, or signed by another key."),
    "issuer-is-its-key": _("The issuer’s name is a key. That says nothing about who it is."),
    "issuer-lists-key": _("%(issuer)s lists the key that signed."),
    "issuer-serves-key": _("%(issuer)s publishes the key that signed."),
    "status-clear": _("The issuer’s list shows no %(purpose)s."),
    "status-list-not-fetched": _("The issuer’s list could not be had."),
    "status-list-unverified": _("The issuer’s list is not proven."),
    "status-none": _("The issuer keeps no list for withdrawing it."),
    "within-validity": _("Until %(valid_until)s."),
    "validity-open-ended": _("Since %(valid_from)s."),
    "expired": _("It ended on %(valid_until)s."),
    "not-yet-valid": _("It starts on %(valid_from)s."),
    "holder-not-proven": _("The file alone does not prove who holds it."),
    "recipient-matches": _("That the person before you is the same, only they can show."),
    "registry-none": _("No register of issuers was asked."),
    "registry-unlisted": _("None of the lists we asked names it."),
    "registry-lists-issuer": _("%(registry)s lists it as %(name)s."),
    "skipped-proof-failed": _("The signature does not hold."),
    "skipped-proof-unknown": _("The signature could not be checked."),
    "skipped-not-the-issuer": _("It was not the issuer who signed."),
}
"""What fits under a link of the chain, by code; the whole sentence is among the readings."""

FAILURES = {
    "signature-mismatch": _("Not genuine: the signature does not fit"),
    "proof-missing": _("Not signed: anybody could have written it"),
    "assertion-gone": _("No longer published by its issuer"),
    "assertion-withdrawn": _("Withdrawn by its issuer"),
    "revoked": _("Revoked by its issuer"),
    "suspended": _("Suspended by its issuer"),
}
"""Headlines that are more exact than what their check says in general, by code."""


def title_of(finding: Finding) -> Words:
    """A few words that say what this check answered."""
    named = CODE_TITLES.get(finding.code)
    title = TITLES.get(finding.check)
    return named or (title.of(finding.outcome) if title else finding.check)


def check_name(check: str) -> Words:
    """What a check is called before it has answered."""
    title = TITLES.get(check)
    return title.name if title else check


def sentence_of(finding: Finding) -> str:
    """The conclusion in the reader's language, or in English where a translation is broken.

    Timestamps are written as people write them, long identifiers shortened in the middle.
    """
    message = MESSAGES.get(finding.code)
    if message is None:
        return finding.code
    evidence = {name: _readable(value) for name, value in finding.evidence.items()}
    try:
        return pgettext(finding.code, message.text).format_map(evidence).strip()
    except (LookupError, ValueError, AttributeError):
        return sentence(finding.code, evidence)


def brief_of(finding: Finding) -> str:
    """The conclusion in so few words that it fits under a link of the chain."""
    told = {name: _readable(value, days=True) for name, value in finding.evidence.items()}
    told["issuer"] = site_of(finding.evidence.get("issuer"))
    try:
        return str(BRIEF[finding.code]) % told
    except LookupError:
        return sentence_of(finding)


def site_of(identifier: object) -> str:
    """The host behind a did:web or an address, which people know; else the identifier itself.

    >>> site_of("did:web:harbour.example:providers:7"), site_of("https://harbour.example/7")
    ('harbour.example', 'harbour.example')
    """
    text = str(identifier)
    found = _WEB_IDENTIFIER.match(text)
    return unquote(found[1]) if found else shortened(text)


def shortened(text: str) -> str:
    """A text that stays readable in a sentence: words as they are, long identifiers cut.

    >>> shortened("did:key:" + "z" * 48)
    'did:key:zzzzzzzzzzzz…zzzzzzzz'
    """
    return _LONG_WORD.sub(lambda word: f"{word[0][:20]}…{word[0][-8:]}", text)


def _readable(value: Any, *, days: bool = False) -> Any:
    if not isinstance(value, str):
        return value
    if not _TIMESTAMP.fullmatch(value):
        return shortened(honest(value))
    try:
        moment = parse_instant(value, pointer="").astimezone(UTC)
    except CredentialError:
        return value
    day = date_format(moment, "DATE_FORMAT")
    if days:
        return day
    return _("%(day)s, %(time)s UTC") % {"day": day, "time": time_format(moment, "H:i")}


def entries() -> Iterator[tuple[str, str]]:
    """Code and English text of every sentence, for the translators' catalogue."""
    for code, message in sorted(MESSAGES.items()):
        yield code, message.text
