"""Strict JSON: what every reader reads the same way, and nothing else."""

from __future__ import annotations

import json
import math
import sys
from functools import partial
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sealwright.credentials.errors import UnreadableInput
from sealwright.credentials.model import strict_json

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]))
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=12,
)


def code_of(data: bytes | str, **caps: int) -> str:
    with pytest.raises(UnreadableInput) as caught:
        strict_json.loads(data, **caps)
    assert str(caught.value)
    return caught.value.code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"a": 1, "b": 2, "a": 1}', "json-duplicate-member"),
        ('[{"a": 1}, {"x": {"a": 1, "\\u0061": 2}}]', "json-duplicate-member"),
        ("[NaN]", "json-not-a-number"),
        ("-Infinity", "json-not-a-number"),
        ("1e400", "json-number-out-of-range"),
        ("-1e400", "json-number-out-of-range"),
        ("[1" + "0" * 4300 + "]", "json-number-too-long"),
        ("[0." + "1" * 5000 + "]", "json-number-too-long"),
        ('"\\ud800"', "json-lone-surrogate"),
        ('{"\\uDEAD": 1}', "json-lone-surrogate"),
        ('"\ud800"', "json-lone-surrogate"),
        ("\ufeff{}", "json-byte-order-mark"),
        ('{"a": 1', "json-syntax"),
        ("{'a': 1}", "json-syntax"),
        ('{"a": 1} x', "json-syntax"),
        ('["a\nb"]', "json-syntax"),
        ("", "json-syntax"),
    ],
)
def test_what_readers_differ_about_is_refused(text: str, code: str) -> None:
    assert code_of(text) == code


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xef\xbb\xbf{}", "json-byte-order-mark"),
        ('{"a": 1}'.encode("utf-16"), "json-not-utf-8"),
        (b'"\xed\xa0\x80"', "json-not-utf-8"),
        (b'"\xc0\xaf"', "json-not-utf-8"),
        ('{"a": 1}'.encode("utf-16-le"), "json-syntax"),
    ],
)
def test_only_utf_8_is_read(data: bytes, code: str) -> None:
    assert code_of(data) == code


def test_an_interpreter_with_a_lower_limit_refuses_earlier(
    request: pytest.FixtureRequest,
) -> None:
    request.addfinalizer(partial(sys.set_int_max_str_digits, sys.get_int_max_str_digits()))
    sys.set_int_max_str_digits(640)

    assert code_of("[1" + "0" * 640 + "]") == "json-number-too-long"


def test_a_pair_of_escaped_surrogates_is_one_character() -> None:
    assert strict_json.loads('"\\ud83d\\ude00 \\\\ud800"') == "\U0001f600 \\ud800"


def test_the_member_given_twice_is_named_and_cut_to_a_readable_length() -> None:
    with pytest.raises(UnreadableInput) as caught:
        strict_json.loads(json.dumps({"b": 1})[:-1] + f', "{"n" * 500}": 1, "{"n" * 500}": 2}}')

    assert caught.value.evidence == {"name": "n" * 80}


def test_nesting_is_counted_outside_of_strings_only() -> None:
    text = json.dumps(["[" * 100, '\\"{{{' * 50])

    assert strict_json.loads(text, max_depth=1) == json.loads(text)


@pytest.mark.parametrize("depth", [64, 65, 100_000])
def test_nesting_is_capped(depth: int) -> None:
    text = "[" * depth + "]" * depth

    if depth <= 64:
        assert strict_json.loads(text) == json.loads(text)
    else:
        assert code_of(text) == "json-too-deep"


def test_siblings_are_not_nesting() -> None:
    assert len(strict_json.loads("[" + ",".join(["{}"] * 500) + "]")) == 500


@pytest.mark.parametrize("text", ["[" * 65, '"' + "[" * 65, '"\\' + "[" * 65, "]" * 9 + "[" * 65])
def test_unfinished_text_is_refused_whatever_its_brackets(text: str) -> None:
    assert code_of(text) in {"json-too-deep", "json-syntax"}


def test_size_is_counted_in_bytes_of_utf_8() -> None:
    assert strict_json.loads('"äöü"', max_bytes=8) == "äöü"
    assert code_of('"äöü"', max_bytes=7) == "input-too-large"
    assert code_of('"äöü"'.encode(), max_bytes=7) == "input-too-large"
    assert code_of("[1, 2, 3]", max_bytes=7) == "input-too-large"


@given(VALUES, st.booleans(), st.sampled_from([None, 2]))
def test_ordinary_json_is_read_like_every_reader_reads_it(
    value: Any, ascii_only: bool, indent: int | None
) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent)

    assert strict_json.loads(text) == value
    assert strict_json.loads(text.encode()) == value


@given(st.text() | st.text(st.sampled_from('[]{}",:0123456789.eE+-\\udDnNtrue ')) | st.binary())
@example("1E400")
@example('{"a":0,"a":0}')
@example('"\\uD800"')
@example("[-Infinity]")
def test_it_accepts_what_the_usual_reader_accepts_apart_from_what_it_names(
    data: str | bytes,
) -> None:
    try:
        value = strict_json.loads(data)
    except UnreadableInput as problem:
        refusal = problem.code
    else:
        assert repr(value) == repr(json.loads(data))
        assert not _has_infinity(value)
        return

    if refusal == "json-syntax":
        with pytest.raises(ValueError, match=r"."):
            json.loads(data if isinstance(data, str) else data.decode("utf-8"))


def _has_infinity(value: object) -> bool:
    if isinstance(value, dict):
        return any(map(_has_infinity, value.values()))
    if isinstance(value, list):
        return any(map(_has_infinity, value))
    return isinstance(value, float) and math.isinf(value)


def texts_and_gaps(value: Any) -> tuple[list[str], bool]:
    """All texts in a value, names included, and whether a null or an empty array is in it."""
    if isinstance(value, str):
        return [value], False
    inner: list[Any] = list(value) if isinstance(value, list | dict) else []
    if isinstance(value, dict):
        inner += value.values()
    found = [texts_and_gaps(each) for each in inner]
    gaps = value is None or value == [] or any(gap for _, gap in found)
    return [text for texts, _ in found for text in texts], gaps


@given(
    value=VALUES,
    ascii_only=st.booleans(),
    separators=st.sampled_from([(",", ":"), (", ", ": "), (" ,\r\n", "\t: ")]),
)
@example(value=[], ascii_only=True, separators=(",", ":"))
@example(value={"\x7f": "\x7f"}, ascii_only=False, separators=(",", ":"))
def test_a_trait_of_the_text_holds_for_everything_in_the_value(
    value: Any, ascii_only: bool, separators: tuple[str, str]
) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only, separators=separators)

    traits = strict_json.traits_of(text)

    texts, gaps = texts_and_gaps(strict_json.loads(text))
    assert not (traits.full and gaps)
    assert not (traits.plain and any(character in '"\\\x7f' for character in "".join(texts)))
    assert not (traits.plain and any(character < " " for character in "".join(texts)))


@pytest.mark.parametrize(
    ("text", "plain", "full"),
    [
        ('{"name": "Bäcker", "tags": ["a"]}', True, True),
        ('{"name": "B\\u00e4cker"}', False, True),
        ('{"name": "\x7f"}', False, True),
        ('{"name":null}', True, False),
        ('{"name": [ \n\t\r]}', True, False),
        ('{"name": "[]"}', True, False),
    ],
)
def test_the_traits_are_seen_without_a_walk(text: str, plain: bool, full: bool) -> None:
    assert strict_json.traits_of(text) == (plain, full, None)
