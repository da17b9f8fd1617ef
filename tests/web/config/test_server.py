"""The server stops at once, and not before it has answered what it was asked."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

pytestmark = pytest.mark.loopback

SITE = """
import sys
from sealwright.web.config.server import Site

def application(environ, start_response):
    with open("asked", "w"):  # waits until the test looks, and tells it that this was reached
        pass
    with open("answer") as answer:
        body = answer.read().encode()
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body]

def say(line):
    print(line, flush=True)

try:
    Site(application, "127.0.0.1", int(sys.argv[1]), stopping=lambda: say("stopping")).run()
finally:
    say("back in the command")
"""


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def site(tmp_path: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """A server in a process group of its own, which has said to systemd that it is ready."""
    os.mkfifo(tmp_path / "asked")
    os.mkfifo(tmp_path / "answer")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "systemd"))
        process = subprocess.Popen(
            [sys.executable, "-c", SITE, str(port)],
            cwd=tmp_path,
            env={**os.environ, "NOTIFY_SOCKET": str(tmp_path / "systemd")},
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert systemd.recv(100).startswith(b"READY=1")
    with process:
        yield process
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "systemd"])
def test_what_is_under_way_is_answered_before_the_site_stops(
    site: subprocess.Popen[str], tmp_path: Path, port: int, told: signal.Signals
) -> None:
    assert site.stdout
    with closing(HTTPConnection("127.0.0.1", port)) as visitor:
        visitor.request("GET", "/")
        (tmp_path / "asked").read_bytes()

        os.killpg(site.pid, told)  # every process of it, as a terminal does
        said = site.stdout.readline()
        (tmp_path / "answer").write_text("all of it")
        answer = visitor.getresponse().read()
    rest = site.stdout.read()

    assert said == "stopping\n"
    assert answer == b"all of it"
    assert site.wait() == 0
    assert rest == "back in the command\n", "only the process that started it goes on"
