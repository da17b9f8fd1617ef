"""Canonical JSON, as the `-jcs-` suites sign it.

https://www.rfc-editor.org/rfc/rfc8785
"""

from __future__ import annotations

import json
from typing import Any

import rfc8785

from sealwright.credentials.errors import MalformedCredential

LARGEST_EXACT_INTEGER = 2**53 - 1

_sorted_text = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False
).encode


def canonical_json(value: Any) -> bytes:
    """`value` as RFC 8785 has it: members sorted, one spelling for each number and string.

    Raises `MalformedCredential` (`not-canonical-json`) for what I-JSON does not have: whole
    numbers beyond 2**53, which other readers would round, NaN, and lone surrogates.

    >>> canonical_json({"b": 1.0, "a": "é"}).decode()
    '{"a":"é","b":1}'
    """
    try:
        if _is_plain(value):
            return _sorted_text(value).encode("utf-8")
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeError, RecursionError, TypeError) as problem:
        raise MalformedCredential("not-canonical-json") from problem


def _is_plain(value: Any) -> bool:
    """Whether sorting the members is all there is to do: ASCII names and no fractions.

    Then the standard library writes the same bytes, several times faster; names beyond
    ASCII may sort differently by UTF-16 than by code point.
    """
    kind = type(value)
    if kind is dict:
        return all(map(str.isascii, value)) and all(map(_is_plain, value.values()))
    if kind is list:
        return all(map(_is_plain, value))
    if kind is int:
        return bool(abs(value) <= LARGEST_EXACT_INTEGER)
    return kind is str or kind is bool or value is None
