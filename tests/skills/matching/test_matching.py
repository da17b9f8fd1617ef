"""What a sentence means, found by vectors, windows, names and letters."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sealwright.skills.errors import UnfitRequest
from sealwright.skills.frameworks import About, Concept, Framework, Kind, Occupation
from sealwright.skills.matching import (
    Matcher,
    Named,
    StaticMatcher,
    Target,
    TokenTable,
    build,
    held,
    load,
    named,
    read,
)
from sealwright.skills.matching.confidence import Calibration
from sealwright.skills.matching.engine import CANDIDATES, MOST_WORDS
from sealwright.skills.matching.letters import Letters
from tests.skills.matching.small import CALIBRATION, SKILLS, a_table, an_index


def test_a_skill_is_found_by_another_of_its_names(matcher: StaticMatcher) -> None:
    [found] = matcher.match("You will do steel welding in our kitchen", top=1)

    assert (found.uri, found.label, found.window) == (
        "urn:skill:weld",
        "weld steel",
        "steel welding",
    )


def test_the_part_that_matched_is_shown(matcher: StaticMatcher) -> None:
    text = "We sell service; you bake bread."

    found = matcher.match(text, top=2)

    assert found[0].uri == "urn:skill:bread"
    assert text[found[0].start : found[0].stop] == found[0].window == "bake bread"


def test_the_terms_add_up_to_the_score(matcher: StaticMatcher) -> None:
    for found in matcher.match("Plan and cook meals. Lead a team of nurses", top=8):
        assert abs(sum(value for _, value in found.terms) - found.score) < 1e-9
        assert next(name for name, _ in found.terms) == "sentence"


def test_occupations_are_found_apart_from_skills(matcher: StaticMatcher) -> None:
    found = matcher.match("bread baker", target=Target.OCCUPATIONS)

    assert [each.uri for each in found] == ["urn:job:baker", "urn:job:chef"]


def test_what_is_not_needed_is_no_match(matcher: StaticMatcher) -> None:
    found = matcher.match("Bake bread, no experience in Java needed", top=1)

    assert found[0].uri == "urn:skill:bread"
    assert matcher.match("No experience in Java needed") == []


def test_a_text_without_words_has_no_match(matcher: StaticMatcher) -> None:
    assert matcher.match("") == matcher.match(" …!") == matcher.match("bread", top=0) == []


def test_little_words_alone_are_looked_at_as_a_whole(matcher: StaticMatcher) -> None:
    [found] = matcher.match("for the", top=1)

    assert found.window == "for the"


def test_a_sure_match_is_accepted_and_others_are_suggested(matcher: StaticMatcher) -> None:
    sure, *others = matcher.match("bake bread")

    assert sure.accepted
    assert sure.confidence > 0.9
    assert not any(each.accepted for each in others)


def test_each_sentence_of_a_text_counts_by_itself(matcher: StaticMatcher) -> None:
    found = matcher.match("Weld steel. Care for patients.", top=2)

    assert {each.uri for each in found} == {"urn:skill:weld", "urn:skill:care"}


def test_only_the_beginning_of_an_endless_text_is_looked_at(matcher: StaticMatcher) -> None:
    filler = "planning " * MOST_WORDS

    found = matcher.match(filler + ", weld steel", top=1)

    assert "weld" not in found[0].window


def test_the_engine_says_its_version_and_table(matcher: StaticMatcher) -> None:
    found = matcher.match("bread")[0]

    assert found.engine == matcher.engine
    assert matcher.engine.startswith("static-3+")


def test_a_matcher_can_be_made_from_a_file(tmp_path: Path) -> None:
    build(tmp_path / "index", {Target.SKILLS: [Named("urn:1", "cook")]}, TokenTable.shipped(), {})

    matcher: Matcher = StaticMatcher.at(tmp_path / "index")

    assert [each.uri for each in matcher.match("I cook.")] == ["urn:1"]
    assert matcher.match("I cook.", target=Target.OCCUPATIONS) == []


def test_more_entries_than_candidates_still_give_the_best(tmp_path: Path) -> None:
    table = a_table(tmp_path)
    many = [
        Named(f"urn:{n:04}", f"design {chr(97 + n % 26)}{chr(97 + n // 26)}") for n in range(400)
    ]
    build(tmp_path / "index", {Target.SKILLS: [*many, Named("urn:z", "cook meals")]}, table, {})

    found = StaticMatcher(load(tmp_path / "index"), table).match("cook meals", top=999)

    assert found[0].uri == "urn:z"
    assert len(found) == CANDIDATES


def test_the_surest_skill_comes_first_and_the_likeliest_occupation(tmp_path: Path) -> None:
    table = a_table(tmp_path)
    index = an_index(tmp_path, table)
    text = "Plan and cook meals with a baker, or bake bread"
    learnt = {"urn:skill:java cook": 1.0, "urn:skill:bread": 9.0, "urn:job:chef cook": 99.0}

    matcher = StaticMatcher(index, table, Calibration(-5.0, {"same words": 2.0}, learnt))
    skills = matcher.match(text)
    jobs = matcher.match(text, target=Target.OCCUPATIONS)

    assert skills[0].uri == "urn:skill:bread"
    assert skills[0].confidence > skills[1].confidence
    assert [each.score for each in jobs] == sorted((each.score for each in jobs), reverse=True)


def test_more_matches_begin_with_the_same_ones(matcher: StaticMatcher) -> None:
    text = "Lead a team, write software in Java, weld steel"

    assert matcher.match(text, top=8)[:3] == matcher.match(text, top=3)


def test_ties_go_by_address(tmp_path: Path) -> None:
    table = a_table(tmp_path)
    twins = [Named("urn:b", "cook"), Named("urn:a", "cook"), Named("urn:c", "cook")]
    build(tmp_path / "index", {Target.SKILLS: twins}, table, {})

    found = StaticMatcher(load(tmp_path / "index"), table).match("cook")

    assert [each.uri for each in found] == ["urn:a", "urn:b", "urn:c"]


def test_of_two_entries_with_one_address_the_first_counts(tmp_path: Path) -> None:
    table = a_table(tmp_path)
    entries = [Named("urn:a", "cook"), Named("urn:a", "bake")]

    counts = build(tmp_path / "index", {Target.SKILLS: entries}, table, {"by": "me"})
    index = load(tmp_path / "index")

    assert counts == {Target.SKILLS: 1, Target.OCCUPATIONS: 0}
    assert index.sections[Target.SKILLS].labels == ["cook"]
    assert index.about == {"by": "me"}


def test_an_index_of_nothing_is_not_built(tmp_path: Path) -> None:
    with pytest.raises(UnfitRequest) as refused:
        build(tmp_path / "index", {}, a_table(tmp_path), {})

    assert refused.value.code == "index-empty"
    assert not (tmp_path / "index").exists()


def test_a_framework_gives_names_of_one_language() -> None:
    colour = Concept(
        "urn:1",
        (("en", "colour"), ("de", "Farbe")),
        alternatives=(("en-US", "color"), ("de", "Anstrich"), ("und", "hue")),
    )
    groups = Concept("urn:2", (("en", "group"),), kind=Kind.GROUP)
    painter = Occupation("urn:3", (("de", "Malerin"),), alternatives=(("de", "Maler"),))
    framework = Framework(About("urn:f", (("en", "f"),)), (colour, groups), (painter,))

    assert named(framework) == {
        Target.SKILLS: [Named("urn:1", "colour", ("color", "hue"))],
        Target.OCCUPATIONS: [Named("urn:3", "Malerin", ("Maler",))],
    }
    assert named(framework, "de")[Target.SKILLS] == [Named("urn:1", "Farbe", ("Anstrich", "hue"))]


def test_the_same_spelling_is_most_alike() -> None:
    letters = Letters.of(["weld steel", "bake bread", "!"])

    found = letters.likeness("weld steel")

    assert found.argmax() == 0
    assert found[0] == pytest.approx(1)
    assert not letters.likeness("…").any()
    assert letters.likeness("Zq").sum() == 0


def test_another_table_than_the_shipped_one_accepts_nothing() -> None:
    calibration = Calibration.shipped("another table")

    assert calibration.confidence({"sentence": 1.0}, "urn:1") == 0.5
    assert calibration.threshold == 1
    assert Calibration.shipped(TokenTable.shipped().digest).threshold < 1


def test_a_table_knows_words_it_has_only_in_parts(tmp_path: Path) -> None:
    table = a_table(tmp_path)

    found = table.words(["bake", "xyz", "…"])

    assert found[0].any()
    assert found[1].any()
    assert not found[2].any()
    assert not table.texts(["", "…"]).any()
    assert np.linalg.norm(table.texts(["bake bread"])) == pytest.approx(1, abs=1e-5)


def test_a_text_that_is_the_label_has_the_highest_score(matcher: StaticMatcher) -> None:
    [found] = matcher.match("weld steel", top=1)

    assert found.score == pytest.approx(1, abs=0.01)
    assert found.score <= 1


def test_a_long_text_is_read_in_one_pass(matcher: StaticMatcher) -> None:
    text = (
        "Staff wanted\n\nYou will:\n- bake bread\n- lead a team\n"
        "Benefits\n- Java\n\nRequirements\nNo experience in steel welding needed.\n"
    )

    found = read(matcher, text)

    uris = {each.uri for each in found}
    assert {"urn:skill:bread", "urn:skill:lead"} <= uris
    assert not {"urn:skill:java", "urn:skill:weld"} & uris
    assert all(text[each.start : each.stop] == each.window for each in found)
    assert read(matcher, text, most=1) == found[:1]
    assert read(matcher, text, least=1.1) == []


def test_occupations_can_be_read_from_a_long_text(matcher: StaticMatcher) -> None:
    found = read(matcher, "Work history\n2019: chef\n2021: baker", target=Target.OCCUPATIONS)

    assert {each.uri for each in found} == {"urn:job:baker", "urn:job:chef"}


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=300))
def test_any_text_has_the_same_answer_twice(matcher: StaticMatcher, text: str) -> None:
    found = matcher.match(text)

    assert found == matcher.match(text)
    assert found == sorted(found, key=lambda each: (-each.confidence, -each.score, each.uri))
    assert all(0 <= each.start < each.stop <= len(text) for each in found)
    assert all(0 <= each.confidence <= 1 >= each.score for each in found)
    assert all(0 <= each.start < each.stop <= len(text) for each in read(matcher, text, least=0))


def test_an_index_that_is_held_finds_what_one_in_a_file_finds(tmp_path: Path) -> None:
    table = a_table(tmp_path)
    entries = {Target.SKILLS: SKILLS}
    build(tmp_path / "index", entries, table, {})
    text = "Plan and cook meals. Lead a team of nurses"

    kept = StaticMatcher(load(tmp_path / "index"), table, CALIBRATION).match(text)
    found = StaticMatcher(held(entries, table), table, CALIBRATION).match(text)

    assert found == kept
    with pytest.raises(UnfitRequest):
        held({}, table)
