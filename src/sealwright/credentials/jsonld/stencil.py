"""Texts with places to fill in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sealwright.credentials.model.spelling import picker


class Stencil:
    """A text with markers in its places, cut there once, so that filling it in is one join.

    `markers` says by which name, or at which index, each marker's text will be found; no
    marker begins with another. `find` is `any_of(markers)`, for who has it already.

    >>> Stencil("#s % of all", {"#s": "score"}).filled({"score": "98"})
    '98 % of all'
    """

    __slots__ = ("_parts", "_pick")

    def __init__(
        self, text: str, markers: Mapping[str, Any], find: re.Pattern[str] | None = None
    ) -> None:
        find = find or any_of(markers)
        names = [markers[marker] for marker in find.findall(text)]
        self._pick = picker(names)
        self._parts = [""] * (2 * len(names) + 1)
        self._parts[::2] = find.split(text)

    def filled(self, values: Any) -> str:
        """The text with `values`, a mapping or a sequence, in its places."""
        parts = self._parts.copy()
        parts[1::2] = self._pick(values)
        return "".join(parts)


def any_of(markers: Mapping[str, Any]) -> re.Pattern[str]:
    """A pattern that finds each of the markers, and nothing where there are none."""
    return re.compile("|".join(map(re.escape, markers)) or "(?!)")
