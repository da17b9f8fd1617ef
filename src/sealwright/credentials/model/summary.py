"""What a credential tells of itself, in one fixed shape for cards, pages and programs.

Nothing here is checked and nothing is invented: what the document does not tell, or tells in
a shape that its standard does not know, stays None or an empty list. So do nulls and empty
arrays, which nobody signs. Texts are the issuer's own: whoever shows them must escape them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, TypeVar

from sealwright.credentials.errors import MalformedCredential
from sealwright.credentials.model.instants import (
    format_instant,
    parse_instant,
    parse_numeric_date,
)
from sealwright.credentials.model.received import (
    OPEN_BADGE_TYPES,
    WINDOW,
    Kind,
    Received,
    Standard,
    types_of,
)

_IMAGE = re.compile(r"https?://|data:image/", re.IGNORECASE)
_PROFILES = {
    **dict.fromkeys(OPEN_BADGE_TYPES, "ob-3.0"),
    "ClrCredential": "clr-2.0",
    "EndorsementCredential": "ob-3.0",
}

Object = Mapping[str, Any]
Told = TypeVar("Told")


def summarise(received: Received) -> dict[str, Any]:
    """The summary of a credential or presentation, JSON values only; of a link, {}.

    * `id`, `type` (list), `kind`, `standard`, `profile` (`ob-3.0`, `clr-2.0`, `ob-2.0` or
      None), `format` (what was unwrapped, like `png vc-jose`, or `json`), `securing`
    * `title`, `description`, `image` (an http(s) or data: address)
    * `issuer` {id, name, url}, `recipient` {id, name}
    * `achievement` {id, name, type, criteria {id, narrative}}
    * `valid_from`, `valid_until`, `awarded`: instants as they are written
    * `skills` [{name, url, description, framework, code}],
      `results` [{name, value, level, status}],
      `evidence` [{url, name, description, narrative, genre}], `statuses` [{type, purpose, url}]
    * `credentials`: the summaries of what a presentation holds

    Never raises, whatever the document holds.
    """
    if received.kind is Kind.LINK:
        return {}
    told = _of_assertion if received.standard is Standard.OB_2_0 else _of_credential
    document = received.document
    start, end = WINDOW[received.standard]
    return {
        "id": _text(document.get("id")),
        "type": list(received.types),
        "kind": received.kind.value,
        "standard": received.standard.value,
        "profile": _profile(received),
        "format": " ".join(received.layers) or "json",
        "securing": received.securing.value,
        **told(document),
        "valid_from": _instant(document, start) or _claimed(received, "nbf"),
        "valid_until": _instant(document, end) or _claimed(received, "exp"),
        "statuses": [
            {
                "type": _first(types_of(status)),
                "purpose": _text(status.get("statusPurpose")),
                "url": _text(status.get("statusListCredential")) or _text(status.get("id")),
            }
            for status in _objects(document.get("credentialStatus"))
        ],
        "credentials": [summarise(each) for each in received.contained],
    }


def _of_credential(document: Object) -> dict[str, Any]:
    """https://www.imsglobal.org/spec/ob/v3p0/#data-model, and what any credential may say."""
    subject = _subject(document)
    achievement = _object(subject.get("achievement"))
    return {
        "title": _words(document.get("name")) or _words(achievement.get("name")),
        "description": _words(document.get("description"))
        or _words(achievement.get("description")),
        "image": _image(achievement, subject, document),
        "issuer": _party(document.get("issuer")),
        "recipient": {
            "id": _text(subject.get("id")) or _party(document.get("holder"))["id"],
            "name": _name_of(subject),
        },
        "achievement": _achievement(achievement, _text(achievement.get("achievementType"))),
        "awarded": _instant(document, "awardedDate"),
        "skills": _skills(achievement, *_objects(subject.get("result"))),
        "results": _results(subject, achievement),
        "evidence": _evidence(document),
    }


def _of_assertion(document: Object) -> dict[str, Any]:
    """https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/index.html#Assertion"""
    badge = _object(document.get("badge"))
    recipient = _object(document.get("recipient"))
    return {
        "title": _words(badge.get("name")),
        "description": _words(badge.get("description")),
        "image": _image(document, badge),
        "issuer": _party(badge.get("issuer")),
        "recipient": {
            "id": None if recipient.get("hashed") else _text(recipient.get("identity")),
            "name": None,
        },
        "achievement": _achievement(badge, None)
        | {"id": _text(document.get("badge")) or _text(badge.get("id"))},
        "awarded": _instant(document, "issuedOn"),
        "skills": _skills(badge),
        "results": [],
        "evidence": _evidence(document),
    }


def _profile(received: Received) -> str | None:
    if received.standard is Standard.OB_2_0:
        return "ob-2.0"
    return _first(_PROFILES[name] for name in received.types if name in _PROFILES)


def _subject(document: Object) -> Object:
    """The subject with an achievement, else the first one."""
    subjects = list(_objects(document.get("credentialSubject")))
    return _first(each for each in subjects if "achievement" in each) or _first(subjects) or {}


def _party(value: object) -> dict[str, str | None]:
    party = _object(value)
    return {
        "id": _text(value) or _text(party.get("id")),
        "name": _words(party.get("name")),
        "url": _text(party.get("url")),
    }


def _name_of(subject: Object) -> str | None:
    """The person's name, signed as an identity that is not hashed.

    https://www.imsglobal.org/spec/ob/v3p0/#identityobject
    """
    signed = (
        _text(identity.get("identityHash"))
        for identity in _objects(subject.get("identifier"))
        if identity.get("identityType") == "name" and identity.get("hashed") is False
    )
    return _first(filter(None, signed)) or _words(subject.get("name"))


def _achievement(achievement: Object, kind: str | None) -> dict[str, Any]:
    criteria = achievement.get("criteria")
    return {
        "id": _text(achievement.get("id")),
        "name": _words(achievement.get("name")),
        "type": kind,
        "criteria": {
            "id": _text(criteria) or _text(_object(criteria).get("id")),
            "narrative": _words(_object(criteria).get("narrative")),
        },
    }


def _skills(*owners: Object) -> list[dict[str, str | None]]:
    return [
        {
            "name": _words(alignment.get("targetName")),
            "url": _text(alignment.get("targetUrl")),
            "description": _words(alignment.get("targetDescription")),
            "framework": _words(alignment.get("targetFramework")),
            "code": _text(alignment.get("targetCode")),
        }
        for owner in owners
        for alignment in _objects(owner.get("alignment"))
    ]


def _results(subject: Object, achievement: Object) -> list[dict[str, str | None]]:
    """The results with the names that the achievement describes them by.

    https://www.imsglobal.org/spec/ob/v3p0/#result
    """
    described = list(_objects(achievement.get("resultDescription")))
    levels = chain.from_iterable(_objects(each.get("rubricCriterionLevel")) for each in described)
    names = {
        identifier: _words(each.get("name"))
        for each in (*described, *levels)
        if (identifier := _text(each.get("id")))
    }
    return [
        {
            "name": names.get(_text(result.get("resultDescription")) or ""),
            "value": _text(result.get("value")),
            "level": names.get(_text(result.get("achievedLevel")) or ""),
            "status": _text(result.get("status")),
        }
        for result in _objects(subject.get("result"))
    ]


def _evidence(document: Object) -> list[dict[str, str | None]]:
    """Open Badges 2.0 allows a bare address as evidence."""
    return [
        {
            "url": _text(each) or _text(_object(each).get("id")),
            "name": _words(_object(each).get("name")),
            "description": _words(_object(each).get("description")),
            "narrative": _words(_object(each).get("narrative")),
            "genre": _text(_object(each).get("genre")),
        }
        for each in _values(document.get("evidence"))
        if isinstance(each, str | dict)
    ]


def _image(*owners: Object) -> str | None:
    images = (owner.get("image") for owner in owners)
    addresses = (_text(image) or _text(_object(image).get("id")) for image in images)
    return _first(url for url in addresses if url and _IMAGE.match(url))


def _instant(document: Object, member: str) -> str | None:
    """The instant as it is written, if it is one."""
    given = document.get(member)
    try:
        parse_instant(given, pointer="")
    except MalformedCredential:
        return None
    return _text(given)


def _claimed(received: Received, claim: str) -> str | None:
    try:
        return format_instant(parse_numeric_date(received.claims.get(claim), pointer=""))
    except MalformedCredential:
        return None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _words(value: object) -> str | None:
    """A text, or the first of its languages.

    https://www.w3.org/TR/vc-data-model-2.0/#language-and-base-direction
    """
    told = (_text(_object(each).get("@value", each)) for each in _values(value))
    return _first(filter(None, told))


def _object(value: object) -> Object:
    return value if isinstance(value, dict) else {}


def _objects(value: object) -> Iterator[Object]:
    return (each for each in _values(value) if isinstance(each, dict))


def _values(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _first(values: Iterable[Told]) -> Told | None:
    return next(iter(values), None)
