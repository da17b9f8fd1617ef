from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from sealwright.credentials.errors import KeyUnusable, ProofMismatch
from sealwright.credentials.keys import ecdsa
from sealwright.credentials.keys.ecdsa import CURVES
from sealwright.credentials.keys.kinds import KeyKind

MESSAGE = b"awarded"
KINDS = [KeyKind.P256, KeyKind.P384]
PRIVATE = {kind: ec.derive_private_key(20_26, CURVES[kind].curve) for kind in KINDS}


def raw_of(kind: KeyKind) -> bytes:
    numbers = PRIVATE[kind].public_key().public_numbers()
    size = CURVES[kind].size
    return ecdsa.compress(numbers.x.to_bytes(size, "big"), numbers.y.to_bytes(size, "big"))


SIGNATURES = {kind: ecdsa.sign(kind, PRIVATE[kind], MESSAGE) for kind in KINDS}


@pytest.mark.parametrize("kind", KINDS)
def test_a_signature_of_the_key_is_accepted(kind: KeyKind) -> None:
    ecdsa.load(kind, raw_of(kind))(SIGNATURES[kind], MESSAGE)


@pytest.mark.parametrize("kind", KINDS)
def test_signing_twice_gives_the_same_bytes(kind: KeyKind) -> None:
    assert ecdsa.sign(kind, PRIVATE[kind], MESSAGE) == SIGNATURES[kind]


@given(st.sampled_from(KINDS), st.data())
def test_any_flipped_bit_of_a_signature_is_refused(kind: KeyKind, data: st.DataObject) -> None:
    signature = SIGNATURES[kind]
    bit = data.draw(st.integers(0, 8 * len(signature) - 1))
    forged = bytearray(signature)
    forged[bit // 8] ^= 1 << bit % 8

    with pytest.raises(ProofMismatch):
        ecdsa.load(kind, raw_of(kind))(bytes(forged), MESSAGE)


@pytest.mark.parametrize("kind", KINDS)
def test_a_signature_over_other_bytes_is_refused(kind: KeyKind) -> None:
    with pytest.raises(ProofMismatch) as refusal:
        ecdsa.load(kind, raw_of(kind))(SIGNATURES[kind], b"revoked")

    assert refusal.value.code == "signature-mismatch"


@pytest.mark.parametrize("kind", KINDS)
def test_r_and_s_outside_the_group_are_refused(kind: KeyKind) -> None:
    curve = CURVES[kind]
    good, none, order = (n.to_bytes(curve.size, "big") for n in (1, 0, curve.order))
    verify = ecdsa.load(kind, raw_of(kind))

    for signature in (none + good, good + none, order + good, good + order, b"", good):
        with pytest.raises(ProofMismatch) as refusal:
            verify(signature, MESSAGE)
        assert refusal.value.code == "signature-malformed"


@pytest.mark.parametrize("kind", KINDS)
def test_the_group_is_as_large_as_the_curve_says(kind: KeyKind) -> None:
    order = CURVES[kind].order

    one_less = ec.derive_private_key(order - 1, CURVES[kind].curve)

    generator = ec.derive_private_key(1, CURVES[kind].curve).public_key().public_numbers()
    assert one_less.public_key().public_numbers().x == generator.x


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("first", [0, 1, 4, 5, 6, 7, 255])
def test_only_compressed_points_are_read(kind: KeyKind, first: int) -> None:
    with pytest.raises(KeyUnusable) as refusal:
        ecdsa.load(kind, bytes([first]) + raw_of(kind)[1:])

    assert refusal.value.code == "key-malformed"


@pytest.mark.parametrize("raw", [b"", b"\2", b"\4" + bytes(64), b"\2" + bytes(33)])
def test_a_point_of_another_length_is_refused(raw: bytes) -> None:
    with pytest.raises(KeyUnusable) as refusal:
        ecdsa.load(KeyKind.P256, raw)

    assert refusal.value.code == "key-malformed"


@pytest.mark.parametrize("kind", KINDS)
def test_a_point_off_the_curve_is_refused(kind: KeyKind) -> None:
    size = CURVES[kind].size
    outside_the_field = b"\2" + b"\xff" * size
    x_of_no_point = next(
        raw for raw in (b"\2" + n.to_bytes(size, "big") for n in range(50)) if not on(kind, raw)
    )

    for raw in (outside_the_field, x_of_no_point):
        with pytest.raises(KeyUnusable) as refusal:
            ecdsa.load(kind, raw)
        assert refusal.value.code == "key-off-curve"


def on(kind: KeyKind, raw: bytes) -> bool:
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(CURVES[kind].curve, raw)
    except ValueError:
        return False
    return True
