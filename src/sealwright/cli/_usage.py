"""What was asked for cannot be done as asked."""

from __future__ import annotations

from typing import Final

EXIT_USAGE: Final = 64
"""`EX_USAGE` of sysexits.h."""


class UsageError(Exception):
    """An argument that cannot be used; its words are for the person at the keyboard."""
