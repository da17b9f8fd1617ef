"""Files that are slow to make and the same each time: made once, kept in a bounded folder.

A file is named after all that it is made from, so it is never out of date and may be lost at
any time. Where the folder cannot be written, everything is made anew each time.
"""

from __future__ import annotations

import logging
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Final

from django.conf import settings

logger = logging.getLogger(__name__)

MOST: Final = 2_000
"""Files that are kept; a quarter of them goes when there are more."""


def kept(make: Callable[[], bytes], *made_from: str, kind: str) -> bytes:
    """What `make` makes from exactly these texts, made only where it is not kept yet."""
    name = sha256("\0".join((kind, *made_from)).encode("utf-8", "replace")).hexdigest()
    path = settings.DATA / "kept" / f"{name}.{kind}"
    with suppress(OSError):
        found = path.read_bytes()
        os.utime(path)
        return found
    made = make()
    try:
        _keep(path, made)
    except OSError:
        logger.warning("made files cannot be kept in %s", path.parent)
    return made


def _keep(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{secrets.token_hex(8)}")
    draft.write_bytes(data)
    draft.replace(path)
    if path.name.startswith("0"):  # one time in sixteen is often enough to look
        _make_room(path.parent)


def _make_room(folder: Path) -> None:
    """Forget what was not asked for longest."""
    with os.scandir(folder) as entries:
        ages = sorted((entry.stat().st_mtime, entry.path) for entry in entries)
    for _, path in ages[: len(ages) - MOST * 3 // 4] if len(ages) > MOST else ():
        Path(path).unlink(missing_ok=True)
