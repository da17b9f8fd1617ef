"""Reading the QR code of a photo. Pictures are hostile until shown otherwise."""

from __future__ import annotations

import warnings
from io import BytesIO

import zxingcpp
from PIL import Image, UnidentifiedImageError

from sealwright.credentials.errors import UnreadableInput

LARGEST_PICTURE = 25_000_000
"""Pixels. A picture that says it has more is not unpacked."""

FORMATS = ("PNG", "JPEG", "WEBP", "GIF")

QR_CODE = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)

_BEGINNINGS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")


def is_picture(data: bytes) -> bool:
    """Whether these bytes begin as a photo or screenshot does."""
    webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    return webp or data.startswith(_BEGINNINGS)


def read_code(data: bytes) -> str:
    """The text of the one QR code in a picture.

    Raises `UnreadableInput`: `picture-broken`, `picture-too-large`, `picture-without-code`,
    or `picture-with-several-codes`.
    """
    with _opened(data) as picture:
        found = zxingcpp.read_barcodes(
            picture.convert("L"), formats=QR_CODE, text_mode=zxingcpp.TextMode.Plain
        )
    texts = {code.text for code in found if code.valid and code.text}
    if not texts:
        raise UnreadableInput("picture-without-code")
    if len(texts) > 1:
        raise UnreadableInput("picture-with-several-codes", number=len(texts))
    return texts.pop()


def _opened(data: bytes) -> Image.Image:
    """The picture, unpacked. Its size is read from its header before its pixels are."""
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
