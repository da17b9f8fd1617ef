"""What was learnt from documents that are spelled alike leads where the general way does."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from copy import deepcopy
from random import Random
from typing import Any

import pytest

from sealwright.credentials.errors import CredentialError, ProofMismatch
from sealwright.credentials.jsonld import ContextStore
from sealwright.credentials.keys import KeyKind
from sealwright.credentials.model.spelling import Skeletons, Spelling
from sealwright.credentials.model.strict_json import Traits, loads, loads_with_traits
from sealwright.credentials.proofs import SUITES, add_proof, alike, verify_proof
from tests.credentials.jsonld.documents import ADDRESSES, PREFIXED, TEXTS, Grower
from tests.credentials.proofs.samples import CONTEXTS, FIRST, NOON, SIGNERS, badge, signed

SUITE = SUITES["eddsa-rdfc-2022"]
SIGNER = SIGNERS[KeyKind.ED25519]
DOCUMENTS = int(os.environ.get("SEALWRIGHT_FUZZ", "400"))


def a_store() -> ContextStore:
    """A store that has learnt nothing yet."""
    return ContextStore({url: CONTEXTS.pinned(url) for url in CONTEXTS.urls})


def verified(document: dict[str, Any], store: ContextStore) -> None:
    text = json.dumps(document, ensure_ascii=False)
    value, traits = loads_with_traits(text)
    verify_proof(
        value,
        value["proof"][0],
        SIGNER.public_key,
        contexts=store,
        at=NOON,
        traits=traits,
    )


def people(count: int, **changes: Any) -> list[dict[str, Any]]:
    return [
        signed(document=badge(id=f"urn:uuid:58172aac-{number:04}", **changes))
        for number in range(count)
    ]


def outlines(store: ContextStore) -> int:
    return sum(len(learnt.outlines) for learnt in store.outlines.values())


def test_an_outline_is_made_after_some_that_are_spelled_alike() -> None:
    store = a_store()
    several = people(alike.LEARN_AFTER + 1)

    for document in several[:-2]:
        verified(document, store)
    before = outlines(store)
    for document in several[-2:]:
        verified(document, store)

    assert (before, outlines(store)) == (0, 1)
    assert [learnt.seen for learnt in store.outlines.values()] == [alike.LEARN_AFTER]


def test_a_changed_document_is_refused_by_its_outline() -> None:
    store = a_store()
    several = people(alike.LEARN_AFTER)
    for document in several:
        verified(document, store)

    for place in ("id", "validFrom"):
        forged = deepcopy(several[0])
        forged[place] = forged[place].replace("0", "1", 1)
        with pytest.raises(ProofMismatch):
            verified(forged, store)


def test_nothing_is_learnt_from_a_signature_that_does_not_hold() -> None:
    store = a_store()
    forged = signed() | {"validFrom": "2027-01-01T00:00:00Z"}

    for _ in range(alike.LEARN_AFTER):
        with pytest.raises(ProofMismatch):
            verified(forged, store)

    assert not store.outlines


def test_proofs_that_continue_another_are_not_learnt() -> None:
    first = signed(proof_id=FIRST)
    second = add_proof(
        first, signer=SIGNER, suite=SUITE.name, created=NOON, contexts=CONTEXTS, previous=[FIRST]
    )
    store = a_store()

    for _ in range(alike.LEARN_AFTER):
        verified(second, store)

    assert not store.outlines


def test_canonical_json_needs_no_outline() -> None:
    store = a_store()

    for _ in range(alike.LEARN_AFTER):
        verified(signed("eddsa-jcs-2022"), store)

    assert not store.outlines


def test_other_types_get_an_outline_of_their_own() -> None:
    store = a_store()

    for types in (["VerifiableCredential", "OpenBadgeCredential"], ["VerifiableCredential"]):
        for document in people(alike.LEARN_AFTER + 1, type=types):
            verified(document, store)

    assert outlines(store) == 2


def test_an_unusual_address_is_part_of_what_was_learnt() -> None:
    store = a_store()

    for scheme in ("sealwright", "elsewhere"):
        kept = {"id": f"{scheme}:x", "type": "JsonSchema"}
        for document in people(alike.LEARN_AFTER + 1, credentialSchema=kept):
            verified(document, store)

    assert outlines(store) == 2


def test_what_cannot_be_outlined_is_tried_a_few_times_only() -> None:
    """Two unnamed nodes that are alike need the whole algorithm, every time."""
    store = a_store()
    twins = {"evidence": [{"type": "Evidence", "name": "x"}, {"type": "Evidence", "name": "x"}]}

    for document in people(alike.LEARN_AFTER * (alike.MAX_TRIES + 1), **twins):
        verified(document, store)

    assert [learnt.tries for learnt in store.outlines.values()] == [alike.MAX_TRIES]
    assert outlines(store) == 0


def test_a_text_that_cannot_be_learnt_is_verified_all_the_same() -> None:
    store = a_store()

    for document in people(alike.LEARN_AFTER, name="urn:text-1-"):
        verified(document, store)

    assert not store.outlines


def test_a_document_of_very_many_texts_is_not_learnt() -> None:
    store = a_store()
    document = badge()
    document["credentialSubject"]["achievement"]["tag"] = [
        f"tag {number}" for number in range(alike.MAX_TEXTS)
    ]

    for _ in range(alike.LEARN_AFTER):
        verified(signed(document=document), store)

    assert not store.outlines


def test_strangers_cannot_fill_the_memory() -> None:
    store = a_store()

    for number in range(alike.MAX_LEARNT + 1):
        document = badge()
        document["credentialSubject"]["achievement"]["creditsAvailable"] = number
        verified(signed(document=document), store)

    assert len(store.outlines) == 1


# In general


def secured(document: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    content = {name: value for name, value in document.items() if name != "proof"}
    return content, {"@context": content["@context"], **document["proof"]}


def generally(document: dict[str, Any]) -> bytes | None:
    content, options = secured(document)
    try:
        return SUITE.signing_input(
            content, options, contexts=CONTEXTS, hash_name="sha256", plain=True
        )
    except CredentialError:
        return None


OPTIONS = {
    "type": "DataIntegrityProof",
    "created": "2026-03-01T12:00:00Z",
    "verificationMethod": "did:example:a#b",
    "proofPurpose": "assertionMethod",
}


def variants(document: dict[str, Any], chance: Random) -> list[dict[str, Any]]:
    """The document itself, and some with a few of its strings changed."""
    return [document, *(changed(document, chance) for _ in range(4))]


def changed(document: dict[str, Any], chance: Random) -> dict[str, Any]:
    pieces = json.dumps(document, ensure_ascii=False).split('"')
    strings = [at for at in range(1, len(pieces), 2) if pieces[at + 1].lstrip()[:1] != ":"]
    for at in chance.sample(strings, min(len(strings), chance.choice([1, 2, 4]))):
        others = [pieces[other] for other in strings]
        pieces[at] = chance.choice([*others, *others, *ADDRESSES, *PREFIXED, *plain(TEXTS)])
    found: dict[str, Any] = json.loads('"'.join(pieces))
    return found


def plain(texts: list[str]) -> list[str]:
    return [text for text in texts if json.dumps(text, ensure_ascii=False) == f'"{text}"']


def test_random_documents_sign_what_they_sign_without_an_outline() -> None:
    same = 0

    for seed in range(DOCUMENTS):
        chance = Random(seed)
        grower = Grower(chance, CONTEXTS, controls=False)
        grower.texts = plain(TEXTS)
        document = grower.document() | {"proof": OPTIONS}
        text = json.dumps(document, ensure_ascii=False)
        if "\\" in text or generally(document) is None:
            continue
        known = Skeletons(loads)
        _, skeleton, texts = known.learn(Spelling(text.split('"')))
        assert skeleton is not None
        try:
            outline = alike.Alike(texts, skeleton, "sha256", CONTEXTS, secured)
        except CredentialError:
            continue
        for other in variants(document, chance):
            spelling = known.read(json.dumps(other, ensure_ascii=False))
            if spelling.skeleton is skeleton:
                found = outline.signing_input(spelling.texts)
                assert found in (None, generally(other)), (seed, other)
                same += found is not None

    assert same > DOCUMENTS / 2


def test_the_traits_of_no_text_teach_nothing() -> None:
    store = a_store()
    document = signed()

    for _ in range(alike.LEARN_AFTER):
        verify_proof(document, document["proof"][0], SIGNER.public_key, contexts=store, at=NOON)

    assert not store.outlines
    assert Traits().spelling is None
