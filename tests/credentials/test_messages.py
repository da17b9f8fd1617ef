from __future__ import annotations

from sealwright.credentials.errors import MalformedCredential
from sealwright.credentials.messages import clause_of, sentence


def test_a_sentence_shows_what_was_found() -> None:
    problem = MalformedCredential(pointer="/name", problem="it is no text")

    assert str(problem) == "The value at /name is not allowed: it is no text."


def test_a_parameter_that_is_missing_shows_as_its_name() -> None:
    assert sentence("malformed", {"pointer": "/name"}) == (
        "The value at /name is not allowed: (problem)."
    )


def test_a_code_without_a_sentence_is_shown_as_it_is() -> None:
    assert sentence("unheard-of", {}) == "unheard-of"
    assert clause_of("unheard-of") == ""
