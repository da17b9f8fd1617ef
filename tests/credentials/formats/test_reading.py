"""One door for everything people have."""

from __future__ import annotations

import json

import pytest

from sealwright.credentials.errors import UnreadableInput
from sealwright.credentials.formats.reading import read
from sealwright.credentials.model.received import Kind, Received, Securing, Standard
from tests.credentials.formats.samples import VC1, badge, compact

PROOF = {"type": "DataIntegrityProof"}


def code_of(data: bytes | str) -> str:
    with pytest.raises(UnreadableInput) as caught:
        read(data)
    assert str(caught.value) != caught.value.code
    return caught.value.code


def read_json(document: object) -> Received:
    return read(json.dumps(document))


def test_a_signed_badge_in_json_is_read_as_it_is() -> None:
    document = badge(proof=[PROOF], name=None, evidence=[])

    received = read(json.dumps(document).encode())

    assert received.document == document
    assert received.kind is Kind.CREDENTIAL
    assert received.standard is Standard.VC_2_0
    assert received.securing is Securing.DATA_INTEGRITY
    assert received.is_open_badge
    assert (received.token, received.header, received.layers) == (None, None, ())


def test_an_older_credential_is_known_by_its_context() -> None:
    received = read_json(badge(**{"@context": [VC1]}))

    assert received.standard is Standard.VC_1_1
    assert received.securing is Securing.NONE


def test_a_token_around_a_whole_credential_gives_the_credential() -> None:
    payload = badge() | {"iss": "did:web:provider.example.edu", "nbf": 1772355600}

    received = read(compact(payload))

    assert received.document == badge()
    assert received.securing is Securing.JOSE
    assert received.claims == {"iss": "did:web:provider.example.edu", "nbf": 1772355600}
    assert received.header == {"alg": "EdDSA", "typ": "JWT"}
    assert received.token == compact(payload)
    assert received.layers == ("vc-jose",)
    assert received.notes == ()
