"""Every code has a sentence, every sentence is used, and every blank in it is filled."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator

import pytest

from sealwright.credentials import errors
from sealwright.credentials.messages import MESSAGES
from tests.house.source import calls, modules, strings

ERRORS = {
    name: kind
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, errors.CredentialError)
}
ADDED_ON_THE_WAY = {"pointer"}
"""Evidence that a caller may add, who knows where in the document the value stands."""

ELSEWHERE = {
    path: tree for path, tree in modules().items() if not path.startswith("credentials/messages/")
}


def test_every_code_that_is_raised_or_reported_has_a_sentence() -> None:
    nameless = {
        (path, code)
        for path, tree in ELSEWHERE.items()
        for code, _ in codes(tree)
        if code not in MESSAGES
    }

    assert nameless == set()


def test_every_sentence_is_used_somewhere() -> None:
    used = {text for tree in ELSEWHERE.values() for text in strings(tree)}

    assert set(MESSAGES) - used == set()


def test_every_error_class_has_a_sentence_of_its_own() -> None:
    assert {kind.default_code for kind in ERRORS.values()} - set(MESSAGES) == set()


def test_every_blank_of_a_sentence_is_filled_where_it_is_raised() -> None:
    unfilled = {
        (path, code, blank)
        for path, tree in ELSEWHERE.items()
        for code, given in codes(tree)
        if given is not None
        for blank in blanks(code) - given - ADDED_ON_THE_WAY
    }

    assert unfilled == set()


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_a_code_is_kebab_case_and_its_sentence_is_a_sentence(code: str) -> None:
    message = MESSAGES[code]

    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)
    assert re.fullmatch(r"[A-Z{‘“].*[.?!}]", message.text)
    assert not message.clause or message.clause.startswith("https://")


def blanks(code: str) -> set[str]:
    """The parameters of the sentence behind a code."""
    text = MESSAGES[code].text if code in MESSAGES else ""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def codes(tree: ast.Module) -> Iterator[tuple[str, set[str] | None]]:
    """The codes a module raises or reports, with the names of the evidence given.

    The names are None where they are not to be seen in the call itself.
    """
    for called, call in calls(tree):
        name = called.rpartition(".")[2]
        if name in ERRORS:
            yield from _raised(call, ERRORS[name])
        elif name == "Finding":
            yield from _reported(call)


def _raised(
    call: ast.Call, kind: type[errors.CredentialError]
) -> Iterator[tuple[str, set[str] | None]]:
    code = _text(call.args[0]) if call.args else kind.default_code
    if code is not None:
        yield code or kind.default_code, _keywords(call.keywords)


def _reported(call: ast.Call) -> Iterator[tuple[str, set[str] | None]]:
    given = dict(enumerate(call.args)) | {word.arg: word.value for word in call.keywords}
    code = _text(given.get(2, given.get("code")))
    if code:
        yield code, _names(given.get(3, given.get("evidence")))


def _text(node: ast.expr | None) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return None


def _keywords(keywords: list[ast.keyword]) -> set[str] | None:
    names = {word.arg for word in keywords}
    return None if None in names else {name for name in names if name}


def _names(node: ast.expr | None) -> set[str] | None:
    if node is None:
        return set()
    if isinstance(node, ast.Dict) and all(_text(key) is not None for key in node.keys):
        return {_text(key) or "" for key in node.keys}
    return None
