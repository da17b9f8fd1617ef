"""What people hand in that is no credential we read, told apart so that we can say so.

The sentence behind each code says what to ask for instead.
"""

from __future__ import annotations

import re

_BINARY = (
    (re.compile(rb"\xff\xd8\xff|GIF8[79]a|RIFF....WEBP|BM.{4}\0\0\0\0|.{4}ftyp", re.S), "picture"),
    (re.compile(rb"PK\x03\x04"), "archive"),
    (re.compile(rb"[\xa1-\xbf]|\xd2\x84|\x84[\x40-\x5b]"), "cbor"),
    (re.compile(rb"\xff\xfe|\xfe\xff"), "json-not-utf-8"),
)
_TEXT = (
    (re.compile(r"%PDF-"), "pdf"),
    (re.compile(r"openid-credential-offer:|openid4vp:|haip:|openid:", re.I), "wallet-invitation"),
    (re.compile(r"-----BEGIN "), "key-or-certificate"),
    (re.compile(r"GIF8[79]a"), "picture"),
    (re.compile(r"PK\x03\x04"), "archive"),
    (re.compile(r"<"), "html-page"),
)


def name_of_bytes(data: bytes) -> str:
    """The code for bytes that are neither UTF-8 text nor a PNG image."""
    return next((code for shape, code in _BINARY if shape.match(data)), "json-not-utf-8")


def name_of_text(text: str) -> str:
    """The code for a text that is neither JSON, nor a token, an SVG image or a link."""
    return next((code for shape, code in _TEXT if shape.match(text)), "no-credential")
