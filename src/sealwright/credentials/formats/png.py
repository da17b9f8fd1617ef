"""Credentials baked into PNG images: one text chunk, found, written and never doubled.

No pixel is decoded here. Every chunk is walked and its checksum tested, so that a second
credential cannot hide behind a damaged one.

https://www.imsglobal.org/spec/ob/v3p0/#png
https://www.w3.org/TR/png-3/#11textinfo
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from sealwright.credentials.errors import UnreadableInput
from sealwright.credentials.formats.carriers import KEYWORDS, OB_3, bakeable, only_one, spoken

SIGNATURE = b"\x89PNG\r\n\x1a\n"
MAX_PIXELS = 25_000_000
MAX_CHUNKS = 20_000
MAX_TEXT = 262_144
"""Bytes of a compressed text, inflated: much for a credential, little for a bomb."""

_HEADER = 8
_CHECKSUM = 4
_KEYWORD = re.compile("|".join(KEYWORDS).encode().join([b"(?:", rb")\0"]))
# Keyword, whether it is compressed, method 0, language, translated keyword, text.
_INTERNATIONAL = re.compile(rb"[^\0]+\0([\0\1])\0[^\0]*\0[^\0]*\0(.*)", re.DOTALL)
_COMPRESSED = re.compile(rb"[^\0]+\0\0(.*)", re.DOTALL)


class _Chunk(NamedTuple):
    kind: bytes
    start: int
    end: int
    data: bytes

    @property
    def is_credential(self) -> bool:
        return self.kind in _READERS and _KEYWORD.match(self.data) is not None


def extract(image: bytes) -> str:
    """The text baked into `image`: JSON, a token, or (before OB 2.0 settled) a link.

    Raises `UnreadableInput`: `png-damaged`, `png-too-large`, `image-without-credential`,
    `image-with-several-credentials`, `baked-text-malformed`, `baked-text-too-large`.
    """
    chunk = only_one([chunk for chunk in _chunks(image) if chunk.is_credential])
    return spoken(_READERS[chunk.kind](chunk.data))


def bake(image: bytes, payload: str, *, keyword: str = OB_3) -> bytes:
    """`image` with `payload` in its only credential chunk, directly after the header.

    Credentials that were baked before are dropped, as is whatever follows the end of the
    image. `keyword` is one of `carriers.KEYWORDS`. Raises `UnreadableInput` for an image that
    `extract` would not walk either, and `nothing-to-bake` for an unusable payload.
    """
    data = keyword.encode("ascii") + b"\0\0\0\0\0" + bakeable(payload).encode("utf-8")
    kept = [chunk for chunk in _chunks(image) if not chunk.is_credential]
    header, *rest = (image[chunk.start : chunk.end] for chunk in kept)
    return b"".join([SIGNATURE, header, _written(b"iTXt", data), *rest])


def _written(kind: bytes, data: bytes) -> bytes:
    checksum = zlib.crc32(data, zlib.crc32(kind))
    return len(data).to_bytes(4, "big") + kind + data + checksum.to_bytes(4, "big")


def _chunks(image: bytes) -> Iterator[_Chunk]:
    """Every chunk from IHDR to IEND, each with its checksum tested."""
    if not image.startswith(SIGNATURE):
        raise UnreadableInput("png-damaged", problem="it does not begin like a PNG image")
    start = len(SIGNATURE)
    for _ in range(MAX_CHUNKS):
        chunk = _chunk_at(image, start)
        if start == len(SIGNATURE):
            _check_header(chunk)
        yield chunk
        if chunk.kind == b"IEND":
            return
        start = chunk.end
    raise UnreadableInput("png-damaged", problem=f"it has more than {MAX_CHUNKS} chunks")


def _chunk_at(image: bytes, start: int) -> _Chunk:
    length = int.from_bytes(image[start : start + 4], "big")
    data_start = start + _HEADER
    data_end = data_start + length
    end = data_end + _CHECKSUM
    if end > len(image):
        raise UnreadableInput("png-damaged", problem="it ends too early")
    body = image[start + 4 : data_end]
    if zlib.crc32(body) != int.from_bytes(image[data_end:end], "big"):
        raise UnreadableInput("png-damaged", problem="a checksum does not fit")
    return _Chunk(body[:4], start, end, body[4:])


def _check_header(chunk: _Chunk) -> None:
    if chunk.kind != b"IHDR" or len(chunk.data) != 13:
        raise UnreadableInput("png-damaged", problem="its header is missing")
    width = int.from_bytes(chunk.data[:4], "big")
    height = int.from_bytes(chunk.data[4:8], "big")
    if width * height > MAX_PIXELS:
        raise UnreadableInput("png-too-large", width=width, height=height)


def _plain_text(data: bytes) -> str:
    return data.partition(b"\0")[2].decode("latin-1")


def _compressed_text(data: bytes) -> str:
    match = _COMPRESSED.fullmatch(data)
    if match is None:
        raise UnreadableInput("baked-text-malformed")
    return _inflated(match.group(1)).decode("latin-1")


def _international_text(data: bytes) -> str:
    match = _INTERNATIONAL.fullmatch(data)
    if match is None:
        raise UnreadableInput("baked-text-malformed")
    flag, text = match.groups()
    try:
        return (_inflated(text) if flag == b"\1" else text).decode("utf-8")
    except UnicodeDecodeError:
        raise UnreadableInput("baked-text-malformed") from None


def _inflated(data: bytes) -> bytes:
    inflator = zlib.decompressobj()
    try:
        text = inflator.decompress(data, MAX_TEXT + 1)
    except zlib.error:
        raise UnreadableInput("baked-text-malformed") from None
    if len(text) > MAX_TEXT:
        raise UnreadableInput("baked-text-too-large", limit=MAX_TEXT)
    if not inflator.eof or inflator.unused_data:
        raise UnreadableInput("baked-text-malformed")
    return text


_READERS = {b"tEXt": _plain_text, b"zTXt": _compressed_text, b"iTXt": _international_text}
