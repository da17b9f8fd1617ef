"""Credentials baked into PNG images."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealwright.credentials.errors import UnreadableInput
from sealwright.credentials.formats.carriers import CLR_2, KEYWORDS, OB_2, OB_3
from sealwright.credentials.formats.png import MAX_CHUNKS, MAX_TEXT, bake, extract
from tests.credentials.formats.pictures import (
    END,
    PIXELS,
    SIGNATURE,
    chunk,
    header,
    international,
    png,
)

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


def code_of(image: bytes) -> str:
    with pytest.raises(UnreadableInput) as caught:
        extract(image)
    assert str(caught.value) != caught.value.code
    return caught.value.code


@pytest.mark.parametrize("keyword", KEYWORDS)
def test_every_standard_has_its_keyword(keyword: str) -> None:
    assert extract(png(international(keyword, "{“é”}".encode()))) == "{“é”}"


def test_older_bakers_used_plain_and_compressed_chunks() -> None:
    link = b"https://provider.example.edu/assertions/1"

    assert extract(png(chunk(b"tEXt", b"openbadges\0" + link))) == link.decode()
    assert extract(png(chunk(b"zTXt", b"openbadges\0\0" + zlib.compress(link)))) == link.decode()
    assert extract(png(international(OB_2, zlib.compress(link), flag=b"\1"))) == link.decode()


def test_other_texts_are_not_credentials() -> None:
    image = png(
        chunk(b"tEXt", b"Comment\0openbadgecredential"),
        international("openbadgecredentials", b"{}"),
        chunk(b"tIME", b"openbadgecredential\0"),
    )

    assert code_of(image) == "image-without-credential"
    assert code_of(png(international(OB_3, b" "))) == "image-without-credential"


def test_two_credentials_in_one_image_are_refused() -> None:
    baked = international(OB_3, b"{}")

    assert code_of(png(baked, baked)) == "image-with-several-credentials"
    assert code_of(png(baked, chunk(b"tEXt", b"openbadges\0{}"))) == (
        "image-with-several-credentials"
    )


def test_a_credential_behind_the_end_is_not_in_the_image() -> None:
    assert code_of(png() + international(OB_3, b"{}") + END) == "image-without-credential"


@pytest.mark.parametrize(
    "image",
    [
        b"",
        b"GIF89a",
        SIGNATURE,
        SIGNATURE + header(),
        SIGNATURE + header()[:20],
        SIGNATURE + header() + PIXELS + END[:-1],
        SIGNATURE + PIXELS + END,
        SIGNATURE + chunk(b"IHDR", b"\0" * 12) + END,
        SIGNATURE + header() + chunk(b"IDAT", b"", checksum=1) + END,
        SIGNATURE + header() + b"\xff\xff\xff\xffIDAT" + END,
        SIGNATURE + header() + chunk(b"tEXt") * MAX_CHUNKS + END,
    ],
)
def test_a_damaged_image_is_refused(image: bytes) -> None:
    assert code_of(image) == "png-damaged"


def test_a_huge_image_is_refused_by_its_header() -> None:
    assert code_of(SIGNATURE + header(5000, 5001) + PIXELS + END) == "png-too-large"
    assert code_of(SIGNATURE + header(5000, 5000) + PIXELS + END) == "image-without-credential"


@pytest.mark.parametrize(
    "baked",
    [
        chunk(b"iTXt", b"openbadgecredential\0"),
        chunk(b"iTXt", b"openbadgecredential\0\2\0\0\0{}"),
        chunk(b"iTXt", b"openbadgecredential\0\0\1\0\0{}"),
        chunk(b"iTXt", b"openbadgecredential\0\0\0en{}"),
        international(OB_3, b"\xff"),
        international(OB_3, b"not zlib", flag=b"\1"),
        international(OB_3, zlib.compress(b"{}")[:-2], flag=b"\1"),
        international(OB_3, zlib.compress(b"{}") + b"more", flag=b"\1"),
        chunk(b"zTXt", b"openbadges\0\1" + zlib.compress(b"{}")),
    ],
)
def test_a_damaged_text_is_refused(baked: bytes) -> None:
    assert code_of(png(baked)) == "baked-text-malformed"


def test_a_text_that_inflates_without_end_is_refused() -> None:
    bomb = zlib.compress(b" " * (MAX_TEXT + 1), 9)

    assert len(bomb) < 10_000
    assert code_of(png(international(OB_3, bomb, flag=b"\1"))) == "baked-text-too-large"


@given(TEXTS.filter(lambda text: text.strip()), st.sampled_from(KEYWORDS))
def test_what_is_baked_comes_out_again(payload: str, keyword: str) -> None:
    image = png(chunk(b"tEXt", b"Title\0Badge"))

    baked = bake(image, payload, keyword=keyword)

    assert extract(baked) == payload.strip()
    assert bake(baked, payload, keyword=keyword) == baked


def test_baking_replaces_what_was_baked_before_and_keeps_the_rest() -> None:
    title = chunk(b"tEXt", b"Title\0Badge")
    image = png(international(OB_3, b"old"), chunk(b"tEXt", b"openbadges\0older"), title)

    baked = bake(image + b"trailing", "{}", keyword=CLR_2)

    assert extract(baked) == "{}"
    assert baked == png(chunk(b"iTXt", b"clrcredential\0\0\0\0\0{}"), title)


@pytest.mark.parametrize("payload", ["", " \n", "a\0b", "\ud800"])
def test_what_no_reader_could_take_out_is_not_baked(payload: str) -> None:
    with pytest.raises(UnreadableInput) as caught:
        bake(png(), payload)

    assert caught.value.code == "nothing-to-bake"


@given(st.binary() | st.binary().map(lambda data: SIGNATURE + header() + data))
def test_any_bytes_are_an_image_or_refused(data: bytes) -> None:
    with pytest.raises(UnreadableInput):
        extract(data)


@given(st.integers(0, 1000), st.integers(1, 255))
def test_a_flipped_byte_never_brings_out_another_text(place: int, flip: int) -> None:
    image = bytearray(bake(png(), '{"name": "Baker"}'))
    image[place % len(image)] ^= flip

    with pytest.raises(UnreadableInput):
        extract(bytes(image))
