"""Credentials baked into SVG images."""

from __future__ import annotations

from sealwright.credentials.errors import UnreadableInput


def is_svg(text: str) -> bool:
    return "<svg" in text


def extract(image: bytes) -> str:
    raise UnreadableInput("image-without-credential")
