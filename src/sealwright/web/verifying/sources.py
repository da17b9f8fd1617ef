"""What people bring: pasted text, links, files, photos."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from sealwright.web.core.refusals import TOO_LARGE, Refusal

LONGEST_NAME = 80

_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_BARE_ADDRESS = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+(/\S*)?", re.IGNORECASE)
_TOKEN = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class Source:
    """One thing to check: either `data` or a `link`, and what to call it on the page."""

    name: str
    data: bytes | str = b""
    link: str = ""


def from_text(text: str, *, name: str = "") -> Source:
    """Pasted or photographed text. A web address is followed, anything else read as it is.

    >>> from_text(" https://badges.example.org/1 ").link
    'https://badges.example.org/1'
    >>> from_text("badges.example.org/1").link
    'https://badges.example.org/1'
    >>> from_text("eyJhbGciOiJFUzI1NiJ9.eyJ2YyI6e319.c2ln").link
    ''
    """
    stripped = text.strip()
    if _ADDRESS.fullmatch(stripped):
        return Source(name or shortened(stripped), link=stripped)
    if _BARE_ADDRESS.fullmatch(stripped) and not _is_token(stripped):
        return Source(name or shortened(stripped), link=f"https://{stripped}")
    return Source(name or _("Pasted text"), data=stripped)


def from_file(file: UploadedFile[Any]) -> Source:
    """An uploaded file. Raises `Refusal` when it is larger than a credential may be."""
    if (file.size or 0) > settings.LARGEST_FILE:
        said = _(
            "A credential may have up to %d MB, and is rarely larger than 1 MB: is this the "
            "original file?"
        )
        raise Refusal(TOO_LARGE, said % (settings.LARGEST_FILE // 1_000_000))
    return Source(shortened(file.name or _("File")), data=file.read())


def from_form(texts: Iterable[str], files: Iterable[UploadedFile[Any]]) -> list[Source]:
    """Everything of a form that was filled in."""
    pasted = [from_text(text) for text in texts if text.strip()]
    chosen = [from_file(file) for file in files if file]
    return [*pasted, *chosen]


def shortened(name: str) -> str:
    """A name that fits a line, its end kept: that is where names differ.

    >>> shortened("a" * 60 + "b" * 60) == "a" * 39 + "…" + "b" * 40
    True
    """
    half = LONGEST_NAME // 2
    return name if len(name) <= LONGEST_NAME else f"{name[: half - 1]}…{name[-half:]}"


def _is_token(text: str) -> bool:
    return text.startswith("ey") and bool(_TOKEN.fullmatch(text))
