"""Words for a terminal: made harmless, wrapped, and coloured only where that is wanted.

What a credential says is written by strangers. Nothing of it reaches the terminal before
`harmless` has taken out what a terminal, or a reader's eye, could be led astray by.
"""

from __future__ import annotations

import os
import shutil
import textwrap
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TextIO

WIDEST: Final = 100
"""Columns beyond which lines get hard to read."""

_JOINERS = "\u200c\u200d"  # zero-width, but part of ordinary words and emoji
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_CODES: Mapping[str, str] = {"good": "32", "bad": "31", "caution": "33", "faint": "2", "bold": "1"}


def harmless(text: object, limit: int = 2_000) -> str:
    """`text` on one line, cut at `limit`, without characters that act instead of showing.

    Each of those is replaced by �: control characters would drive the terminal, and
    direction marks would reorder what stands beside them.

    >>> harmless("Ada\\x1b[2J")
    'Ada�[2J'
    """
    whole = str(text)
    shown = whole if len(whole) <= limit else whole[:limit] + "…"
    return "".join(map(_shown, shown))


def _shown(character: str) -> str:
    if character in "\t\n\r":
        return " "
    if character in _JOINERS or unicodedata.category(character) not in _HIDDEN:
        return character
    return "\ufffd"


@dataclass(frozen=True, slots=True)
class Terminal:
    """A stream with a width, which may or may not take colour and typographic marks."""

    stream: TextIO
    width: int = 80
    colour: bool = False
    marks: bool = True

    @classmethod
    def of(cls, stream: TextIO, environment: Mapping[str, str] = os.environ) -> Terminal:
        """What `stream` can show. `NO_COLOR` set to anything switches colour off (no-color.org)."""
        shows_colour = stream.isatty() and environment.get("TERM") != "dumb"
        return cls(
            stream,
            width=min(shutil.get_terminal_size().columns, WIDEST),
            colour=shows_colour and not environment.get("NO_COLOR"),
            marks=_can_show("✓✗–·", stream),
        )

    def tinted(self, text: str, tone: str) -> str:
        """`text` in a tone of `good`, `bad`, `caution`, `faint` or `bold`."""
        return f"\x1b[{_CODES[tone]}m{text}\x1b[0m" if self.colour else text

    def say(self, line: str = "") -> None:
        """Print a line; what the stream's encoding lacks shows as its escape."""
        encoding = self.stream.encoding or "utf-8"
        safe = line.encode(encoding, "backslashreplace").decode(encoding)
        print(safe, file=self.stream)

    def wrapped(self, text: str, *, hanging: int) -> str:
        """`text` broken at the width, the lines after the first indented by `hanging`."""
        width = max(self.width - hanging, 20)
        # Addresses stay whole, so that they can be copied.
        lines = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
        return ("\n" + " " * hanging).join(lines)


def _can_show(text: str, stream: TextIO) -> bool:
    try:
        text.encode(stream.encoding or "utf-8")
    except UnicodeEncodeError:
        return False
    return True
