"""Small pictures made by hand, and the chunks and elements to damage them with."""

from __future__ import annotations

import zlib

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def chunk(kind: bytes, data: bytes = b"", *, checksum: int | None = None) -> bytes:
    crc = zlib.crc32(kind + data) if checksum is None else checksum
    return len(data).to_bytes(4, "big") + kind + data + crc.to_bytes(4, "big")


def header(width: int = 1, height: int = 1) -> bytes:
    size = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    return chunk(b"IHDR", size + b"\x08\x00\x00\x00\x00")


PIXELS = chunk(b"IDAT", zlib.compress(b"\0\0"))
END = chunk(b"IEND")


def png(*chunks: bytes) -> bytes:
    """A whole picture of one pixel with `chunks` after its header."""
    return SIGNATURE + header() + b"".join(chunks) + PIXELS + END


def international(keyword: str, text: bytes, *, flag: bytes = b"\0") -> bytes:
    return chunk(b"iTXt", keyword.encode() + b"\0" + flag + b"\0en\0\0" + text)


def svg(inside: str = "<circle r='4'/>", *, before: str = "", attributes: str = "") -> bytes:
    root = f'<svg xmlns="http://www.w3.org/2000/svg"{attributes}>'
    return f"{before}{root}{inside}</svg>".encode()


def element(
    name: str = "credential",
    *,
    namespace: str = "https://purl.imsglobal.org/ob/v3p0",
    verify: str = "",
    body: str = "",
) -> str:
    attribute = f" verify='{verify}'" if verify else ""
    return f"<b:{name} xmlns:b='{namespace}'{attribute}>{body}</b:{name}>"
