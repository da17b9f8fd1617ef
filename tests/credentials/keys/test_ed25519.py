from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from hypothesis import given
from hypothesis import strategies as st

from sealwright.credentials.errors import KeyUnusable, ProofMismatch
from sealwright.credentials.keys import ed25519
from sealwright.credentials.keys.ed25519 import FIELD_PRIME as P
from sealwright.credentials.keys.ed25519 import GROUP_ORDER, LOW_ORDER_ORDINATES

MESSAGE = b"awarded"
PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
RAW = PRIVATE.public_key().public_bytes_raw()
SIGNATURE = PRIVATE.sign(MESSAGE)

D = -121665 * pow(121666, -1, P) % P
SQUARE_ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def test_a_signature_of_the_key_is_accepted() -> None:
    ed25519.load(RAW)(SIGNATURE, MESSAGE)


@given(st.integers(0, 511))
def test_any_flipped_bit_of_a_signature_is_refused(bit: int) -> None:
    forged = bytearray(SIGNATURE)
    forged[bit // 8] ^= 1 << bit % 8

    with pytest.raises(ProofMismatch):
        ed25519.load(RAW)(bytes(forged), MESSAGE)


def test_a_signature_over_other_bytes_is_refused() -> None:
    with pytest.raises(ProofMismatch) as refusal:
        ed25519.load(RAW)(SIGNATURE, b"revoked")

    assert refusal.value.code == "signature-mismatch"


@pytest.mark.parametrize("signature", [b"", SIGNATURE[:63], SIGNATURE + b"\0"])
def test_a_signature_of_another_length_is_refused(signature: bytes) -> None:
    with pytest.raises(ProofMismatch) as refusal:
        ed25519.load(RAW)(signature, MESSAGE)

    assert refusal.value.code == "signature-malformed"


def test_the_second_spelling_of_a_signature_is_refused() -> None:
    s = int.from_bytes(SIGNATURE[32:], "little")
    respelled = SIGNATURE[:32] + (s + GROUP_ORDER).to_bytes(32, "little")

    with pytest.raises(ProofMismatch) as refusal:
        ed25519.load(RAW)(respelled, MESSAGE)

    assert refusal.value.code == "signature-malformed"


@pytest.mark.parametrize("ordinate", sorted(LOW_ORDER_ORDINATES))
@pytest.mark.parametrize("sign", [0, 1])
def test_a_commitment_of_low_order_is_refused(ordinate: int, sign: int) -> None:
    signature = (ordinate | sign << 255).to_bytes(32, "little") + SIGNATURE[32:]

    with pytest.raises(ProofMismatch) as refusal:
        ed25519.load(RAW)(signature, MESSAGE)

    assert refusal.value.code == "signature-malformed"


def test_the_points_of_low_order_are_the_eight_of_the_curve() -> None:
    points = [point for y in LOW_ORDER_ORDINATES for point in points_at(y)]

    assert len(points) == 8
    assert all(times_eight(point) == (0, 1) for point in points)


@pytest.mark.parametrize("ordinate", sorted(LOW_ORDER_ORDINATES))
@pytest.mark.parametrize("sign", [0, 1])
def test_a_key_of_low_order_is_refused(ordinate: int, sign: int) -> None:
    with pytest.raises(KeyUnusable) as refusal:
        ed25519.load((ordinate | sign << 255).to_bytes(32, "little"))

    assert refusal.value.code == "key-low-order"


def test_the_library_alone_would_take_one_signature_for_every_message() -> None:
    identity = (1).to_bytes(32, "little")
    forged = identity + bytes(32)

    Ed25519PublicKey.from_public_bytes(identity).verify(forged, b"anything at all")


@pytest.mark.parametrize("excess", range(19))
@pytest.mark.parametrize("sign", [0, 1])
def test_a_key_spelled_outside_the_field_is_refused(excess: int, sign: int) -> None:
    with pytest.raises(KeyUnusable) as refusal:
        ed25519.load((P + excess | sign << 255).to_bytes(32, "little"))

    assert refusal.value.code == "key-non-canonical"


@pytest.mark.parametrize("size", [0, 31, 33, 64])
def test_a_key_of_another_length_is_refused(size: int) -> None:
    with pytest.raises(KeyUnusable) as refusal:
        ed25519.load(bytes(size))

    assert refusal.value.code == "key-malformed"


def points_at(y: int) -> set[tuple[int, int]]:
    """The points of the curve with this y, by RFC 8032 section 5.1.3."""
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    root = pow(square, (P + 3) // 8, P)
    if root * root % P != square:
        root = root * SQUARE_ROOT_OF_MINUS_ONE % P
    assert root * root % P == square
    return {(root, y), (-root % P, y)}


def times_eight(point: tuple[int, int]) -> tuple[int, int]:
    for _ in range(3):
        point = added(point, point)
    return point


def added(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    (x1, y1), (x2, y2) = one, other
    product = D * x1 * x2 * y1 * y2 % P
    x3 = (x1 * y2 + x2 * y1) * pow(1 + product, -1, P) % P
    y3 = (y1 * y2 + x1 * x2) * pow(1 - product, -1, P) % P
    return x3, y3
