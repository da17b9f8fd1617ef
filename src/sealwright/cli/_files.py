"""Writing files: never over another one by mistake, and never half."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from sealwright.cli._sources import STANDARD_INPUT
from sealwright.cli._usage import UsageError

PRIVATE = 0o600
"""The mode of a file for its owner alone."""
SHARED = 0o644


def write(target: str | Path | None, data: bytes | str, *, force: bool = False) -> None:
    """Write a file, or standard output where `target` is None or `-`.

    Raises `UsageError` for a file that exists, unless `force`d, and for one that cannot be
    written.
    """
    octets = data.encode() if isinstance(data, str) else data
    if target is None or str(target) == STANDARD_INPUT:
        sys.stdout.flush()
        sys.stdout.buffer.write(octets)
        sys.stdout.buffer.flush()
    elif force:
        _replace(Path(target), octets)
    else:
        write_new(Path(target), octets)


def write_new(path: Path, octets: bytes, *, mode: int = SHARED) -> None:
    """Write a file that must not exist yet. Raises `UsageError`."""
    try:
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    except FileExistsError:
        raise UsageError(f"{path} exists already, and is left as it is") from None
    except OSError as problem:
        raise UsageError(f"{path}: {problem.strerror}") from problem
    _fill(number, path, octets)


def _replace(path: Path, octets: bytes) -> None:
    """Write beside the file first, so that it is never half written."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    write_new(beside, octets)
    try:
        beside.replace(path)
    except OSError as problem:
        beside.unlink()
        raise UsageError(f"{path}: {problem.strerror}") from problem


def _fill(number: int, path: Path, octets: bytes) -> None:
    try:
        with os.fdopen(number, "wb") as file:
            file.write(octets)
    except OSError as problem:
        with suppress(OSError):
            path.unlink()
        raise UsageError(f"{path}: {problem.strerror}") from problem
