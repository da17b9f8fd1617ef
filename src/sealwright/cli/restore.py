"""`sealwright restore`: fill an empty database from a backup, and verify everything again."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from sealwright.cli._site import load_site
from sealwright.cli._usage import UsageError


def add_parser(commands: Any) -> None:
    """Add `restore` to the command line."""
    parser = commands.add_parser(
        "restore",
        help="fill an empty database from a backup",
        description="Fill an empty database from a backup, then open every key and verify the "
        "proof of every credential again.",
    )
    parser.add_argument("file", metavar="FILE")
    parser.add_argument(
        "--check-only", action="store_true", help="restore nothing; verify what is stored now"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Restore and verify: 0 when everything is sound, 1 when something is not."""
    load_site()
    from sealwright.web.config.backups import BackupRefused, check_all, restore

    if not arguments.check_only:
        try:
            rows = restore(Path(arguments.file), say=_say)
        except (BackupRefused, OSError) as problem:
            raise UsageError(str(problem)) from problem
        print(f"{rows} rows restored")
    checked = check_all(say=_say)
    print(
        f"{checked.keys} keys and {checked.credentials} credentials verified, {checked.erased} "
        f"of them erased before, {len(checked.wrong)} wrong"
    )
    for name in checked.wrong[:20]:
        print(f"wrong: {name}", file=sys.stderr)
    return 1 if checked.wrong else 0


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
