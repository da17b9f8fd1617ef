from __future__ import annotations

import pytest

from sealwright.credentials.formats.images import bake
from sealwright.credentials.issue import sign_token
from tests.cli.runs import Desk
from tests.credentials.formats.documents import pdf
from tests.credentials.formats.pictures import png, svg
from tests.credentials.issue.samples import SIGNER, credential

TOKEN = sign_token(credential(), SIGNER)


def test_a_credential_is_written_to_a_file(desk: Desk) -> None:
    image = desk.file("a.png", bake(png(), TOKEN))
    output = desk.folder / "badge.jwt"

    ran = desk.run("extract", image, "-o", str(output))

    assert ran.code == 0
    assert output.read_text() == f"{TOKEN}\n"
    assert desk.run("extract", image, "-o", str(output)).code == 64
    assert desk.run("extract", image, "-o", str(output), "--force").code == 0


def test_a_credential_attached_to_a_pdf_is_printed(desk: Desk) -> None:
    ran = desk.run("extract", desk.file("certificate.pdf", pdf(TOKEN)))

    assert (ran.code, ran.out) == (0, f"{TOKEN}\n")


@pytest.mark.parametrize("image", [png(), svg(), pdf(), b"no picture", b""])
def test_a_picture_without_a_credential_is_unreadable(desk: Desk, image: bytes) -> None:
    ran = desk.run("extract", desk.file("a.png", image))

    assert ran.code == 3
    assert ran.out == ""
    assert ran.err
