"""`sealwright issue`: one credential, or one for every row of a sheet."""

from __future__ import annotations

import argparse
import hashlib
import json
import secrets
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from sealwright.cli._files import write
from sealwright.cli._keys import add_key, signer_of
from sealwright.cli._sources import read_bytes
from sealwright.cli._terminal import Terminal, harmless
from sealwright.cli._usage import UsageError
from sealwright.cli.verify import contexts_of, moment
from sealwright.credentials.errors import UnreadableInput
from sealwright.credentials.formats.images import bake
from sealwright.credentials.issue import (
    Bulk,
    Problem,
    Recipient,
    Row,
    lint,
    read_description,
    read_sheet,
    sign_credential,
    sign_token,
    slots_of,
    stops,
    write_sheet,
)
from sealwright.credentials.issue.slots import filled
from sealwright.credentials.jsonld import ContextStore
from sealwright.credentials.keys import LocalSigner
from sealwright.credentials.model import strict_json
from sealwright.credentials.proofs import SUITES

EXIT_REFUSED: Final = 1
FORMATS: Final = ("json", "jwt", "png", "svg")
RECEIPT: Final = "receipt.csv"
RECEIPT_COLUMNS: Final = ("row", "name", "recipient_id", "id", "file", "sha256")
SHOWN: Final = 50
"""Problems of a sheet that are printed; there may be one in every row."""
STEP: Final = 50
"""Rows between two signs of progress."""

DESCRIPTION: Final = """\
Issue what a description says, to one person or to everybody in a sheet. The description is
TOML or JSON with the members of Open Badges in small letters and underscores (achievement,
issuer, valid_until, evidence ...); texts may hold places like {{grade}}. An unsigned credential
(JSON with @context) is signed as it is.
"""
EPILOG: Final = """\
With --recipients the columns name, email (hashed, never in clear), recipient_id (a DID), id,
awarded_date, valid_from and valid_until have their meaning, and every place like {{grade}} is
filled from the column of its name. All rows are checked before anything is written.

exit codes: 0 done, 1 refused (nothing is written), 3 unreadable, 64 wrong usage
"""


def add_parser(commands: Any) -> None:
    """Add `issue` to the command line."""
    parser = commands.add_parser(
        "issue",
        help="issue a credential, or one for every row of a sheet",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("description", metavar="DESCRIPTION", help="a .toml or .json file, or -")
    add_key(parser)
    parser.add_argument("-o", "--output", metavar="PATH", help="a file; a folder for a sheet")
    parser.add_argument("--force", action="store_true", help="replace what is there")
    parser.add_argument(
        "--format",
        action="append",
        choices=FORMATS,
        help="json (the default), jwt, png, svg; repeatable for a sheet",
    )
    parser.add_argument("--image", metavar="FILE", help="the picture to bake into")
    parser.add_argument("--suite", choices=SUITES, default="", help="by default that of the key")
    parser.add_argument("--created", metavar="RFC3339", help="sign as of this moment")
    parser.add_argument(
        "--context",
        action="append",
        default=[],
        metavar="URL=FILE",
        help="know one more JSON-LD context (repeatable)",
    )
    one = parser.add_argument_group("one credential")
    one.add_argument("--recipient", metavar="ID", help="the recipient's DID; else a new urn:uuid")
    one.add_argument("--name", help="the recipient's name, which is signed")
    one.add_argument("--email", help="the recipient's address, of which a salted hash is signed")
    one.add_argument("--id", help="the credential's id; else a new urn:uuid")
    one.add_argument(
        "--set", action="append", default=[], metavar="NAME=TEXT", help="fill a place (repeatable)"
    )
    many = parser.add_argument_group("a sheet of recipients")
    many.add_argument("--recipients", metavar="CSV", help="one row a recipient")
    many.add_argument("--skip-bad", action="store_true", help="issue the good rows")
    many.add_argument("--check", action="store_true", help="check the rows and write nothing")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Issue one credential or a sheet of them. Raises `CredentialError` and `UsageError`."""
    signer = signer_of(arguments)
    created = moment(arguments.created)
    data = _read(arguments.description)
    if arguments.recipients:
        return _issue_sheet(arguments, data, signer, created)
    return _issue_one(arguments, data, signer, created)


def _read(source: str) -> Any:
    """What is in a TOML or JSON file. Raises `UnreadableInput`."""
    octets = read_bytes(source)
    if source.endswith(".toml"):
        try:
            return tomllib.loads(octets.decode())
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
            raise UnreadableInput("not-toml", path=source, problem=str(problem)) from problem
    return strict_json.loads(octets)


def _issue_one(
    arguments: argparse.Namespace, data: Any, signer: LocalSigner, created: datetime
) -> int:
    formats = arguments.format or ["json"]
    if len(formats) > 1:
        raise UsageError("several formats are for a sheet of recipients; choose one --format")
    image = _image(arguments, formats)
    document = _document(arguments, data, signer, created)
    contexts = contexts_of(arguments.context)
    _advise(document, contexts)
    if formats == ["jwt"]:
        text = sign_token(document, signer, contexts=contexts)
    else:
        signed = sign_credential(
            document, signer, created=created, suite=arguments.suite, contexts=contexts
        )
        text = json.dumps(signed, ensure_ascii=False, indent=2)
    octets = bake(image, text) if image else f"{text}\n"
    write(arguments.output, octets, force=arguments.force)
    return 0


def _document(
    arguments: argparse.Namespace, data: Any, signer: LocalSigner, created: datetime
) -> dict[str, Any]:
    """The unsigned credential, with its places filled."""
    if isinstance(data, dict) and "@context" in data:
        document = data
    else:
        described = read_description(data, issuer=_issuer(signer))
        person = described.recipient
        recipient = Recipient.of(
            arguments.recipient or person.id or uuid4().urn,
            name=arguments.name or person.name,
            email=arguments.email or person.email,
            salt=secrets.token_hex(16),
        )
        document = described.build(
            id=arguments.id or uuid4().urn, recipient=recipient, valid_from=created
        )
    values = dict(_pair(text) for text in arguments.set)
    unknown = sorted(values.keys() - {*slots_of(document)})
    if unknown:
        raise UsageError(f"--set {unknown[0]}: the description has no place of this name")
    filling: dict[str, Any] = filled(document, values)
    return filling


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise UsageError(f"--set {text}: say NAME=TEXT")
    return name, value


def _issuer(signer: LocalSigner) -> str:
    return signer.verification_method.partition("#")[0]


def _advise(document: Mapping[str, Any], contexts: ContextStore) -> None:
    """What could be better, for the person at the keyboard; the signing tells what is wrong."""
    terminal = Terminal.of(sys.stderr)
    findings = lint(document, contexts=contexts)
    if not stops(findings):
        for finding in findings:
            terminal.say(terminal.wrapped(f"advice: {harmless(finding.detail)}", hanging=8))


def _image(arguments: argparse.Namespace, formats: Iterable[str]) -> bytes:
    """The picture to bake into, or nothing. Raises `UsageError`."""
    wanted = {"png", "svg"} & {*formats}
    if not wanted:
        return b""
    if not arguments.image:
        raise UsageError(f"--format {min(wanted)} needs --image FILE to bake into")
    if len(wanted) > 1:
        raise UsageError("png and svg need a picture each; choose one of them")
    return read_bytes(arguments.image)


def _issue_sheet(
    arguments: argparse.Namespace, data: Any, signer: LocalSigner, created: datetime
) -> int:
    formats = arguments.format or ["json"]
    image = _image(arguments, formats)
    folder = _folder(arguments)
    sheet = read_sheet(read_bytes(arguments.recipients))
    bulk = Bulk(
        read_description(data, issuer=_issuer(signer)),
        sheet,
        signer=signer,
        created=created,
        contexts=contexts_of(arguments.context),
        suite=arguments.suite,
    )
    for heading in bulk.unused:
        print(f"sealwright: the column “{heading}” is not used", file=sys.stderr)
    problems = [*sheet.problems, *bulk.check(sheet.rows)]
    _show(problems)
    bad = {problem.row for problem in problems}
    good = [row for row in sheet.rows if row.number not in bad]
    print(f"{len(good)} of {len(sheet.rows)} rows are good", file=sys.stderr)
    if problems and not arguments.skip_bad:
        return EXIT_REFUSED
    if not arguments.check:
        _write_all(_Desk(folder, bulk, formats, image), good)
    return 0


def _folder(arguments: argparse.Namespace) -> Path:
    """The folder to write to, which must not hold anything yet. Raises `UsageError`."""
    if arguments.check:
        return Path()
    if not arguments.output:
        raise UsageError("--recipients needs -o FOLDER to write to")
    folder = Path(arguments.output)
    try:
        if not arguments.force and folder.exists() and any(folder.iterdir()):
            raise UsageError(f"{folder} is not empty; --force would replace what is there")
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise UsageError(f"{folder}: {problem.strerror}") from problem
    return folder


def _show(problems: Iterable[Problem]) -> None:
    """One line a problem: row, column, and what would be right."""
    found = list(problems)
    terminal = Terminal.of(sys.stderr)
    for problem in found[:SHOWN]:
        place = f"row {problem.row}" + (f", column “{problem.column}”" if problem.column else "")
        terminal.say(terminal.wrapped(f"{place}: {harmless(problem.detail)}", hanging=2))
    if len(found) > SHOWN:
        terminal.say(f"and {len(found) - SHOWN} more")


class _Desk:
    """Makes the files of one row after the other."""

    def __init__(self, folder: Path, bulk: Bulk, formats: list[str], image: bytes) -> None:
        self.folder = folder
        self.bulk = bulk
        self.formats = list(dict.fromkeys(formats))
        self.image = image

    def write(self, row: Row) -> Iterator[tuple[str, ...]]:
        """Write the files of a row; a line of the receipt for each."""
        given = {
            "id": row.cells.get("id") or uuid4().urn,
            "recipient": row.cells.get("recipient_id") or uuid4().urn,
        }
        for ending, octets in self._files(row, given):
            file = f"{row.number:05d}.{ending}"
            write(self.folder / file, octets, force=True)
            told = (row.cells.get("name", ""), given["recipient"], given["id"], file)
            yield str(row.number), *told, hashlib.sha256(octets).hexdigest()

    def _files(self, row: Row, given: dict[str, str]) -> Iterator[tuple[str, bytes]]:
        salt = secrets.token_hex(16)
        text = self.bulk.issue(row, **given, salt=salt) if self.formats != ["jwt"] else ""
        for form in self.formats:
            if form == "json":
                yield form, text.encode()
            elif form == "jwt":
                yield form, self.bulk.issue_token(row, **given, salt=salt).encode()
            else:
                yield form, bake(self.image, text)


def _write_all(desk: _Desk, rows: list[Row]) -> None:
    """Write the files of every row, and the receipt line by line."""
    path = desk.folder / RECEIPT
    try:
        with path.open("w", encoding="utf-8", newline="") as receipt:
            receipt.writelines(write_sheet(RECEIPT_COLUMNS, _written(desk, rows)))
    except OSError as problem:
        raise UsageError(f"{path}: {problem.strerror}") from problem
    print(f"{len(rows)} credentials and {RECEIPT} in {desk.folder}", file=sys.stderr)


def _written(desk: _Desk, rows: list[Row]) -> Iterator[tuple[str, ...]]:
    shows_progress = sys.stderr.isatty()
    for count, row in enumerate(rows, start=1):
        yield from desk.write(row)
        if shows_progress and (count % STEP == 0 or count == len(rows)):
            end = "\n" if count == len(rows) else "\r"
            print(f"{count} of {len(rows)}", end=end, file=sys.stderr, flush=True)
