"""`sealwright manage`: the site's administrative commands, those of Django included."""

from __future__ import annotations

import argparse
from typing import Any

from sealwright.cli._site import load_site


def add_parser(commands: Any) -> None:
    """Add `manage` to the command line."""
    parser = commands.add_parser(
        "manage",
        help="run an administrative command of the site",
        description="Run one of Django's commands, such as migrate or shell.",
    )
    parser.add_argument("command", nargs=argparse.REMAINDER, metavar="COMMAND …")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Hand the command over to Django."""
    load_site()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["sealwright manage", *arguments.command])
    return 0
