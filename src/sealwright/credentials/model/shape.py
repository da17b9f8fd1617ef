"""Whether a document has the members its standard asks for, in the shape it asks for.

Plain code rather than a schema: every problem gets a sentence of its own, and a whole badge
is looked through before a schema validator would have begun. Only what makes a document
malformed under its standard is a failure; members nobody defines are for the proof to judge.

https://www.w3.org/TR/vc-data-model-2.0/#basic-concepts
https://www.w3.org/TR/vc-data-model/#basic-concepts
https://www.imsglobal.org/spec/ob/v3p0/#data-model
https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/index.html#Assertion
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

from sealwright.credentials.errors import MalformedCredential
from sealwright.credentials.model.instants import parse_instant
from sealwright.credentials.model.received import (
    OB_2_0_CONTEXT,
    OPEN_BADGE_TYPES,
    VC_1_1_CONTEXT,
    VC_2_0_CONTEXT,
    WINDOW,
    Kind,
    Received,
    Standard,
    types_of,
)
from sealwright.credentials.model.report import Finding, Outcome
from sealwright.credentials.model.spelling import picker

MAX_FAULTS = 50
"""Problems that are told of one document; who repairs these finds out about the rest."""
MAX_NAMED = 20
"""Unsigned members that one note names."""

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?:[!#-;=?-\[\]_a-z~]++|[^\s<>\"{}|\\^`\0-\x1f]+)")
"""Most addresses are of the first kind, all in ASCII, and it is the quicker one to match."""
_URLS = re.compile(rf"(?:{_URL.pattern}\n)*+")

_FIRST_CONTEXT = {
    Standard.VC_2_0: VC_2_0_CONTEXT,
    Standard.VC_1_1: VC_1_1_CONTEXT,
    Standard.OB_2_0: OB_2_0_CONTEXT,
}
_LANGUAGE_VALUE = frozenset({"@value", "@language", "@direction"})
_DIGESTS = ("digestSRI", "digestMultibase")

Document = dict[str, Any]


class _Shape(NamedTuple):
    """What an object needs.

    A type ("" for any), an id, members that are texts, addresses, or true or false; and the
    shapes of members that may hold objects themselves.
    """

    type: str = ""
    needs_id: bool = False
    texts: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    inner: tuple[tuple[str, _Shape], ...] = ()


class _Fault(NamedTuple):
    """A problem inside an object. Its pointer begins there, and is made only when needed."""

    code: str
    pointer: str
    expected: str = ""


_TYPED = _Shape()
_TYPED_WITH_ID = _Shape(needs_id=True)
_EVIDENCE = _Shape("Evidence")
_VC_2_0 = (
    ("credentialStatus", _TYPED),
    ("credentialSchema", _TYPED_WITH_ID),
    ("refreshService", _TYPED),
    ("termsOfUse", _TYPED),
    ("evidence", _TYPED),
)
"""https://www.w3.org/TR/vc-data-model-2.0/#types"""
_VC_1_1 = (
    ("credentialStatus", _TYPED_WITH_ID),
    ("credentialSchema", _TYPED_WITH_ID),
    ("refreshService", _TYPED_WITH_ID),
    ("termsOfUse", _TYPED),
    ("evidence", _TYPED),
)
"""https://www.w3.org/TR/vc-data-model/#types"""
_EXTENSIONS = {Standard.VC_2_0: _VC_2_0, Standard.VC_1_1: _VC_1_1}
_EXTENSIONS_OF_BADGE = {
    standard: (*extensions[:-1], ("evidence", _EVIDENCE))
    for standard, extensions in _EXTENSIONS.items()
}
_LEVEL = _Shape("RubricCriterionLevel", needs_id=True, texts=("name",))
_ACHIEVEMENT = _Shape(
    "Achievement",
    needs_id=True,
    texts=("name", "description"),
    inner=(
        ("alignment", _Shape("Alignment", texts=("targetName",), urls=("targetUrl",))),
        (
            "resultDescription",
            _Shape(
                "ResultDescription",
                needs_id=True,
                texts=("name", "resultType"),
                inner=(("rubricCriterionLevel", _LEVEL),),
            ),
        ),
        ("related", _Shape("Related", needs_id=True)),
    ),
)
"""https://www.imsglobal.org/spec/ob/v3p0/#achievement"""
_ACHIEVEMENT_SUBJECT = _Shape(
    "AchievementSubject",
    inner=(
        (
            "identifier",
            _Shape("IdentityObject", texts=("identityHash", "identityType"), flags=("hashed",)),
        ),
        ("result", _Shape("Result")),
        ("achievement", _ACHIEVEMENT),
    ),
)
"""https://www.imsglobal.org/spec/ob/v3p0/#achievementsubject"""
_BADGE_CLASS = _Shape("BadgeClass", texts=("name", "description"))
"""https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/index.html#BadgeClass"""


class _Enough(Exception):
    """Not an error but the end of looking: there are as many problems as we tell."""


class _Found(list[Finding]):
    """The findings so far."""

    def refuse(self, code: str, pointer: str, **evidence: str) -> None:
        evidence["pointer"] = pointer
        self.append(Finding("structure", Outcome.FAILED, code, evidence))
        if len(self) >= MAX_FAULTS:
            raise _Enough

    def refuse_all(self, faults: list[_Fault], pointer: str = "") -> None:
        for fault in faults:
            more = {"expected": fault.expected} if fault.expected else {}
            self.refuse(fault.code, pointer + fault.pointer, **more)


def check_structure(received: Received) -> list[Finding]:
    """The findings about the document's form, those made while reading first.

    One passed `structure` finding where nothing is malformed, else a failed one for each
    problem, with the JSON pointer of the member. Nulls and empty arrays say nothing in
    JSON-LD and are signed by nobody: they are accepted and named in a note. A link has no
    document and gets no finding.
    """
    if received.kind is Kind.LINK:
        return []
    if _is_like_a_sound_one(received):
        return [_SOUND[received.standard]]
    found = _Found(received.notes)
    with suppress(_Enough):
        _look(received, found)
    if not found:
        found.append(_SOUND[received.standard])
        _remember(received)
    if not received.traits.full and _has_unsigned(received.document):
        found.append(_unsigned_note(received.document))
    return found


class _Sound:
    """Strings of a document that was found sound.

    Nothing here is refused because a string is an address, an instant, or not empty; it may
    be because it is not. So a document that differs only in strings is as sound, if each of
    its strings is an address where that one's was, and likewise an instant, or not empty.
    What remains is the order of two instants.
    """

    __slots__ = ("_instants", "_may_be_empty", "_urls")

    def __init__(self, texts: Sequence[str]) -> None:
        self._urls = picker([at for at, text in enumerate(texts) if _is_url(text)])
        self._instants = picker([at for at, text in enumerate(texts) if _is_instant(text)])
        self._may_be_empty = "" in texts

    def is_like(self, texts: Sequence[str]) -> bool:
        """Texts without escapes have no line breaks, so a line is a text."""
        return (
            (self._may_be_empty or "" not in texts)
            and _URLS.fullmatch("\n".join([*self._urls(texts), ""])) is not None
            and all(map(_is_instant, self._instants(texts)))
        )


def _is_like_a_sound_one(received: Received) -> bool:
    spelling = received.traits.spelling
    if spelling is None or spelling.skeleton is None or received.notes:
        return False
    sound: _Sound | None = spelling.skeleton.memo.get(_Sound)
    if sound is None or not sound.is_like(spelling.texts):
        return False
    dates = _Found()
    _dates(received.document, received.standard, dates)
    return not dates


def _remember(received: Received) -> None:
    spelling = received.traits.spelling
    if spelling and spelling.skeleton and received.traits.full:
        spelling.skeleton.memo[_Sound] = _Sound(spelling.texts)


def faults_of_credential(document: Document) -> list[Finding]:
    """The failed findings about an unsigned credential of VC 2.0, and nothing else."""
    found = _Found()
    with suppress(_Enough):
        _credential(document, Standard.VC_2_0, found)
    return found


def _look(received: Received, found: _Found) -> None:
    if received.kind is Kind.PRESENTATION:
        _presentation(received.document, received.standard, found)
    elif received.standard is Standard.OB_2_0:
        _assertion(received.document, found)
    else:
        _credential(received.document, received.standard, found)


def _credential(document: Document, standard: Standard, found: _Found) -> None:
    types = types_of(document)
    is_badge = not OPEN_BADGE_TYPES.isdisjoint(types)
    extensions = _EXTENSIONS_OF_BADGE if is_badge else _EXTENSIONS
    _root(document, standard, "VerifiableCredential", types, found)
    _party(document, "issuer", found)
    _dates(document, standard, found)
    for member, shape in extensions[standard]:
        if member in document:
            found.refuse_all(_faults_at(document[member], member, shape))
    if standard is Standard.VC_2_0:
        _names(document, "", found)
        _names(document.get("issuer"), "/issuer", found)
        _related_resources(document, found)
    if is_badge:
        _badge(document, standard, found)
    for pointer, subject in _subjects(document, found):
        _subject(subject, pointer, types, found)


def _root(
    document: Document,
    standard: Standard,
    expected: str,
    types: tuple[str, ...],
    found: _Found,
) -> None:
    """What credentials and presentations have in common."""
    _contexts(document, standard, found)
    if not _is_type(document.get("type")):
        found.refuse("type-missing", "/type")
    elif expected not in types:
        found.refuse("type-incomplete", "/type", expected=expected)
    if "id" in document and not _is_url(document["id"]):
        found.refuse("url-expected", "/id")
    for place, proof in _each(document, "proof"):
        if not isinstance(proof, dict):
            found.refuse("object-expected", place)


def _contexts(document: Document, standard: Standard, found: _Found) -> None:
    """https://www.w3.org/TR/vc-data-model-2.0/#contexts"""
    given = document.get("@context")
    contexts = given if isinstance(given, list) else [given]
    expected = _FIRST_CONTEXT[standard]
    if contexts[:1] != [expected]:
        found.refuse("context-first", "/@context", expected=expected)
    for index, context in enumerate(contexts):
        if index and not isinstance(context, dict) and not _is_url(context):
            found.refuse("url-expected", f"/@context/{index}")


def _is_url(value: object) -> bool:
    """Whether this is one absolute address.

    https://www.w3.org/TR/vc-data-model-2.0/#identifiers
    """
    return isinstance(value, str) and _URL.fullmatch(value) is not None


def _is_type(given: object) -> bool:
    if isinstance(given, list):
        return bool(given) and all(map(_is_name, given))
    return _is_name(given)


def _is_name(value: object) -> bool:
    return isinstance(value, str) and value != ""


def _party(document: Document, member: str, found: _Found) -> None:
    """Issuer or holder: an address, or an object whose id is one.

    https://www.w3.org/TR/vc-data-model-2.0/#issuer
    """
    given = document.get(member)
    pointer = f"/{member}"
    if isinstance(given, dict):
        given, pointer = given.get("id"), f"/{member}/id"
    if given is None:
        found.refuse("member-missing", pointer)
    elif not _is_url(given):
        found.refuse("url-expected", pointer)


def _names(value: object, pointer: str, found: _Found) -> None:
    """https://www.w3.org/TR/vc-data-model-2.0/#names-and-descriptions"""
    if not isinstance(value, dict):
        return
    for member in ("name", "description"):
        given = value.get(member)
        if given is not None and not isinstance(given, str) and not _is_in_languages(given):
            found.refuse("name-malformed", f"{pointer}/{member}")


def _is_in_languages(value: object) -> bool:
    values = value if isinstance(value, list) else [value]
    return all(isinstance(each, str) or _is_language_value(each) for each in values)


def _is_language_value(value: object) -> bool:
    return (
        isinstance(value, dict)
        and isinstance(value.get("@value"), str)
        and value.keys() <= _LANGUAGE_VALUE
    )


def _dates(document: Document, standard: Standard, found: _Found) -> None:
    """https://www.w3.org/TR/vc-data-model-2.0/#validity-period"""
    start, end = WINDOW[standard]
    starts, ends = _instant(document, start, found), _instant(document, end, found)
    if starts is not None and ends is not None and ends < starts:
        found.refuse("window-backwards", f"/{end}", start=start)
    if standard is not Standard.VC_2_0 and document.get(start) is None:
        found.refuse("member-missing", f"/{start}")


def _instant(document: Document, member: str, found: _Found) -> datetime | None:
    given = document.get(member)
    if given is None:
        return None
    try:
        return parse_instant(given, pointer=f"/{member}")
    except MalformedCredential as problem:
        found.append(Finding.of_error("structure", problem))
        return None


def _is_instant(text: str) -> bool:
    try:
        parse_instant(text, pointer="")
    except MalformedCredential:
        return False
    return True


def _each(owner: Document, member: str) -> Iterator[tuple[str, object]]:
    """Each value of a member that may hold one or a list, with its pointer; nulls aside."""
    value = owner.get(member)
    if isinstance(value, list):
        for index, entry in enumerate(value):
            if entry is not None:
                yield f"/{member}/{index}", entry
    elif value is not None:
        yield f"/{member}", value


def _faults_at(value: object, member: str, shape: _Shape) -> list[_Fault]:
    """The faults of one object or a list of them; nulls, which nobody signs, aside."""
    if value is None:
        return []
    found: list[_Fault] = []
    if not isinstance(value, list):
        for fault in _faults(value, shape):
            found.append(_below(f"/{member}", fault))
        return found
    for index, entry in enumerate(value):
        if entry is not None:
            for fault in _faults(entry, shape):
                found.append(_below(f"/{member}/{index}", fault))
            if len(found) >= MAX_FAULTS:
                break
    return found


def _below(pointer: str, fault: _Fault) -> _Fault:
    return fault._replace(pointer=pointer + fault.pointer)


def _faults(value: object, shape: _Shape) -> list[_Fault]:
    if not isinstance(value, dict):
        return [_Fault("object-expected", "")]
    faults = []
    expected, needs_id, texts, urls, flags, members = shape
    given = value.get("type")
    if not expected:
        if not _is_type(given):
            faults.append(_Fault("type-missing", "/type"))
    elif given != expected and not (isinstance(given, list) and expected in given):
        faults.append(_Fault("type-expected", "/type", expected))
    # An id of null is no id but a mistake: it names nothing, and says that it does.
    if "id" in value:
        if not _is_url(value["id"]):
            faults.append(_Fault("url-expected", "/id"))
    elif needs_id:
        faults.append(_Fault("member-missing", "/id"))
    for member in texts:
        if not isinstance(value.get(member), str):
            faults.append(_Fault("text-expected", f"/{member}"))
    for member in urls:
        if not _is_url(value.get(member)):
            faults.append(_Fault("url-expected", f"/{member}"))
    for member in flags:
        if not isinstance(value.get(member), bool):
            faults.append(_Fault("flag-expected", f"/{member}"))
    for member, inner in members:
        if member in value:
            faults += _faults_at(value[member], member, inner)
    return faults


def _related_resources(document: Document, found: _Found) -> None:
    """https://www.w3.org/TR/vc-data-model-2.0/#integrity-of-related-resources"""
    for place, resource in _each(document, "relatedResource"):
        if not isinstance(resource, dict):
            found.refuse("object-expected", place)
        elif not _is_url(resource.get("id")):
            found.refuse("url-expected", f"{place}/id")
        elif not any(isinstance(resource.get(digest), str) for digest in _DIGESTS):
            found.refuse("digest-missing", place)


def _subjects(document: Document, found: _Found) -> Iterator[tuple[str, Document]]:
    """The subjects, each of whom something must be said about.

    https://www.w3.org/TR/vc-data-model-2.0/#credential-subject
    """
    subjects = list(_each(document, "credentialSubject"))
    if not subjects:
        found.refuse("member-missing", "/credentialSubject")
    for place, subject in subjects:
        if not isinstance(subject, dict):
            found.refuse("object-expected", place)
        elif not subject:
            found.refuse("subject-empty", place)
        else:
            yield place, subject


def _subject(subject: Document, pointer: str, types: tuple[str, ...], found: _Found) -> None:
    if not OPEN_BADGE_TYPES.isdisjoint(types):
        _achievement_subject(subject, pointer, found)
    elif "id" in subject and not _is_url(subject["id"]):
        found.refuse("url-expected", f"{pointer}/id")
    if "ClrCredential" in types:
        _clr_subject(subject, pointer, found)
    if "EndorsementCredential" in types:
        _endorsement_subject(subject, pointer, found)


# Open Badges 3.0 and CLR 2.0


def _badge(document: Document, standard: Standard, found: _Found) -> None:
    """https://www.imsglobal.org/spec/ob/v3p0/#achievementcredential"""
    if "id" not in document:
        found.refuse("badge-member-missing", "/id")
    if standard is Standard.VC_2_0 and document.get("validFrom") is None:
        found.refuse("badge-member-missing", "/validFrom")
    issuer = document.get("issuer")
    if isinstance(issuer, dict) and "Profile" not in types_of(issuer):
        found.refuse("type-expected", "/issuer/type", expected="Profile")
    _instant(document, "awardedDate", found)


def _achievement_subject(subject: Document, pointer: str, found: _Found) -> None:
    """https://www.imsglobal.org/spec/ob/v3p0/#achievementsubject"""
    found.refuse_all(_faults(subject, _ACHIEVEMENT_SUBJECT), pointer)
    if "id" not in subject and not subject.get("identifier"):
        found.refuse("recipient-missing", pointer)
    achievement = subject.get("achievement")
    if not isinstance(achievement, dict):
        found.refuse("badge-member-missing", f"{pointer}/achievement")
        return
    criteria = achievement.get("criteria")
    if not isinstance(criteria, dict):
        found.refuse("badge-member-missing", f"{pointer}/achievement/criteria")
    elif not isinstance(criteria.get("narrative"), str) and not _is_url(criteria.get("id")):
        found.refuse("criteria-empty", f"{pointer}/achievement/criteria")


def _clr_subject(subject: Document, pointer: str, found: _Found) -> None:
    """https://www.imsglobal.org/spec/clr/v2p0/#clrsubject"""
    if "ClrSubject" not in types_of(subject):
        found.refuse("type-expected", f"{pointer}/type", expected="ClrSubject")
    if not any(isinstance(each, dict) for _, each in _each(subject, "verifiableCredential")):
        found.refuse("badge-member-missing", f"{pointer}/verifiableCredential")


def _endorsement_subject(subject: Document, pointer: str, found: _Found) -> None:
    """https://www.imsglobal.org/spec/ob/v3p0/#endorsementsubject"""
    if "EndorsementSubject" not in types_of(subject):
        found.refuse("type-expected", f"{pointer}/type", expected="EndorsementSubject")
    if "id" not in subject:
        found.refuse("badge-member-missing", f"{pointer}/id")


# Open Badges 2.0


def _assertion(document: Document, found: _Found) -> None:
    """https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/index.html#Assertion"""
    contexts = document.get("@context")
    if OB_2_0_CONTEXT not in (contexts if isinstance(contexts, list) else [contexts]):
        found.refuse("assertion-context", "/@context", expected=OB_2_0_CONTEXT)
    if not _is_url(document.get("id")):
        found.refuse("url-expected", "/id")
    _dates(document, Standard.OB_2_0, found)
    _recipient(document.get("recipient"), found)
    verification = document.get("verification")
    if not isinstance(verification, dict) or not _is_type(verification.get("type")):
        found.refuse("assertion-member-missing", "/verification")
    badge = document.get("badge")
    if isinstance(badge, dict):
        found.refuse_all(_faults(badge, _BADGE_CLASS), "/badge")
    elif not _is_url(badge):
        found.refuse("url-expected", "/badge")


def _recipient(recipient: object, found: _Found) -> None:
    """https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/index.html#IdentityObject"""
    if not isinstance(recipient, dict):
        found.refuse("assertion-member-missing", "/recipient")
        return
    if not _is_type(recipient.get("type")):
        found.refuse("assertion-member-missing", "/recipient/type")
    if not isinstance(recipient.get("identity"), str):
        found.refuse("assertion-member-missing", "/recipient/identity")
    if not isinstance(recipient.get("hashed"), bool):
        found.refuse("flag-expected", "/recipient/hashed")


# Presentations


def _presentation(document: Document, standard: Standard, found: _Found) -> None:
    """https://www.w3.org/TR/vc-data-model-2.0/#verifiable-presentations"""
    _root(document, standard, "VerifiablePresentation", types_of(document), found)
    if document.get("holder") is not None:
        _party(document, "holder", found)
    found.refuse_all(_faults_at(document.get("termsOfUse"), "termsOfUse", _TYPED))


# What nobody signs


def _has_unsigned(document: Document) -> bool:
    """Whether there is a null or an empty array anywhere.

    Every member of every credential comes by here, hence the exact classes: JSON has no
    others, and texts, which are most of it, are passed over first.
    """
    waiting: list[Any] = [document]
    for value in waiting:
        for inner in value.values() if value.__class__ is dict else value:
            kind = inner.__class__
            if kind is str:
                continue
            if inner is None or (kind is list and not inner):
                return True
            if kind is dict or kind is list:
                waiting.append(inner)
    return False


def _unsigned_note(document: Document) -> Finding:
    pointers = list(islice(_unsigned(document, ""), MAX_NAMED))
    return Finding("notes", Outcome.UNKNOWN, "unsigned-members", {"pointers": pointers})


def _unsigned(value: Document | list[Any], pointer: str) -> Iterator[str]:
    entries = value.items() if isinstance(value, dict) else enumerate(value)
    for name, inner in entries:
        place = f"{pointer}/{str(name).replace('~', '~0').replace('/', '~1')}"
        if inner is None or inner == []:
            yield place
        elif isinstance(inner, dict | list):
            yield from _unsigned(inner, place)


_SOUND = {
    standard: Finding("structure", Outcome.PASSED, "structure-sound", {"standard": standard.value})
    for standard in Standard
}
