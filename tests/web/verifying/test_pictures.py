"""Reading QR codes from pictures, hostile ones among them."""

from __future__ import annotations

import struct
import zlib
from contextlib import suppress
from io import BytesIO

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from sealwright.credentials.errors import UnreadableInput
from sealwright.web.verifying.pictures import is_picture, read_code

LINK = "https://badges.example.org/c/4f7kq2mx9b"


def qr(text: str = LINK, kind: str = "PNG", turn: float = 0) -> bytes:
    drawn = BytesIO()
    segno.make_qr(text).save(drawn, kind="png", scale=6)
    picture = Image.open(drawn).convert("L").rotate(turn, expand=True, fillcolor=255)
    saved = BytesIO()
    picture.save(saved, kind)
    return saved.getvalue()


def beside(*codes: bytes) -> bytes:
    pictures = [Image.open(BytesIO(code)) for code in codes]
    sheet = Image.new("L", (sum(p.width for p in pictures), max(p.height for p in pictures)), 255)
    at = 0
    for picture in pictures:
        sheet.paste(picture, (at, 0))
        at += picture.width
    saved = BytesIO()
    sheet.save(saved, "PNG")
    return saved.getvalue()


def png_that_claims(width: int, height: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        crc = zlib.crc32(name + data)
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", crc)

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_the_code_of_a_photo_is_read(kind: str) -> None:
    photo = qr(kind=kind)

    assert is_picture(photo)
    assert read_code(photo) == LINK


@pytest.mark.parametrize("turn", [90, 180, 17])
def test_a_turned_photo_is_read(turn: float) -> None:
    assert read_code(qr(turn=turn)) == LINK


def test_the_same_code_twice_is_one_code() -> None:
    assert read_code(beside(qr(), qr())) == LINK


def test_two_different_codes_are_for_the_person_to_part() -> None:
    with pytest.raises(UnreadableInput) as refusal:
        read_code(beside(qr(), qr("https://else.example.org")))

    assert refusal.value.code == "picture-with-several-codes"


def test_a_picture_without_a_code_says_so() -> None:
    blank = BytesIO()
    Image.new("RGB", (200, 200), "white").save(blank, "JPEG")

    with pytest.raises(UnreadableInput) as refusal:
        read_code(blank.getvalue())

    assert refusal.value.code == "picture-without-code"


@pytest.mark.parametrize("size", [(5001, 5000), (60_000, 60_000), (2**31 - 1, 2**31 - 1)])
def test_a_picture_that_claims_too_many_points_is_not_unpacked(size: tuple[int, int]) -> None:
    with pytest.raises(UnreadableInput) as refusal:
        read_code(png_that_claims(*size))

    assert refusal.value.code in {"picture-too-large", "picture-broken"}


def test_bytes_that_are_no_picture_are_not_taken_for_one() -> None:
    assert not is_picture(b"{}")
    assert not is_picture(b"")


@given(st.data())
def test_no_broken_picture_ends_in_anything_but_a_refusal(data: st.DataObject) -> None:
    whole = bytearray(qr(kind=data.draw(st.sampled_from(["PNG", "JPEG", "WEBP", "GIF"]))))
    cut = data.draw(st.integers(0, len(whole)))
    for _ in range(data.draw(st.integers(0, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))

    with suppress(UnreadableInput):
        assert read_code(bytes(whole[:cut]))
