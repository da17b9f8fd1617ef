"""`sealwright bake`: a credential into a picture."""

from __future__ import annotations

import argparse
from typing import Any

from sealwright.cli._files import write
from sealwright.cli._sources import read_bytes
from sealwright.credentials.errors import UnreadableInput
from sealwright.credentials.formats.images import bake


def add_parser(commands: Any) -> None:
    """Add `bake` to the command line."""
    parser = commands.add_parser(
        "bake",
        help="put a credential into a picture",
        description="Bake a signed credential (JSON or token) into a PNG or SVG picture, in "
        "place of any that is in it. Nothing is checked.",
    )
    parser.add_argument("image", metavar="IMAGE", help="a PNG or SVG file")
    parser.add_argument("credential", metavar="CREDENTIAL", help="a file, or -")
    parser.add_argument("-o", "--output", required=True, metavar="FILE", help="the baked picture")
    parser.add_argument("--force", action="store_true", help="replace the file")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Raises `UnreadableInput` for what is no picture or no credential."""
    image = read_bytes(arguments.image)
    write(arguments.output, bake(image, text_of(arguments.credential)), force=arguments.force)
    return 0


def text_of(source: str) -> str:
    """The text of a file, or of standard input. Raises `UnreadableInput`."""
    try:
        return read_bytes(source).decode()
    except UnicodeDecodeError:
        raise UnreadableInput("json-not-utf-8") from None
