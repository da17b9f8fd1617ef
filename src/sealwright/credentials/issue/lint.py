"""Is a credential fit to be issued? Everything at once, in plain words, with pointers.

Two kinds of findings come back. A `FAILED` one stops issuing: a verifier would refuse the
credential, or it would break one of our own rules, such as no e-mail address in clear. An
`UNKNOWN` one is advice: the credential would be valid, but less useful than it could be.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from sealwright.credentials.errors import CredentialError, MalformedCredential
from sealwright.credentials.issue import vocabulary
from sealwright.credentials.issue.parts import looks_like_email
from sealwright.credentials.jsonld import ContextStore, canonize
from sealwright.credentials.model import strict_json
from sealwright.credentials.model.instants import format_instant, parse_instant
from sealwright.credentials.model.received import Received, Securing, Standard, types_of
from sealwright.credentials.model.report import Finding, Outcome
from sealwright.credentials.model.shape import check_structure


class Place(NamedTuple):
    """One member of a credential: where it is, its name, its value, and what it is part of."""

    pointer: str
    member: str
    value: Any
    owner: Mapping[str, Any]


def lint(document: Mapping[str, Any], *, contexts: ContextStore | None = None) -> list[Finding]:
    """What is wrong with `document` and what could be better, in the order of the document.

    `FAILED` findings (check "structure") stop issuing, `UNKNOWN` ones (check "notes") are
    advice. `contexts` are the shipped ones unless told. Never raises `CredentialError`.
    """
    try:
        copy = as_written(document)
    except CredentialError as problem:
        return [_stop(problem)]
    if _is_old(copy):
        return [Finding("structure", Outcome.FAILED, "lint-old-model")]
    found = [*structure(copy), *_terms(copy, contexts or ContextStore.shipped())]
    found += [finding for place in places(copy) for finding in judge(place)]
    found += as_a_whole(copy)
    return _without_repeats(found)


def stops(findings: Iterable[Finding]) -> list[Finding]:
    """Those of the findings that stop issuing."""
    return [finding for finding in findings if finding.outcome is Outcome.FAILED]


def as_written(document: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of the document as a reader would get it.

    Raises `CredentialError` for what cannot be written as JSON or would not be read back:
    NaN, half characters, dates, nesting without end.
    """
    try:
        text = json.dumps(document, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError) as problem:
        raise MalformedCredential(pointer="", problem=f"not JSON ({problem})") from None
    copy: dict[str, Any] = strict_json.loads(text)
    return copy


def places(document: Mapping[str, Any]) -> Iterator[Place]:
    """Every member of the document and of what is inside it, parents first.

    The items of arrays have no name of their own. `document` is no deeper than the reader
    allows. Into what others signed (endorsements, the credentials of a CLR) we do not look.
    """
    yield from _places(document, "")


def quick_look(place: Place) -> Callable[[str], object]:
    """A cheap question whose yes means that `judge` would refuse nothing in this place.

    For bulk issuing, where the same places are looked at again and again.
    """
    if place.member == "identityHash" and place.owner.get("hashed"):
        return HASH.fullmatch
    if place.member == "id":
        return is_plain_address
    if place.member in QUICK_LOOKS:
        return QUICK_LOOKS[place.member]
    if not _ADVISORY.issuperset(_RULES.get(place.member, ())):
        return _is_never_sure
    return has_no_at_sign if _is_about_the_person(place.pointer) else is_always_fine


def judge(place: Place) -> Iterator[Finding]:
    """What the value of one member, looked at by itself, gives cause to say."""
    for rule in _RULES.get(place.member, ()):
        yield from rule(place)
    if isinstance(place.value, str) and _is_about_the_person(place.pointer):
        yield from _no_email(place)


def _places(owner: Mapping[str, Any], pointer: str) -> Iterator[Place]:
    for member, value in owner.items():
        here = f"{pointer}/{member.replace('~', '~0').replace('/', '~1')}"
        yield Place(here, member, value, owner)
        if member not in SIGNED_BY_OTHERS:
            yield from _inside(value, here, owner)


def _inside(value: Any, pointer: str, owner: Mapping[str, Any]) -> Iterator[Place]:
    if isinstance(value, Mapping):
        yield from _places(value, pointer)
    elif isinstance(value, list):
        for number, item in enumerate(value):
            here = f"{pointer}/{number}"
            if not isinstance(item, Mapping | list):
                yield Place(here, "", item, owner)
            yield from _inside(item, here, owner)


def _is_old(document: Mapping[str, Any]) -> bool:
    context = document.get("@context")
    first = context[0] if isinstance(context, list) and context else context
    return first == "https://www.w3.org/2018/credentials/v1"


def structure(document: dict[str, Any]) -> Iterator[Finding]:
    """What the standard says about the document's form."""
    received = Received(document, Standard.VC_2_0, Securing.NONE)
    for finding in check_structure(received):
        if finding.outcome is Outcome.FAILED:
            yield finding
        elif finding.check == "notes":
            yield _advice(finding.code, finding.evidence)


def _terms(document: Mapping[str, Any], contexts: ContextStore) -> Iterator[Finding]:
    try:
        canonize(document, contexts=contexts)
    except CredentialError as problem:
        yield _stop(problem)


def _stop(problem: CredentialError) -> Finding:
    """What a verifier could not decide stops us as well: somebody would be left in doubt."""
    return Finding("structure", Outcome.FAILED, problem.code, problem.evidence)


def _refusal(code: str, evidence: Mapping[str, Any]) -> Finding:
    return Finding("structure", Outcome.FAILED, code, evidence)


def _advice(code: str, evidence: Mapping[str, Any]) -> Finding:
    return Finding("notes", Outcome.UNKNOWN, code, evidence)


SIGNED_BY_OTHERS = frozenset({"endorsement", "proof", "verifiableCredential"})


def _is_about_the_person(pointer: str) -> bool:
    """Evidence, and the subject without the achievement, which is the same for everybody."""
    top, *below = pointer.split("/")[1:]
    if top == "credentialSubject":
        members = [step for step in below if not step.isdigit()]
        return members[:1] not in (["achievement"], ["source"])
    return top == "evidence"


def _no_email(place: Place) -> Iterator[Finding]:
    text: str = place.value
    if "@" not in text:
        return
    if looks_like_email(text.removeprefix("mailto:")):
        yield _refusal("lint-email-in-clear", {"pointer": place.pointer})
    elif _EMAIL_INSIDE.search(text):
        yield _advice("lint-email-in-text", {"pointer": place.pointer})


_EMAIL_INSIDE = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}+@[\w-]{1,63}+\.[\w-]{2,63}")
"""Looked for at beginnings of words only, so that no text costs more than one pass."""


def _instant(place: Place) -> Iterator[Finding]:
    try:
        better = format_instant(parse_instant(place.value, pointer=place.pointer))
    except MalformedCredential as problem:
        yield _stop(problem)
        return
    if place.value != better:
        found = {"pointer": place.pointer, "value": place.value, "better": better}
        yield _advice("lint-instant-not-canonical", found)


def _day_or_instant(place: Place) -> Iterator[Finding]:
    """The standard's context says date, its schema date and time: both are in use."""
    if not _is_day(place.value):
        yield from _instant(place)


def _is_day(value: object) -> bool:
    """`date.fromisoformat` alone would take weeks and digits without hyphens, too."""
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _word(words: frozenset[str]) -> Rule:
    def rule(place: Place) -> Iterator[Finding]:
        if not isinstance(place.value, str) or not vocabulary.allows(words, place.value):
            found = {
                "pointer": place.pointer,
                "value": place.value,
                "words": ", ".join(sorted(words)),
            }
            yield _refusal("lint-word-not-allowed", found)

    return rule


def _result_status(place: Place) -> Iterator[Finding]:
    if "Result" in types_of(place.owner):
        yield from _word(vocabulary.RESULT_STATUSES)(place)


def _language(place: Place) -> Iterator[Finding]:
    if not isinstance(place.value, str) or not vocabulary.LANGUAGE_TAG.fullmatch(place.value):
        yield _refusal("lint-language", {"pointer": place.pointer, "value": place.value})


def _identity(place: Place) -> Iterator[Finding]:
    """https://www.imsglobal.org/spec/ob/v3p0/#identityobject"""
    is_email = place.owner.get("identityType") == "emailAddress"
    found = {"pointer": place.pointer}
    if not place.owner.get("hashed"):
        if is_email:
            yield _refusal("lint-email-in-clear", found)
    elif not isinstance(place.value, str) or not HASH.fullmatch(place.value):
        yield _refusal("lint-identity-hash", found)
    elif not place.owner.get("salt"):
        yield _advice("lint-salt-missing", found)
    elif is_email:
        yield _advice("lint-hash-can-be-guessed", found)


HASH = re.compile(r"sha256\$[0-9a-fA-F]{64}")


def _status_index(place: Place) -> Iterator[Finding]:
    if not isinstance(place.value, str) or not _INDEX.fullmatch(place.value):
        yield _refusal("lint-status-index", {"pointer": place.pointer})


_INDEX = re.compile(r"0|[1-9][0-9]{0,9}")


def _address(place: Place) -> Iterator[Finding]:
    if isinstance(place.value, str) and place.value.startswith("http:"):
        yield _advice("lint-http-address", {"pointer": place.pointer})


def _complete(place: Place) -> Iterator[Finding]:
    if not isinstance(place.value, str) or not ADDRESS.fullmatch(place.value):
        yield _refusal("url-expected", {"pointer": place.pointer})


ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?:[!#-;=?-\[\]_a-z~]++|[^\s<>\"{}|\\^`\0-\x1f]+)")
"""Most addresses are of the first kind, all in ASCII, and it is the quicker one to match."""


def _caption(place: Place) -> Iterator[Finding]:
    if isinstance(place.value, Mapping) and not place.value.get("caption"):
        yield _advice("lint-caption-missing", {"pointer": place.pointer})


def _type(place: Place) -> Iterator[Finding]:
    if place.value in _TYPES_IN_ARRAYS:
        yield _advice("lint-type-not-array", {"pointer": place.pointer})


_TYPES_IN_ARRAYS = (
    "Achievement",
    "AchievementSubject",
    "Address",
    "Alignment",
    "EndorsementSubject",
    "Evidence",
    "Profile",
    "Related",
    "Result",
    "ResultDescription",
    "RubricCriterionLevel",
    "VerifiableCredential",
)


def _never_issued(place: Place) -> Iterator[Finding]:
    yield _refusal("lint-never-issued", {"pointer": place.pointer})


def _endorsements(place: Place) -> Iterator[Finding]:
    for number, endorsement in enumerate(_each(place.value)):
        if not endorsement.get("proof"):
            yield _advice("lint-endorsement-unsigned", {"pointer": f"{place.pointer}/{number}"})


Rule = Callable[[Place], Iterator[Finding]]

_RULES: Mapping[str, tuple[Rule, ...]] = {
    "validFrom": (_instant,),
    "validUntil": (_instant,),
    "awardedDate": (_instant,),
    "activityStartDate": (_day_or_instant,),
    "activityEndDate": (_day_or_instant,),
    "achievementType": (_word(vocabulary.ACHIEVEMENT_TYPES),),
    "resultType": (_word(vocabulary.RESULT_TYPES),),
    "targetType": (_word(vocabulary.TARGET_TYPES),),
    "identityType": (_word(vocabulary.IDENTITY_TYPES),),
    "identifierType": (_word(vocabulary.IDENTITY_TYPES),),
    "status": (_result_status,),
    "inLanguage": (_language,),
    "identityHash": (_identity,),
    "statusListIndex": (_status_index,),
    "id": (_complete, _address),
    "url": (_complete, _address),
    "targetUrl": (_complete,),
    "statusListCredential": (_complete, _address),
    "image": (_caption,),
    "type": (_type,),
    "endorsement": (_endorsements,),
    **dict.fromkeys(vocabulary.NEVER_ISSUED, (_never_issued,)),
}


_ADVISORY = frozenset({_address, _caption, _type, _endorsements})


def is_plain_address(text: str) -> bool:
    """The quick look for ids."""
    return "@" not in text and ADDRESS.fullmatch(text) is not None


def has_no_at_sign(text: str) -> bool:
    """The quick look for texts about a person."""
    return "@" not in text


def is_always_fine(text: str) -> bool:
    """The quick look where nothing can be wrong."""
    return True


def _is_never_sure(text: str) -> bool:
    return False


_PLAIN_DAY = (
    r"[1-9]\d{3}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])"
    r"|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
)
_PLAIN_TIME = r"T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ"
_is_plain_instant = re.compile(_PLAIN_DAY + _PLAIN_TIME, re.ASCII).fullmatch
_is_plain_day_or_instant = re.compile(f"{_PLAIN_DAY}(?:{_PLAIN_TIME})?", re.ASCII).fullmatch

QUICK_LOOKS: Mapping[str, Callable[[str], object]] = {
    "validFrom": _is_plain_instant,
    "validUntil": _is_plain_instant,
    "awardedDate": _is_plain_instant,
    "activityStartDate": _is_plain_day_or_instant,
    "activityEndDate": _is_plain_day_or_instant,
    "statusListIndex": _INDEX.fullmatch,
    "url": ADDRESS.fullmatch,
    "targetUrl": ADDRESS.fullmatch,
    "statusListCredential": ADDRESS.fullmatch,
}

LINKS = ("resultDescription", "achievedLevel")
"""Members of a result that are ids of something that the achievement describes."""


def as_a_whole(document: Mapping[str, Any]) -> Iterator[Finding]:
    """What only several members together show."""
    if not document.get("name"):
        yield _advice("lint-no-name", {})
    if {"OpenBadgeCredential", "AchievementCredential"} & {*types_of(document)}:
        for subject, pointer in _subjects(document):
            yield from _recipient(subject, pointer)
            for achievement in _each(subject.get("achievement")):
                yield from _achievement(achievement, f"{pointer}/achievement")
                yield from _results(subject, achievement, pointer)


def validity(document: Mapping[str, Any]) -> Iterator[Finding]:
    """A credential must not end before it begins; what cannot be read is not judged here.

    https://www.w3.org/TR/vc-data-model-2.0/#validity-period
    """
    try:
        start = parse_instant(document.get("validFrom"), pointer="/validFrom")
        until = parse_instant(document.get("validUntil"), pointer="/validUntil")
    except MalformedCredential:
        return
    if until < start:
        yield _refusal("window-backwards", {"pointer": "/validUntil", "start": "validFrom"})


def _subjects(document: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], str]]:
    subject = document.get("credentialSubject")
    several = isinstance(subject, list)
    for number, one in enumerate(_each(subject)):
        yield one, f"/credentialSubject/{number}" if several else "/credentialSubject"


def _recipient(subject: Mapping[str, Any], pointer: str) -> Iterator[Finding]:
    if not subject.get("id"):
        yield _advice("lint-subject-without-id", {"pointer": f"{pointer}/id"})


def _achievement(achievement: Mapping[str, Any], pointer: str) -> Iterator[Finding]:
    criteria = achievement.get("criteria")
    if isinstance(criteria, Mapping) and not (criteria.get("id") or criteria.get("narrative")):
        yield _refusal("criteria-empty", {"pointer": f"{pointer}/criteria"})
    if not achievement.get("alignment"):
        yield _advice("lint-no-alignment", {"pointer": pointer})
    id = achievement.get("id")
    if not str(id).startswith(("https:", "http:")):
        found = {"pointer": f"{pointer}/id", "id": id}
        yield _advice("lint-achievement-without-page", found)


def _results(
    subject: Mapping[str, Any], achievement: Mapping[str, Any], pointer: str
) -> Iterator[Finding]:
    """Results point to descriptions and levels of the same achievement.

    https://www.imsglobal.org/spec/ob/v3p0/#result
    """
    known = {member: _linked(achievement, member) for member in LINKS}
    for number, result in enumerate(_each(subject.get("result"))):
        for member, ids in known.items():
            id = result.get(member)
            if id is not None and not (isinstance(id, str) and id in ids):
                yield not_described(f"{pointer}/result/{number}/{member}", id)


def not_described(pointer: str, id: Any) -> Finding:
    """The finding for a result that points to nothing."""
    return _refusal("lint-result-not-described", {"pointer": pointer, "id": id})


def linked(document: Mapping[str, Any], member: str) -> frozenset[str]:
    """The ids that a result's `member` (one of `LINKS`) may point to in this document."""
    return frozenset(
        id
        for subject, _ in _subjects(document)
        for achievement in _each(subject.get("achievement"))
        for id in _linked(achievement, member)
    )


def _linked(achievement: Mapping[str, Any], member: str) -> frozenset[str]:
    described = [*_each(achievement.get("resultDescription"))]
    if member == "achievedLevel":
        described = [level for one in described for level in _each(one.get("rubricCriterionLevel"))]
    ids = (one.get("id") for one in described)
    return frozenset(id for id in ids if isinstance(id, str))


def _each(value: Any) -> Iterator[Mapping[str, Any]]:
    """The objects in an array, or the one object in its place."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, Mapping):
            yield item


def _without_repeats(findings: Iterable[Finding]) -> list[Finding]:
    """The first of several findings with the same code about the same place."""
    first: dict[tuple[str, Any], Finding] = {}
    for finding in findings:
        first.setdefault((finding.code, finding.evidence.get("pointer")), finding)
    return list(first.values())
