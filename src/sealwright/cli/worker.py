"""`sealwright worker`: carry out what the site has to do in the background."""

from __future__ import annotations

import argparse
import signal
from types import FrameType
from typing import Any

from sealwright.cli._site import load_site


def add_parser(commands: Any) -> None:
    """Add `worker` to the command line."""
    parser = commands.add_parser(
        "worker",
        help="do the site's work in the background",
        description="Issue batches, send mail, publish lists. What takes long holds up nothing "
        "else. Several may run side by side. Stopped, it ends within seconds; the next goes on.",
    )
    parser.add_argument("--once", action="store_true", help="do what there is to do, and stop")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Work until interrupted, or until there is nothing left to do."""
    load_site()
    from sealwright.web.core.worker import run_forever, run_pending

    if arguments.once:
        print(f"{run_pending()} pieces of work done", flush=True)
        return 0
    stopping: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.append(number)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    run_forever(lambda: bool(stopping))
    return 0
