"""`sealwright inspect`: what is in a file, without judging it."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from typing import Any

from sealwright.cli._sources import is_link, read_bytes
from sealwright.cli._terminal import Terminal, harmless
from sealwright.cli.verify import add_means, verifier_of
from sealwright.credentials.errors import UnsupportedFeature
from sealwright.credentials.fetching import Trail
from sealwright.credentials.formats.reading import read
from sealwright.credentials.jsonld import ContextStore, canonize
from sealwright.credentials.model.received import Received
from sealwright.credentials.model.summary import summarise
from sealwright.credentials.verify.link import fetch_credential

DESCRIPTION = """\
Show what is in a file: the form it came in, what was unwrapped, a summary of what it says,
and the document itself. Nothing is checked, so nothing shown here is proven.
"""


def add_parser(commands: Any) -> None:
    """Add `inspect` to the command line."""
    parser = commands.add_parser(
        "inspect", help="show what is in a file, without judging it", description=DESCRIPTION
    )
    parser.add_argument("source", metavar="SOURCE", help="a file, - or an address")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print the document and its layers")
    form.add_argument("--nquads", action="store_true", help="print its canonical N-Quads")
    add_means(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print one source's content. Raises `CredentialError` for what cannot be read."""
    verifier = verifier_of(arguments)
    source = arguments.source
    data = fetch_credential(Trail(verifier.fetcher), source) if is_link(source) else None
    received = read(read_bytes(source) if data is None else data)
    if arguments.nquads:
        sys.stdout.write(_canonical(received, verifier.contexts))
    elif arguments.json:
        print(json.dumps(_everything(received), indent=2))
    else:
        _show(Terminal.of(sys.stdout), received)
    return 0


def _canonical(received: Received, contexts: ContextStore) -> str:
    """The canonical N-Quads of the document without its proof, as a proof would hash them."""
    if received.token is not None:
        raise UnsupportedFeature("token-has-no-quads")
    document = {name: value for name, value in received.document.items() if name != "proof"}
    return canonize(document, contexts=contexts).decode()


def _everything(received: Received) -> dict[str, Any]:
    return {
        "kind": received.kind.value,
        "standard": received.standard.value,
        "securing": received.securing.value,
        "layers": list(received.layers),
        "header": None if received.header is None else dict(received.header),
        "claims": dict(received.claims),
        "summary": summarise(received),
        "document": received.document,
    }


def _show(terminal: Terminal, received: Received) -> None:
    terminal.say(f"{'kind':12}{received.kind.value}, {received.standard.value}")
    terminal.say(f"{'secured by':12}{received.securing.value}")
    terminal.say(f"{'unwrapped':12}{' > '.join(received.layers) or 'nothing'}")
    if received.header is not None:
        terminal.say(f"{'header':12}{harmless(json.dumps(received.header))}")
    terminal.say()
    for name, value in _rows(summarise(received)):
        terminal.say(f"  {name:24} {terminal.wrapped(harmless(value), hanging=27)}")
    terminal.say()
    text = json.dumps(received.document, indent=2, ensure_ascii=False)
    for line in text.split("\n"):
        terminal.say(harmless(line, len(line)))


def _rows(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """The leaves of the summary with their dotted names; what is empty is left out."""
    if isinstance(value, dict):
        for member, inner in value.items():
            yield from _rows(inner, f"{name}.{member}" if name else member)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _rows(inner, f"{name}[{index}]")
    elif value not in (None, ""):
        yield name, value
