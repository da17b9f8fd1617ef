"""Getting the static files ready when a server starts: no command to remember.

Names of served files come from their contents, so a browser may keep them for a year.
"""

from __future__ import annotations

import fcntl
import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command

from sealwright.web.ui import fonts

logger = logging.getLogger(__name__)


UNUSED = ["htmax*", "htmx-4*", "htmx-2.js", "ext"]
"""Files of django-htmx that no page of ours asks for."""


def prepare() -> None:
    """Make the fonts once, and collect the static files if any of them has changed.

    Safe to call from several processes at the same time. Does nothing under `DEBUG`, where
    files are served from where they lie.
    """
    settings.DATA.mkdir(parents=True, exist_ok=True)
    with _alone(settings.DATA / "static.lock"):
        if not fonts_are_made() and fonts.can_be_made():
            logger.info("Subsetting the fonts, once")
            fonts.make(settings.FONTS)
        if fonts_are_made():
            _join(settings.FONTS / "fonts.css", settings.FONTS / "sealwright.css")
        if not settings.DEBUG:
            _collect(Path(settings.STATIC_ROOT))


def fonts_are_made() -> bool:
    return (settings.FONTS / "fonts.css").is_file()


def _join(faces: Path, target: Path) -> None:
    """Write our stylesheet with the fonts in it, so that a page asks once for both."""
    found = finders.find("ui/sealwright.css")
    joined = faces.read_text("utf-8") + Path(str(found)).read_text("utf-8")
    if not target.is_file() or target.read_text("utf-8") != joined:
        target.write_text(joined, "utf-8")


def _collect(root: Path) -> None:
    stamp, digest = root / ".contents", _digest_of_sources()
    if stamp.is_file() and stamp.read_text("ascii") == digest:
        return
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=UNUSED)
    stamp.write_text(digest, "ascii")


def _digest_of_sources() -> str:
    digest = hashlib.sha256()
    for name, contents in _sources():
        digest.update(f"{name}\0{len(contents)}\0".encode() + contents)
    return digest.hexdigest()


def _sources() -> Iterator[tuple[str, bytes]]:
    for finder in finders.get_finders():
        for path, storage in finder.list(UNUSED):
            with storage.open(path) as file:
                yield path, file.read()


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
