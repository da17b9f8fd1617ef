"""`sealwright status`: a status list, made, changed and read."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

from sealwright.cli._files import write
from sealwright.cli._keys import add_key, signer_of
from sealwright.cli._sources import read_bytes
from sealwright.cli._usage import UsageError
from sealwright.cli.verify import moment
from sealwright.credentials.errors import MalformedCredential
from sealwright.credentials.formats.reading import read
from sealwright.credentials.issue import sign_credential, sign_token
from sealwright.credentials.keys import KeyKind, Signer
from sealwright.credentials.status import (
    MIN_ENTRIES,
    decode_list,
    encode_list,
    status_at,
    status_list_credential,
)

PURPOSES: Final = ("revocation", "suspension")
DESCRIPTION: Final = """\
A status list says which credentials were revoked or suspended, one bit each. Give every
credential a place of its own, drawn at random, and publish the list at its address.
"""


def add_parser(commands: Any) -> None:
    """Add `status` and what it can do to the command line."""
    parser = commands.add_parser(
        "status", help="make, change and read status lists", description=DESCRIPTION
    )
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    new = actions.add_parser("new", help="make an empty list")
    new.add_argument("url", metavar="URL", help="the address where it will be published")
    new.add_argument("--purpose", choices=PURPOSES, default=PURPOSES[0])
    new.add_argument("--entries", type=int, default=MIN_ENTRIES, metavar="N")
    new.add_argument("-o", "--output", required=True, metavar="FILE")
    new.set_defaults(run=_new)
    change = actions.add_parser("set", help="set places of a list, and sign it again")
    change.add_argument("file", metavar="FILE", help="the list, which is replaced")
    change.add_argument("index", type=int, nargs="+", metavar="INDEX")
    change.add_argument("--clear", action="store_true", help="take the places back instead")
    change.set_defaults(run=_set)
    for action in (new, change):
        add_key(action)
        action.add_argument("--created", metavar="RFC3339", help="sign as of this moment")
        action.add_argument("--days", type=int, metavar="N", help="valid for so many days")
        action.add_argument("--ttl", type=int, metavar="SECONDS", help="how long to keep a copy")
    show = actions.add_parser("show", help="say which places are set")
    show.add_argument("file", metavar="FILE")
    show.add_argument("index", type=int, nargs="*", metavar="INDEX")
    show.set_defaults(run=_show)


def _new(arguments: argparse.Namespace) -> int:
    """Raises `UsageError` for a list too short or long."""
    text = _signed(arguments, arguments.url, [arguments.purpose], [], arguments.entries)
    write(arguments.output, text)
    return 0


def _set(arguments: argparse.Namespace) -> int:
    """Set or clear, sign, and replace the file. Raises `CredentialError`."""
    document, bits = _list_in(arguments.file)
    found = set(_set_bits(bits))
    named = set(arguments.index)
    purposes = document["credentialSubject"].get("statusPurpose")
    text = _signed(
        arguments,
        document["id"],
        purposes if isinstance(purposes, list) else [purposes],
        sorted(found - named if arguments.clear else found | named),
        8 * len(bits),
    )
    write(arguments.file, text, force=True)
    return 0


def _show(arguments: argparse.Namespace) -> int:
    _, bits = _list_in(arguments.file)
    if not arguments.index:
        for index in _set_bits(bits):
            print(index)
        return 0
    for index in arguments.index:
        print(f"{index} {'set' if status_at(bits, index) else 'not set'}")
    return 0


def _signed(
    arguments: argparse.Namespace,
    url: str,
    purposes: list[str],
    indexes: Iterable[int],
    entries: int,
) -> str:
    signer: Signer = signer_of(arguments)
    created = moment(arguments.created)
    try:
        encoded = encode_list(indexes, entries)
    except ValueError as problem:
        raise UsageError(str(problem)) from problem
    document = status_list_credential(
        url,
        issuer=signer.verification_method.partition("#")[0],
        purposes=purposes,
        encoded_list=encoded,
        valid_from=created,
        valid_until=created + timedelta(days=arguments.days) if arguments.days else None,
        ttl=timedelta(seconds=arguments.ttl) if arguments.ttl else None,
    )
    if signer.public_key.kind is KeyKind.RSA:
        return sign_token(document, signer) + "\n"
    return json.dumps(sign_credential(document, signer, created=created), indent=2) + "\n"


def _list_in(path: str) -> tuple[dict[str, Any], bytes]:
    document = read(read_bytes(path)).document
    subject = document.get("credentialSubject")
    if not isinstance(subject, dict) or not isinstance(document.get("id"), str):
        raise MalformedCredential(pointer="/credentialSubject", problem="no status list")
    return document, decode_list(subject.get("encodedList"))


def _set_bits(bits: bytes) -> list[int]:
    return [
        8 * place + bit
        for place, octet in enumerate(bits)
        if octet
        for bit in range(8)
        if octet & 0x80 >> bit
    ]
