"""Two texts that are spelled alike are the same JSON, but for strings."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealwright.credentials.errors import UnreadableInput
from sealwright.credentials.model import strict_json
from sealwright.credentials.model.spelling import MAX_ALIKE, MAX_PARTS, Skeletons, Spelling
from sealwright.credentials.model.texts import mapped

TEXT = '{"type": ["Badge"], "name": "Baker", "hours": 40, "skills": [{"name": "dough"}]}'


def learnt(*texts: str, most: int = 8) -> Skeletons:
    known = Skeletons(strict_json.loads, most)
    for text in texts:
        known.learn(Spelling(text.split('"')))
    return known


def knows(known: Skeletons, text: str) -> bool:
    return known.read(text).skeleton is not None


def test_other_strings_are_no_other_spelling() -> None:
    known = learnt(TEXT)

    spelling = known.read(TEXT.replace("Baker", "").replace("dough", "ovens: {40}"))

    assert spelling.texts == ("", "ovens: {40}")
    assert spelling.skeleton is known.read(TEXT).skeleton


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"name": "Baker"', '"title": "Baker"'),
        ("40", "41"),
        ("40", '"40"'),
        (": ", ":"),
        ('{"name": "dough"}', '{"name": "dough"}, {"name": "dough"}'),
        ('["Badge"]', '["Medal"]'),
        ('"hours": 40', '"hours": 40, "hours": 40'),
    ],
)
def test_everything_else_is(old: str, new: str) -> None:
    assert not knows(learnt(TEXT), TEXT.replace(old, new))


def test_a_spelling_is_learnt_once_and_stays_what_it_was() -> None:
    known = learnt(TEXT)
    first = known.read(TEXT).skeleton

    assert known.learn(Spelling(TEXT.split('"'))).skeleton is first


def test_a_text_that_looks_like_a_marker_is_not_learnt() -> None:
    text = TEXT.replace("Baker", "urn:text-7-")

    assert not knows(learnt(text), text)


@pytest.mark.parametrize("part", ["1", '""', "{}"])
def test_a_text_of_very_many_parts_is_not_learnt(part: str) -> None:
    parts = ",".join([part] * (MAX_PARTS + 2))
    text = f'{{"name": "Baker", "parts": [{parts}]}}'

    assert not knows(learnt(text), text)


def test_what_is_made_for_one_text_is_not_shared_with_the_next() -> None:
    known = learnt(TEXT)
    spelling = known.read(TEXT)
    assert spelling.skeleton is not None

    one = spelling.skeleton.build(spelling.texts)
    one["type"].append("Changed")
    one["skills"][0].clear()

    assert spelling.skeleton.build(spelling.texts) == json.loads(TEXT)


def test_strangers_cannot_fill_the_memory() -> None:
    texts = [f'{{"hours": {number}, "name": ""}}' for number in range(5)]

    known = learnt(*texts, most=4)

    assert [knows(known, text) for text in texts] == [False] * 4 + [True]


def test_only_some_that_differ_in_types_are_kept() -> None:
    texts = [TEXT.replace("Badge", f"Badge{number}") for number in range(MAX_ALIKE + 1)]

    known = learnt(*texts, most=99)

    assert [knows(known, text) for text in texts] == [True] * MAX_ALIKE + [False]


@pytest.mark.parametrize(
    ("text", "full"),
    [
        (TEXT, True),
        (TEXT.replace("Baker", "null and []"), True),
        (TEXT.replace("40", "null"), False),
        (TEXT.replace("40", "[ \n ]"), False),
        (TEXT.replace("40", "[[], 1]"), False),
    ],
)
def test_what_nobody_signs_is_seen_in_the_skeleton(text: str, full: bool) -> None:
    skeleton = learnt(text).read(text).skeleton

    assert skeleton is not None
    assert skeleton.full is full


def test_a_marker_stands_for_each_string_that_decides_nothing() -> None:
    skeleton = learnt(TEXT).read(TEXT).skeleton

    assert skeleton is not None
    assert skeleton.document == json.loads(TEXT) | {
        "name": skeleton.markers[0],
        "skills": [{"name": skeleton.markers[1]}],
    }


@pytest.mark.parametrize(
    "text", ["Bäcker", "Baker\u00a0&\u00a0Co", "Baker\x01", "Baker\ud800", "\x85"]
)
def test_strings_of_a_known_spelling_are_read_as_strictly(text: str) -> None:
    strict_json.KNOWN.learn(Spelling(TEXT.split('"')))
    other = TEXT.replace("Baker", text)

    found = outcome(lambda given: strict_json.loads_with_traits(given)[0], other)

    assert found == outcome(strict_json.loads, other)


LETTERS = st.text('ab:,{}[] 01é\x7f\n"\\\ud800', max_size=3)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | LETTERS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["a", "b", "type", "@context", ":"]), inner, max_size=4)
    ),
    max_leaves=12,
)
SEPARATORS = st.sampled_from([(",", ":"), (", ", ": "), (" ,\r\n", "\t: ")])


def outcome(read: Any, text: str) -> Any:
    try:
        return read(text)
    except UnreadableInput as problem:
        return problem.code, problem.evidence


@given(value=JSON, separators=SEPARATORS, chance=st.randoms(use_true_random=False))
def test_a_text_is_read_the_same_whether_its_spelling_is_known_or_not(
    value: Any, separators: tuple[str, str], chance: Random
) -> None:
    text = json.dumps(value, ensure_ascii=False, separators=separators)
    if "\\" not in text:
        strict_json.KNOWN.learn(Spelling(text.split('"')))

    for other in (text, mangled(text, chance), mangled(text, chance)):
        found = outcome(lambda text: strict_json.loads_with_traits(text)[0], other)
        assert found == outcome(strict_json.loads, other)


def mangled(text: str, chance: Random) -> str:
    """The text with some of what stands between its quotation marks changed."""
    pieces = text.split('"')
    for _ in range(chance.choice([0, 1, 1, 2])):
        at = chance.randrange(len(pieces))
        pieces[at] = chance.choice(["", "a", "b", "\x01", "\ud800", "é", ",", "1", *pieces])
    return '"'.join(pieces)


@given(value=JSON, chance=st.randoms(use_true_random=False))
def test_what_is_spelled_alike_differs_in_strings_only(value: Any, chance: Random) -> None:
    text = json.dumps(value, ensure_ascii=False)
    if "\\" in text or "\ud800" in text:
        return
    known = learnt(text)
    other = mangled(text, chance)

    if knows(known, other) and "\x01" not in other:
        assert blank(json.loads(other)) == blank(value)


def blank(value: Any) -> Any:
    return mapped(value, lambda _: "")
