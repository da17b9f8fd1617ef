"""Text becomes words, and words become pieces, whatever the text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sealwright.skills.matching.windows import LONGEST, clauses, windows
from sealwright.skills.matching.wordpiece import WordPiece, words_in, words_of

PIECES = ["java", "script", "##script", "a", "##a", "b", "##b", "c++"]


def test_the_longest_piece_comes_first() -> None:
    cutter = WordPiece(PIECES)

    found = [PIECES[number] for number in cutter.ids_of("javascript")]

    assert found == ["java", "##script"]


def test_what_no_piece_covers_is_passed_over() -> None:
    cutter = WordPiece(PIECES)

    assert cutter.ids_of("zzz") == ()
    assert [PIECES[number] for number in cutter.ids_of("azb")] == ["a", "##b"]
    assert WordPiece([]).ids_of("word") == ()


def test_what_is_remembered_stays_within_bounds(monkeypatch: object) -> None:
    cutter = WordPiece(PIECES)

    for number in range(60_010):
        cutter.ids_of(f"a{number}")

    assert len(cutter._remembered) <= 60_000


def test_letters_and_their_marks_are_one_word() -> None:
    assert words_of("cafe\u0301 CAFÉ ½") == ["cafe", "cafe", "1", "2"]
    assert words_of("node.js, ASP.NET") == ["node", "js", "asp", ".net"]


def test_a_point_within_a_word_ends_no_clause() -> None:
    words, spans = clauses("use node.js daily. Then rest")

    assert [[word.text for word in words[a:b]] for a, b in spans] == [
        ["use", "node", "js", "daily"],
        ["then", "rest"],
    ]


def test_a_long_clause_is_a_window_as_a_whole() -> None:
    words, spans = clauses("one two three four five six seven eight nine ten")

    found = windows(words, spans)

    assert (0, 10) in found
    assert max(after - first for first, after in found if (first, after) != (0, 10)) == LONGEST


@given(st.text())
def test_every_text_has_words_at_places_in_it(text: str) -> None:
    words = list(words_in(text))

    assert all(0 <= word.start < word.stop <= len(text) for word in words)
    assert [word.text for word in words] == words_of(text)
    assert words == list(words_in(text))


@given(st.text(alphabet=st.sampled_from("ab .,;cz+é\u0301\n")))
def test_every_window_lies_within_a_clause(text: str) -> None:
    words, spans = clauses(text)

    for first, after in windows(words, spans):
        assert any(a <= first < after <= b for a, b in spans)


@given(st.text())
def test_pieces_of_any_word_are_pieces_of_the_vocabulary(word: str) -> None:
    assert set(WordPiece(PIECES).ids_of(word)) <= set(range(len(PIECES)))
