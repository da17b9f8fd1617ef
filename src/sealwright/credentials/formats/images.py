"""Baking a credential into a picture and taking it out again, whatever the file is."""

from __future__ import annotations

from sealwright.credentials.errors import UnreadableInput
from sealwright.credentials.formats import pdf, png, svg
from sealwright.credentials.formats.carriers import CLR_2, OB_2, OB_3
from sealwright.credentials.formats.reading import attached_to, read
from sealwright.credentials.model.received import Kind, Received, Standard


def extract(image: bytes) -> str:
    """The text baked into a PNG or SVG picture, or the credential attached to a PDF.

    Raises `UnreadableInput`.
    """
    if image.startswith(pdf.SIGNATURE):
        return attached_to(image)[0]
    return png.extract(image) if image.startswith(png.SIGNATURE) else svg.extract(_svg(image))


def bake(image: bytes, payload: str) -> bytes:
    """The picture with `payload` baked into it, and nothing else that was baked before.

    `payload` is a credential as JSON or as a compact token. Raises `UnreadableInput`:
    `nothing-to-bake` for anything else, `not-an-image` for a picture that is neither PNG nor
    SVG, and whatever is wrong with the picture.
    """
    received = read(payload)
    if received.kind is not Kind.CREDENTIAL:
        raise UnreadableInput("nothing-to-bake")
    keyword = keyword_for(received)
    if image.startswith(png.SIGNATURE):
        return png.bake(image, payload, keyword=keyword)
    return svg.bake(_svg(image), payload, keyword=keyword)


def keyword_for(received: Received) -> str:
    """The word that a picture files this credential under, one of `carriers.KEYWORDS`."""
    if received.standard is Standard.OB_2_0:
        return OB_2
    return CLR_2 if "ClrCredential" in received.types else OB_3


def _svg(image: bytes) -> bytes:
    text = image.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    if not svg.is_svg(text):
        raise UnreadableInput("not-an-image")
    return image
