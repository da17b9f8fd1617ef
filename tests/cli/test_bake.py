from __future__ import annotations

import json
from pathlib import Path

import pytest

from sealwright.credentials.issue import sign_credential, sign_token
from tests.cli.runs import Desk
from tests.credentials.formats.pictures import png, svg
from tests.credentials.issue.samples import NOON, SIGNER, credential

SIGNED = sign_credential(credential(), SIGNER, created=NOON)


@pytest.mark.parametrize(("name", "image"), [("a.png", png()), ("a.svg", svg())])
@pytest.mark.parametrize("payload", [json.dumps(SIGNED), sign_token(credential(), SIGNER)])
def test_what_is_baked_can_be_taken_out_again(
    desk: Desk, name: str, image: bytes, payload: str
) -> None:
    baked = str(desk.folder / f"baked-{name}")

    ran = desk.run("bake", desk.file(name, image), desk.file("badge.json", payload), "-o", baked)
    out = desk.run("extract", baked)

    assert ran.code == 0
    assert out.out == f"{payload}\n"


def test_a_picture_is_replaced_only_when_that_is_asked_for(desk: Desk) -> None:
    image = desk.file("a.png", png())
    badge = desk.file("badge.json", SIGNED)

    refused = desk.run("bake", image, badge, "-o", image)
    done = desk.run("bake", image, badge, "-o", image, "--force")

    assert (refused.code, done.code) == (64, 0)
    assert b"openbadgecredential" in Path(image).read_bytes()


@pytest.mark.parametrize(
    ("image", "payload"),
    [(b"no picture", json.dumps(SIGNED)), (png(), "no credential"), (png(), b"\xff")],
)
def test_what_cannot_be_baked_is_unreadable(desk: Desk, image: bytes, payload: str | bytes) -> None:
    ran = desk.run(
        "bake",
        desk.file("a.png", image),
        desk.file("badge.json", payload),
        "-o",
        str(desk.folder / "baked.png"),
    )

    assert ran.code == 3
    assert not (desk.folder / "baked.png").exists()
