"""`sealwright operators`: who runs this site."""

from __future__ import annotations

import argparse
from typing import Any

from sealwright.cli._site import OPERATOR, load_site
from sealwright.cli._usage import UsageError

DESCRIPTION = """\
Operators confirm recognitions, bring in frameworks and reopen organisations, on the page
Operator of the site. They sign up as everybody does, and are named here.
"""


def add_parser(commands: Any) -> None:
    """Add `operators` and what it can do to the command line."""
    parser = commands.add_parser(
        "operators", help="say which accounts run this site", description=DESCRIPTION
    )
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    actions.add_parser("list", help="list them").set_defaults(run=_list)
    for name, words in (
        ("add", "have the account with this address run the site"),
        ("remove", "have it run the site no longer"),
    ):
        action = actions.add_parser(name, help=words)
        action.add_argument("address", metavar="ADDRESS", help="proven by signing up with it")
        action.set_defaults(run=_add if name == "add" else _remove)


def _list(arguments: argparse.Namespace) -> int:
    load_site()
    from sealwright.web.accounts.operators import operators

    for person in operators():
        print(f"{person.public_id}  {person.email}  {person.name}".rstrip())
    return 0


def _add(arguments: argparse.Namespace) -> int:
    return _change(arguments, wanted=True)


def _remove(arguments: argparse.Namespace) -> int:
    return _change(arguments, wanted=False)


def _change(arguments: argparse.Namespace, *, wanted: bool) -> int:
    load_site()
    from sealwright.web.accounts.operators import appoint, dismiss
    from sealwright.web.core.refusals import Refusal

    try:
        (appoint if wanted else dismiss)(arguments.address, by=OPERATOR)
    except Refusal as problem:
        raise UsageError(str(problem.detail)) from problem
    print(f"{arguments.address} {'runs this site' if wanted else 'runs this site no longer'}")
    return 0
