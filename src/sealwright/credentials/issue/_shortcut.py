"""The canonical form of a document with places to fill in, computed but for the places.

RDFC-1.0 names unnamed ("blank") nodes by the order of the hashes of their quads, as long as
these hashes differ. Quads without a place, and the hashes of nodes whose quads have none, are
the same in every filling. https://www.w3.org/TR/rdf-canon/#hash-1d-quads
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

from sealwright.credentials.issue.slots import texts_of
from sealwright.credentials.jsonld.contexts import ContextStore
from sealwright.credentials.jsonld.rdfc import Quad, Term, quads_of
from sealwright.credentials.jsonld.tables import RDF, root_table
from sealwright.credentials.jsonld.transform import ESCAPES, transform

_must_escape = re.compile('[\x00-\x1f"\\\\\x7f]').search
_USUAL = r'[^\s<>"{}|\\^`\x00-\x1f\x7f]+'
"""The rest of an IRI that nobody could take for something else; others are the general path's."""

_JSON_LITERAL = f"^^<{RDF}JSON>"
_SCHEMES = ("data", "did", "http", "https", "mailto", "urn")
"""Beginnings of the addresses that people use. Others are left to the general path, because
a context may give a meaning to any word before a colon."""

MAX_ORDERS = 64
"""Orders of the unnamed nodes whose lines are kept."""


def escaped(values: Mapping[str, str]) -> dict[str, str]:
    """The values as they stand in N-Quads literals."""
    if not _must_escape("".join(values.values())):
        return dict(values)
    return {name: text.translate(ESCAPES) for name, text in values.items()}


class Shortcut:
    """Canonical N-Quads for one filling after the other.

    `marked` is the document with a marker in each place; `markers` says which marker stands
    for which name. A marker is an absolute IRI of letters, digits, colons and hyphens that
    occurs nowhere else in the document.
    """

    def __init__(
        self,
        marked: Mapping[str, Any],
        markers: Mapping[str, str],
        contexts: ContextStore,
        hash_name: str,
    ) -> None:
        self._names = {marker: name for name, marker in markers.items()}
        self._find = re.compile("|".join(map(re.escape, self._names)) or "(?!)")
        self._hash = getattr(hashlib, hash_name)
        dataset = transform(marked, contexts)
        tables = {root_table(marked["@context"], contexts), *dataset.tables}
        terms = {term for table in tables for term in table.context.terms}
        schemes = "|".join(scheme for scheme in _SCHEMES if scheme not in terms)
        self._are_usual = re.compile(rf"(?:(?:{schemes or '(?!)'}):{_USUAL}\n)*").fullmatch
        self._terms = frozenset(term for term in terms if ":" in term)
        self._nodes = dataset.nodes
        self._compile(quads_of(dataset), set(texts_of(marked)))

    def _compile(self, quads: list[Quad], texts: set[str]) -> None:
        varying = [quad for quad in quads if any(map(self._varies, quad))]
        terms = {str(term) for quad in varying for term in quad if self._varies(term)}
        addresses = {term[1:-1] for term in terms if term.startswith("<")}
        self._possible = (
            bool(varying) and addresses <= texts and all(self._is_simple(quad) for quad in varying)
        )
        self._addresses = "".join(f"{self._format(text)}\n" for text in sorted(addresses))
        self._may_repeat = any(self._might_equal(one, two) for one, two in _pairs(varying, quads))
        fixed = [quad for quad in quads if quad not in varying]
        self._constant = [_line(quad) for quad in fixed if not _blank(quad)]
        self._around = "\n".join(self._labelled(quad) for quad in fixed if _blank(quad))
        self._varying = "\n".join(map(self._labelled, varying))
        self._lines_of: dict[tuple[int, ...], list[str]] = {}
        self._hashes: list[bytes] = []
        self._to_hash: list[tuple[int, list[str], str, list[str]]] = []
        for node in range(self._nodes):
            self._compile_node(node, [quad for quad in quads if node in quad])

    def _compile_node(self, node: int, quads: list[Quad]) -> None:
        """Either the hash of the node, or the lines to hash: constant ones, those with
        places, and those with a second unnamed node, which may look alike but each count."""
        alone = [quad for quad in quads if len(_blank(quad)) == 1]
        places = [quad for quad in alone if any(map(self._varies, quad))]
        masked = {quad: _line(quad, node) for quad in quads}
        constant = [masked[quad] for quad in alone if quad not in places]
        shared = [masked[quad] for quad in quads if quad not in alone]
        if places:
            form = "\n".join(self._format(masked[quad]) for quad in places)
            self._to_hash.append((node, constant, form, shared))
            self._hashes.append(b"")
        else:
            self._hashes.append(self._digest([*constant, *shared]))

    def takes(self, values: Mapping[str, str]) -> bool:
        """Are the values such that `canonical` may be asked? Only usual addresses are.

        `values` has a text without lone surrogates for every name.
        """
        if not self._possible:
            return False
        addresses = self._addresses % values
        return self._are_usual(addresses) is not None and self._terms.isdisjoint(
            addresses.split("\n") if self._terms else ()
        )

    def canonical(self, values: Mapping[str, str]) -> bytes | None:
        """The canonical form for values that it `takes`; None where unnamed nodes look alike."""
        texts = escaped(values)
        hashes = self._hashes.copy()
        for node, constant, form, shared in self._to_hash:
            hashes[node] = self._digest([*{*constant, *(form % texts).split("\n")}, *shared])
        if len(set(hashes)) != self._nodes:
            return None
        order = tuple(sorted(range(self._nodes), key=hashes.__getitem__))
        for rank, node in enumerate(order):
            texts[f"_{node}"] = f"_:c14n{rank}"
        lines = self._without_places(order) + (self._varying % texts).split("\n")
        lines.sort()
        if self._may_repeat:
            lines = list(dict.fromkeys(lines))
        lines.append("")
        return "\n".join(lines).encode()

    def _without_places(self, order: tuple[int, ...]) -> list[str]:
        """The sorted lines without a place, once the order of the unnamed nodes is known.

        There are few orders, because few nodes have places.
        """
        lines = self._lines_of.get(order)
        if lines is None:
            labels = {f"_{node}": f"_:c14n{rank}" for rank, node in enumerate(order)}
            around = (self._around % labels).split("\n") if self._around else []
            if len(self._lines_of) >= MAX_ORDERS:
                self._lines_of.clear()
            lines = self._lines_of[order] = sorted(self._constant + around)
        return lines

    def _digest(self, lines: list[str]) -> bytes:
        lines.sort()
        lines.append("")
        digest: bytes = self._hash("\n".join(lines).encode()).digest()
        return digest

    def _varies(self, term: Term) -> bool:
        return isinstance(term, str) and self._find.search(term) is not None

    def _is_simple(self, quad: Quad) -> bool:
        """A place inside an address or a text, next to one unnamed node at the most."""
        literal = quad[2] if isinstance(quad[2], str) and quad[2][:1] == '"' else '""'
        suffix = literal.rpartition('"')[2]
        return len(_blank(quad)) < 2 and not self._varies(suffix) and suffix != _JSON_LITERAL

    def _might_equal(self, one: Quad, two: Quad) -> bool:
        """Could some filling make these one quad? In doubt, yes."""
        return all(
            a == b or (isinstance(a, str) and isinstance(b, str) and self._might_match(a, b))
            for a, b in zip(one, two, strict=True)
        )

    def _might_match(self, one: str, two: str) -> bool:
        if not self._varies(one) and not self._varies(two):
            return False
        a, b = self._find.split(one), self._find.split(two)
        beginnings = a[0].startswith(b[0]) or b[0].startswith(a[0])
        endings = a[-1].endswith(b[-1]) or b[-1].endswith(a[-1])
        same_places = sorted(self._find.findall(one)) == sorted(self._find.findall(two))
        return beginnings and endings and (not same_places or len(one) == len(two))

    def _format(self, text: str) -> str:
        return self._find.sub(lambda found: f"%({self._names[found[0]]})s", text.replace("%", "%%"))

    def _labelled(self, quad: Quad) -> str:
        terms = [f"%(_{t})s" if isinstance(t, int) else self._format(t) for t in quad]
        return _joined(terms)


def _blank(quad: Quad) -> set[int]:
    return {term for term in quad if isinstance(term, int)}


def _line(quad: Quad, node: int = -1) -> str:
    """The quad as text; `node` is called _:a and every other unnamed node _:z."""
    return _joined([("_:a" if t == node else "_:z") if isinstance(t, int) else t for t in quad])


def _joined(terms: list[str]) -> str:
    return " ".join([*filter(None, terms), "."])


def _pairs(varying: list[Quad], quads: list[Quad]) -> Iterator[tuple[Quad, Quad]]:
    yield from combinations(varying, 2)
    same = set(varying)
    yield from ((one, two) for one in varying for two in quads if two not in same)
