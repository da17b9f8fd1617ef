"""What a credential tells of itself, whatever shape it has."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sealwright.web.verifying.card import card_of, honest
from tests.web.reports import CREDENTIAL

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=12,
)
MEMBERS = st.dictionaries(st.sampled_from(sorted(CREDENTIAL)), JSON)


def test_everything_told_is_on_the_card() -> None:
    card = card_of(CREDENTIAL)

    assert card is not None
    assert card.title == "Cloud Security Engineering"
    assert card.issuer.called == "Northshore University"
    assert card.holder.name == "Amara Okafor"
    assert card.awarded.day == "14 March 2026"
    assert card.ends.day == "14 March 2029"
    assert [skill.name for skill in card.skills][:1] == ["Secure cloud architecture"]
    assert [result.words for result in card.results] == ["87 of 100", "With distinction"]
    assert [str(name) for name in card.standards] == [
        "Open Badges 3.0",
        "Verifiable Credentials 2.0",
    ]
    assert [str(form) for form in card.form] == [
        "In a PNG picture",
        "Signature inside the document",
    ]
    assert card.evidence[0].url == "https://northshore.example/evidence/1"


def test_where_nothing_was_read_there_is_no_card() -> None:
    assert card_of({}) is None


@given(MEMBERS)
def test_no_shape_of_a_summary_breaks_the_card(summary: dict[str, Any]) -> None:
    card_of(summary)


@given(st.text())
def test_no_text_keeps_a_character_that_misleads(text: str) -> None:
    assert not set(honest(text)) & set("\u202a\u202b\u202d\u202e\u2066\u2069\u200b\x00\x1b\ufeff")


def test_a_text_without_end_is_cut() -> None:
    card = card_of({"title": "W" * 5000, "description": "x" * 50_000, "id": "i" * 5000})

    assert card is not None
    assert (len(card.title), len(card.description), len(card.identifier)) == (240, 2000, 240)
