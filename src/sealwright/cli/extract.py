"""`sealwright extract`: the credential out of a baked picture or a certificate."""

from __future__ import annotations

import argparse
from typing import Any

from sealwright.cli._files import write
from sealwright.cli._sources import read_bytes
from sealwright.credentials.formats.images import extract


def add_parser(commands: Any) -> None:
    """Add `extract` to the command line."""
    parser = commands.add_parser(
        "extract",
        help="take the credential out of a picture or a PDF",
        description="Print the credential that is baked into a PNG or SVG picture or attached to "
        "a PDF. Nothing is checked.",
    )
    parser.add_argument("image", metavar="IMAGE", help="a PNG, SVG or PDF file, or -")
    parser.add_argument("-o", "--output", metavar="FILE", help="instead of standard output")
    parser.add_argument("--force", action="store_true", help="replace the file")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Raises `UnreadableInput` for a file without a credential."""
    write(arguments.output, extract(read_bytes(arguments.image)) + "\n", force=arguments.force)
    return 0
