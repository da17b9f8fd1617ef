"""Values from JSON: a dataclass from an object, by the names and types of its members.

What an object says beyond that is left out: a file may tell more of a person than is asked
here, and none of it is read.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from sealwright.skills.errors import UnfitRequest

T = TypeVar("T")


def value_of(kind: type[T], given: Any, where: str = "") -> T:
    """`given` as a value of a dataclass. Raises `UnfitRequest` that names the place."""
    if not isinstance(given, Mapping):
        raise _unfit(where, "an object")
    hints = get_type_hints(kind)
    members = {}
    for member in fields(kind):  # type: ignore[arg-type]
        place = f"{where}.{member.name}".lstrip(".")
        if member.name in given:
            members[member.name] = _as(hints[member.name], given[member.name], place)
        elif member.default is MISSING and member.default_factory is MISSING:
            raise UnfitRequest(f"{place} is missing", code="member-missing", member=place)
    return kind(**members)


def _as(kind: Any, given: Any, where: str) -> Any:
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _either(inner, given, where)
    if origin in (tuple, frozenset):
        if not isinstance(given, list):
            raise _unfit(where, "an array")
        return origin(_as(inner[0], each, f"{where}[{n}]") for n, each in enumerate(given))
    if isinstance(kind, type) and is_dataclass(kind):
        return value_of(kind, given, where)
    return _simple(kind, given, where)


def _either(kinds: tuple[Any, ...], given: Any, where: str) -> Any:
    """The first of several types that fits; none of ours fits two of them."""
    if given is None and type(None) in kinds:
        return None
    for kind in kinds[:-1]:
        try:
            return _as(kind, given, where)
        except UnfitRequest:
            continue
    return _as(kinds[-1] if kinds[-1] is not type(None) else kinds[0], given, where)


def _simple(kind: Any, given: Any, where: str) -> Any:
    if kind is float and isinstance(given, int) and not isinstance(given, bool):
        return float(given)
    if kind is date or (isinstance(kind, type) and issubclass(kind, Enum)):
        return _parsed(kind, given, where)
    if not isinstance(given, kind) or isinstance(given, bool) is not (kind is bool):
        raise _unfit(
            where,
            {str: "a text", int: "a whole number", float: "a number"}.get(kind, "true or false"),
        )
    return given


def _parsed(kind: Any, given: Any, where: str) -> Any:
    try:
        return date.fromisoformat(given) if kind is date else kind(given)
    except (TypeError, ValueError):
        wanted = "a date such as 2026-11-30" if kind is date else f"one of {', '.join(kind)}"
        raise _unfit(where, wanted) from None


def _unfit(where: str, wanted: str) -> UnfitRequest:
    return UnfitRequest(
        f"{where or 'the file'} must be {wanted}", code="member-unfit", member=where
    )
