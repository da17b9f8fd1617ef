"""A plain file server in a process of its own, as anybody may start one."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def free_port() -> int:
    """A port of this machine that nobody uses."""
    with socket.socket() as taken:
        taken.bind(("localhost", 0))
        return int(taken.getsockname()[1])


@contextmanager
def served(folder: Path, port: int) -> Iterator[None]:
    """`python -m http.server` on the folder, from when it listens."""
    command = [sys.executable, "-u", "-m", "http.server", str(port), "--bind", "localhost",
               "--directory", str(folder)]  # fmt: skip
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        try:
            assert server.stdout is not None
            assert "Serving HTTP" in server.stdout.readline()
            yield
        finally:
            server.terminate()
