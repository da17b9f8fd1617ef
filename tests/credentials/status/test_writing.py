from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from sealwright.credentials.status import draw_index, encode_list, status_list_credential

AT = datetime(2026, 3, 1, tzinfo=UTC)


def test_a_free_place_is_drawn() -> None:
    draws = iter([5, 6, 7])

    assert draw_index({5, 6}, below=lambda entries: next(draws)) == 7


def test_a_full_neighbourhood_is_walked_past() -> None:
    assert draw_index({7, 0}, below=lambda entries: 7, entries=8) == 1
    assert draw_index({1, 2, 3}, below=lambda entries: 1, entries=8) == 4


def test_a_full_list_has_no_place() -> None:
    draws = count()

    with pytest.raises(ValueError, match="all 8 places"):
        draw_index(range(8), below=lambda entries: next(draws) % entries, entries=8)


def test_a_list_is_an_unsigned_credential() -> None:
    document = status_list_credential(
        "https://issuer.example/status/1",
        issuer="did:web:issuer.example",
        purposes=["revocation"],
        encoded_list=encode_list([]),
        valid_from=AT,
        valid_until=AT + timedelta(days=1),
        ttl=timedelta(minutes=5),
    )

    assert document["type"] == ["VerifiableCredential", "BitstringStatusListCredential"]
    assert document["validFrom"] == "2026-03-01T00:00:00Z"
    assert document["validUntil"] == "2026-03-02T00:00:00Z"
    assert document["credentialSubject"]["ttl"] == 300_000
    assert document["credentialSubject"]["statusPurpose"] == "revocation"
    assert "proof" not in document


def test_a_list_may_have_no_end_and_several_purposes() -> None:
    document = status_list_credential(
        "https://issuer.example/status/1",
        issuer="did:web:issuer.example",
        purposes=["revocation", "suspension"],
        encoded_list=encode_list([]),
        valid_from=AT,
    )

    assert "validUntil" not in document
    assert "ttl" not in document["credentialSubject"]
    assert document["credentialSubject"]["statusPurpose"] == ["revocation", "suspension"]
