"""Frameworks as hypothesis draws them: everything the model can hold, in several languages."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from sealwright.skills.frameworks import (
    About,
    Bond,
    Concept,
    Framework,
    Kind,
    Level,
    Need,
    Occupation,
    Related,
    Relation,
    Reuse,
    Tier,
    Tool,
)

LANGUAGES = ("en", "de-AT", "fr", "und")
ADDRESSES = tuple(f"https://skills.example/{number}" for number in range(8))
ELSEWHERE = (*ADDRESSES, "urn:uuid:0b0d2c1e-6a1c-4c0d-9a55-6a1f4f7f0001")

words = st.text(
    st.characters(categories=("L", "N", "P", "Sm"), exclude_characters="\ufeff"),
    min_size=1,
    max_size=8,
).filter(lambda text: text == text.strip())
numbers = st.integers(0, 7).map(float) | st.sampled_from([1.5, 4.75])
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | words,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(words, inner, max_size=2),
    max_leaves=4,
)


def in_languages(least: int = 0) -> st.SearchStrategy[tuple[tuple[str, str], ...]]:
    """One text a language, in any order of languages."""
    return st.lists(
        st.tuples(st.sampled_from(LANGUAGES), words), min_size=least, max_size=3,
        unique_by=lambda pair: pair[0],
    ).map(tuple)  # fmt: skip


def several() -> st.SearchStrategy[tuple[tuple[str, str], ...]]:
    return st.lists(st.tuples(st.sampled_from(LANGUAGES), words), max_size=3, unique=True).map(
        tuple
    )


def extras() -> st.SearchStrategy[tuple[tuple[str, str], ...]]:
    names = st.sampled_from(["esco:scopeNote", "osmt:Keywords", "other"])
    texts = json_values.map(lambda value: json.dumps(value, sort_keys=True, separators=(",", ":")))
    return st.dictionaries(names, texts, max_size=2).map(lambda kept: tuple(sorted(kept.items())))


def addresses(most: int = 2) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(ELSEWHERE), max_size=most, unique=True).map(tuple)


needs = st.builds(
    Need,
    st.sampled_from(ELSEWHERE),
    st.booleans(),
    st.none() | numbers,
    st.none() | numbers,
    st.none() | st.tuples(numbers, numbers, numbers),
)
relations = st.lists(
    st.builds(Relation, st.sampled_from(ELSEWHERE), st.sampled_from(Bond)), max_size=3, unique=True
).map(tuple)


def concepts(uri: str) -> st.SearchStrategy[Concept]:
    return st.builds(
        Concept,
        uri=st.just(uri),
        labels=in_languages(1),
        alternatives=several(),
        descriptions=in_languages(),
        kind=st.sampled_from(Kind),
        code=st.just("") | words,
        broader=addresses().map(lambda above: tuple(one for one in above if one != uri)),
        related=relations,
        reuse=st.none() | st.sampled_from(Reuse),
        transversal=st.booleans(),
        collections=st.lists(words, max_size=2, unique=True).map(tuple),
        levels=st.lists(st.builds(Level, numbers, in_languages(), in_languages()), max_size=2).map(
            tuple
        ),
        extra=extras(),
    )


def occupations(uri: str) -> st.SearchStrategy[Occupation]:
    return st.builds(
        Occupation,
        uri=st.just(uri),
        labels=in_languages(1),
        alternatives=several(),
        descriptions=in_languages(),
        code=st.just("") | words,
        broader=addresses().map(lambda above: tuple(one for one in above if one != uri)),
        needs=st.lists(needs, max_size=2).map(tuple),
        zone=st.none() | st.integers(1, 5),
        related=st.lists(
            st.builds(Related, st.sampled_from(ELSEWHERE), st.sampled_from(Tier)), max_size=2
        ).map(tuple),
        tools=st.lists(
            st.builds(Tool, st.sampled_from(ELSEWHERE), st.booleans(), st.booleans()), max_size=2
        ).map(tuple),
        tasks=several(),
        extra=extras(),
    )


abouts = st.builds(
    About,
    address=st.just("https://skills.example/framework"),
    title=in_languages(1),
    version=st.just("") | words,
    publisher=st.just("") | words,
    languages=st.lists(st.sampled_from(LANGUAGES), max_size=2, unique=True).map(tuple),
    licence=st.just("") | st.just("https://licence.example/by"),
    attribution=st.just("") | words,
    description=in_languages(),
    flat=st.booleans(),
    extra=extras(),
)


@st.composite
def frameworks(draw: Any) -> Framework:
    """A framework of up to five concepts and three occupations."""
    many, jobs = draw(st.integers(0, 5)), draw(st.integers(0, 3))
    return Framework(
        draw(abouts),
        tuple(draw(concepts(uri)) for uri in ADDRESSES[:many]),
        tuple(draw(occupations(uri)) for uri in ADDRESSES[many : many + jobs]),
    )
