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
    ADDRESS,
    HASH,
    QUICK_LOOKS,
    SIGNED_BY_OTHERS,
    as_a_whole,
    stops,
)
from sealwright.credentials.model.received import types_of
from sealwright.credentials.model.shape import faults_of_credential
from sealwright.credentials.model.strict_json import MAX_DEPTH

Look = Callable[[str], object]

_LEAVES = frozenset({int, float, bool, type(None)})


Parts = Mapping[str, "tuple[bool, Parts]"]
"""Members that begin another part of a document: is it about the person, and its own parts."""

_NONE: Parts = {}
_OF_A_SUBJECT: Parts = {"achievement": (False, _NONE), "source": (False, _NONE)}
_OF_A_DOCUMENT: Parts = {"credentialSubject": (True, _OF_A_SUBJECT), "evidence": (True, _NONE)}


def _never(text: str) -> bool:
    return False


_LOOKS: Mapping[str, Look | None] = {
    **QUICK_LOOKS,
    "id": ADDRESS.fullmatch,
    "achievementType": vocabulary.ACHIEVEMENT_TYPES.__contains__,
    "resultType": vocabulary.RESULT_TYPES.__contains__,
    "targetType": vocabulary.TARGET_TYPES.__contains__,
    "identityType": vocabulary.IDENTITY_TYPES.__contains__,
    "identifierType": vocabulary.IDENTITY_TYPES.__contains__,
    "inLanguage": vocabulary.LANGUAGE_TAG.fullmatch,
    "identityHash": None,
    "status": None,
    **dict.fromkeys(vocabulary.NEVER_ISSUED, _never),
}
"""What the lint judges, as texts. None: it depends on the neighbours, see `_suits`."""


def looks_fit(document: Mapping[str, Any]) -> bool:
    """Whether the lint would let this document pass, its terms aside.

    That every member is a term, and every text one of whole characters, is left to the
    canonical form, which is made for signing anyway. It leaves out only what is signed
    already. Never raises, whatever the document holds.
    """
    return (
        type(document) is dict
        and "proof" not in document
        and _walk(document, False, _OF_A_DOCUMENT, MAX_DEPTH)
        and not faults_of_credential(document)
        and not stops(as_a_whole(document))
    )


def _walk(owner: dict[Any, Any], about: bool, parts: Parts, depth: int) -> bool:
    """Whether all members look fine. `about`: they are about the person."""
    if depth == 0:
        return False
    for member, value in owner.items():
        if type(value) is str:
            if member in _LOOKS:
                look = _LOOKS[member]
                if not (look(value) if look else _suits(member, value, owner)):
                    return False
            if about and "@" in value:
                return False
        elif member in _LOOKS or not _below(member, value, about, parts, depth - 1):
            return False
    return True


def _below(member: Any, value: Any, about: bool, parts: Parts, depth: int) -> bool:
    """Whether the value of a member that is no text looks fine."""
    if member in SIGNED_BY_OTHERS:
        return _is_plain(value, depth)
    about, parts = parts.get(member, (about, _NONE))
    if type(value) is dict:
        return _walk(value, about, parts, depth)
    if type(value) is not list:
        return type(value) in _LEAVES
    for item in value:
        if type(item) is str:
            if about and "@" in item:
                return False
        elif type(item) is dict:
            if depth == 0 or not _walk(item, about, parts, depth - 1):
                return False
        elif type(item) not in _LEAVES:
            return False
    return depth > 0


def _is_plain(value: Any, depth: int) -> bool:
    """Is this JSON, whatever it says? What others signed is theirs to word."""
    if type(value) is dict:
        value = [*value.values()]
    if type(value) is list:
        return depth > 0 and all(_is_plain(item, depth - 1) for item in value)
    return type(value) is str or type(value) in _LEAVES


def _suits(member: str, value: str, owner: Mapping[str, Any]) -> bool:
    """Whether a text looks fine that is judged together with its neighbours."""
    if member == "status":
        return "Result" not in types_of(owner) or value in vocabulary.RESULT_STATUSES
    if owner.get("hashed"):
        return HASH.fullmatch(value) is not None
    return owner.get("identityType") != "emailAddress"
