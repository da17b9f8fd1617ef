from __future__ import annotations

import json
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from sealwright.credentials.errors import MalformedCredential
from sealwright.credentials.proofs.jcs import canonical_json

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(-(2**53) + 1, 2**53 - 1)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_the_canonical_text_means_the_same_and_is_its_own(value: Any) -> None:
    text = canonical_json(value)

    assert json.loads(text) == value
    assert canonical_json(json.loads(text)) == text


@given(VALUES)
def test_the_short_way_gives_what_the_long_way_gives(value: Any) -> None:
    assert canonical_json(value) == rfc8785.dumps(value)


def test_members_are_sorted_by_utf_16_as_the_standard_has_it() -> None:
    assert canonical_json({"\ufb33": 1, "\U0001f600": 2}).decode() == '{"\U0001f600":2,"\ufb33":1}'


@pytest.mark.parametrize(
    "value", [2**53 + 1, -(2**60), float("nan"), float("inf"), "\ud800", {"\udfff": 1}, {1: 1}, {1}]
)
def test_what_other_readers_would_change_is_refused(value: Any) -> None:
    with pytest.raises(MalformedCredential) as refusal:
        canonical_json({"value": [value]})

    assert refusal.value.code == "not-canonical-json"


def test_nesting_beyond_reason_is_refused() -> None:
    value: list[Any] = []
    for _ in range(100_000):
        value = [value]

    with pytest.raises(MalformedCredential):
        canonical_json(value)
