"""Places to fill in: `{{name}}` inside any text of a document.

>>> slots_of({"name": "{{course}} of {{year}}"})
('course', 'year')
>>> filled({"name": "{{course}} of {{year}}"}, {"course": "Sailing", "year": "2026"})
{'name': 'Sailing of 2026'}
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sealwright.credentials.errors import MalformedCredential

_SLOT = re.compile(r"\{\{([a-z][a-z0-9_]*)\}\}")


def slot(name: str) -> str:
    """The place to fill in with `name`: small letters, digits and underscores."""
    return "{{" + name + "}}"


def slots_in(text: str) -> list[str]:
    """The names of the places in one text, in order, repeats included."""
    return _SLOT.findall(text)


def slots_of(value: Any) -> tuple[str, ...]:
    """The names of all places in a JSON value, each once, in order of the document."""
    return tuple(dict.fromkeys(name for text in texts_of(value) for name in slots_in(text)))


def filled(value: Any, values: Mapping[str, str]) -> Any:
    """A copy of a JSON value with its places filled in.

    A text put in is not searched for places again. Raises `MalformedCredential`
    (`slot-without-value`).
    """

    def fill(match: re.Match[str]) -> str:
        name = match[1]
        if name not in values:
            raise MalformedCredential("slot-without-value", name=name)
        return values[name]

    return mapped(value, lambda text: _SLOT.sub(fill, text))


class Stencil:
    """A text with markers in its places, cut there once, so that filling it in is one join.

    `markers` says which marker stands for which name; none begins with another.

    >>> Stencil("#s % of all", {"#s": "score"}).filled({"score": "98"})
    '98 % of all'
    """

    __slots__ = ("_names", "_parts")

    def __init__(self, text: str, markers: Mapping[str, str]) -> None:
        find = re.compile("|".join(map(re.escape, markers)) or "(?!)")
        self._names = [markers[marker] for marker in find.findall(text)]
        self._parts = [""] * (2 * len(self._names) + 1)
        self._parts[::2] = find.split(text)

    def filled(self, values: Mapping[str, str]) -> str:
        parts = self._parts.copy()
        parts[1::2] = map(values.__getitem__, self._names)
        return "".join(parts)


def as_form(text: str) -> str:
    """The text as a form for the `%` operator, which fills short texts in fastest.

    >>> as_form("{{score}} % of all") % {"score": "98"}
    '98 % of all'
    """
    return _SLOT.sub(r"%(\1)s", text.replace("%", "%%"))


def mapped(value: Any, change: Callable[[str], str]) -> Any:
    """A copy of a JSON value with every text in it changed; names of members stay."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {name: mapped(item, change) for name, item in value.items()}
    if isinstance(value, list):
        return [mapped(item, change) for item in value]
    return value


def texts_of(value: Any) -> Iterator[str]:
    """Every text in a JSON value, names of members apart."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from texts_of(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts_of(item)
