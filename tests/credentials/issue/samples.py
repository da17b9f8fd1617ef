"""A made-up college, what it teaches, and keys that are its own."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import Any

from sealwright.credentials.issue import (
    Achievement,
    Address,
    Alignment,
    Criteria,
    Evidence,
    IdentifierEntry,
    Image,
    Profile,
    Recipient,
    Related,
    Result,
    ResultDescription,
    RubricCriterionLevel,
    StatusEntry,
    build_credential,
)
from sealwright.credentials.jsonld import ContextStore
from sealwright.credentials.keys import KeyKind, LocalSigner

DID = "did:web:harbour.example"
METHOD = f"{DID}#key-1"
HOLDER = "did:example:mira"
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
CONTEXTS = ContextStore.shipped()
SIGNER = LocalSigner.from_seed(bytes(range(32)), verification_method=METHOD)

CRITERION = "urn:uuid:6f0c1a52-0000-4000-8000-000000000001"
MASTERED = "urn:uuid:6f0c1a52-0000-4000-8000-000000000002"
SCORE = "urn:uuid:6f0c1a52-0000-4000-8000-000000000003"


@cache
def signer(kind: KeyKind) -> LocalSigner:
    """The college's key of this kind, the same in the whole run."""
    return LocalSigner.generate(
        kind, entropy=lambda size: bytes(range(1, size + 1)), verification_method=METHOD
    )


def achievement(**changes: Any) -> Achievement:
    """A full one; give what should be different."""
    given: dict[str, Any] = {
        "id": "https://harbour.example/programmes/nav/versions/2",
        "name": "Coastal Navigation",
        "description": "Plan and sail a passage along a coast, by day and by night.",
        "criteria": Criteria(narrative="Sail a passage of 60 miles as the navigator."),
        "image": Image(id="https://harbour.example/nav.png", caption="A compass rose"),
        "alignment": (
            Alignment(
                target_name="plan navigation routes",
                target_url="https://skills.example/esco/navigate",
                target_framework="ESCO",
                target_type="CFItem",
            ),
        ),
        "result_description": (
            ResultDescription(
                id=SCORE,
                name="Written exam",
                result_type="Percent",
                value_min="0",
                value_max="100",
                required_value="70",
            ),
            ResultDescription(
                id=CRITERION,
                name="Passage",
                result_type="RubricCriterionLevel",
                required_level=MASTERED,
                allowed_value=("Seen", "Mastered"),
                rubric_criterion_level=(
                    RubricCriterionLevel(id=MASTERED, name="Mastered", level="2", points="10"),
                ),
            ),
        ),
        "credits_available": 2.5,
        "in_language": "en",
        "version": "2",
        "tag": ("sailing", "safety"),
        "other_identifier": (IdentifierEntry(identifier="NAV-2", identifier_type="identifier"),),
        "related": (Related(id="https://harbour.example/programmes/nav/versions/1", version="1"),),
    }
    return Achievement(**given | changes)


def issuer() -> Profile:
    return Profile(
        id=DID,
        name="Harbour College",
        url="https://harbour.example/",
        email="registrar@harbour.example",
        address=Address(address_country_code="NZ", address_locality="Port Aurora"),
    )


def credential(**changes: Any) -> dict[str, Any]:
    """A full unsigned credential that the lint has nothing to say about."""
    given: dict[str, Any] = {
        "id": "urn:uuid:6f0c1a52-0000-4000-8000-00000000000a",
        "issuer": issuer(),
        "achievement": achievement(),
        "recipient": Recipient.of(HOLDER, name="Mira Okafor"),
        "valid_from": NOON,
        "evidence": (
            Evidence(id="https://harbour.example/logs/7", name="Log book", narrative="62 miles."),
        ),
        "result": (
            Result(result_description=SCORE, value="88", status="Completed"),
            Result(result_description=CRITERION, achieved_level=MASTERED),
        ),
        "credential_status": (StatusEntry.at("https://harbour.example/status/1", 94567),),
    }
    return build_credential(**given | changes)


def changed(document: Any, pointer: str, value: Any) -> Any:
    """A copy of a JSON document with another value at a place; None takes it away."""
    first, _, rest = pointer.lstrip("/").partition("/")
    if isinstance(document, list):
        number = int(first)
        inner = changed(document[number], rest, value) if rest else value
        return [*document[:number], inner, *document[number + 1 :]]
    copy = dict(document)
    if rest:
        copy[first] = changed(copy[first], rest, value)
    elif value is None:
        del copy[first]
    else:
        copy[first] = value
    return copy
