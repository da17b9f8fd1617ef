"""The command line: `sealwright COMMAND`.

One module a command. Each has `add_parser(commands)`, which sets `run`, a function from the
parsed arguments to the exit code. The codes are part of the interface: 0 valid (or done),
1 invalid, 2 undecided, 3 unreadable, 64 for a usage error.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, Final, NoReturn

from sealwright import __version__
from sealwright.cli._usage import EXIT_USAGE, UsageError
from sealwright.credentials.errors import CredentialError, Refused, UnreadableInput
from sealwright.skills.errors import SkillsError, UnfitRequest, UnusableModel

COMMANDS: Final = (
    "verify",
    "inspect",
    "issue",
    "endorse",
    "bake",
    "extract",
    "keygen",
    "did",
    "status",
    "contexts",
    "frameworks",
    "log",
    "skills",
    "serve",
    "worker",
    "operators",
    "keys",
    "backup",
    "restore",
    "leave",
    "manage",
)
"""The commands, in the order in which help lists them."""

EXIT_UNREADABLE: Final = 3
EXIT_INTERRUPTED: Final = 130
EXIT_PIPE_CLOSED: Final = 141


class Parser(argparse.ArgumentParser):
    """A parser whose usage errors exit with 64, away from the codes that are verdicts."""

    def error(self, message: str) -> NoReturn:
        """Print the usage and what is wrong, and exit."""
        self.print_usage(sys.stderr)
        self.exit(EXIT_USAGE, f"{self.prog}: {message}\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code. Exits only for help and usage errors."""
    try:
        arguments = build_parser().parse_args(argv)
        code = int(arguments.run(arguments))
        sys.stdout.flush()
    except UsageError as problem:
        print(f"sealwright: {problem}", file=sys.stderr)
        return EXIT_USAGE
    except CredentialError as problem:
        print(f"sealwright: {problem}", file=sys.stderr)
        return _code_of(problem)
    except SkillsError as problem:
        print(f"sealwright: {problem}", file=sys.stderr)
        return EXIT_USAGE if isinstance(problem, (UnfitRequest, UnusableModel)) else EXIT_UNREADABLE
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # The reader has gone, `sealwright verify … | head -1` for one. The interpreter's
        # own last flush must not stumble over it again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_PIPE_CLOSED
    return code


def build_parser() -> Parser:
    """The parser of the whole command line."""
    parser = Parser(
        prog="sealwright",
        description="Check, issue and serve micro-credentials: Open Badges and others.",
    )
    parser.add_argument("--version", action="version", version=f"sealwright {__version__}")
    commands: Any = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name in COMMANDS:
        import_module(f"sealwright.cli.{name}").add_parser(commands)
    return parser


def _code_of(problem: CredentialError) -> int:
    if isinstance(problem, UnreadableInput):
        return EXIT_UNREADABLE
    return 1 if isinstance(problem, Refused) else 2
