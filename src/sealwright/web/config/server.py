"""The web site under gunicorn. Needs the packages of the extra `web`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

WORKERS: Final = 2
THREADS: Final = 4
SECONDS: Final = 30
"""How long a request may take; the longest one, a check with slow remote sites, takes half."""

Application = Callable[..., Any]


class Site(BaseApplication):  # type: ignore[misc]
    """The site, bound to an address of this machine."""

    def __init__(self, application: Application, host: str, port: int) -> None:
        self._application = application
        self._bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        super().__init__()

    def load_config(self) -> None:
        """Few workers with threads: the work is short, and memory is what is scarce."""
        for name, value in {
            "bind": self._bind,
            "workers": WORKERS,
            "threads": THREADS,
            "timeout": SECONDS,
            "preload_app": True,
            "loglevel": "warning",
        }.items():
            self.cfg.set(name, value)

    def load(self) -> Application:
        """The application itself, as gunicorn asks for it."""
        return self._application
