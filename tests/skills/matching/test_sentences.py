"""A sentence model beside the static matcher. Here another token table stands for the model."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from sealwright.skills.errors import UnreadableIndex
from sealwright.skills.matching import (
    Index,
    SentenceMatcher,
    StaticMatcher,
    Target,
    TokenTable,
    build,
    held,
    load,
    read,
)
from sealwright.skills.matching import arrays as files
from sealwright.skills.matching.index import KIND
from sealwright.skills.matching.sentences import SHARE, SURER
from sealwright.skills.matching.table import quantised
from tests.skills.matching.small import CALIBRATION, OCCUPATIONS, SKILLS, a_table

ENTRIES = {Target.SKILLS: SKILLS, Target.OCCUPATIONS: OCCUPATIONS}


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> TokenTable:
    return a_table(tmp_path_factory.mktemp("static"))


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> TokenTable:
    """To this one a loaf is bread, and nothing else has a meaning."""
    pieces = ["loaf", "bread"]
    rows, scales = quantised(np.array([[1, 0.2], [1, 0]], np.float32))
    path = tmp_path_factory.mktemp("model") / "model.bin"
    TokenTable(pieces, rows, scales).write(path, {})
    return TokenTable.read(path)


def a_matcher(table: TokenTable, model: TokenTable) -> SentenceMatcher:
    index = held(ENTRIES, table, model)
    return SentenceMatcher(index, model, StaticMatcher(index, table, CALIBRATION))


def test_the_model_changes_the_order_and_adds_a_term(table: TokenTable, model: TokenTable) -> None:
    text = "a loaf, and bake a cake"
    static = StaticMatcher(held(ENTRIES, table), table, CALIBRATION).match(text, top=8)
    found = a_matcher(table, model).match(text, top=8)

    before = {each.uri: each for each in static}
    bread = next(each for each in found if each.uri == "urn:skill:bread")
    name, value = bread.terms[-1]
    assert name == "model"
    assert value == pytest.approx(SHARE * 0.98, abs=0.01)
    assert bread.score == sum(value for _, value in bread.terms)
    assert bread.score == pytest.approx((1 - SHARE) * before[bread.uri].score + value, abs=1e-9)
    assert [each.uri for each in found].index(bread.uri) <= [each.uri for each in static].index(
        bread.uri
    )


def test_the_first_skills_are_those_that_both_find_likely(
    table: TokenTable, model: TokenTable
) -> None:
    found = a_matcher(table, model).match("a loaf, and bake a cake", top=8)

    odds = [math.log(each.confidence / (1 - each.confidence)) for each in found]
    likenesses = [dict(each.terms)["model"] / SHARE for each in found]
    heights = [a + SURER * b for a, b in zip(odds, likenesses, strict=True)]
    assert heights == sorted(heights, reverse=True)


def test_occupations_stay_in_the_order_of_their_score(table: TokenTable, model: TokenTable) -> None:
    found = a_matcher(table, model).match("a baker of bread", top=8, target=Target.OCCUPATIONS)

    scores = [each.score for each in found]
    assert scores == sorted(scores, reverse=True)


def test_how_sure_a_match_is_stays_the_word_of_the_static_matcher(
    table: TokenTable, model: TokenTable
) -> None:
    text = "bake bread"
    static = StaticMatcher(held(ENTRIES, table), table, CALIBRATION).match(text, top=8)
    sure = {each.uri: (each.confidence, each.accepted, each.window) for each in static}

    for each in a_matcher(table, model).match(text, top=8):
        assert (each.confidence, each.accepted, each.window) == sure[each.uri]


def test_the_engine_names_the_model_and_the_engine_before_it(
    table: TokenTable, model: TokenTable
) -> None:
    matcher = a_matcher(table, model)
    [match] = matcher.match("bake bread", top=1)

    assert match.engine == matcher.engine
    assert matcher.engine.startswith(f"sentence-2+{model.digest[:8]} static-")


def test_it_stands_wherever_a_matcher_does(table: TokenTable, model: TokenTable) -> None:
    matcher = a_matcher(table, model)

    found = read(matcher, "You bake bread.\n- lead a team", least=0.0)
    assert {"urn:skill:bread", "urn:skill:lead"} <= {each.uri for each in found}
    assert matcher.match("baker", top=1, target=Target.OCCUPATIONS)[0].uri == "urn:job:baker"


@pytest.mark.parametrize(("text", "top"), [("", 5), ("…", 5), ("bake bread", 0)])
def test_where_the_static_matcher_finds_nothing_nothing_is_found(
    table: TokenTable, model: TokenTable, text: str, top: int
) -> None:
    assert a_matcher(table, model).match(text, top=top) == []


def test_an_index_keeps_the_vectors_of_its_model(
    tmp_path: Path, table: TokenTable, model: TokenTable
) -> None:
    build(tmp_path / "with", ENTRIES, table, {}, model)
    index = load(tmp_path / "with")
    first = StaticMatcher(index, table, CALIBRATION)

    assert index.model == model.digest
    assert SentenceMatcher(index, model, first).match("loaf bread") == a_matcher(
        table, model
    ).match("loaf bread")


def test_an_index_without_the_model_says_what_to_do(
    tmp_path: Path, table: TokenTable, model: TokenTable
) -> None:
    build(tmp_path / "without", ENTRIES, table, {})

    index: Index = load(tmp_path / "without")
    with pytest.raises(UnreadableIndex, match="build it again with it") as caught:
        SentenceMatcher(index, model)
    assert caught.value.code == "index-no-model"


def test_an_index_that_names_a_model_and_lacks_its_vectors_is_refused(
    tmp_path: Path, table: TokenTable, model: TokenTable
) -> None:
    build(tmp_path / "whole", ENTRIES, table, {}, model)
    found = files.read(tmp_path / "whole", KIND)
    rest = {name: part for name, part in found.arrays.items() if not name.endswith(".model")}
    files.write(tmp_path / "cut", KIND, found.about, rest)

    with pytest.raises(UnreadableIndex, match="not whole"):
        load(tmp_path / "cut")


def test_without_a_matcher_of_its_own_it_uses_the_shipped_one(model: TokenTable) -> None:
    shipped = TokenTable.shipped()
    matcher = SentenceMatcher(held(ENTRIES, shipped, model), model)

    assert matcher.match("bake bread", top=1)[0].uri == "urn:skill:bread"
