from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key

from sealwright.credentials.errors import KeyUnusable, ProofMismatch
from sealwright.credentials.keys import rsa

MESSAGE = b"awarded"
ODD_2048 = (1 << 2047) + 1


@pytest.fixture(scope="module")
def private() -> RSAPrivateKey:
    return generate_private_key(65537, 2048)


def raw_of(private: RSAPrivateKey) -> bytes:
    numbers = private.public_key().public_numbers()
    return rsa.encode(numbers.n, numbers.e)


def test_a_signature_of_the_key_is_accepted(private: RSAPrivateKey) -> None:
    rsa.load(raw_of(private))(rsa.sign(private, MESSAGE), MESSAGE)


def test_a_signature_over_other_bytes_is_refused(private: RSAPrivateKey) -> None:
    with pytest.raises(ProofMismatch) as refusal:
        rsa.load(raw_of(private))(rsa.sign(private, MESSAGE), b"revoked")

    assert refusal.value.code == "signature-mismatch"


@pytest.mark.parametrize("size", [0, 255, 257])
def test_a_signature_of_another_length_is_refused(private: RSAPrivateKey, size: int) -> None:
    with pytest.raises(ProofMismatch):
        rsa.load(raw_of(private))(bytes(size), MESSAGE)


def test_a_signature_above_the_modulus_is_refused(private: RSAPrivateKey) -> None:
    signature = int.from_bytes(rsa.sign(private, MESSAGE), "big")
    respelled = signature + private.public_key().public_numbers().n

    with pytest.raises(ProofMismatch):
        rsa.load(raw_of(private))(respelled.to_bytes(257, "big"), MESSAGE)


@pytest.mark.parametrize("modulus", [ODD_2048 >> 1, (1 << 4096) + 1, 3, 0])
def test_a_key_of_another_size_is_refused(modulus: int) -> None:
    with pytest.raises(KeyUnusable) as refusal:
        rsa.encode(modulus, 65537)

    assert refusal.value.code == "key-size"


@pytest.mark.parametrize("exponent", [0, 1, 3, 17, 65535, 65538, 2**32 + 1])
def test_an_unsafe_exponent_is_refused(exponent: int) -> None:
    with pytest.raises(KeyUnusable) as refusal:
        rsa.encode(ODD_2048, exponent)

    assert refusal.value.code == "key-exponent"


def test_an_even_modulus_is_refused() -> None:
    with pytest.raises(KeyUnusable) as refusal:
        rsa.encode(ODD_2048 + 1, 65537)

    assert refusal.value.code == "key-malformed"
