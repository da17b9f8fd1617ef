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
    parser = commands.add_parser("backup", help="write everything stored to one file")
    parser.add_argument("file", metavar="FILE", help="such as sealwright-2026-11-27.tar")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the backup."""
    load_site()
    from sealwright.web.config.backups import BackupRefused, back_up

    try:
        rows = back_up(Path(arguments.file), say=_say)
    except BackupRefused as problem:
        raise UsageError(str(problem)) from problem
    print(f"{rows} rows written to {arguments.file}")
    print(NOTE, file=sys.stderr, end="")
    return 0


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
