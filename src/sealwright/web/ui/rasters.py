"""Pictures of our own drawings, as PNG. Foreign drawings are never drawn here."""

from __future__ import annotations

from io import BytesIO
from typing import Final

from PIL import Image
from resvg_py import svg_to_bytes

from sealwright.web.ui import fonts
from sealwright.web.ui.kept import kept

COLOURS: Final = 128
"""In a picture: line drawings need no more, and are a third as large."""


def png_of(svg: str, *, width: int) -> bytes:
    """The drawing `width` pixels wide, with our own fonts where they are installed."""
    files = [str(path) for path in fonts.drawn().values()]
    return kept(
        lambda: _fewer_colours(_drawn(svg, width, files)), svg, str(width), *files, kind="png"
    )


def _drawn(svg: str, width: int, files: list[str]) -> bytes:
    return bytes(svg_to_bytes(svg_string=svg, width=width, font_files=files))


def _fewer_colours(png: bytes) -> bytes:
    file = BytesIO()
    with Image.open(BytesIO(png), formats=["PNG"]) as picture:
        fewer = picture.convert("RGBA").quantize(COLOURS, Image.Quantize.FASTOCTREE)
        fewer.save(file, "PNG", optimize=True)
    return file.getvalue()
