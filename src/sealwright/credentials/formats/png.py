"""Credentials baked into PNG images."""

from __future__ import annotations

from sealwright.credentials.errors import UnreadableInput

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def extract(image: bytes) -> str:
    raise UnreadableInput("image-without-credential")
