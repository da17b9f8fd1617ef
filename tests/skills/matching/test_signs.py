"""What is known of a match besides likeness."""

from __future__ import annotations

import pytest

from sealwright.skills.matching.signs import Found, Labels, signs
from sealwright.skills.matching.windows import Span, clauses

LABELS = Labels(["SQL", "communication", "energy", "save energy", "Agile development", "R"])


def found(label: str, text: str, window: str, named: float = 1.0) -> dict[str, float]:
    """The signs of `label` found in `text` by `window`."""
    words, spans = clauses(text)
    start = text.index(window)
    inside = [
        number
        for number, word in enumerate(words)
        if start <= word.start and word.stop <= start + len(window)
    ]
    span = Span(inside[0], inside[-1] + 1)
    clause = next(each for each in spans if each.first <= span.first < each.after)
    likenesses = {"sentence": 0.5, "window": 0.9, "names in a window": named, "letters": 0.3}
    return signs(Found(label, text, words, span, clause, likenesses, 0.1, 0.2), LABELS)


def test_a_name_with_capitals_is_told_from_a_term() -> None:
    name = found("SQL", "We ask for sql and more", "sql")
    term = found("communication", "We ask for communication and more", "communication")

    assert name["name: free"] == 1
    assert name["name: ahead"] == 0.2
    assert name["term: free"] == 0
    assert term["name: free"] == 0
    assert term["term: free"] == 1
    assert term["term: sentence"] == 0.5


def test_a_term_that_another_word_narrows_is_not_free() -> None:
    narrowed = found("communication", "We sell asynchronous communication", "communication")
    praised = found("communication", "We ask for excellent communication", "communication")

    assert narrowed["term: one word, not free"] == 1
    assert praised["term: one word, not free"] == 0


def test_another_name_is_told_from_the_label_and_from_mere_likeness() -> None:
    other = found("Agile development", "An agile team", "agile")
    like = found("Agile development", "An agile team", "agile", named=0.9)

    assert (other["other name"], other["other name within the label"]) == (1, 1)
    assert like["other name"] == like["name: ahead"] == like["term: ahead"] == 0


@pytest.mark.parametrize("text", ["Not no-SQL", "SQL-Server", "R & D", "R&D"])
def test_a_part_of_a_word_is_glued(text: str) -> None:
    window = "SQL" if "SQL" in text else "R"

    assert found(window, text, window)["glued"] == 1


def test_a_word_beside_another_one_is_not_glued() -> None:
    assert found("SQL", "SQL & Java", "SQL")["glued"] == 0
    assert found("R", "Python, R", "R")["glued"] == 0


def test_words_of_many_labels_are_a_crowd() -> None:
    assert LABELS.crowd(["energy"]) == 2
    assert LABELS.crowd(["save", "energy"]) == 1
    assert LABELS.crowd(["java"]) == 0
    assert LABELS.rarity(["java"]) > LABELS.rarity(["sql"]) > LABELS.rarity(["energy"])
    assert found("energy", "the energy", "energy")["crowd"] > 0
    assert found("energy", "of the", "of the")["crowd"] == 0


def test_asking_a_whole_clause_and_a_capital_are_seen() -> None:
    asked = found("energy", "Experience with energy", "energy")
    alone = found("energy", "Wind, Energy, sun", "Energy")

    assert (asked["asked"], asked["whole clause"], asked["capital"]) == (1, 0, 0)
    assert (alone["asked"], alone["whole clause"], alone["capital"]) == (0, 1, 1)


def test_where_labels_begin_with_a_capital_only_one_within_a_word_tells() -> None:
    titled = Labels(["Lead A Team", "Bake Bread", "JavaScript"])

    assert [titled.proper(each) for each in ("Lead A Team", "Java", "JavaScript", "SQL")] == [
        False,
        False,
        True,
        True,
    ]
    assert LABELS.proper("SQL (queries)")
    assert not LABELS.proper("energy (of Europe)")


def test_a_term_that_is_only_mentioned_is_told_from_one_asked_for() -> None:
    mentioned = found("energy", "We supply the energy sector", "energy")
    asked = found("energy", "You bring energy skills", "energy")
    name = found("SQL", "We run the SQL team", "SQL")

    assert mentioned["nobody asked"] == mentioned["ours alone"] == 1
    assert mentioned["term: nobody asked"] == mentioned["term: head is others"] == 1
    assert mentioned["term: governed by others"] == mentioned["term: determined"] == 1
    assert asked["nobody asked"] == asked["term: determined"] == 0
    assert asked["term: head asks"] == 1
    assert name["nobody asked"] == 1
    assert name["term: head is others"] == name["term: determined"] == 0
