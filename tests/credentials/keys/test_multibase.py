from __future__ import annotations

import base64

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sealwright.credentials.errors import CredentialError, MalformedCredential
from sealwright.credentials.keys.multibase import (
    BASE58_ALPHABET,
    MAX_BASE58,
    base58_decode,
    base58_encode,
    base64url_decode,
    base64url_encode,
    multibase_decode,
)


@given(st.binary(max_size=120))
def test_base58_gives_back_what_went_in(value: bytes) -> None:
    assert base58_decode(base58_encode(value)) == value


@given(st.text(BASE58_ALPHABET, max_size=120))
def test_every_base58_text_is_the_one_spelling_of_its_bytes(text: str) -> None:
    assert base58_encode(base58_decode(text)) == text


@given(st.text(BASE58_ALPHABET, max_size=MAX_BASE58))
@example("2" * MAX_BASE58)
def test_base58_is_a_number_digit_by_digit(text: str) -> None:
    number = 0
    for character in text:
        number = number * 58 + BASE58_ALPHABET.index(character)

    assert int.from_bytes(base58_decode(text), "big") == number


def test_base58_matches_the_published_examples() -> None:
    # https://datatracker.ietf.org/doc/html/draft-msporny-base58-03#section-5
    assert base58_encode(b"Hello World!") == "2NEpo7TZRRrLZSi2U"
    assert base58_encode(bytes.fromhex("0000287fb4cd")) == "11233QC4"


@pytest.mark.parametrize("text", ["0", "O", "I", "l", " z", "zé", "\udc80", "z\n", "1" * 2000])
def test_what_is_not_base58_is_refused(text: str) -> None:
    with pytest.raises(MalformedCredential) as refusal:
        base58_decode(text)

    assert refusal.value.code == "encoding-invalid"


def test_the_longest_base58_is_still_read() -> None:
    assert len(base58_decode("z" * MAX_BASE58)) == 750


@given(st.binary(max_size=120))
def test_base64url_gives_back_what_went_in(value: bytes) -> None:
    text = base64url_encode(value)

    assert text == base64.urlsafe_b64encode(value).decode().rstrip("=")
    assert base64url_decode(text) == value


@given(st.text("ABCDabcd0189-_", max_size=40))
def test_every_base64url_text_that_is_read_is_the_one_spelling(text: str) -> None:
    try:
        value = base64url_decode(text)
    except MalformedCredential:
        return

    assert base64url_encode(value) == text


@pytest.mark.parametrize(
    "text",
    [
        "A",
        "AAAAA",
        "AB",
        "AAB",
        "AA==",
        "AA=A",
        "A+AA",
        "A/AA",
        "AA AA",
        "AA\n",
        "AéAA",
        "\udc80AAA",
    ],
)
def test_what_is_not_the_one_base64url_is_refused(text: str) -> None:
    with pytest.raises(MalformedCredential) as refusal:
        base64url_decode(text)

    assert refusal.value.code == "encoding-invalid"


def test_multibase_knows_base58_and_base64url() -> None:
    assert multibase_decode("z11233QC4") == bytes.fromhex("0000287fb4cd")
    assert multibase_decode("u-_8") == b"\xfb\xff"


@pytest.mark.parametrize("value", ["", "f00ff", "MAAA", 7, None, ["z1"], b"z1"])
def test_any_other_multibase_is_refused(value: object) -> None:
    with pytest.raises(MalformedCredential):
        multibase_decode(value)


@given(st.text(max_size=60))
def test_no_text_brings_the_decoders_down(text: str) -> None:
    for prefix in ("", "z", "u"):
        try:
            multibase_decode(prefix + text)
        except CredentialError:
            continue
