"""Baking and extracting, whatever the picture."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sealwright.credentials.errors import UnreadableInput
from sealwright.credentials.formats import png as png_images
from sealwright.credentials.formats.images import bake, extract
from tests.credentials.formats.pictures import png, svg
from tests.credentials.formats.samples import assertion, badge, compact, presentation

CLR = badge(type=["VerifiableCredential", "ClrCredential"])


@pytest.mark.parametrize("image", [png(), svg(), svg(before="\ufeff")])
@pytest.mark.parametrize(
    "payload", [json.dumps(badge()), json.dumps(CLR), json.dumps(assertion()), compact(badge())]
)
def test_every_credential_fits_into_every_picture(image: bytes, payload: str) -> None:
    assert extract(bake(image, payload)) == payload


@pytest.mark.parametrize(
    ("document", "keyword"),
    [(badge(), "openbadgecredential"), (CLR, "clrcredential"), (assertion(), "openbadges")],
)
def test_the_picture_files_a_credential_under_the_word_of_its_standard(
    document: dict[str, Any], keyword: str
) -> None:
    payload = json.dumps(document)

    assert bake(png(), payload) == png_images.bake(png(), payload, keyword=keyword)


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        (json.dumps(presentation(badge())), "nothing-to-bake"),
        ("https://provider.example.edu/assertions/1", "nothing-to-bake"),
        ("{}", "no-credential-in-json"),
    ],
)
def test_only_credentials_are_baked(payload: str, code: str) -> None:
    with pytest.raises(UnreadableInput) as caught:
        bake(png(), payload)

    assert caught.value.code == code


@pytest.mark.parametrize("image", [b"", b"GIF89a", b"\xff\xd8\xff", b"<html/>", b"{}"])
def test_other_files_are_no_pictures(image: bytes) -> None:
    with pytest.raises(UnreadableInput) as caught:
        extract(image)
    with pytest.raises(UnreadableInput) as caught_baking:
        bake(image, json.dumps(badge()))

    assert caught.value.code == "not-an-image"
    assert caught_baking.value.code == "not-an-image"
