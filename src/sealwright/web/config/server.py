"""The web site under gunicorn. Needs the packages of the extra `web`."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import Any, Final

from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]
from gunicorn.arbiter import Arbiter  # type: ignore[import-untyped]
from gunicorn.workers.base import Worker  # type: ignore[import-untyped]

WORKERS: Final = 2
THREADS: Final = 4
LONGEST_ANSWER: Final = 150
"""Seconds a site that is stopped waits for answers under way. A screening takes two minutes."""

Application = Callable[..., Any]


def nothing() -> None:
    """Nothing else has to stop with the site."""


class Site(BaseApplication):  # type: ignore[misc]
    """The site, bound to an address of this machine.

    `stopping` is called as soon as it is told to stop, while it waits for answers under way.
    """

    def __init__(
        self,
        application: Application,
        host: str,
        port: int,
        *,
        stopping: Callable[[], object] = nothing,
    ) -> None:
        self._application = application
        self._bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        self.stopping = stopping
        super().__init__()

    def load_config(self) -> None:
        """Few workers with threads: the work is short, and memory is what is scarce."""
        for name, value in {
            "bind": self._bind,
            "workers": WORKERS,
            "threads": THREADS,
            "graceful_timeout": LONGEST_ANSWER,
            "preload_app": True,
            "loglevel": "warning",
            "control_socket_disable": True,  # signals are enough, and two sites would share it
            "post_worker_init": _finish_first,
            "worker_exit": _end_here,
        }.items():
            self.cfg.set(name, value)

    def load(self) -> Application:
        """The application itself, as gunicorn asks for it."""
        return self._application

    def run(self) -> None:
        """Serve until told to stop."""
        _Arbiter(self).run()


class _Arbiter(Arbiter):  # type: ignore[misc]
    """Stops in the same way for Ctrl-C as for SIGTERM: what is under way is answered first.

    A second Ctrl-C cuts it off.
    """

    def handle_int(self) -> None:
        self.handle_term()

    def stop(self, graceful: bool = True) -> None:
        self.app.stopping()
        super().stop(graceful)


def _finish_first(worker: Worker) -> None:
    """Leave Ctrl-C to the arbiter: a terminal sends it to every process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _end_here(arbiter: Arbiter, worker: Worker) -> None:
    """End a process that has served, at once.

    It was forked in the midst of a command, and must not walk back up into it to tidy up what
    is its parent's. Taking a whole site's memory apart would also take it a third of a second.
    """
    if worker.booted and worker.pid == os.getpid():
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)
