"""N-Quads as the test suites of RDF write them, read into the quads of our canonicaliser.

https://www.w3.org/TR/n-quads/#sec-grammar. The product never reads N-Quads; vectors do.
"""

from __future__ import annotations

import re

from sealwright.credentials.jsonld.rdfc import Quad, Term
from sealwright.credentials.jsonld.transform import literal

_TERM = re.compile(
    r"\s*(?:(?P<iri><[^>]*>)|(?P<blank>_:[^\s<\"]*[^\s<\".])"
    r'|"(?P<text>(?:[^"\\\n\r]|\\.)*)"(?P<suffix>@[a-zA-Z]+(?:-[a-zA-Z0-9]+)*|\^\^<[^>]*>)?)'
)
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)")
_NAMED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


def parse(text: str) -> tuple[list[Quad], list[str]]:
    """The distinct quads of an N-Quads text, and the labels of blank nodes by number."""
    labels: dict[str, int] = {}
    quads: dict[Quad, None] = {}
    for line in text.split("\n"):
        if line.strip() and not line.lstrip().startswith("#"):
            quads[_quad(line, labels)] = None
    return list(quads), list(labels)


def _quad(line: str, labels: dict[str, int]) -> Quad:
    terms: list[Term] = []
    position = 0
    while found := _TERM.match(line, position):
        terms.append(_term(found, labels))
        position = found.end()
    if len(terms) not in (3, 4) or line[position:].strip() != ".":
        raise ValueError(line)
    subject, predicate, value = terms[:3]
    return subject, str(predicate), value, terms[3] if len(terms) == 4 else ""


def _term(found: re.Match[str], labels: dict[str, int]) -> Term:
    if found["iri"]:
        return _unescaped(found["iri"])
    if found["blank"]:
        return labels.setdefault(found["blank"][2:], len(labels))
    suffix = _unescaped(found["suffix"] or "")
    if suffix == "^^<http://www.w3.org/2001/XMLSchema#string>":
        suffix = ""
    return literal(_unescaped(found["text"])) + suffix


def _unescaped(text: str) -> str:
    def character(found: re.Match[str]) -> str:
        code = found[1]
        if code[0] in "uU" and len(code) > 1:
            return chr(int(code[1:], 16))
        return _NAMED.get(code, code)

    return _ESCAPE.sub(character, text)
