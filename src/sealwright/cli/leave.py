"""`sealwright leave`: all of a provider as files that keep verifying without this site."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sealwright.cli._site import load_site
from sealwright.cli._usage import UsageError

if TYPE_CHECKING:
    from sealwright.web.leaving.services.writing import Progress

DESCRIPTION: Final = """\
Write the exit bundle of a provider: pages, signed credentials, keys, status lists and log as
plain files that any server can serve under the same address, and all data as JSON. Nothing on
the site changes. What to do with it is in its README.txt.
"""
OFTEN: Final = 1000
"""Awards after which it is said how far it is."""


def add_parser(commands: Any) -> None:
    """Add `leave` to the command line."""
    parser = commands.add_parser(
        "leave", help="write all of a provider as files that verify alone", description=DESCRIPTION
    )
    parser.add_argument("organisation", metavar="ORGANISATION", help="its short name")
    parser.add_argument("target", metavar="TARGET", help="such as harbour-college.zip")
    parser.add_argument("--folder", action="store_true", help="write a folder, not a ZIP archive")
    parser.add_argument(
        "--no-png",
        action="store_true",
        help="leave out badges as PNG that have to be drawn: several times faster",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the bundle."""
    load_site()
    from sealwright.web.leaving.services.writing import write_bundle
    from sealwright.web.organisations.models import Organisation
    from sealwright.web.ui.assets import prepare

    organisation = Organisation.objects.filter(slug=arguments.organisation).first()
    if organisation is None:
        raise UsageError(f"there is no organisation {arguments.organisation}")
    prepare()
    steps = write_bundle(
        organisation,
        Path(arguments.target),
        as_folder=arguments.folder,
        has_png=not arguments.no_png,
    )
    said = 0
    try:
        for progress in steps:
            if progress.awards >= said + OFTEN:
                said = progress.awards
                _say(progress)
    except FileExistsError as problem:
        raise UsageError(f"{arguments.target} is there already. Choose another name.") from problem
    size = f"{progress.files} files, {progress.bytes / 1e6:.1f} MB"
    print(f"{progress.awards} awards written to {arguments.target} ({size})")
    return 0


def _say(progress: Progress) -> None:
    print(f"{progress.awards} of {progress.total} awards …", file=sys.stderr, flush=True)
