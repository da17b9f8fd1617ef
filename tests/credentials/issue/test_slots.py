from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealwright.credentials.errors import MalformedCredential
from sealwright.credentials.issue.slots import as_form, filled, slot, slots_in, slots_of
from sealwright.credentials.model.texts import mapped


def test_places_are_found_once_each_in_order_of_the_document() -> None:
    document = {"a": "{{two}} {{one}}", "b": ["{{one}}", 3, {"c": "{{three}}"}], "d": None}

    assert slots_of(document) == ("two", "one", "three")


@pytest.mark.parametrize("text", ["{{}}", "{{ a }}", "{a}", "{{A}}", "{{1a}}", "{{a b}}"])
def test_other_braces_are_ordinary_text(text: str) -> None:
    assert slots_in(text) == []


def test_every_place_in_every_text_is_filled_and_names_of_members_are_not() -> None:
    document = {"{{one}}": ["{{one}}, {{two}}", 3, {"x": "{{one}}{{one}}"}]}

    assert filled(document, {"one": "1", "two": "2"}) == {"{{one}}": ["1, 2", 3, {"x": "11"}]}


def test_a_place_without_a_value_is_named() -> None:
    with pytest.raises(MalformedCredential) as caught:
        filled({"a": "{{name}}"}, {})

    assert caught.value.code == "slot-without-value"
    assert caught.value.evidence == {"name": "name"}


def test_what_is_put_in_is_not_searched_for_places_again() -> None:
    assert filled(slot("one"), {"one": "{{two}}"}) == "{{two}}"


def test_values_that_are_no_text_are_left_as_they_are() -> None:
    assert mapped({"a": 1, "b": [True, None]}, str.upper) == {"a": 1, "b": [True, None]}


@given(st.text(), st.text())
def test_a_form_fills_as_filling_does(text: str, value: str) -> None:
    text = f"{text}{{{{name}}}}{text}"
    values = dict.fromkeys(slots_in(text), value)

    assert as_form(text) % values == filled(text, values)
