"""Bitstring Status List 1.0: one entry of a credential against its list.

What follows when something does not fit:

* The entry contradicts itself or the standard: *failed*. It was signed with the credential,
  so nobody but the issuer can have spoilt it, and no list could ever answer it.
* The list is authentic, but has no such place or does not serve the entry's purpose:
  *failed* too, for the same reason. The entry is signed, the list is signed by the same
  issuer and names this very address, so the two statements of one issuer exclude each
  other; waiting would not help, and passing would be a way around revocation (threat T09).
* The list cannot be had, is not proven, is somebody else's, another one than asked for, out
  of date, too short or damaged: *unknown*. That is between us and the list; nothing is said
  against the credential, and nothing for it.
* A revocation that an out-of-date list shows stands, because revocation cannot be undone.

https://www.w3.org/TR/vc-bitstring-status-list/#validate-algorithm
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sealwright.credentials.errors import MalformedCredential, Refused, Undecidable
from sealwright.credentials.model.report import Finding, Outcome
from sealwright.credentials.status.bits import (
    MAX_STATUS_SIZE,
    MIN_ENTRIES,
    decode_list,
    status_at,
)
from sealwright.credentials.status.lists import (
    Question,
    current,
    unreadable,
    verified,
    withdrawn,
)

_INDEX = re.compile(r"0|[1-9][0-9]{0,17}", re.ASCII)
_LONGEST_MESSAGE = 500
"""Characters of an issuer's message that a finding repeats."""

_VALUE = re.compile(r"0[xX][0-9A-Fa-f]{1,8}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Dialect:
    """In what the lists of 2021 and the Recommendation differ."""

    list_type: str
    subject_type: str
    prefixed: bool


RECOMMENDATION = Dialect("BitstringStatusListCredential", "BitstringStatusList", prefixed=True)


@dataclass(slots=True)
class Entry:
    """A status entry that has the right shape. `messages` maps values to their texts."""

    url: str
    purpose: str
    index: int
    size: int
    messages: Mapping[int, str]

    @property
    def evidence(self) -> dict[str, Any]:
        """What every finding about this entry shows."""
        return {"url": self.url, "purpose": self.purpose, "index": self.index}


def check(
    entry: Mapping[str, Any],
    pointer: str,
    question: Question,
    dialect: Dialect = RECOMMENDATION,
) -> Finding:
    """What the list says about the credential that holds `entry`.

    Raises `Refused` (`status-entry-malformed`, `status-index-out-of-range`,
    `status-purpose-mismatch`) and `Undecidable` (see `lists.verified`, and
    `status-list-malformed`, `status-list-length`, `status-list-not-current`).
    """
    asked = read_entry(entry, pointer)
    document = verified(question, asked.url)
    subject = _subject(document, asked.url, dialect)
    purposes = _purposes(subject, asked.url)
    if asked.purpose not in purposes:
        raise Refused("status-purpose-mismatch", **asked.evidence, purposes=list(purposes))
    question.spend(1)  # so that nothing is unpacked any more once all is spent
    bits = _bits(subject, asked, dialect)
    question.spend(len(bits))
    entries = 8 * len(bits) // asked.size
    if asked.index >= entries:
        raise Refused("status-index-out-of-range", **asked.evidence, entries=entries)
    finding = _meaning(asked, status_at(bits, asked.index, asked.size))
    if finding.code != "revoked" and not current(document, asked.url, question.at):
        raise Undecidable("status-list-not-current", url=asked.url)
    return finding


def read_entry(entry: Mapping[str, Any], pointer: str) -> Entry:
    """The entry, its members checked.

    Raises `MalformedCredential("status-entry-malformed")` with `pointer`.
    """
    url = entry.get("statusListCredential")
    if not isinstance(url, str):
        raise _spoilt(pointer, "statusListCredential is no address")
    purpose = entry.get("statusPurpose")
    if not isinstance(purpose, str) or not purpose:
        raise _spoilt(pointer, "statusPurpose is no text")
    index = entry.get("statusListIndex")
    if not isinstance(index, str) or not _INDEX.fullmatch(index):
        raise _spoilt(pointer, "statusListIndex is no whole number written as text")
    size = entry.get("statusSize", 1)
    if isinstance(size, bool) or not isinstance(size, int) or not 0 < size <= MAX_STATUS_SIZE:
        raise _spoilt(pointer, f"statusSize is no whole number from 1 to {MAX_STATUS_SIZE}")
    return Entry(url, purpose, int(index), size, _messages(entry, size, pointer))


def _messages(entry: Mapping[str, Any], size: int, pointer: str) -> dict[int, str]:
    """The texts for the values; with more than one bit every value has to have one."""
    given = entry.get("statusMessage")
    if given is None and size == 1:
        return {}
    if not isinstance(given, list) or len(given) != 1 << size:
        raise _spoilt(pointer, f"statusMessage does not explain all {1 << size} values")
    messages = dict(_message(item, pointer) for item in given)
    if len(messages) != len(given) or max(messages) >= len(given):
        raise _spoilt(pointer, "statusMessage explains a value twice, or one that cannot be")
    return messages


def _message(item: Any, pointer: str) -> tuple[int, str]:
    if isinstance(item, dict):
        value, text = item.get("status"), item.get("message")
        if isinstance(value, str) and isinstance(text, str) and _VALUE.fullmatch(value):
            return int(value, 16), text[:_LONGEST_MESSAGE]
    raise _spoilt(pointer, "statusMessage holds something other than value and text")


def _subject(document: Mapping[str, Any], url: str, dialect: Dialect) -> Mapping[str, Any]:
    if dialect.list_type not in _texts(document.get("type")):
        raise _damaged(url, f"it is no {dialect.list_type}")
    subject = document.get("credentialSubject")
    if isinstance(subject, list) and len(subject) == 1:
        subject = subject[0]
    if not isinstance(subject, dict) or dialect.subject_type not in _texts(subject.get("type")):
        raise _damaged(url, f"its subject is no {dialect.subject_type}")
    ttl = subject.get("ttl", 0)
    if isinstance(ttl, bool) or not isinstance(ttl, int) or ttl < 0:
        raise _damaged(url, "its ttl is no number of milliseconds")
    return subject


def _purposes(subject: Mapping[str, Any], url: str) -> list[str]:
    purposes = _texts(subject.get("statusPurpose"))
    if not purposes:
        raise _damaged(url, "it says no purpose")
    return purposes


def _bits(subject: Mapping[str, Any], asked: Entry, dialect: Dialect) -> bytes:
    try:
        bits = decode_list(subject.get("encodedList"), prefixed=dialect.prefixed)
    except MalformedCredential as problem:
        raise unreadable("status-list-malformed", asked.url, problem) from problem
    entries = 8 * len(bits) // asked.size
    if entries < MIN_ENTRIES:
        raise Undecidable("status-list-length", url=asked.url, entries=entries, minimum=MIN_ENTRIES)
    return bits


def _meaning(asked: Entry, value: int) -> Finding:
    """What the value says: revoked and suspended fail, a message is passed on.

    A purpose that we do not know may be anything, so when it is set we do not know.
    """
    said = asked.messages.get(value, "")
    evidence = {**asked.evidence, "value": value}
    if asked.purpose == "message":
        text = said or ("set" if value else "unset")
        return Finding("status", Outcome.PASSED, "status-message", {**evidence, "message": text})
    if not value:
        return Finding("status", Outcome.PASSED, "status-clear", evidence)
    if asked.purpose in _WITHDRAWING:
        return withdrawn(_WITHDRAWING[asked.purpose], reason=said, **evidence)
    if asked.purpose == "refresh":
        return Finding("status", Outcome.PASSED, "status-refresh", evidence)
    return Finding("status", Outcome.UNKNOWN, "unknown-status-purpose", evidence)


_WITHDRAWING = {"revocation": "revoked", "suspension": "suspended"}


def _texts(value: Any) -> list[str]:
    """One text or several, as a list; anything else as an empty one."""
    items = value if isinstance(value, list) else [value]
    return items if all(isinstance(item, str) for item in items) else []


def _spoilt(pointer: str, problem: str) -> MalformedCredential:
    return MalformedCredential("status-entry-malformed", pointer=pointer, problem=problem)


def _damaged(url: str, problem: str) -> Undecidable:
    return Undecidable(
        "status-list-malformed", url=url, cause="status-list-malformed", problem=problem
    )
