"""The parts of a token; `formats/test_tokens.py` has the ways in which readers differ."""

from __future__ import annotations

import pytest

from sealwright.credentials.errors import UnreadableInput
from sealwright.credentials.keys.multibase import base64url_encode
from sealwright.credentials.proofs.compact import is_token, parse_token

HEADER = base64url_encode(b'{"alg":"ES256"}')


def test_a_token_is_taken_apart() -> None:
    token = parse_token(f"{HEADER}.YQ.Yg")

    assert (token.header, token.payload, token.signature) == ({"alg": "ES256"}, b"a", b"b")
    assert token.signing_input == f"{HEADER}.YQ".encode()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"{HEADER}.YQ.Yg~", "sd-jwt"),
        ("YQ.YQ.YQ.YQ.YQ", "token-encrypted"),
        ("YQ.YQ", "token-malformed"),
        (f"{HEADER}.YR.Yg", "token-malformed"),
        (f"{base64url_encode(b'[]')}.YQ.Yg", "token-malformed"),
        (f"{base64url_encode(b'{}')}.YQ.Yg", "token-malformed"),
    ],
)
def test_what_is_no_compact_jws_is_unreadable(text: str, code: str) -> None:
    with pytest.raises(UnreadableInput) as refusal:
        parse_token(text)

    assert refusal.value.code == code


def test_a_token_is_known_by_its_shape() -> None:
    assert all(map(is_token, ("YQ.YQ.YQ", "YQ.YQ.", "YQ.YQ.YQ~YQ~", "YQ.YQ.YQ.YQ.YQ")))
    assert not any(map(is_token, ("", "YQ", "a.b c.d", '{"a": 1}')))
