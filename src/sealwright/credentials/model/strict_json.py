"""The one JSON reader: what it accepts, every other reader reads the same way.

A document that two readers understand differently can show one thing and sign another, so
everything that readers are known to differ about is refused: members given twice, NaN and
Infinity, numbers out of range, lone surrogates, byte order marks, encodings other than
UTF-8. What remains is RFC 8259 within I-JSON (RFC 7493), apart from large integers, which
Python keeps exactly.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from itertools import accumulate
from typing import Any, Final, NamedTuple, NoReturn

from sealwright.credentials.errors import UnreadableInput
from sealwright.credentials.model.spelling import MAX_SPELLED, Skeletons, Spelling

MAX_BYTES = 5_000_000
MAX_DEPTH = 64
MAX_DIGITS = 4300
"""Digits of one number; beyond this Python's own limit on conversions begins."""

_BYTE_ORDER_MARK = "\ufeff"
_SHOWN = 80
"""Characters of hostile text that an explanation repeats."""

# A string that never ends is matched to the end of the text, so that no text costs more
# than one pass.
_STRING = re.compile(r'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_NOT_A_BRACKET = re.compile(r"[^\[\]{}]+")
_NO_OPENING = bytes({*range(256)} - {*b"[{"})
_STEP = {"[": 1, "{": 1, "]": -1, "}": -1}


_EMPTY_ARRAY = re.compile(r"\[[ \t\n\r]*\]")


class Traits(NamedTuple):
    """What a search through a text tells, faster than a walk over the value that it spells.

    A trait that is not certain is False, so its absence says nothing.
    """

    plain: bool = False
    """No text in the value has a character that JSON or N-Quads would have escaped."""

    full: bool = False
    """There is neither a null nor an empty array in the value."""

    spelling: Spelling | None = None
    """How the text is spelled, where that is worth knowing."""


UNKNOWN = Traits()


def traits_of(text: str) -> Traits:
    """The traits of a text that `loads` has taken."""
    return Traits(
        plain="\\" not in text and "\x7f" not in text,
        full="null" not in text and not _EMPTY_ARRAY.search(text),
    )


def loads(data: bytes | str, *, max_bytes: int = MAX_BYTES, max_depth: int = MAX_DEPTH) -> Any:
    """The JSON value in `data`: dict, list, str, int, float, bool or None.

    Raises `UnreadableInput`, whose code says what was refused. `max_bytes` is counted in
    UTF-8, `max_depth` in nested arrays and objects.

    >>> loads('{"name": "Baker", "level": 3}')
    {'name': 'Baker', 'level': 3}
    """
    text = _text(data, max_bytes)
    _check_depth(text, max_depth)
    value = _decoded(_DECODER, text)
    if "\\" in text and ("\\ud" in text or "\\uD" in text):
        _check_surrogates(value)
    return value


def loads_with_traits(text: str) -> tuple[Any, Traits]:
    """The value in a text, and the traits of the text. Raises as `loads` does.

    A text that is spelled like one that was learnt is sound if its strings are.
    """
    if len(text) > MAX_SPELLED or "\\" in text or "\x7f" in text:
        return loads(text), traits_of(text)
    spelling = KNOWN.read(text)
    if spelling.skeleton is None:
        return loads(text), traits_of(text)._replace(spelling=spelling)
    traits = Traits(True, spelling.skeleton.full, spelling)
    if "".join(spelling.texts).isprintable():  # no control character, no half of a character
        return spelling.skeleton.build(spelling.texts), traits
    if not text.isascii():
        _utf8(text)
    return _decoded(_QUICK, text), traits


def _decoded(decoder: json.JSONDecoder, text: str) -> Any:
    try:
        return decoder.decode(text)
    except json.JSONDecodeError as problem:
        raise UnreadableInput(
            "json-syntax", line=problem.lineno, column=problem.colno, problem=problem.msg
        ) from None


def _text(data: bytes | str, max_bytes: int) -> str:
    if len(data) > max_bytes:
        raise UnreadableInput("input-too-large", limit=max_bytes)
    if isinstance(data, str):
        if not data.isascii() and len(_utf8(data)) > max_bytes:
            raise UnreadableInput("input-too-large", limit=max_bytes)
        text = data
    else:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            raise UnreadableInput("json-not-utf-8") from None
    if text.startswith(_BYTE_ORDER_MARK):
        raise UnreadableInput("json-byte-order-mark")
    return text


def _utf8(text: str) -> bytes:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        raise UnreadableInput("json-lone-surrogate") from None


def _check_depth(text: str, max_depth: int) -> None:
    opening = text.encode().translate(None, _NO_OPENING)  # faster than counting them
    if len(opening) <= max_depth:
        return
    brackets = _NOT_A_BRACKET.sub("", _STRING.sub("", text))
    if max(accumulate(map(_STEP.__getitem__, brackets)), default=0) > max_depth:
        raise UnreadableInput("json-too-deep", limit=max_depth)


def _check_surrogates(value: object) -> None:
    """Escapes may spell half a character; a text with one cannot be written as UTF-8."""
    _utf8(json.dumps(value, ensure_ascii=False))


def _object(members: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(members)
    if len(found) != len(members):
        given = Counter(name for name, _ in members)
        raise UnreadableInput("json-duplicate-member", name=given.most_common(1)[0][0][:_SHOWN])
    return found


def _integer(digits: str) -> int:
    _check_digits(digits)
    try:
        return int(digits)
    except ValueError:  # this interpreter was started with a lower limit of its own
        raise UnreadableInput("json-number-too-long", limit=MAX_DIGITS) from None


def _float(digits: str) -> float:
    _check_digits(digits)
    number = float(digits)
    if math.isinf(number):
        raise UnreadableInput("json-number-out-of-range", number=digits[:_SHOWN])
    return number


def _check_digits(digits: str) -> None:
    if len(digits) > MAX_DIGITS:
        raise UnreadableInput("json-number-too-long", limit=MAX_DIGITS)


def _constant(name: str) -> NoReturn:
    raise UnreadableInput("json-not-a-number", name=name)


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object,
    parse_int=_integer,
    parse_float=_float,
    parse_constant=_constant,
)
_QUICK = json.JSONDecoder()
"""For texts of which only the strings are new."""

KNOWN: Final = Skeletons(loads)
"""How texts are spelled of which many come."""
