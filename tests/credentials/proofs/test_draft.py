"""A draft makes the proofs that `add_proof` makes."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealwright.credentials.errors import CredentialError, KeyUnusable, UnsupportedFeature
from sealwright.credentials.jsonld import ContextStore, canonize
from sealwright.credentials.keys import KeyKind
from sealwright.credentials.proofs import add_proof, draft_for
from tests.credentials.proofs.samples import CONTEXTS, NOON, SIGNERS, badge

SUITE_OF = {
    KeyKind.ED25519: "eddsa-rdfc-2022",
    KeyKind.P256: "ecdsa-rdfc-2019",
    KeyKind.P384: "ecdsa-rdfc-2019",
}
SIGNER = SIGNERS[KeyKind.ED25519]
V2 = "https://www.w3.org/ns/credentials/v2"
PLAIN = {"@context": V2, "type": "VerifiableCredential", "issuer": "did:web:harbour.example"}
INSTANTS = st.datetimes(
    min_value=datetime(1950, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    timezones=st.integers(-14, 14).map(lambda hours: timezone(timedelta(hours=hours))),
)


def by_draft(document: dict[str, Any], kind: KeyKind, created: datetime) -> dict[str, Any]:
    key = SIGNERS[kind]
    draft = draft_for(
        document["@context"], signer=key, suite=SUITE_OF[kind], created=created, contexts=CONTEXTS
    )
    form = canonize(document, contexts=CONTEXTS, hash_name=draft.hash_name)
    return {**document, "proof": [draft.proof(form, key)]}


@given(st.sampled_from([badge(), PLAIN]), st.sampled_from([*SUITE_OF]), INSTANTS)
def test_a_draft_makes_the_proof_of_the_general_path(
    document: dict[str, Any], kind: KeyKind, created: datetime
) -> None:
    signed = by_draft(document, kind, created)

    assert signed == add_proof(
        document, signer=SIGNERS[kind], suite=SUITE_OF[kind], created=created, contexts=CONTEXTS
    )


def test_a_draft_is_made_once_a_second() -> None:
    def draft_at(created: datetime) -> object:
        suite = "eddsa-rdfc-2022"
        return draft_for(V2, signer=SIGNER, suite=suite, created=created, contexts=CONTEXTS)

    first = draft_at(NOON)

    assert draft_at(NOON + timedelta(microseconds=999_999)) is first
    assert draft_at(NOON + timedelta(seconds=1)) is not first


@pytest.mark.parametrize(
    ("context", "suite", "problem"),
    [
        ({"@vocab": "https://x.example/"}, "eddsa-rdfc-2022", UnsupportedFeature),
        (["https://x.example/unknown"], "eddsa-rdfc-2022", CredentialError),
        (V2, "ecdsa-rdfc-2019", KeyUnusable),
    ],
)
def test_there_is_no_draft_for_what_could_not_be_signed(
    context: object, suite: str, problem: type[CredentialError]
) -> None:
    with pytest.raises(problem):
        draft_for(context, signer=SIGNER, suite=suite, created=NOON, contexts=CONTEXTS)


def test_a_draft_does_not_outlive_its_contexts() -> None:
    other = ContextStore({V2: CONTEXTS.pinned(V2)})

    drafts = [
        draft_for(V2, signer=SIGNER, suite="eddsa-rdfc-2022", created=NOON, contexts=store)
        for store in (CONTEXTS, other)
    ]

    assert drafts[0] is not drafts[1]
    assert drafts[0] == drafts[1]
