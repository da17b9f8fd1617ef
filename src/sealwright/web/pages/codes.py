"""QR codes that lead to an award's page, where it is checked."""

from __future__ import annotations

from io import BytesIO

import segno
from django.utils.translation import gettext as _


def qr_svg(address: str) -> str:
    """The code for an address as an SVG document: dark on white, with a quiet zone around."""
    code = segno.make(address, error="m", micro=False, boost_error=False)
    file = BytesIO()
    code.save(
        file, kind="svg", xmldecl=False, nl=False, scale=8, border=4, dark="#13201f", light="#fff",
        title=_("QR code that leads to the page"), desc=address, svgclass=None, lineclass=None,
        omitsize=True,
    )  # fmt: skip
    return file.getvalue().decode()
