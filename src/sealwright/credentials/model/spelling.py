"""Texts that are spelled alike: the same JSON, but for what some strings say.

The credentials of a programme come by the thousand and differ in a name, a date, an address.
Cut at its quotation marks, a text without escapes is by turns what stands outside of strings
and what stands inside one. Two texts with the same outsides, the same names of members and
the same types and contexts are one document with other strings in it: both are sound JSON or
neither is, and whatever does not depend on these strings has to be found out only once.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from types import FunctionType
from typing import Any, Final, NamedTuple

from sealwright.credentials.model.texts import texts_of

MAX_SPELLED: Final = 32_768
"""Characters of the longest text that is looked at like this."""

MAX_PARTS: Final = 1_000
"""Members and items of a text that is learnt, names and values counted one by one."""

MAX_SKELETONS: Final = 128
"""How many are kept before we start afresh; spellings are foreign input."""

MAX_ALIKE: Final = 4
"""Skeletons that differ in names, types and contexts only."""

STRUCTURAL: Final = frozenset({"@context", "type", "@type", "@language"})
"""Members whose value decides what other members mean, or how a text is written."""


_MARK: Final = "urn:text-"
"""How a marker begins. A text that has this in it is not learnt."""


Parse = Callable[[str], Any]


class Skeleton:
    """What texts that are spelled alike have in common. Only itself is equal to it."""

    __slots__ = ("_decides", "_fixed", "build", "document", "full", "markers", "memo", "texts")

    def __init__(self, pieces: Sequence[str], parse: Parse) -> None:
        values = [at for at in range(1, len(pieces), 2) if not _is_name(pieces, at)]
        marks = {f"{_MARK}{at}-": at for at in values}
        marked = list(pieces)
        for mark, at in marks.items():
            marked[at] = mark
        decisive = {marks[mark] for mark in _structural(parse('"'.join(marked)))}
        for at in decisive:
            marked[at] = pieces[at]
        self.document: Any = parse('"'.join(marked))
        """The value, with a marker for each string that may be another. A marker is an
        address, and none begins with another."""
        self.markers = [mark for mark, at in marks.items() if at not in decisive]
        """In the order of the texts that they stand for."""
        self.build = _builder(self.document, self.markers)
        """Makes the value of a text of this skeleton from its texts."""
        self.texts = picker([marks[mark] for mark in self.markers])
        """Takes those texts out of the pieces of a text of this skeleton."""
        self._decides = picker([at for at in range(1, len(pieces), 2) if marked[at] == pieces[at]])
        self._fixed = self._decides(pieces)
        bare = '"'.join("".join(piece.split()) for piece in pieces[::2])
        self.full = "null" not in bare and "[]" not in bare
        """There is neither a null nor an empty array."""
        self.memo: dict[Any, Any] = {}
        """What others found out about all these texts."""

    def fits(self, pieces: Sequence[str]) -> bool:
        """Whether a text with the same outsides has these names, types and contexts."""
        return self._decides(pieces) == self._fixed


class Spelling(NamedTuple):
    """A text without escapes, cut at its quotation marks: every second piece is a string."""

    pieces: Sequence[str]
    skeleton: Skeleton | None = None
    """None where it has not been learnt."""
    texts: Sequence[str] = ()
    """The strings that may be others, in the order of the skeleton's markers."""


class Skeletons:
    """The spellings learnt so far; a memo of pure results. `parse` reads JSON, strictly."""

    def __init__(self, parse: Parse, most: int = MAX_SKELETONS) -> None:
        self._parse = parse
        self._most = most
        self._count = 0
        self._known: dict[str, list[Skeleton]] = {}

    def read(self, text: str) -> Spelling:
        """How a text without escapes is spelled, with its skeleton if that was learnt."""
        pieces = text.split('"')
        for skeleton in self._known.get('"'.join(pieces[::2]), ()):
            if skeleton.fits(pieces):
                return Spelling(pieces, skeleton, skeleton.texts(pieces))
        return Spelling(pieces)

    def learn(self, spelling: Spelling) -> Spelling:
        """The spelling of a text that is sound JSON, with its skeleton if there is room."""
        text = '"'.join(spelling.pieces)
        known = self.read(text)
        if known.skeleton is not None or _MARK in text or _has_many_parts(spelling.pieces):
            return known
        if self._count >= self._most:
            self._known.clear()
            self._count = 0
        alike = self._known.setdefault('"'.join(spelling.pieces[::2]), [])
        if len(alike) < MAX_ALIKE:
            alike.append(Skeleton(spelling.pieces, self._parse))
            self._count += 1
        return self.read(text)


def picker(keys: Sequence[Any]) -> Callable[[Any], Sequence[Any]]:
    """What takes these items out of a mapping or a sequence, always as a sequence.

    >>> picker([0, 2])("abc"), picker([1])("abc")
    (('a', 'c'), ['b'])
    """
    if len(keys) > 1:
        return itemgetter(*keys)
    return lambda values: [values[key] for key in keys]


def _has_many_parts(pieces: Sequence[str]) -> bool:
    items = sum(outside.count(",") for outside in pieces[::2])
    return max(items, len(pieces) // 2) > MAX_PARTS


def _builder(document: Any, markers: Sequence[str]) -> Callable[[Sequence[str]], Any]:
    """A function that makes this value, with texts for the markers.

    Python builds objects of which it knows the members three times as fast as they are parsed.
    What is foreign here becomes constants in a syntax tree: no text is ever read as code.
    """
    places = {mark: at for at, mark in enumerate(markers)}
    texts = ast.Name("texts", ast.Load())

    def node(value: Any) -> ast.expr:
        if isinstance(value, dict):
            return ast.Dict([ast.Constant(name) for name in value], list(map(node, value.values())))
        if isinstance(value, list):
            return ast.List(list(map(node, value)), ast.Load())
        if isinstance(value, str) and value in places:
            return ast.Subscript(texts, ast.Constant(places[value]), ast.Load())
        return ast.Constant(value)

    taking = ast.arguments([], [ast.arg("texts")], None, [], [], None, [])
    tree = ast.fix_missing_locations(ast.Expression(ast.Lambda(taking, node(document))))
    made: Callable[[Sequence[str]], Any] = FunctionType(compile(tree, "<skeleton>", "eval"), {})()
    return made


def _is_name(pieces: Sequence[str], at: int) -> bool:
    return pieces[at + 1].lstrip()[:1] == ":"


def _structural(value: Any) -> Iterator[str]:
    """The texts that decide what others mean."""
    for name, inner in value.items() if isinstance(value, dict) else ():
        yield from texts_of(inner) if name in STRUCTURAL else _structural(inner)
    for inner in value if isinstance(value, list) else ():
        yield from _structural(inner)
