"""Badge pictures: drawn anew from their pixels, so that nothing else of the file is left."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from io import BytesIO
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from sealwright.credentials.errors import UnreadableInput
from sealwright.web.catalogue.events import PictureKept
from sealwright.web.catalogue.models import Picture
from sealwright.web.core.events import publish as tell
from sealwright.web.core.pictures import open_picture
from sealwright.web.core.refusals import TOO_LARGE, UNFIT, Refusal
from sealwright.web.organisations.actors import Actor
from sealwright.web.organisations.permissions import Permission

LARGEST_FILE: Final = 5_000_000
"""Bytes."""

WIDEST: Final = 600
"""Pixels, either way, of what we keep."""

SMALL: Final = 240
"""Pixels, either way, of what our pages show."""

NARROWEST: Final = 90
"""Pixels, either way, below which a badge is a blur. Open Badges asks for 90."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture as we keep it."""

    png: bytes
    small: bytes
    width: int
    height: int


@transaction.atomic
def keep_picture(data: bytes, *, actor: Actor) -> Picture:
    """Keep a badge picture; the same picture twice is kept once.

    Raises `Refusal` (413, 422) with the reason for a file that cannot be used.
    """
    actor.require_somewhere(Permission.PROGRAMME_EDIT)
    drawn = draw_anew(data)
    picture, is_new = Picture.objects.get_or_create(
        organisation=actor.organisation,
        sha256=hashlib.sha256(drawn.png).hexdigest(),
        defaults=asdict(drawn),
    )
    if is_new:
        tell(
            PictureKept(
                organisation=actor.organisation.public_id,
                actor=actor.label,
                subject=picture.public_id,
                details={"sha256": picture.sha256},
            )
        )
    return picture


def draw_anew(data: bytes) -> Drawn:
    """A PNG of at most 600 pixels either way, of the pixels alone: no place, date or camera.

    Raises `Refusal` (413, 422) with the reason for a file that cannot be used.
    """
    if len(data) > LARGEST_FILE:
        raise Refusal(TOO_LARGE, _("A picture may have up to 5 MB. Please bring a smaller one."))
    if _is_svg(data):
        raise Refusal(
            UNFIT,
            _("SVG pictures are small programs: they can run scripts and load files when "
              "somebody opens a badge, so we take none. Please save it as PNG, JPEG or WebP."),
        )  # fmt: skip
    try:
        with open_picture(data) as opened:
            upright = ImageOps.exif_transpose(opened).convert("RGBA")
    except UnreadableInput as problem:
        raise Refusal(UNFIT, _reason(problem.code)) from problem
    if min(upright.size) < NARROWEST:
        raise Refusal(
            UNFIT,
            _("This picture is %(width)d × %(height)d pixels. A badge needs at least 90 each way.")
            % {"width": upright.width, "height": upright.height},
        )
    upright.thumbnail((WIDEST, WIDEST), Image.Resampling.LANCZOS)
    bare = Image.new("RGBA", upright.size)
    bare.paste(upright)
    png = _saved(bare, "PNG", optimize=True)
    bare.thumbnail((SMALL, SMALL), Image.Resampling.LANCZOS)
    return Drawn(png, _saved(bare, "WEBP", quality=80), *upright.size)


def _saved(picture: Image.Image, form: str, **options: object) -> bytes:
    written = BytesIO()
    picture.save(written, form, **options)
    return written.getvalue()


def _is_svg(data: bytes) -> bool:
    head = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith(b"<") and b"<svg" in data[:20_000].lower()


def _reason(code: str) -> str:
    if code == "picture-too-large":
        return _("This picture has more than 25 million pixels. Please bring a smaller one.")
    return _("This is no picture that we can read. PNG, JPEG, WebP and GIF will do.")
