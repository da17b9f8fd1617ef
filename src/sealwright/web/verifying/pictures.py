"""Reading the QR code of a photo."""

from __future__ import annotations

import zxingcpp

from sealwright.credentials.errors import UnreadableInput
from sealwright.web.core.pictures import is_picture, open_picture

QR_CODE = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)

__all__ = ["is_picture", "read_code"]


def read_code(data: bytes) -> str:
    """The text of the one QR code in a picture.

    Raises `UnreadableInput`: `picture-broken`, `picture-too-large`, `picture-without-code`,
    or `picture-with-several-codes`.
    """
    with open_picture(data) as picture:
        plain = picture.convert("RGBA") if picture.mode == "P" else picture
        found = zxingcpp.read_barcodes(
            plain.convert("L"), formats=QR_CODE, text_mode=zxingcpp.TextMode.Plain
        )
    texts = {code.text for code in found if code.valid and code.text}
    if not texts:
        raise UnreadableInput("picture-without-code")
    if len(texts) > 1:
        raise UnreadableInput("picture-with-several-codes", number=len(texts))
    return texts.pop()
