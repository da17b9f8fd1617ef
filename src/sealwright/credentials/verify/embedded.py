"""Credentials inside a credential: endorsements by others, and what a CLR brings together.

Each is examined like any other, with a small report of its own in the evidence of one
finding. An endorsement is an opinion about the credential, so what becomes of it decides
nothing. What a learner record contains is what it is shown for, so a forged or revoked part
makes the whole invalid, and a part that cannot be decided leaves the whole undecided. Only
dates are an exception: a record of a life rightly contains what has ended, so a part that
has expired is noted and no more.

https://www.imsglobal.org/spec/ob/v3p0/#endorsementcredential
https://www.imsglobal.org/spec/clr/v2p0/#clrsubject
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

from sealwright.credentials.errors import CredentialError, MalformedCredential, UnreadableInput
from sealwright.credentials.formats.reading import read_value
from sealwright.credentials.model.received import Kind, Received, Securing
from sealwright.credentials.model.report import Finding, Outcome, Verdict, verdict_of
from sealwright.credentials.verify.case import Case, issuer_of, objects
from sealwright.credentials.verify.proof import EXHAUSTED

MAX_ENDORSEMENTS: Final = 16
MAX_CONTAINED: Final = 50
MAX_NESTING: Final = 2
"""How deep credentials inside credentials are examined."""

_ENDORSEMENT_MEMBERS: Final = ("endorsement", "endorsementJwt")


class Examine(Protocol):
    """Examines what is embedded. What is `covered` needs no signature of its own."""

    def __call__(self, case: Case, *, covered: bool = False) -> Iterable[Finding]: ...


_ENDORSEMENT: Final = {
    Verdict.VALID: (Outcome.PASSED, "endorsement-valid"),
    Verdict.INVALID: (Outcome.FAILED, "endorsement-invalid"),
    Verdict.UNDECIDED: (Outcome.UNKNOWN, "endorsement-undecided"),
}
_CONTAINED: Final = {
    Verdict.VALID: (Outcome.PASSED, "contained-valid"),
    Verdict.INVALID: (Outcome.FAILED, "contained-invalid"),
    Verdict.UNDECIDED: (Outcome.UNKNOWN, "contained-undecided"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where something embedded stands: its pointer, its value, and what it stands on."""

    pointer: str
    value: object
    host: object = None


def check_endorsements(case: Case, examine: Examine) -> Iterator[Finding]:
    """One finding for each embedded endorsement, `MAX_ENDORSEMENTS` at most."""
    yield from _each(
        case, examine, list(_endorsements(case)), "endorsements", MAX_ENDORSEMENTS, _endorsement
    )


def check_contained(case: Case, examine: Examine) -> Iterator[Finding]:
    """One finding for each credential that the subject is said to hold."""
    yield from _each(case, examine, list(_contained(case)), "contained", MAX_CONTAINED, _part)


Judge = Callable[[Case, Place, Received, Examine], Finding]


def _each(
    case: Case, examine: Examine, places: list[Place], check: str, limit: int, judge: Judge
) -> Iterator[Finding]:
    if not places:
        return
    if case.depth >= MAX_NESTING:
        yield Finding(check, Outcome.UNKNOWN, "embedded-too-deep", {"limit": MAX_NESTING})
        return
    examined = 0
    for place in places[:limit]:
        try:
            finding = judge(case, place, _read(place), examine)
        except CredentialError as problem:
            finding = _unreadable(check, place, problem)
        yield finding
        examined += 1
        if _work_is_exhausted(finding):
            break
    if examined < len(places):
        evidence = {"count": len(places), "examined": examined}
        yield Finding(check, Outcome.UNKNOWN, "embedded-too-many", evidence)


def _endorsements(case: Case) -> Iterator[Place]:
    for pointer, host in _hosts(case.received.document):
        for member in _ENDORSEMENT_MEMBERS:
            if member in host:
                yield from _places(host[member], f"{pointer}/{member}", host.get("id"))


def _hosts(document: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    """What may carry endorsements: the credential, its issuer, and achievements."""
    hosts = [("", document)]
    hosts += [("/issuer", issuer) for issuer in objects(document.get("issuer"))]
    for subject in objects(document.get("credentialSubject")):
        for achievement in objects(subject.get("achievement")):
            pointer = "/credentialSubject/achievement"
            hosts.append((pointer, achievement))
            creators = objects(achievement.get("creator"))
            hosts += [(f"{pointer}/creator", creator) for creator in creators]
    return hosts


def _contained(case: Case) -> Iterator[Place]:
    for subject in objects(case.received.document.get("credentialSubject")):
        pointer = "/credentialSubject/verifiableCredential"
        yield from _places(subject.get("verifiableCredential"), pointer, None)


def _places(value: object, pointer: str, host: object) -> Iterator[Place]:
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield Place(f"{pointer}/{index}", item, host)
    elif value is not None:
        yield Place(pointer, value, host)


def _endorsement(case: Case, place: Place, received: Received, examine: Examine) -> Finding:
    findings = tuple(examine(case.about(received)))
    evidence = _evidence(place, received, findings)
    verdict = verdict_of(findings)
    about = [subject.get("id") for subject in objects(received.document.get("credentialSubject"))]
    if verdict is Verdict.VALID and (place.host is None or place.host not in about):
        return Finding("endorsements", Outcome.FAILED, "endorsement-elsewhere", evidence)
    return Finding("endorsements", *_ENDORSEMENT[verdict], evidence)


def _part(case: Case, place: Place, received: Received, examine: Examine) -> Finding:
    """What the issuer of the whole says itself is under its signature already."""
    covered = received.securing is Securing.NONE and _issuer_of(received) == case.issuer
    findings = tuple(examine(case.about(received), covered=covered))
    evidence = _evidence(place, received, findings)
    apart_from_dates = verdict_of(f for f in findings if f.check != "validity")
    verdict = verdict_of(findings)
    if verdict is Verdict.INVALID and apart_from_dates is Verdict.VALID:
        return Finding("notes", Outcome.FAILED, "contained-out-of-date", evidence)
    return Finding("contained", *_CONTAINED[verdict], evidence)


def _read(place: Place) -> Received:
    received = read_value(place.value)
    if received.kind is not Kind.CREDENTIAL:
        raise UnreadableInput("no-credential-in-json")
    return received


def _unreadable(check: str, place: Place, problem: CredentialError) -> Finding:
    evidence = {"pointer": place.pointer, "problem": str(problem), "code": problem.code}
    return Finding(check, Outcome.UNKNOWN, "embedded-unreadable", evidence)


def _evidence(place: Place, received: Received, findings: Iterable[Finding]) -> dict[str, Any]:
    return {
        "pointer": place.pointer,
        "issuer": _issuer_of(received),
        "findings": [
            {"check": f.check, "outcome": f.outcome.value, "code": f.code, "detail": f.detail}
            for f in findings
        ],
    }


def _issuer_of(received: Received) -> str:
    try:
        return issuer_of(received)
    except MalformedCredential:
        return ""


def _work_is_exhausted(finding: Finding) -> bool:
    """One part that costs too much is enough for one input; the rest is left unexamined."""
    return any(row["code"] in EXHAUSTED for row in finding.evidence.get("findings", ()))
