"""Places to fill in: `{{name}}` inside any text of a document.

>>> slots_of({"name": "{{course}} of {{year}}"})
('course', 'year')
>>> filled({"name": "{{course}} of {{year}}"}, {"course": "Sailing", "year": "2026"})
{'name': 'Sailing of 2026'}
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sealwright.credentials.errors import MalformedCredential
from sealwright.credentials.model.texts import mapped, texts_of

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


def as_form(text: str) -> str:
    """The text as a form for the `%` operator, which fills short texts in fastest.

    >>> as_form("{{score}} % of all") % {"score": "98"}
    '98 % of all'
    """
    return _SLOT.sub(r"%(\1)s", text.replace("%", "%%"))
