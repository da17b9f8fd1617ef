"""Compact JWS, taken apart strictly and without any cryptography.

Readers of tokens are known to differ about padding, left-over bits, members given twice and
white space, so none of these is accepted. Whether the header may be believed (`alg`, `crit`,
`b64`, `typ`) is for `jose` to say.

https://www.rfc-editor.org/rfc/rfc7515#section-7.1
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sealwright.credentials.errors import MalformedCredential, UnreadableInput
from sealwright.credentials.keys.multibase import base64url_decode
from sealwright.credentials.model import strict_json

_TOKEN = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*")
_SELECTIVE = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*~[A-Za-z0-9_.~-]*")
_ENCRYPTED = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*){4}")


@dataclass(frozen=True, slots=True)
class CompactToken:
    """`text` is the token as received; `header` its protected header, `payload` raw bytes."""

    text: str
    header: dict[str, Any]
    payload: bytes
    signature: bytes

    @property
    def signing_input(self) -> bytes:
        """The bytes that the signature covers."""
        return self.text.rpartition(".")[0].encode("ascii")


def is_token(text: str) -> bool:
    """Whether `text` is written like a compact JWS, an SD-JWT or a JWE."""
    return any(shape.fullmatch(text) for shape in (_TOKEN, _SELECTIVE, _ENCRYPTED))


def parse_token(text: str) -> CompactToken:
    """The parts of a compact JWS.

    Raises `UnreadableInput`: `sd-jwt`, `token-encrypted`, `token-malformed`.
    """
    if "~" in text:
        raise UnreadableInput("sd-jwt")
    if not _TOKEN.fullmatch(text):
        code = "token-encrypted" if _ENCRYPTED.fullmatch(text) else "token-malformed"
        raise UnreadableInput(code)
    first, second, third = text.split(".")
    try:
        header, payload, signature = map(base64url_decode, (first, second, third))
    except MalformedCredential:
        raise UnreadableInput("token-malformed") from None
    return CompactToken(text, _header(header), payload, signature)


def _header(data: bytes) -> dict[str, Any]:
    header = strict_json.loads(data)
    if not isinstance(header, dict) or not isinstance(header.get("alg"), str):
        raise UnreadableInput("token-malformed")
    return header
