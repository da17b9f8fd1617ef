"""Long texts are cut where people would cut them, and idle words are left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealwright.skills.matching.documents import asked, passages

ADVERT = """\
Pastry chef (m/f/d)

About us
We have sold shoes since 1912.

Your tasks:
• Prepare dough; Bake cakes
2) Order flour. Keep books.

What we offer
Yoga classes
- English lessons

Requirements
Three years in a bakery, patience
We are an equal opportunity employer.

How to apply
Send your CV to us
"""


def texts(text: str) -> list[str]:
    return [passage.text.strip() for passage in passages(text)]


def test_an_advert_is_cut_into_what_it_asks_for() -> None:
    assert texts(ADVERT) == [
        "Pastry chef (m/f/d)",
        "Prepare dough;",
        "Bake cakes",
        "Order flour.",
        "Keep books.",
        "Three years in a bakery, patience",
    ]


def test_lines_of_a_resume_stand_alone() -> None:
    resume = "Ada Example\n\nSkills\nPython, SQL\nReferences\nOn request\nWork experience\nBaker"

    assert texts(resume) == ["Ada Example", "Python, SQL", "Baker"]


def test_a_heading_with_a_skill_in_it_is_kept() -> None:
    assert texts("Java training\n\nBaking skills & duties\n\nYour key tasks") == [
        "Java training",
        "Baking skills & duties",
    ]


def test_blank_lines_of_any_kind_end_an_idle_section() -> None:
    assert texts("Benefits\nYoga\n   \nWelding") == ["Welding"]
    assert texts("Benefits\nYoga for all of us, every day at five.\n\nWelding") == ["Welding"]


@pytest.mark.parametrize(
    ("sentence", "left"),
    [
        ("No prior experience in retail is required", ""),
        ("You do not need Java, but patience", "but patience"),
        ("A degree is not required; SQL is", "SQL is"),
        ("SQL isn't necessary", ""),
        ("I don't have experience with SAP", ""),
        ("Python preferred but not required", "Python preferred but not required"),
        ("Not only Java but C#", "Not only Java but C#"),
        ("Bake bread", "Bake bread"),
    ],
)
def test_what_is_not_needed_is_blanked(sentence: str, left: str) -> None:
    found = asked(sentence)

    assert found.strip(" ,;") == left
    assert len(found) == len(sentence)


@given(st.text(alphabet=st.sampled_from("ab -•:.\n\r1)Benefits no experience in needed")))
def test_passages_are_parts_of_the_text_in_its_order(text: str) -> None:
    end = 0

    for passage in passages(text):
        part = text[passage.start : passage.start + len(passage.text)]
        assert passage.start >= end
        assert all(a in (b, " ") for a, b in zip(passage.text, part, strict=True))
        end = passage.start + len(passage.text)


@given(st.text())
def test_no_text_is_too_odd_to_be_cut(text: str) -> None:
    assert list(passages(text)) == list(passages(text))
