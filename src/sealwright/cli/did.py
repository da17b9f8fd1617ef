"""`sealwright did`: how a key is called, and the document that an issuer publishes."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from typing import Any, Final

from sealwright.cli._files import write
from sealwright.cli._keys import read_public
from sealwright.cli._usage import UsageError
from sealwright.credentials.dids import (
    Resolver,
    VerificationMethod,
    did_jwk,
    did_key,
    did_web_document,
    did_web_url,
)
from sealwright.credentials.errors import CredentialError
from sealwright.credentials.fetching import Offline
from sealwright.credentials.issue.describe import as_instant
from sealwright.credentials.keys import KeyKind

WEB_DESCRIPTION: Final = """\
Print the document that a did:web needs, for one or several key files, the key in use first.
Keep retired keys in it, or what they signed stops verifying. A key that fell into other hands
gets --revoked KEY=TIME: from then on nothing signed with it counts.
"""


def add_parser(commands: Any) -> None:
    """Add `did` and what it can do to the command line."""
    parser = commands.add_parser("did", help="show or make the DID of a key")
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    for name, make in (("key", did_key), ("jwk", did_jwk)):
        action = actions.add_parser(name, help=f"print the did:{name} of a key file")
        action.add_argument("file", metavar="KEY", help="a JSON Web Key, private or public")
        action.set_defaults(run=_print_did, make=make)
    show = actions.add_parser("show", help="print what a DID or a key file stands for")
    show.add_argument("what", metavar="DID|KEY")
    show.set_defaults(run=_show)
    web = actions.add_parser("web", help="make a did:web document", description=WEB_DESCRIPTION)
    web.add_argument("did", metavar="DID", help="such as did:web:college.example")
    web.add_argument("files", nargs="+", metavar="KEY", help="key files, the one in use first")
    for name in ("revoked", "expires"):
        web.add_argument(
            f"--{name}", action="append", default=[], metavar="KEY=TIME", help=f"a key is {name}"
        )
    web.add_argument("-o", "--output", metavar="FILE", help="instead of standard output")
    web.add_argument("--force", action="store_true", help="replace the file")
    web.set_defaults(run=_web)


def _print_did(arguments: argparse.Namespace) -> int:
    public, _ = read_public(arguments.file)
    print(arguments.make(public))
    return 0


def _show(arguments: argparse.Namespace) -> int:
    """The document of a DID that needs no web, or the names of a key."""
    if arguments.what.startswith("did:web:"):
        print(f"the document of {arguments.what} is at {did_web_url(arguments.what)}")
    elif arguments.what.startswith("did:"):
        document = Resolver(Offline()).resolve(arguments.what)
        print(json.dumps(document.members, indent=2))
    else:
        for label, text in _names(arguments.what):
            print(f"{label:10} {text}")
    return 0


def _names(path: str) -> Iterator[tuple[str, str]]:
    public, kid = read_public(path)
    yield "kind", public.kind.value
    if kid:
        yield "address", kid
    if public.kind is not KeyKind.RSA:
        yield "did:key", did_key(public)
        yield "multikey", public.to_multikey()
    yield "did:jwk", did_jwk(public)
    yield "jwk", json.dumps(public.to_jwk())


def _web(arguments: argparse.Namespace) -> int:
    try:
        url = did_web_url(arguments.did)
    except CredentialError as problem:
        raise UsageError(str(problem)) from problem
    dates = {
        name: dict(_date(text) for text in getattr(arguments, name))
        for name in ("revoked", "expires")
    }
    methods = []
    for number, path in enumerate(arguments.files, start=1):
        public, kid = read_public(path)
        id = kid if kid.startswith(f"{arguments.did}#") else f"{arguments.did}#key-{number}"
        found = {name: given.pop(path, None) for name, given in dates.items()}
        methods.append(VerificationMethod(id, arguments.did, public, **found))
    for name, left in dates.items():
        for path in left:
            raise UsageError(f"--{name} {path}: not among the key files")
    document = did_web_document(arguments.did, methods)
    write(arguments.output, json.dumps(document, indent=2) + "\n", force=arguments.force)
    if arguments.output:
        print(f"publish {arguments.output} at {url}")
    return 0


def _date(text: str) -> tuple[str, Any]:
    path, _, when = text.rpartition("=")
    instant = as_instant(when)
    if not path or instant is None:
        raise UsageError(f"{text}: say KEY=2026-06-30T10:00:00Z")
    return path, instant
