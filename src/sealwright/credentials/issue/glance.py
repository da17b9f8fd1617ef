"""A glance that spares most credentials the full lint: a yes means that it would let them pass.

The lint says everything about a document, with pointers; that is for people. Before signing,
the only question is whether anything stops it, and one walk without a word answers that for
nearly every document. In doubt the answer is no, and the lint is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sealwright.credentials.issue import vocabulary
from sealwright.credentials.issue.lint import (
    HASH,
    QUICK_LOOKS,
    SIGNED_BY_OTHERS,
    as_a_whole,
    is_plain_address,
    stops,
    structure,
)
from sealwright.credentials.jsonld.transform import has_surrogate
from sealwright.credentials.model.received import types_of
from sealwright.credentials.model.strict_json import MAX_DEPTH

Look = Callable[[str], object]

_ABOUT_THE_PERSON = frozenset({"credentialSubject", "evidence"})
_ABOUT_EVERYBODY = frozenset({"achievement", "source"})
_LEAVES = frozenset({int, float, bool, type(None)})
_SUBJECT = MAX_DEPTH - 3
"""What is left of the depth at the members of a subject, one of several or the only one."""


def _never(text: str) -> bool:
    return False


_LOOKS: Mapping[str, Look] = {
    **QUICK_LOOKS,
    "id": is_plain_address,
    "achievementType": vocabulary.ACHIEVEMENT_TYPES.__contains__,
    "resultType": vocabulary.RESULT_TYPES.__contains__,
    "targetType": vocabulary.TARGET_TYPES.__contains__,
    "identityType": vocabulary.IDENTITY_TYPES.__contains__,
    "identifierType": vocabulary.IDENTITY_TYPES.__contains__,
    "inLanguage": vocabulary.LANGUAGE_TAG.fullmatch,
    **dict.fromkeys(vocabulary.NEVER_ISSUED, _never),
}


def looks_fit(document: Mapping[str, Any]) -> bool:
    """Whether the lint would let this document pass, its terms aside.

    That every member is a term is left to the canonical form, which is made for signing
    anyway. Never raises, whatever the document holds.
    """
    try:
        return (
            type(document) is dict
            and _walk(document, False, MAX_DEPTH)
            and not stops(structure(document))
            and not stops(as_a_whole(document))
        )
    except TypeError:  # a name that is no text
        return False


def _walk(owner: dict[Any, Any], about: bool, depth: int) -> bool:
    """Whether all members look fine. `about`: whether they are about the person.

    Raises `TypeError` for a name that is no text.
    """
    "".join(owner)
    if depth == 0 or not _is_fine_together(owner):
        return False
    for member, value in owner.items():
        kind = type(value)
        if kind is str:
            if member in _LOOKS and not _LOOKS[member](value):
                return False
            if not value.isascii() and has_surrogate(value):
                return False
            if about and "@" in value:
                return False
        elif kind in _LEAVES:
            if member in _LOOKS:
                return False
        elif not _below(member, value, about, depth - 1):
            return False
    return True


def _below(member: Any, value: Any, about: bool, depth: int) -> bool:
    """An object or a list; the highest levels say what is about the person."""
    if member in SIGNED_BY_OTHERS:
        return _is_plain(value, depth)
    if depth == MAX_DEPTH - 1:
        about = member in _ABOUT_THE_PERSON
    elif depth >= _SUBJECT and member in _ABOUT_EVERYBODY:
        about = False
    if type(value) is dict:
        return _walk(value, about, depth)
    if type(value) is not list or member in _LOOKS or depth == 0:
        return False
    for item in value:
        kind = type(item)
        if kind is dict:
            if not _walk(item, about, depth - 1):
                return False
        elif kind is str:
            if (about and "@" in item) or (not item.isascii() and has_surrogate(item)):
                return False
        elif kind not in _LEAVES:
            return False
    return True


def _is_plain(value: Any, depth: int) -> bool:
    """Is this JSON, whatever it says? What others signed is theirs to word."""
    if type(value) is str:
        return value.isascii() or not has_surrogate(value)
    if type(value) in _LEAVES or depth == 0:
        return type(value) in _LEAVES
    if type(value) is dict:
        "".join(value)
        return all(_is_plain(item, depth - 1) for item in value.values())
    return type(value) is list and all(_is_plain(item, depth - 1) for item in value)


def _is_fine_together(owner: dict[Any, Any]) -> bool:
    """The members whose rules depend on their neighbours."""
    if "identityHash" in owner:
        value = owner["identityHash"]
        if not owner.get("hashed"):
            return bool(type(value) is str and owner.get("identityType") != "emailAddress")
        return type(value) is str and HASH.fullmatch(value) is not None
    if "status" in owner and "Result" in types_of(owner):
        status = owner["status"]
        return isinstance(status, str) and vocabulary.allows(vocabulary.RESULT_STATUSES, status)
    return True
