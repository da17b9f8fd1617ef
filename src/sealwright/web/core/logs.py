"""Log lines that say where something went wrong, and nothing of what people brought.

`SEALWRIGHT_LOG=json` writes every request as a line of JSON: its route (never its path, which
may hold a secret or a name), status, time and who acted, by the id that the trail uses.
"""

from __future__ import annotations

import json
import logging
import traceback
from copy import copy
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Discreet(logging.Formatter):
    """A line for each record; of a fault of ours the places in the code and its kind.

    The message of an exception may quote a stranger's credential, so it is left out. Below
    an error (a request that was turned down) there is no traceback at all. Paths may hold a
    secret or a name; the route stands for them.
    """

    def __init__(self) -> None:
        super().__init__("{levelname} {name}: {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        if record.levelno < logging.ERROR:
            record.exc_info = record.exc_text = None
        return super().format(_by_route(record))

    def formatException(self, ei: ExcInfo) -> str:
        kind, _, places = ei
        name = kind.__qualname__ if kind else ""
        return "".join([*traceback.format_tb(places), name]).strip()


def _by_route(record: logging.LogRecord) -> logging.LogRecord:
    """What Django says of a request, of which it names the path last, with the route instead."""
    request = getattr(record, "request", None)
    if request is None or not isinstance(record.args, tuple) or not record.args:
        return record
    match = getattr(request, "resolver_match", None)
    told = copy(record)
    told.args = (*record.args[:-1], f"/{match.route}" if match else "(no page)")
    return told


class Lines(Discreet):
    """The same as a line of JSON, with the members that a record carries in `told`."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, Any] = getattr(record, "told", {})
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            **(told or {"message": super().format(record)}),
        }
        return json.dumps(line, ensure_ascii=False)
