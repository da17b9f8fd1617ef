"""What a recruiter brings: files, ZIPs and pasted links, each with the candidate it names.

A file's name, or its folder within a ZIP, names the candidate. A ZIP is a stranger's: it is
read within limits, in memory, and a part that cannot be read is named and left out.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import chain
from pathlib import PurePosixPath
from typing import Any, Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from sealwright.web.core.refusals import TOO_LARGE, Refusal
from sealwright.web.verifying.sources import Source, from_file, from_text, shortened

MOST: Final = 300
"""Credentials of one screening."""

_IGNORED = re.compile(r"(^|/)(__MACOSX/|\.|Thumbs\.db$|desktop\.ini$)")
_NAMED_LINK = re.compile(r"(?P<name>[^:\t\n]{1,80}?)\s*[:\t]\s*(?P<link>https?://\S+)")


@dataclass(frozen=True, slots=True)
class Brought:
    """One credential, or what should have been one, and whom its name says it belongs to."""

    candidate: str
    source: Source
    problem: str = ""
    """Why it cannot be read at all; empty otherwise."""


def bring(files: Iterable[UploadedFile[Any]], pasted: str, *, room: int = MOST) -> list[Brought]:
    """Everything of a form, in order. Raises a `Refusal` for more than there is `room` for."""
    brought: list[Brought] = []
    for each in chain(_of_files(files), _of_text(pasted)):
        if len(brought) == room:
            said = _("One screening takes up to %(most)d credentials. Screen the rest apart.")
            raise Refusal(TOO_LARGE, said % {"most": MOST})
        brought.append(each)
    return brought


def named_by(path: str) -> str:
    """The candidate that a file's path names: its first folder, else the file without its end.

    >>> named_by("mira-holt/badge.png"), named_by("Tomas Bakker.json"), named_by("a.b.jwt")
    ('mira-holt', 'Tomas Bakker', 'a.b')
    """
    parts = PurePosixPath(path.replace("\\", "/")).parts
    return parts[0] if len(parts) > 1 else PurePosixPath(path).stem


def _of_files(files: Iterable[UploadedFile[Any]]) -> Iterator[Brought]:
    for file in files:
        name = file.name or ""
        if name.lower().endswith(".zip"):
            if (file.size or 0) > settings.LARGEST_ZIP:
                raise Refusal(TOO_LARGE, _("This ZIP is too large. Bring it in two parts."))
            yield from _of_zip(name, file.read())
        else:
            yield Brought(shortened(named_by(name)), from_file(file))


def _of_zip(name: str, data: bytes) -> Iterator[Brought]:
    try:
        with ZipFile(BytesIO(data)) as archive:
            entries = [each for each in archive.infolist() if _is_wanted(each)]
            room = settings.LARGEST_ZIP
            for entry in entries[: MOST + 1]:
                brought = _of_entry(archive, entry, room)
                room -= len(brought.source.data)
                yield brought
    except (BadZipFile, OSError, ValueError, NotImplementedError):
        yield Brought(named_by(name), Source(name), _("This ZIP is damaged."))


def _is_wanted(entry: ZipInfo) -> bool:
    return not entry.is_dir() and not _IGNORED.search(entry.filename)


def _of_entry(archive: ZipFile, entry: ZipInfo, room: int) -> Brought:
    """One file of a ZIP. No more of it is unpacked than may be, whatever its size says."""
    candidate = shortened(named_by(entry.filename))
    source = Source(shortened(PurePosixPath(entry.filename).name))
    if entry.flag_bits & 1:
        return Brought(candidate, source, _("It is locked with a password."))
    most = min(settings.LARGEST_FILE, room)
    try:
        with archive.open(entry) as file:
            data = file.read(most + 1)
    except (BadZipFile, OSError, ValueError, NotImplementedError, EOFError, zlib.error):
        return Brought(candidate, source, _("This part of the ZIP is damaged."))
    if len(data) > most:
        return Brought(candidate, source, _("It is larger than a credential may be."))
    return Brought(candidate, Source(source.name, data))


def _of_text(pasted: str) -> Iterator[Brought]:
    """Pasted text: one credential, or a line for each link, with a name before it or without.

    >>> [(each.candidate, each.source.link) for each in _of_text("Mira: https://a.example/1")]
    [('Mira', 'https://a.example/1')]
    """
    text = pasted.strip()
    if not text:
        return
    if text[0] in "{[" or "\n" not in text:
        lines = [text]
    else:
        lines = [line.strip() for line in text.splitlines() if line.strip()]
    for number, line in enumerate(lines, start=1):
        match = _NAMED_LINK.fullmatch(line)
        if match is not None:
            yield Brought(match["name"].strip(), from_text(match["link"]))
        else:
            name = _("Pasted %(number)d") % {"number": number}
            yield Brought(name, from_text(line, name=shortened(line)))
