"""What somebody finds who types into the skill picker."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sealwright.skills.frameworks import Concept, Occupation, Picker

ENTRIES: list[Concept | Occupation] = [
    Concept("urn:x:1", (("en", "manage staff"), ("de", "Personal führen"))),
    Concept("urn:x:2", (("en", "staff"),)),
    Concept("urn:x:3", (("en", "staffing plans"),), alternatives=(("en", "manage rosters"),)),
    Concept("urn:x:4", (("en", "rosters"),), alternatives=(("en", "staff"), ("en", "Rosters"))),
    Concept("urn:x:5", (("en", "program in C++"),)),
    Occupation("urn:x:6", (("en", "staff nurse"),)),
]
PICKER = Picker(ENTRIES)


def found(query: str, most: int = 20) -> list[str]:
    return [hit.entry.uri for hit in PICKER.find(query, most=most)]


def test_the_whole_label_comes_first_then_its_beginning_then_its_words() -> None:
    assert found("staff") == ["urn:x:2", "urn:x:6", "urn:x:3", "urn:x:1", "urn:x:4"]


def test_the_label_that_fitted_is_told() -> None:
    assert [hit.by for hit in PICKER.find("manage ros")] == ["manage rosters"]


def test_words_are_found_by_their_beginnings_in_any_order_language_and_case() -> None:
    assert found("STA man") == ["urn:x:1"]
    assert found("fuhren pers") == ["urn:x:1"]
    assert found("c++") == ["urn:x:5"]


def test_nothing_is_found_for_nothing() -> None:
    assert found("") == found(" - ") == found("welding") == []


def test_the_list_is_as_long_as_was_asked() -> None:
    assert found("staff", most=2) == ["urn:x:2", "urn:x:6"]


@given(st.text(max_size=300))
def test_whatever_is_typed_every_hit_has_each_word(query: str) -> None:
    hits = PICKER.find(query)

    assert len({hit.entry.uri for hit in hits}) == len(hits)


@given(st.sampled_from(ENTRIES), st.data())
def test_every_entry_is_found_by_its_own_label(
    entry: Concept | Occupation, data: st.DataObject
) -> None:
    label = data.draw(st.sampled_from(entry.labels))[1]

    assert entry.uri in [hit.entry.uri for hit in PICKER.find(label)]
