"""`sealwright keys`: the keys of this site's issuers, and the key that wraps them."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sealwright.cli._site import load_site
from sealwright.cli._usage import UsageError
from sealwright.cli.verify import moment

if TYPE_CHECKING:
    from sealwright.web.organisations.actors import Actor

PURPOSES: Final = ("assertion", "status")
DESCRIPTION: Final = """\
Every organisation has a key that signs awards and one that signs status lists. A new key is
published a day before it is used, and a retired one stays published.
"""


def add_parser(commands: Any) -> None:
    """Add `keys` and what it can do to the command line."""
    parser = commands.add_parser(
        "keys", help="look after the keys of this site's issuers", description=DESCRIPTION
    )
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)

    def action(name: str, run: Any, words: str) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = actions.add_parser(name, help=words)
        made.set_defaults(run=run)
        return made

    show = action("list", _list, "list keys and how they stand")
    show.add_argument("organisation", nargs="?", metavar="ORGANISATION", help="its short name")
    for name, run, words in (
        ("new", _new, "publish a new key, which takes over in a day"),
        ("rotate", _new, "the same"),
        ("retire", _retire, "take back a key that is not in use yet"),
        ("compromise", _compromise, "say that a key fell into other hands"),
        ("stop", _stop, "sign nothing more for an organisation"),
        ("go", _go, "sign again"),
    ):
        made = action(name, run, words)
        made.add_argument("organisation", metavar="ORGANISATION", help="its short name")
        if run is _new:
            made.add_argument("--purpose", choices=PURPOSES, default=PURPOSES[0])
            made.add_argument("--at-once", action="store_true", help="use it now: emergencies only")
        if run in (_retire, _compromise):
            made.add_argument("name", metavar="KEY", help="such as key-1")
        if run is _compromise:
            made.add_argument("--since", required=True, metavar="RFC3339", help="lost at this time")
        if run in (_compromise, _stop):
            made.add_argument("--why", required=True, help="for the audit trail")
    kek = action("new-kek", _new_kek, "make a key-encryption key, or a new version of it")
    kek.add_argument("file", metavar="FILE", help="of mode 0400; keep a copy apart from backups")
    action("rewrap", _rewrap, "wrap all keys under the newest version; may be interrupted")


def _list(arguments: argparse.Namespace) -> int:
    load_site()
    from sealwright.web.issuing.models import SigningKey

    keys = SigningKey.objects.select_related("organisation").order_by("organisation__slug", "pk")
    if arguments.organisation is not None:
        keys = keys.filter(organisation=_actor(arguments).organisation)
    for key in keys:
        owner = key.organisation.slug if key.organisation else "(the log)"
        since = f" since {key.compromised_since:%Y-%m-%d %H:%M}" if key.compromised_since else ""
        print(f"{owner}  {key.name}  {key.purpose}  {key.kind}  {key.state}{since}")
    return 0


def _new(arguments: argparse.Namespace) -> int:
    with _Site(arguments) as actor:
        from sealwright.web.issuing.models import SigningKey
        from sealwright.web.issuing.services.rotation import rotate_key

        purpose = SigningKey.Purpose(arguments.purpose)
        key = rotate_key(purpose, at_once=arguments.at_once, actor=actor)
        print(f"{key.name} is published, and {'in use' if arguments.at_once else 'used in a day'}")
    return 0


def _retire(arguments: argparse.Namespace) -> int:
    with _Site(arguments) as actor:
        from sealwright.web.issuing.services.rotation import retire_key

        print(f"{retire_key(arguments.name, actor=actor).name} is retired")
    return 0


def _compromise(arguments: argparse.Namespace) -> int:
    """Declare it, and carry the work out at once; what is interrupted the worker goes on with."""
    since = moment(arguments.since)
    with _Site(arguments) as actor:
        from sealwright.web.issuing.services import orders
        from sealwright.web.issuing.services.compromise import declare_compromised

        done = declare_compromised(arguments.name, since=since, why=arguments.why, actor=actor)
        print(f"{done.key.name} is revoked since {done.key.compromised_since:%Y-%m-%d %H:%M} UTC")
        if done.successor is not None:
            print(f"{done.successor.name} signs from now on")
        for order in done.orders:
            for now in orders.carry_out(order):
                print(f"{now.get_kind_display()}: {now.changed + now.passed_over} of {now.total}")
    return 0


def _stop(arguments: argparse.Namespace) -> int:
    with _Site(arguments) as actor:
        from sealwright.web.issuing.services.rotation import stop_issuing

        stop_issuing(reason=arguments.why, actor=actor)
        print(f"nothing is signed for {arguments.organisation} any more")
    return 0


def _go(arguments: argparse.Namespace) -> int:
    with _Site(arguments) as actor:
        from sealwright.web.issuing.services.rotation import resume_issuing

        resume_issuing(actor=actor)
        print(f"{arguments.organisation} can issue again; resume what was paused by hand")
    return 0


def _new_kek(arguments: argparse.Namespace) -> int:
    load_site()
    from sealwright.web.issuing.services.kek import add_version

    name = add_version(Path(arguments.file))
    print(f"{name} is in {arguments.file}. Keep a copy of the file apart from every backup.")
    return 0


def _rewrap(arguments: argparse.Namespace) -> int:
    load_site()
    print(f"{sum(1 for _key in _rewrapped())} keys wrapped anew")
    return 0


def _rewrapped() -> Iterator[object]:
    from sealwright.web.issuing.services.kek import WrongKey
    from sealwright.web.issuing.services.rotation import rewrap_next

    try:
        while (key := rewrap_next()) is not None:
            yield key
    except WrongKey as problem:
        raise UsageError(f"the key {problem} does not open: is its version missing?") from problem


class _Site:
    """The operator acting for an organisation; what is refused is said at the keyboard."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self._arguments = arguments

    def __enter__(self) -> Actor:
        load_site()
        return _actor(self._arguments)

    def __exit__(self, kind: object, problem: BaseException | None, trace: object) -> None:
        from sealwright.web.core.refusals import Refusal

        if isinstance(problem, Refusal):
            raise UsageError(str(problem.detail)) from problem


def _actor(arguments: argparse.Namespace) -> Actor:
    from sealwright.web.organisations.actors import worker
    from sealwright.web.organisations.models import Organisation

    organisation = Organisation.objects.filter(slug=arguments.organisation).first()
    if organisation is None:
        raise UsageError(f"there is no organisation {arguments.organisation}")
    return replace(worker(organisation), label="operator", name="Operator of this site")
