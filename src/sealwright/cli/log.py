"""`sealwright log`: does a credential stand in the log, and was the log ever changed?"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from sealwright.cli._files import write
from sealwright.cli._site import OPERATOR, load_site
from sealwright.cli._sources import is_link, read_bytes
from sealwright.cli._terminal import Terminal, harmless
from sealwright.cli._usage import UsageError
from sealwright.cli.verify import add_fetching, fetcher_of, note_keys, parsed_keys
from sealwright.credentials.errors import Undecidable, UnreadableInput
from sealwright.credentials.fetching import Fetcher
from sealwright.credentials.formats.reading import read
from sealwright.credentials.model.strict_json import loads
from sealwright.credentials.transparency import (
    FromTiles,
    Inclusion,
    Logged,
    LogProof,
    NoteKey,
    Tile,
    check_logged,
    digests_of,
    follow,
    inclusion_path,
    open_checkpoint,
    read_proofs,
)
from sealwright.credentials.transparency.tiles import width_at
from sealwright.credentials.verify.link import fetch_credential

MAX_TILE: Final = 100_000
ANY: Final = "*/*"
VERIFY: Final = """\
Say whether a credential stands in the log of its issuer's site, and since when at the latest.
The proof is fetched from beside the credential unless --proof names a file. Without --key the
key of the log is fetched too, and then only shows that the site agrees with itself.
"""
MONITOR: Final = """\
Fetch and hash everything in a log, and hold it against what was signed. With --state the last
good checkpoint is kept in a file, and the next run sees whether the log still begins with it.
Without an address the log of this site is checked in its database, against every checkpoint
and every credential.
"""

ROTATE: Final = """\
Publish a new key for the log, which takes over in a day. The old key then signs that it has
ended and which key follows; both stay published, and whoever knows the old one accepts both.
"""


def add_parser(commands: Any) -> None:
    """Add `log` and what it can do to the command line."""
    parser = commands.add_parser("log", help="check the public log of what was issued")
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    verify = actions.add_parser("verify", help="find a credential in the log", description=VERIFY)
    verify.add_argument("source", metavar="SOURCE", help="a credential: a file, - or an address")
    verify.add_argument("--proof", metavar="FILE", help="the proof, in a file or at an address")
    verify.add_argument(
        "--checkpoint", metavar="FILE", help="find it in this checkpoint, which you have kept"
    )
    verify.set_defaults(run=_verify)
    monitor = actions.add_parser(
        "monitor", help="check a whole log for changes", description=MONITOR
    )
    monitor.add_argument(
        "url", nargs="?", metavar="URL", help="such as https://badges.example.org/log/2026"
    )
    monitor.add_argument("--state", metavar="FILE", help="remember the last good checkpoint here")
    monitor.set_defaults(run=_monitor)
    rotate = actions.add_parser(
        "rotate", help="give the log of this site a new key", description=ROTATE
    )
    rotate.add_argument("--at-once", action="store_true", help="use it now: emergencies only")
    rotate.set_defaults(run=_rotate)
    for action in (verify, monitor):
        action.add_argument(
            "--key", action="append", default=[], metavar="KEY", help="of the log, or its file"
        )
        add_fetching(action)


# --- One credential -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Keys:
    """The keys of a log, and whether they are the caller's own copy."""

    keys: list[NoteKey]
    are_own: bool


def _verify(arguments: argparse.Namespace) -> int:
    """Raises `CredentialError`: refused where it is not in the log, undecided not in it yet."""
    fetcher = fetcher_of(arguments)
    raw = _credential(arguments.source, fetcher)
    received = read(raw)
    digests = digests_of(raw, received.token, received.document)
    proofs = read_proofs(_proof(arguments.proof, received.document.get("id"), fetcher))
    if not proofs:
        raise Undecidable("log-pending")
    proof = next((each for each in proofs if each.sha256 in digests), proofs[0])
    keys = _keys_of(arguments.key, proof.origin, arguments, fetcher)
    if arguments.checkpoint is not None:
        proof = _in_checkpoint(proof, _text(arguments.checkpoint), keys, arguments, fetcher)
    _show(check_logged(digests, proof, keys.keys), keys)
    return 0


def _show(logged: Logged, keys: _Keys) -> None:
    terminal = Terminal.of(sys.stdout)
    terminal.say(terminal.tinted(f"In the log {harmless(logged.origin)}", "good"))
    terminal.say(f"  entry   {logged.index} of {logged.size}")
    by = logged.by.strftime("%Y-%m-%d %H:%M:%S UTC") if logged.by else "not told"
    terminal.say(f"  since   {by}, at the latest")
    own = "your copy" if keys.are_own else "fetched from the site itself; keep a copy, see --key"
    terminal.say(f"  key     {own}")


def _credential(source: str, fetcher: Fetcher) -> bytes:
    return fetch_credential(fetcher, source) if is_link(source) else read_bytes(source)


def _proof(named: str | None, credential: Any, fetcher: Fetcher) -> bytes:
    if named is not None and not is_link(named):
        return read_bytes(named)
    if named is None:
        if not isinstance(credential, str) or not is_link(credential):
            raise UnreadableInput("log-proof-nowhere")
        named = f"{credential}/log.json"
    return fetcher.fetch(named).body


def _in_checkpoint(
    proof: LogProof, note: str, keys: _Keys, arguments: argparse.Namespace, fetcher: Fetcher
) -> LogProof:
    """The proof for a checkpoint that was kept, made from the tiles of the log."""
    size = open_checkpoint(note, keys.keys).checkpoint.size
    url = _address(proof.origin, arguments)

    def tile(level: int, index: int) -> bytes:
        path = Tile(level, index, width_at(level, index, size)).path
        return fetcher.fetch(f"{url}/tile/{path}", accept=ANY, max_bytes=MAX_TILE).body

    try:
        path = inclusion_path(proof.index, size, FromTiles(tile))
    except IndexError:
        raise Undecidable("log-pending") from None
    return replace(proof, inclusions={"newest": Inclusion(tuple(path), note)})


# --- A whole log ----------------------------------------------------------------------------


def _monitor(arguments: argparse.Namespace) -> int:
    """Raises `CredentialError` that names what is wrong, for a log at an address."""
    return _monitor_site(arguments) if arguments.url is None else _monitor_remote(arguments)


def _monitor_remote(arguments: argparse.Namespace) -> int:
    fetcher = fetcher_of(arguments)
    url = arguments.url.rstrip("/")
    origin = url.partition("://")[2]
    state = _state(arguments.state)
    given = arguments.key or state.get("keys", {}).get(origin, [])
    keys = _keys_of(given, origin, arguments, fetcher)

    def fetch(path: str) -> bytes:
        return fetcher.fetch(f"{url}/{path}", accept=ANY, max_bytes=MAX_TILE).body

    remembered = state.get("checkpoints", {}).get(origin, "")
    handovers = state.get("handovers", {}).get(origin, [])
    found = follow(fetch, keys.keys, remembered=remembered, handovers=handovers)
    kept: dict[str, dict[str, Any]] = {
        "checkpoints": {origin: found.note},
        "keys": {origin: [str(key) for key in found.keys]},
    }
    if found.handovers:
        kept["handovers"] = {origin: list(found.handovers)}
    _keep(arguments.state, state, kept)
    at = found.at.strftime("%Y-%m-%d %H:%M:%S UTC") if found.at else "a time it does not tell"
    print(f"{harmless(origin)}: {found.checkpoint.size} entries, signed {at}, nothing changed")
    return 0


def _monitor_site(arguments: argparse.Namespace) -> int:
    load_site()
    from sealwright.web.issuing.services.log import check_log

    state = _state(arguments.state)
    remembered = list(state.get("checkpoints", {}).values())
    worst = 0
    notes: dict[str, str] = {}
    for origin, size, fault, note in check_log(remembered):
        if fault is None:
            print(f"{origin}: {size} entries, nothing changed")
            notes |= {origin: note} if note else {}
        else:
            print(f"{origin}: entry {fault.index}: {fault.problem}")
            worst = 1
    _keep(arguments.state, state, {"checkpoints": notes})
    return worst


# --- The key of this site's log --------------------------------------------------------------


def _rotate(arguments: argparse.Namespace) -> int:
    load_site()
    from sealwright.web.core.refusals import Refusal
    from sealwright.web.issuing.services.rotation import rotate_log_key

    try:
        key = rotate_log_key(at_once=arguments.at_once, by=OPERATOR)
    except Refusal as problem:
        raise UsageError(str(problem.detail)) from problem
    print(f"{key.name} is published, and {'in use' if arguments.at_once else 'used in a day'}")
    return 0


# --- Keys and files -------------------------------------------------------------------------


def _keys_of(
    given: list[str], origin: str, arguments: argparse.Namespace, fetcher: Fetcher
) -> _Keys:
    """The keys that were given, as texts or files of them, or those that the site shows."""
    if given:
        return _Keys(note_keys(given), are_own=True)
    site = _address(origin, arguments).rpartition("/")[0]
    text = fetcher.fetch(f"{site}/key", accept=ANY).body.decode("utf-8", "replace")
    return _Keys([key for key in parsed_keys(text) if key.name == origin], are_own=False)


def _address(origin: str, arguments: argparse.Namespace) -> str:
    """Where a log is served: what it is called, over https unless it is allowed as local."""
    local = {host.lower() for host in arguments.allow_local}
    scheme = "http" if origin.partition("/")[0].lower() in local else "https"
    return f"{scheme}://{origin}"


def _text(path: str) -> str:
    return read_bytes(path).decode("utf-8", "replace")


def _state(path: str | None) -> dict[str, Any]:
    if path is None or not Path(path).exists():
        return {}
    found = loads(read_bytes(path))
    if not isinstance(found, dict):
        raise UsageError(f"{path}: not what this command wrote")
    return found


def _keep(path: str | None, state: dict[str, Any], found: dict[str, dict[str, Any]]) -> None:
    """Put what was found about some logs beside what the file knows about others."""
    if path is not None:
        kept = state | {name: state.get(name, {}) | some for name, some in found.items()}
        write(path, json.dumps(kept, indent=1) + "\n", force=True)
