"""The canonical form of a document with places to fill in, computed but for the places.

RDFC-1.0 names unnamed ("blank") nodes by the order of the hashes of their quads, as long as
these hashes differ; https://www.w3.org/TR/rdf-canon/#hash-1d-quads. The hashes of nodes whose
quads have no place are the same in every filling, and so is the order of most lines.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import combinations, groupby
from operator import eq
from typing import Any, NamedTuple

from sealwright.credentials.jsonld.contexts import ContextStore
from sealwright.credentials.jsonld.rdfc import Quad, Term, quads_of
from sealwright.credentials.jsonld.stencil import Stencil, any_of
from sealwright.credentials.jsonld.tables import RDF, root_table
from sealwright.credentials.jsonld.transform import ESCAPES, transform
from sealwright.credentials.model.texts import texts_of

_USUAL = r'[^\s<>"{}|\\^`\x00-\x1f\x7f]+'
"""The rest of an IRI that nobody could take for something else; others are the general path's."""

_JSON_LITERAL = f"^^<{RDF}JSON>"
_SCHEMES = ("data", "did", "http", "https", "mailto", "urn")
"""Beginnings of the addresses that people use. Others are left to the general path, because
a context may give a meaning to any word before a colon."""

_MANY = 16
"""Lines that are compared with each other; of more, all are sorted each time."""

_BETWEEN = "\0" * 16
"""What parts pieces: N-Quads escape control characters. A long one is found faster."""


def is_written_as_it_is(text: str) -> bool:
    """Whether neither N-Quads nor JSON escape anything in it. In doubt, no."""
    return text.isprintable() and '"' not in text and "\\" not in text


def escaped(texts: Sequence[str]) -> list[str]:
    """The texts as they stand in N-Quads literals."""
    if is_written_as_it_is("".join(texts)):
        return [*texts]
    return [text.translate(ESCAPES) for text in texts]


class _Lines:
    """Lines with places, in order whatever is filled in.

    Lines that nothing could come between stand together as one piece, so that there are few
    pieces to sort.
    """

    __slots__ = ("_is_settled", "_stencil")

    def __init__(
        self, pieces: Iterable[str], places: Mapping[str, int], find: re.Pattern[str]
    ) -> None:
        pieces = sorted(pieces)
        pieces = ["".join(run) for run in _runs(pieces, set(_loose(pieces, find)))]
        self._is_settled = len(pieces) == 1
        self._stencil = Stencil(_BETWEEN.join(pieces), places, find)

    def filled(self, texts: Sequence[str]) -> str:
        """The lines, equal ones once."""
        if self._is_settled:
            return self._stencil.filled(texts)
        pieces = self._stencil.filled(texts).split(_BETWEEN)
        pieces.sort()
        if any(map(eq, pieces, pieces[1:])):
            pieces = sorted({*pieces})
        return "".join(pieces)


class Outline:
    """Canonical N-Quads for one filling after the other.

    `marked` is the document with a marker in each place; `markers` says at which index each
    marker's text will be found in a filling, which has `width` texts. A marker is an absolute
    IRI of letters, digits, colons and hyphens that occurs nowhere else in the document.
    """

    def __init__(
        self,
        marked: Mapping[str, Any],
        markers: Mapping[str, int],
        width: int,
        contexts: ContextStore,
        hash_name: str,
    ) -> None:
        self._hash = getattr(hashlib, hash_name)
        dataset = transform(marked, contexts)
        nodes = range(dataset.nodes)
        self._labels = [f"_:c14n{rank}" for rank in nodes]
        self._markers = markers
        self._places = {**markers, **{_place_of(node): width + node for node in nodes}}
        self._find = any_of(self._markers)
        self._find_place = any_of(self._places)
        tables = {root_table(marked["@context"], contexts), *dataset.tables}
        terms = {term for table in tables for term in table.context.terms}
        schemes = "|".join(scheme for scheme in _SCHEMES if scheme not in terms)
        self._are_usual = re.compile(rf"(?:(?:{schemes or '(?!)'}):{_USUAL}\n)*").fullmatch
        self._terms = frozenset(term for term in terms if ":" in term)
        quads = quads_of(dataset)
        self._compile(quads, set(texts_of(marked)))
        self._compile_nodes(quads)

    def _compile(self, quads: list[Quad], texts: set[str]) -> None:
        varying = [quad for quad in quads if any(map(self._varies, quad))]
        terms = {str(term) for quad in varying for term in quad if self._varies(term)}
        addresses = {term[1:-1] for term in terms if term.startswith("<")}
        self._whole = [self._markers[text] for text in sorted(addresses & self._markers.keys())]
        self._possible = (
            bool(varying) and addresses <= texts and all(self._is_simple(quad) for quad in varying)
        )
        self._addresses = Stencil("".join(f"{text}\n" for text in sorted(addresses)), self._markers)
        subjects = sorted({quad[0] for quad in quads if isinstance(quad[0], str)})
        cut = [self._cut(subject) for subject in subjects]
        self._alike = [one.text for one in cut if any(_might_match(one, other) for other in cut)]
        self._subjects = Stencil("\n".join(self._alike), self._markers)
        self._all = self._lines(quads, _place_of)

    def _compile_nodes(self, quads: list[Quad]) -> None:
        """The hash of each node, or the lines to hash."""
        self._hashes = [b""] * len(self._labels)
        self._to_hash: list[tuple[int, _Lines]] = []
        mentions: defaultdict[Term, list[Quad]] = defaultdict(list)
        for quad in quads:
            for term in {term for term in quad if isinstance(term, int)}:
                mentions[term].append(quad)
        for node in range(len(self._labels)):
            lines = self._lines(mentions[node], partial(_masked, node))
            if any(self._varies(term) for quad in mentions[node] for term in quad):
                self._to_hash.append((node, lines))
            else:
                self._hashes[node] = self._digest(lines.filled(()))

    def takes(self, texts: Sequence[str]) -> bool:
        """Are the texts such that `canonical` may be asked? Only usual addresses are.

        None of `texts` has a lone surrogate.
        """
        if not self._possible:
            return False
        addresses = self._addresses.filled(texts)
        return self._are_usual(addresses) is not None and self._terms.isdisjoint(
            addresses.split("\n") if self._terms else ()
        )

    def not_taken(self, texts: Sequence[str]) -> set[int]:
        """The indices of texts that are addresses, but not usual ones."""
        return {
            index
            for index in self._whole
            if self._are_usual(f"{texts[index]}\n") is None or texts[index] in self._terms
        }

    def canonical(self, texts: Sequence[str], *, plain: bool = False) -> bytes | None:
        """The canonical form for texts that it `takes`; None where two nodes turn out to have
        one name, or unnamed ones look alike. `plain`: none of them needs an escape."""
        filling = [*texts] if plain else escaped(texts)
        if self._alike and len({*self._subjects.filled(filling).split("\n")}) < len(self._alike):
            return None
        hashes = self._hashes.copy()
        for node, lines in self._to_hash:
            hashes[node] = self._digest(lines.filled(filling))
        if len({*hashes}) < len(hashes):
            return None
        names = [""] * len(hashes)
        for label, node in zip(self._labels, _ranked(hashes), strict=True):
            names[node] = label
        return self._all.filled(filling + names).encode()

    def _lines(self, quads: list[Quad], name: Callable[[int], str]) -> _Lines:
        """The quads as lines, with `name` for unnamed nodes.

        No subject begins with another, so the lines of one stand together.
        """
        tails: defaultdict[str, list[str]] = defaultdict(list)
        for quad in quads:
            subject, *rest = (name(term) if isinstance(term, int) else term for term in quad)
            tails[subject].append(" ".join([*filter(None, rest), ".\n"]))
        pieces = [
            piece for subject in tails for piece in self._pieces(subject, sorted(tails[subject]))
        ]
        return _Lines(pieces, self._places, self._find_place)

    def _pieces(self, subject: str, tails: list[str]) -> Iterator[str]:
        """The lines of one subject, those together whose place in the order is settled."""
        loose: set[str] = set()
        for _, same in groupby(tails, _predicate):
            loose.update(_loose(list(same), self._find_place))
        for run in _runs(tails, loose):
            yield "".join(f"{subject} {tail}" for tail in run)

    def _digest(self, text: str) -> bytes:
        digest: bytes = self._hash(text.encode()).digest()
        return digest

    def _varies(self, term: Term) -> bool:
        return isinstance(term, str) and self._find.search(term) is not None

    def _is_simple(self, quad: Quad) -> bool:
        """A place inside an address or a text, next to one unnamed node at the most."""
        literal = quad[2] if isinstance(quad[2], str) and quad[2][:1] == '"' else '""'
        suffix = literal.rpartition('"')[2]
        blank = {term for term in quad if isinstance(term, int)}
        return len(blank) < 2 and not self._varies(suffix) and suffix != _JSON_LITERAL

    def _cut(self, subject: str) -> _Cut:
        parts = self._find.split(subject)
        return _Cut(subject, parts[0], parts[-1], sorted(self._find.findall(subject)))


class _Cut(NamedTuple):
    """The name of a node, cut at its places."""

    text: str
    beginning: str
    ending: str
    places: list[str]


def _might_match(one: _Cut, other: _Cut) -> bool:
    """Whether a filling may give two nodes one name."""
    if one is other or not (one.places or other.places):
        return False
    beginnings = _one_begins_with_the_other(one.beginning, other.beginning)
    endings = one.ending.endswith(other.ending) or other.ending.endswith(one.ending)
    same_places = one.places == other.places
    return beginnings and endings and (not same_places or len(one.text) == len(other.text))


def _runs(texts: Iterable[str], loose: Container[str]) -> Iterator[list[str]]:
    """Texts that are not loose as they follow each other, and each loose one by itself."""
    for is_loose, run in groupby(texts, loose.__contains__):
        if is_loose:
            yield from ([text] for text in run)
        else:
            yield list(run)


def _loose(texts: Sequence[str], find: re.Pattern[str]) -> Iterator[str]:
    """Those that a filling may bring into another order; of very many, all."""
    if len(texts) > _MANY:
        yield from texts
        return
    heads = [find.split(text, maxsplit=1)[0] for text in texts]
    for one, two in combinations(zip(texts, heads, strict=True), 2):
        if _may_change_places(one, two):
            yield one[0]
            yield two[0]


def _may_change_places(one: tuple[str, str], two: tuple[str, str]) -> bool:
    """Whether a filling may bring two texts into another order.

    With each comes its beginning, up to its first place. Where these differ, they decide.
    """
    (text, head), (other, start) = one, two
    are_fixed = text == head and other == start
    return not are_fixed and _one_begins_with_the_other(head, start)


def _one_begins_with_the_other(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _ranked(hashes: list[bytes]) -> list[int]:
    """The nodes in the order of their hashes."""
    return sorted(range(len(hashes)), key=hashes.__getitem__)


def _predicate(tail: str) -> str:
    return tail.partition(" ")[0]


def _masked(node: int, other: int) -> str:
    """What nodes are called in the lines that are hashed for `node`."""
    return "_:a" if other == node else "_:z"


def _place_of(node: int) -> str:
    """The place of an unnamed node's name, and what that place is called."""
    return f"\1{node}\1"
