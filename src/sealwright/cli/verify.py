"""`sealwright verify`: is it real, and why?"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from sealwright.cli import _card
from sealwright.cli._sources import STANDARD_INPUT, is_link, read_bytes
from sealwright.cli._terminal import Terminal
from sealwright.cli._usage import UsageError
from sealwright.credentials.errors import CredentialError, UnreadableInput
from sealwright.credentials.fetching import Fetcher, GuardedFetcher, Offline, RecordedWeb
from sealwright.credentials.jsonld import ContextStore
from sealwright.credentials.model.instants import parse_instant
from sealwright.credentials.model.report import Finding, Report, Verdict
from sealwright.credentials.model.strict_json import loads
from sealwright.credentials.transparency import LogProofs, NoteKey, read_proofs
from sealwright.credentials.verify import ListedRegistry, Verifier

EXIT_CODES: Final = {
    Verdict.VALID: 0,
    Verdict.INVALID: 1,
    Verdict.UNDECIDED: 2,
    Verdict.UNREADABLE: 3,
}
MAX_RECORDING: Final = 100_000_000
"""Bytes of a file of recorded documents, which is the operator's own."""

EPILOG: Final = """\
A source is a file, - for standard input, or an https address.

exit codes: 0 valid, 1 invalid, 2 undecided (something needed could not be had or is not
known to us), 3 unreadable (no credential in the source), 64 wrong usage; with several
sources, the highest of theirs.

--documents FILE is a web in a file, a JSON object from address to
{"status", "content_type", "body", "location", "delay_seconds"}; nothing else is fetched.
"""


def add_parser(commands: Any) -> None:
    """Add `verify` to the command line."""
    parser = commands.add_parser(
        "verify",
        help="say whether credentials are real, and why",
        description="Say whether credentials are real, and why.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("sources", nargs="+", metavar="SOURCE", help="a file, - or an address")
    parser.add_argument("--json", action="store_true", help="print one JSON line a source")
    parser.add_argument("--at", metavar="RFC3339", help="judge as of this moment, not as of now")
    parser.add_argument("--recipient", metavar="WHOM", help="e-mail address or id it must be for")
    add_means(parser)
    parser.set_defaults(run=run)


def add_means(parser: argparse.ArgumentParser) -> None:
    """Add the options that say what a verification may lean on."""
    add_fetching(parser)
    add_contexts(parser)
    parser.add_argument(
        "--log-proof",
        action="append",
        default=[],
        metavar="FILE",
        help="accept a key withdrawn since, for what this proof shows was logged before",
    )
    parser.add_argument(
        "--log-key",
        action="append",
        default=[],
        metavar="KEY",
        help="the key of a log that you trust, or its file (repeatable)",
    )
    parser.add_argument(
        "--registry",
        action="append",
        default=[],
        metavar="FILE",
        help="a registry of known issuers, in the form of the DCC (repeatable)",
    )


def add_fetching(parser: argparse.ArgumentParser) -> None:
    """Add the options that say what may be fetched; read them by `fetcher_of`."""
    parser.add_argument("--offline", action="store_true", help="fetch nothing")
    parser.add_argument(
        "--documents", metavar="FILE", help="fetch from this recording only, offline or not"
    )
    parser.add_argument(
        "--allow-local",
        action="append",
        default=[],
        metavar="HOST:PORT",
        help="for development: a local host that may be asked (repeatable)",
    )


def add_contexts(parser: argparse.ArgumentParser) -> None:
    """Add the option that makes further JSON-LD contexts known; read it by `contexts_of`."""
    parser.add_argument(
        "--context",
        action="append",
        default=[],
        metavar="URL=FILE",
        help="know one more JSON-LD context; FILE may end in #sha256=HEX (repeatable)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Verify every source, print each answer as it is known, return the worst exit code."""
    at = moment(arguments.at)
    verifier = verifier_of(arguments)
    show = _show_json if arguments.json else _show_card
    worst = 0
    for source in arguments.sources:
        report = _verify(verifier, source, at, arguments.recipient)
        show(source, report, at)
        sys.stdout.flush()
        worst = max(worst, EXIT_CODES[report.verdict])
    return worst


def moment(text: str | None) -> datetime:
    """The moment in `--at`, or now. Raises `UsageError`."""
    if text is None:
        return datetime.now(UTC)
    try:
        return parse_instant(text, pointer="")
    except CredentialError:
        raise UsageError(
            f"--at {text}: not a date, time and zone like 2026-11-23T12:00:00Z"
        ) from None


def verifier_of(arguments: argparse.Namespace) -> Verifier:
    """The verifier that the options describe. Raises `UsageError`."""
    return Verifier(
        fetcher=fetcher_of(arguments),
        contexts=contexts_of(arguments.context),
        registries=tuple(_registries(arguments.registry)),
        evidence=_evidence(arguments),
    )


def note_keys(given: list[str]) -> list[NoteKey]:
    """The keys of logs that were given, as texts or as files of them. Raises `UsageError`."""
    return [key for each in given for key in parsed_keys(_key_text(each))]


def parsed_keys(text: str) -> list[NoteKey]:
    """The keys in a text, one a line. Raises `UsageError`."""
    try:
        return [NoteKey.parse(line) for line in text.splitlines() if line.strip()]
    except CredentialError as problem:
        raise UsageError(f"the key of a log: {problem}") from problem


def _key_text(given: str) -> str:
    is_key = given.count("+") >= 2 and not Path(given).exists()
    return given if is_key else read_bytes(given).decode("utf-8", "replace")


def _evidence(arguments: argparse.Namespace) -> LogProofs | None:
    proofs = [proof for path in arguments.log_proof for proof in read_proofs(read_bytes(path))]
    if proofs and not arguments.log_key:
        raise UsageError("--log-proof needs --log-key: whose log is to be believed?")
    return LogProofs(tuple(proofs), tuple(note_keys(arguments.log_key))) if proofs else None


def fetcher_of(arguments: argparse.Namespace) -> Fetcher:
    """What brings documents from the web, as the options say. Raises `UsageError`."""
    allow_local = frozenset(host.lower() for host in arguments.allow_local)
    if arguments.documents is not None:
        documents = _operators_json(arguments.documents)
        if not isinstance(documents, dict):
            raise UsageError(f"{arguments.documents}: not an object from address to answer")
        return RecordedWeb(documents, allow_local=allow_local)
    return Offline() if arguments.offline else GuardedFetcher(allow_local=allow_local)


def contexts_of(additions: list[str]) -> ContextStore:
    """The contexts of the standards, and those that `--context` adds. Raises `UsageError`."""
    contexts = ContextStore.shipped()
    for addition in additions:
        url, _, place = addition.partition("=")
        path, _, sha256 = place.partition("#sha256=")
        if not url or not path:
            raise UsageError(f"--context {addition}: say URL=FILE or URL=FILE#sha256=HEX")
        try:
            text = Path(path).read_bytes()
            contexts = contexts.with_file(url, text, sha256 or hashlib.sha256(text).hexdigest())
        except OSError as problem:
            raise UsageError(f"{path}: {problem.strerror}") from problem
        except CredentialError as problem:
            raise UsageError(f"--context {url}: {problem}") from problem
    return contexts


def _registries(paths: list[str]) -> Iterator[ListedRegistry]:
    for path in paths:
        try:
            yield ListedRegistry.from_document(Path(path).stem, path, _operators_json(path))
        except CredentialError as problem:
            raise UsageError(f"{path}: {problem}") from problem


def _operators_json(path: str) -> Any:
    try:
        return loads(Path(path).read_bytes(), max_bytes=MAX_RECORDING, max_depth=200)
    except OSError as problem:
        raise UsageError(f"{path}: {problem.strerror}") from problem
    except UnreadableInput as problem:
        raise UsageError(f"{path}: {problem}") from problem


def _verify(verifier: Verifier, source: str, at: datetime, recipient: str | None) -> Report:
    if is_link(source):
        return verifier.verify_link(source, at=at, recipient=recipient)
    try:
        data = read_bytes(source)
    except UnreadableInput as problem:
        return Report((Finding.of_error("input", problem),))
    return verifier.verify(data, at=at, recipient=recipient)


def _show_json(source: str, report: Report, at: datetime) -> None:
    print(json.dumps(report.as_json(source), separators=(",", ":")))


def _show_card(source: str, report: Report, at: datetime) -> None:
    name = "standard input" if source == STANDARD_INPUT else source
    _card.show(Terminal.of(sys.stdout), name, report, at)
