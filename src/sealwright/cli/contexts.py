"""`sealwright contexts`: the vocabularies that we know, pinned by their hash."""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from typing import Any

from sealwright.cli._files import write
from sealwright.cli._sources import read_bytes
from sealwright.cli._terminal import Terminal
from sealwright.credentials.jsonld import ContextStore, PinnedContext

EXIT_UNKNOWN = 1


def add_parser(commands: Any) -> None:
    """Add `contexts` and what it can do to the command line."""
    parser = commands.add_parser("contexts", help="list, check or print the contexts we know")
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="list them with hash, origin and licence")
    listing.add_argument("--json", action="store_true", help="print one JSON line each")
    listing.set_defaults(run=_list)
    check = actions.add_parser("check", help="say which of them a file is, byte for byte")
    check.add_argument("file", metavar="FILE")
    check.set_defaults(run=_check)
    show = actions.add_parser("print", help="print one as it is pinned")
    show.add_argument("url", metavar="URL")
    show.set_defaults(run=_print)


def _list(arguments: argparse.Namespace) -> int:
    for context in _all():
        if arguments.json:
            print(json.dumps(_facts(context)))
        else:
            terminal = Terminal.of(sys.stdout)
            terminal.say(terminal.tinted(context.url, "bold"))
            for label, text in _facts(context).items():
                terminal.say(f"  {label:8} {text}")
    return 0


def _check(arguments: argparse.Namespace) -> int:
    """Exit 0 when the file is one of ours, 1 when it is not."""
    digest = hashlib.sha256(read_bytes(arguments.file)).hexdigest()
    print(f"sha256 {digest}")
    same = [context.url for context in _all() if context.sha256 == digest]
    for url in same:
        print(f"is the pinned {url}")
    if not same:
        print("is none of the pinned contexts")
    return 0 if same else EXIT_UNKNOWN


def _print(arguments: argparse.Namespace) -> int:
    """Raises `UnknownContext` for one that is not pinned."""
    write(None, ContextStore.shipped().pinned(arguments.url).text)
    return 0


def _all() -> list[PinnedContext]:
    store = ContextStore.shipped()
    return [store.pinned(url) for url in store.urls]


def _facts(context: PinnedContext) -> dict[str, str]:
    return {
        "url": context.url,
        "sha256": context.sha256,
        "origin": f"{context.package} {context.version}".strip(),
        "licence": context.licence,
    }
