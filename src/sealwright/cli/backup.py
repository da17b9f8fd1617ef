"""`sealwright backup`: everything the site has stored, in one file."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from sealwright.cli._site import load_site
from sealwright.cli._usage import UsageError

NOTE = """\
The key-encryption key is not in the backup. Keep a copy of it elsewhere: without it the
issuers' keys in the backup cannot be used.
"""


def add_parser(commands: Any) -> None:
    """Add `backup` to the command line."""
    parser = commands.add_parser(
        "backup",
        help="write everything stored to one file",
        description="Write everything stored to one file, which only its owner can read. The site "
        "may run meanwhile: the file shows one moment.",
    )
    parser.add_argument(
        "file", metavar="FILE", help="or a folder, where the file is named after the moment"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the backup."""
    load_site()
    from sealwright.web.config.backups import BackupRefused, back_up, named

    try:
        path = named(Path(arguments.file))
        rows = back_up(path, say=_say)
    except BackupRefused as problem:
        raise UsageError(str(problem)) from problem
    print(f"{rows} rows written to {path}")
    print(NOTE, file=sys.stderr, end="")
    return 0


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
