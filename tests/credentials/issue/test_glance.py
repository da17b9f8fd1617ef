"""The glance never lets through what the lint would stop."""

from __future__ import annotations

import copy
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealwright.credentials.errors import CredentialError, MalformedCredential
from sealwright.credentials.issue import sign_credential
from sealwright.credentials.issue.glance import looks_fit
from sealwright.credentials.issue.lint import lint, stops
from sealwright.credentials.issue.sign import issuable
from sealwright.credentials.jsonld import ContextStore, canonize
from sealwright.credentials.proofs import add_proof
from tests.credentials.issue.samples import NOON, SIGNER, changed, credential

NOT_ALLOWED = "lint-word-not-allowed"
STORE = ContextStore.shipped()
VALUES: list[Any] = [
    "mira@example.org",
    "x",
    "",
    "ext:own",
    "2026-01-01",
    "2026-01-01T00:00:00Z",
    "not a date",
    "http://a.example/1",
    "sha256$00",
    "Percent",
    "en-GB",
    "Completed",
    7,
    1.5,
    True,
    None,
    [],
    {},
    ["a@b.example"],
    [["x"]],
    {"id": "nowhere"},
    {"type": "Profile"},
    "urn:a",
    {"type": ["Result"], "status": "Completed"},
    {"type": ["Result"], "status": "nonsense"},
    {"identityHash": "Mira", "hashed": False, "identityType": "emailAddress"},
    {"identityHash": "Mira", "hashed": False, "identityType": "name"},
    {"identityHash": 7, "hashed": True},
    {"jti": "x"},
    {"@value": "anything"},
    {"@value": "mira@example.org"},
    {"type": ["Result"], "achievement": {"name": "mira@example.org"}},
    {"type": ["AchievementSubject"], "achievement": {"name": "mira@example.org"}},
    "half \ud800",
]
SENSITIVE = ["status", "identityHash", "jti", "id", "url", "inLanguage", "image", "proof", "source"]


def holders(value: Any) -> list[Any]:
    """Every object and list inside a document."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    found = [value] if isinstance(value, dict | list) and value else []
    return found + [holder for item in inner for holder in holders(item)]


def disturbed(document: dict[str, Any], random: Random, value: Any) -> dict[str, Any]:
    changed = copy.deepcopy(document)
    holder = random.choice(holders(changed))
    if isinstance(holder, list):
        holder[random.randrange(len(holder))] = value
    elif random.random() < 0.3:
        holder[random.choice(SENSITIVE)] = value
    else:
        holder[random.choice(list(holder))] = value
    return changed


def is_canonical(document: dict[str, Any]) -> bool:
    try:
        canonize(document, contexts=STORE)
    except CredentialError:
        return False
    return True


def test_an_ordinary_credential_needs_no_lint() -> None:
    assert looks_fit(credential())


@given(st.randoms(use_true_random=False), st.sampled_from(VALUES))
def test_what_looks_fit_passes_the_lint(random: Random, value: Any) -> None:
    document = disturbed(credential(), random, value)

    if looks_fit(document) and is_canonical(document):
        assert not stops(lint(document, contexts=STORE))


def answer(action: Callable[[], dict[str, Any]]) -> Any:
    """What comes of it: a signed credential, or the code of a refusal."""
    try:
        return action()
    except CredentialError as problem:
        return problem.code


def in_full(document: dict[str, Any]) -> dict[str, Any]:
    """Signed after the whole lint, by the steps that the short way leaves out."""
    return add_proof(
        issuable(document, SIGNER, contexts=STORE),
        signer=SIGNER,
        suite="eddsa-rdfc-2022",
        created=NOON,
        contexts=STORE,
    )


@given(st.randoms(use_true_random=False), st.sampled_from(VALUES))
def test_what_is_signed_at_a_glance_is_what_is_signed_in_full(random: Random, value: Any) -> None:
    document = disturbed(credential(), random, value)

    signed = answer(lambda: sign_credential(document, SIGNER, created=NOON))

    assert signed == answer(lambda: in_full(document))


@pytest.mark.parametrize(
    "odd", [(), {7: "x"}, {"a": ("tuple",)}, {"a": [[1]]}, {"a": object()}, {"id": ["x"]}]
)
def test_what_is_no_json_document_does_not_look_fit(odd: Any) -> None:
    document = {**credential(), "x": odd}

    assert not looks_fit(odd)
    assert not (looks_fit(document) and is_canonical(document))


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/id", "urn:x:\ud800"),
        ("/evidence/0/name", "\ud800"),
        ("/credentialSubject/achievement/tag/0", "\ud800"),
        ("/credentialSubject/result/0/status", []),
        ("/credentialSubject/result/0", {"type": ["Result"], "status": "Completed", 5: 1}),
        ("/credentialSubject/result/0", {"type": ["Result"], "source": {"name": "a@b.example"}}),
        ("/endorsement", [{5: "x"}]),
        ("/endorsement", [{"name": "\ud800"}]),
        ("/evidence/0/identityHash", 7),
        ("/proof", {"name": "\ud800"}),
        ("/endorsement", [("tuple",)]),
    ],
)
def test_what_would_stumble_later_does_not_look_fit_or_has_no_canonical_form(
    pointer: str, value: Any
) -> None:
    document = changed(credential(), pointer, value)

    assert not (looks_fit(document) and is_canonical(document))
    with pytest.raises(CredentialError):
        sign_credential(document, SIGNER, created=NOON)


@pytest.mark.parametrize(
    ("pointer", "value", "code"),
    [
        ("/issuer/url", {"type": "Profile"}, "url-expected"),
        ("/issuer/url", {"@value": "nowhere"}, "url-expected"),
        ("/credentialSubject/achievement/inLanguage", {"@value": "x x"}, "lint-language"),
        ("/credentialSubject/achievement/achievementType", {"@value": "Prize"}, NOT_ALLOWED),
        ("/credentialSubject/activityEndDate", {"@value": "tomorrow"}, "instant-malformed"),
        ("/credentialStatus/statusListIndex", {"@value": "-7"}, "lint-status-index"),
        (
            "/credentialSubject/image",
            {"id": "urn:x:1", "type": "AchievementSubject", "source": {"name": "a@b.example"}},
            "lint-email-in-clear",
        ),
    ],
)
def test_an_object_in_the_place_of_a_text_hides_nothing(
    pointer: str, value: Any, code: str
) -> None:
    document = changed(credential(), pointer, value)

    with pytest.raises(MalformedCredential) as caught:
        sign_credential(document, SIGNER, created=NOON)

    assert code in {finding["code"] for finding in caught.value.evidence["findings"]}


def test_what_is_written_as_json_in_the_end_is_signed_after_a_second_look() -> None:
    document = changed(credential(), "/evidence", tuple(credential()["evidence"]))

    assert not looks_fit(document)
    assert sign_credential(document, SIGNER, created=NOON)["evidence"] == credential()["evidence"]


def test_letters_of_all_scripts_look_fit() -> None:
    document = changed(credential(), "/evidence/0/name", "Ōkafor 😀")

    assert looks_fit(changed(document, "/credentialSubject/achievement/tag/0", "帆"))
    assert looks_fit(changed(document, "/endorsement", [{"name": "é", "x": [1, None, {}]}]))


def test_endless_nesting_does_not_look_fit() -> None:
    ring: dict[str, Any] = {}
    ring["ring"] = ring
    endorsed = {**credential(), "endorsement": ring}
    row: dict[str, Any] = {"row": []}
    row["row"].append(row)

    assert not looks_fit(ring)
    assert not looks_fit(row)
    assert not looks_fit(endorsed)
