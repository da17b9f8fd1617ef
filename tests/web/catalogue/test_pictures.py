"""Badge pictures are drawn anew, and whatever else was in the file is gone."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from PIL import Image, PngImagePlugin

from sealwright.web.catalogue.models import Picture
from sealwright.web.catalogue.services import keep_picture
from sealwright.web.catalogue.services.pictures import draw_anew
from sealwright.web.core.refusals import Refusal
from sealwright.web.organisations.models import Role
from tests.web.factories import an_actor, an_organisation

pytestmark = pytest.mark.django_db


def a_picture(width: int = 300, height: int = 300, form: str = "PNG", **options: Any) -> bytes:
    written = BytesIO()
    Image.new("RGB", (width, height), "#0b5d57").save(written, form, **options)
    return written.getvalue()


def opened(png: bytes) -> Image.Image:
    picture = Image.open(BytesIO(png))
    picture.load()
    return picture


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF"])
def test_every_usual_kind_becomes_a_png(form: str) -> None:
    drawn = draw_anew(a_picture(form=form))

    assert opened(drawn.png).format == "PNG"
    assert (drawn.width, drawn.height) == (300, 300)


def test_a_large_picture_is_made_smaller_and_keeps_its_shape() -> None:
    drawn = draw_anew(a_picture(2400, 1200))

    assert (drawn.width, drawn.height) == (600, 300)


def test_nothing_but_the_pixels_is_left() -> None:
    note = PngImagePlugin.PngInfo()
    note.add_text("Comment", "taken at home")
    note.add_itxt("openbadgecredential", "{}")
    place = Image.Exif()
    place[0x010E] = "taken at home"

    from_png = draw_anew(a_picture(pnginfo=note, dpi=(300, 300)))
    from_jpeg = draw_anew(a_picture(form="JPEG", exif=place))

    for drawn in (from_png, from_jpeg):
        assert opened(drawn.png).info == {}
        assert b"at home" not in drawn.png


def test_a_photo_is_turned_the_way_its_camera_says() -> None:
    turned = Image.Exif()
    turned[0x0112] = 6

    drawn = draw_anew(a_picture(400, 200, form="JPEG", exif=turned))

    assert (drawn.width, drawn.height) == (200, 400)


def test_what_shines_through_stays_so() -> None:
    written = BytesIO()
    Image.new("RGBA", (200, 200), (0, 0, 0, 0)).save(written, "PNG")

    assert opened(draw_anew(written.getvalue()).png).getpixel((5, 5)) == (0, 0, 0, 0)


def _bomb() -> bytes:
    """A PNG that says it has 6,000 by 6,000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", 6_000, 6_000, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(1000))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "SVG pictures are small"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- x --><SVG/>", "SVG pictures are small"),
        (b"%PDF-1.7", "no picture that we can read"),
        (b"", "no picture that we can read"),
        (a_picture()[:80], "no picture that we can read"),
        (a_picture(80, 300), "80 × 300 pixels"),
        (_bomb(), "25 million pixels"),
        (b"\x89PNG\r\n\x1a\n" + bytes(5_000_000), "up to 5 MB"),
    ],
)
def test_what_cannot_be_used_is_turned_down_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        draw_anew(data)

    assert reason in str(refused.value.detail)


def test_the_same_picture_is_kept_once_for_each_organisation() -> None:
    college, school = an_organisation("College"), an_organisation("School")
    of_college, of_school = an_actor(Role.OWNER, college), an_actor(Role.OWNER, school)

    first = keep_picture(a_picture(), actor=of_college)
    again = keep_picture(a_picture(), actor=of_college)
    other = keep_picture(a_picture(), actor=of_school)

    assert first == again
    assert other != first
    assert Picture.objects.count() == 2


def test_whoever_may_not_edit_programmes_brings_no_pictures() -> None:
    with pytest.raises(Refusal, match="forbidden"):
        keep_picture(a_picture(), actor=an_actor(Role.READER, an_organisation()))


def test_everybody_may_see_a_picture_and_keep_it(client: Client) -> None:
    picture = keep_picture(a_picture(), actor=an_actor(Role.OWNER, an_organisation()))

    answer = client.get(picture.path)

    assert opened(answer.content).size == (300, 300)
    assert answer.headers["Content-Type"] == "image/png"
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_a_picture_that_is_not_there_is_not_found(client: Client) -> None:
    assert client.get("/pictures/nothing.png").status_code == 404


def test_pages_show_it_small(client: Client) -> None:
    picture = keep_picture(a_picture(600, 300), actor=an_actor(Role.OWNER, an_organisation()))

    answer = client.get(picture.small_path)

    assert answer.headers["Content-Type"] == "image/webp"
    assert opened(answer.content).size == (240, 120)
