"""`sealwright serve`: the web site, or the test VC-API."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sealwright.cli._site import load_site
from sealwright.cli._usage import UsageError
from sealwright.cli.verify import add_means, verifier_of

if TYPE_CHECKING:
    from sealwright.vcapi.server import Server

DEFAULT_PORT: Final = 8000
DEFAULT_TEST_PORT: Final = 40443

WARNING: Final = """\
This is a VC-API for test suites. It signs whatever it is given, with keys that were made a
moment ago and are gone when it stops. It listens on this machine only.
"""


def add_parser(commands: Any) -> None:
    """Add `serve` to the command line."""
    parser = commands.add_parser(
        "serve",
        help="run the web site, or a VC-API for tests",
        description="Run the web site. With --vc-api, run a VC-API for test suites instead.",
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=_port, help=f"default {DEFAULT_PORT}")
    parser.add_argument(
        "--demo", action="store_true", help="with a demo world and one-click sign-in"
    )
    parser.add_argument(
        "--no-worker",
        dest="worker",
        action="store_false",
        help="without a background worker (run `sealwright worker` yourself)",
    )
    tests = parser.add_argument_group("test VC-API")
    tests.add_argument("--vc-api", action="store_true", help="serve the test VC-API")
    tests.add_argument("--tls", action="store_true", help="with a certificate made for the run")
    tests.add_argument("--certificate-out", metavar="FILE", help="write that certificate there")
    add_means(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Serve until interrupted."""
    if arguments.vc_api:
        with vc_api(arguments) as server:
            print(WARNING, file=sys.stderr)
            print(f"listening on {server.url}", flush=True)
            server.serve_forever()
    return _site(arguments)


def vc_api(arguments: argparse.Namespace) -> Server:
    """The test VC-API as the arguments want it, bound and not yet serving."""
    # Loaded here, because no other command needs a server.
    from sealwright.vcapi.certificate import self_made, server_context
    from sealwright.vcapi.server import NotLoopback, Server
    from sealwright.vcapi.service import Sandbox

    service = Sandbox(verifier_of(arguments), now=_now)
    tls = None
    if arguments.tls:
        certificate, key = self_made(_now())
        tls = server_context(certificate, key)
        if arguments.certificate_out:
            Path(arguments.certificate_out).write_bytes(certificate)
    port = DEFAULT_TEST_PORT if arguments.port is None else arguments.port
    try:
        return Server(service, arguments.host, port, tls)
    except NotLoopback as problem:
        raise UsageError(
            f"--host {problem}: the test VC-API signs anything, so it listens on loopback only"
        ) from problem
    except OSError as problem:
        raise UsageError(f"port {port}: {problem.strerror}") from problem


def _now() -> datetime:
    return datetime.now(UTC)


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 <= int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text} is no port")
    return int(text)


def _site(arguments: argparse.Namespace) -> int:
    port = DEFAULT_PORT if arguments.port is None else arguments.port
    os.environ.setdefault("SEALWRIGHT_BASE_URL", f"http://localhost:{port}")
    if arguments.demo:
        os.environ["SEALWRIGHT_DEMO"] = "true"
    print("preparing the site …", flush=True)
    load_site()
    from django.core.exceptions import ImproperlyConfigured
    from django.db import connections

    from sealwright.web.config.server import Site
    from sealwright.web.config.setting_up import set_up

    try:
        set_up(lambda line: print(line, flush=True))
    except ImproperlyConfigured as problem:
        raise UsageError(str(problem)) from problem
    from sealwright.web.config.wsgi import application

    connections.close_all()  # none is shared with the processes that the server forks
    with _worker(arguments.worker) as end_worker:
        print(f"listening on {os.environ['SEALWRIGHT_BASE_URL']} (Ctrl-C stops it)", flush=True)
        Site(application, arguments.host, port, stopping=end_worker).run()
    return 0


@contextmanager
def _worker(wanted: bool) -> Iterator[Callable[[], object]]:
    """A worker beside the site, for as long as the site runs; gives what tells it to end."""
    if not wanted:
        yield lambda: None
        return
    process = subprocess.Popen([sys.executable, "-m", "sealwright", "worker"])
    try:
        yield process.terminate
    finally:
        process.terminate()
        process.wait()
