"""Where input comes from: a file, standard input, or an address."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO, Final

from sealwright.credentials.errors import UnreadableInput
from sealwright.credentials.model.strict_json import MAX_BYTES

STANDARD_INPUT: Final = "-"


def is_link(source: str) -> bool:
    """Whether a source names something on the web."""
    return source.lower().startswith(("https://", "http://"))


def read_bytes(source: str) -> bytes:
    """The bytes of a file or of standard input, one more than the reader takes at most.

    Raises `UnreadableInput` (`file-not-found`, `file-not-readable`).
    """
    try:
        if source == STANDARD_INPUT:
            return _head(sys.stdin.buffer)
        with Path(source).open("rb") as file:
            return _head(file)
    except (FileNotFoundError, ValueError) as problem:
        raise UnreadableInput("file-not-found", path=source) from problem
    except OSError as problem:
        raise UnreadableInput(
            "file-not-readable", path=source, problem=problem.strerror or "it gave an error"
        ) from problem


def _head(file: BinaryIO) -> bytes:
    return file.read(MAX_BYTES + 1)
