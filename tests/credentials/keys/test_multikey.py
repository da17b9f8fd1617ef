from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealwright.credentials.errors import CredentialError, KeyUnusable, UnsupportedFeature
from sealwright.credentials.keys import multikey
from sealwright.credentials.keys.kinds import KeyKind
from sealwright.credentials.keys.multibase import base58_encode, base64url_encode


@given(st.sampled_from(sorted(multikey.PUBLIC_CODECS)), st.binary(max_size=50))
def test_a_multikey_gives_back_what_went_in(kind: KeyKind, raw: bytes) -> None:
    assert multikey.read_public(multikey.write_public(kind, raw)) == (kind, raw)


def test_a_multikey_may_be_written_in_base64url() -> None:
    # https://www.w3.org/TR/cid-1.0/#multibase-0 has both.
    text = "u" + base64url_encode(b"\xed\x01" + bytes(32))

    assert multikey.read_public(text) == (KeyKind.ED25519, bytes(32))


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        (b"\xe7\x01", "secp256k1"),
        (b"\xeb\x01", "BLS12-381"),
        (b"\x82\x24", "P-521"),
        (b"\x85\x24", "RSA"),
        (b"\xec\x01", "X25519"),
    ],
)
def test_a_kind_we_do_not_use_is_named(codec: bytes, name: str) -> None:
    with pytest.raises(UnsupportedFeature) as unknown:
        multikey.read_public("z" + base58_encode(codec + bytes(32)))

    assert unknown.value.evidence == {"kind": name}


def test_rsa_has_no_multikey() -> None:
    with pytest.raises(UnsupportedFeature):
        multikey.write_public(KeyKind.RSA, b"")


@pytest.mark.parametrize("codec", [*multikey.SECRET_CODECS.values(), b"\x81\x26"])
def test_a_published_private_key_is_refused(codec: bytes) -> None:
    with pytest.raises(KeyUnusable) as refusal:
        multikey.read_public("z" + base58_encode(codec + bytes(32)))

    assert refusal.value.code == "key-private"


@pytest.mark.parametrize("text", ["", "z", "z1", "zzzzzz", "zO", "mAAAA", None, 5, {}])
def test_what_is_no_multikey_is_refused(text: object) -> None:
    with pytest.raises(KeyUnusable) as refusal:
        multikey.read_public(text)

    assert refusal.value.code == "key-malformed"


def test_a_secret_of_a_kind_we_do_not_use_is_refused() -> None:
    with pytest.raises(KeyUnusable) as refusal:
        multikey.read_secret("z" + base58_encode(b"\xed\x01" + bytes(32)))

    assert refusal.value.code == "key-malformed"


@given(st.text(max_size=80))
def test_no_text_brings_the_reader_down(text: str) -> None:
    for candidate in (text, "z" + text, "u" + text):
        try:
            multikey.read_public(candidate)
        except CredentialError:
            continue
