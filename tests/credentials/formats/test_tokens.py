"""Compact tokens: three parts, one spelling."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sealwright.credentials.errors import UnreadableInput
from sealwright.credentials.formats.tokens import is_token, parse_token
from tests.credentials.formats.samples import b64, compact

PARTS = st.text(st.sampled_from("ABCDefgh0189-_=+/ ."), max_size=8)


def code_of(text: str) -> str:
    with pytest.raises(UnreadableInput) as caught:
        parse_token(text)
    return caught.value.code


def test_a_token_is_taken_apart() -> None:
    text = compact({"hello": 1}, {"alg": "ES256", "typ": "JWT"}, signature=b"\xff" * 64)

    token = parse_token(text)

    assert token.text == text
    assert token.header == {"alg": "ES256", "typ": "JWT"}
    assert json.loads(token.payload) == {"hello": 1}
    assert token.signature == b"\xff" * 64
    assert token.signing_input == text.rpartition(".")[0].encode()
    assert is_token(text)


def test_an_unsigned_token_is_read_and_left_to_the_proof_to_refuse() -> None:
    assert parse_token(compact({}, {"alg": "none"}, signature=b"")).signature == b""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "token-malformed"),
        ("a.b", "token-malformed"),
        ("YQ==.YQ.YQ", "token-malformed"),
        ("YQ .YQ.YQ", "token-malformed"),
        (b64(b'{"alg":"ES256"}') + ".YR.YQ", "token-malformed"),
        (b64(b'{"alg":"ES256"}') + ".Y.YQ", "token-malformed"),
        (b64(b'{"alg":1}') + ".YQ.YQ", "token-malformed"),
        (b64(b'["alg"]') + ".YQ.YQ", "token-malformed"),
        (b64(b'{"alg":"ES256","alg":"none"}') + ".YQ.YQ", "json-duplicate-member"),
        (b64(b"{") + ".YQ.YQ", "json-syntax"),
        ("YQ.YQ.YQ.YQ.YQ", "token-encrypted"),
        ("YQ..YQ.YQ.YQ", "token-encrypted"),
        ("YQ.YQ.YQ~", "sd-jwt"),
        ("YQ.YQ.YQ~YQ~YQ.YQ.YQ", "sd-jwt"),
    ],
)
def test_every_other_spelling_is_refused(text: str, code: str) -> None:
    assert code_of(text) == code


@given(st.lists(PARTS, max_size=6).map(".".join) | st.text())
@example("é.é.é")
def test_any_text_is_a_token_or_refused(text: str) -> None:
    try:
        token = parse_token(text)
    except UnreadableInput:
        return

    parts = [part + "=" * (-len(part) % 4) for part in text.split(".")]
    assert token.payload == base64.urlsafe_b64decode(parts[1])


@given(st.binary(max_size=40), st.binary(max_size=80))
def test_no_two_texts_mean_the_same_token(payload: bytes, signature: bytes) -> None:
    header = b64(b'{"alg":"EdDSA"}')
    text = f"{header}.{b64(payload or b'x')}.{b64(signature)}"

    token = parse_token(text)

    assert f"{header}.{b64(token.payload)}.{b64(token.signature)}" == text
