"""Opening pictures that people bring. They are hostile until shown otherwise."""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import Final

from PIL import Image, UnidentifiedImageError

from sealwright.credentials.errors import UnreadableInput

LARGEST_PICTURE: Final = 25_000_000
"""Pixels. A picture that says it has more is not unpacked."""

FORMATS: Final = ("PNG", "JPEG", "WEBP", "GIF")

_BEGINNINGS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")


def is_picture(data: bytes) -> bool:
    """Whether these bytes begin as a photo or screenshot does."""
    webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    return webp or data.startswith(_BEGINNINGS)


def open_picture(data: bytes) -> Image.Image:
    """The picture, unpacked. Its size is read from its header before its pixels are.

    Raises `UnreadableInput`: `picture-broken` or `picture-too-large`.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            picture = Image.open(BytesIO(data), formats=FORMATS)
            width, height = picture.size
            if width * height > LARGEST_PICTURE:
                raise UnreadableInput("picture-too-large", width=width, height=height)
            picture.load()
        except (UnidentifiedImageError, Image.DecompressionBombError) as problem:
            raise UnreadableInput("picture-broken") from problem
        except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as problem:
            raise UnreadableInput("picture-broken") from problem
    return picture
