"""The objects of a PDF document: enough of the syntax to follow references, and no more.

Only what is asked for is parsed, by the cross-reference tables that the document ends with;
nothing is repaired and no page is looked at. A stranger decides what refers to what, so all
work is counted together, whatever it is done for, and ends where a certificate would have
long ended.

PDF 2.0 (ISO 32000-2) sections 7.2 to 7.5
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from sealwright.credentials.errors import UnreadableInput

MAX_STEPS: Final = 30_000
"""Tokens read, rows unpacked and tables opened, for one document."""
MAX_UNPACKED: Final = 2_000_000
"""Bytes of all streams that are unpacked, for one document."""
MAX_DEPTH: Final = 24
"""Arrays and dictionaries inside each other, and references on the way to an object."""
_TAIL: Final = 2_048
"""Bytes at the end of a document where it says where its tables are."""
_COSTLY: Final = 512
"""Bytes skipped that count as one more step."""

_BLANK = rb"(?:[\0\t\n\f\r ]++|%[^\r\n]*+)*+"
_REGULAR = rb"[^\0\t\n\f\r ()<>\[\]{}/%]"
_BLANKS = re.compile(_BLANK)
_TOKEN = re.compile(
    _BLANK + rb"(?:(?P<mark><<|>>|\[|\]|\()|/(?P<name>" + _REGULAR + rb"*+)"
    rb"|<(?P<hex>[0-9A-Fa-f\0\t\n\f\r ]*+)>|(?P<word>" + _REGULAR + rb"++))"
)
_REFERENCE = re.compile(
    _BLANK + rb"(\d{1,10})[\0\t\n\f\r ]++\d{1,5}[\0\t\n\f\r ]++R(?!" + _REGULAR + rb")"
)
_NUMBER = re.compile(rb"[+-]?\d{1,15}")
_ESCAPE = re.compile(r"#([0-9A-Fa-f]{2})")
_PLAIN = re.compile(rb"[^()\\]*+(?:\\.[^()\\]*+)*+", re.DOTALL)
_OBJECT = re.compile(_BLANK + rb"(\d{1,10})[\0\t\n\f\r ]++\d{1,5}[\0\t\n\f\r ]++obj")
_STREAM = re.compile(_BLANK + rb"stream(?:\r\n|\n|\r)")
_START = re.compile(rb"startxref[\0\t\n\f\r ]+(\d{1,10})")
_TABLE = re.compile(rb"[\0\t\n\f\r ]*+xref[\0\t\n\f\r ]++")
_SECTION = re.compile(rb"(\d{1,10})[ ]++(\d{1,7})[ ]*+(?:\r\n|\n|\r)")
_ENTRY = re.compile(rb"(\d{10}) \d{5} ([nf])[ \r][\r\n]")
_ENTRY_SIZE: Final = 20
_WORDS: Final = {b"null": None, b"true": True, b"false": False}


class Reference(NamedTuple):
    """Points to the object of this number."""

    number: int


class Stream(NamedTuple):
    """A dictionary, and where in the document the bytes begin that it describes."""

    members: dict[str, Any]
    start: int


class _Section(NamedTuple):
    """Some rows of a table: where the objects from `first` on are. Read row by row, if ever."""

    first: int
    amount: int
    rows: bytes
    start: int
    widths: tuple[int, int, int] | None = None


@dataclass(slots=True)
class _Allowance:
    """The work that is left for one document."""

    steps: int = MAX_STEPS
    unpacked: int = MAX_UNPACKED

    def spend(self, skipped: int = 0) -> None:
        """Count one step, and the bytes that it went over."""
        self.steps -= 1 + skipped // _COSTLY
        if self.steps < 0:
            raise UnreadableInput("pdf-too-complex")


def damaged() -> UnreadableInput:
    """The document does not keep to its own format."""
    return UnreadableInput("pdf-damaged")


@dataclass(slots=True)
class Document:
    """A document, opened by its tables. Raises `UnreadableInput` wherever it is damaged.

    Codes: `pdf-damaged`, `pdf-encrypted`, `pdf-too-complex`.
    """

    data: bytes
    trailer: dict[str, Any] = field(default_factory=dict)
    _sections: list[_Section] = field(default_factory=list)
    _objects: dict[int, Any] = field(default_factory=dict)
    _packed: dict[int, tuple[bytes, list[int]]] = field(default_factory=dict)
    _allowance: _Allowance = field(default_factory=_Allowance)
    _depth: int = 0

    def __post_init__(self) -> None:
        ends = list(_START.finditer(self.data, max(0, len(self.data) - _TAIL)))
        if not ends:
            raise damaged()
        self._open_tables(int(ends[-1][1]))
        if "Encrypt" in self.trailer:
            raise UnreadableInput("pdf-encrypted")

    @property
    def catalogue(self) -> dict[str, Any]:
        """The dictionary that everything hangs on."""
        return self.dictionary(self.trailer.get("Root"))

    def resolve(self, value: Any) -> Any:
        """What a reference points to; anything else as it is."""
        while isinstance(value, Reference):
            self._allowance.spend()
            value = self._object(value.number)
        return value

    def dictionary(self, value: Any) -> dict[str, Any]:
        """What should be a dictionary; nothing else is needed of it if it is none."""
        found = self.resolve(value)
        return found if isinstance(found, dict) else {}

    def array(self, value: Any) -> list[Any]:
        """What should be an array; an empty one if it is none."""
        found = self.resolve(value)
        return found if isinstance(found, list) else []

    def unpacked(self, stream: Stream, limit: int) -> bytes:
        """The bytes of a stream, at most `limit`."""
        length = self._integer(stream.members.get("Length"))
        raw = self.data[stream.start : stream.start + length]
        if len(raw) < length or length < 0:
            raise damaged()
        match self.resolve(stream.members.get("Filter")):
            case None | []:
                unpacked = raw
            case "FlateDecode" | ["FlateDecode"]:
                unpacked = _inflated(raw, min(limit, self._allowance.unpacked))
                unpacked = self._without_prediction(unpacked, stream.members.get("DecodeParms"))
            case _:
                raise UnreadableInput("pdf-too-complex")
        self._allowance.unpacked -= len(unpacked)
        if len(unpacked) > limit or self._allowance.unpacked < 0:
            raise UnreadableInput("pdf-too-complex")
        return unpacked

    # --- Tables ---------------------------------------------------------------------------

    def _open_tables(self, start: int) -> None:
        """The newest table first, then those that it replaces."""
        opened: set[int] = set()
        waiting = [start]
        while waiting:
            at = waiting.pop()
            if at in opened:
                continue
            opened.add(at)
            table = _TABLE.match(self.data, at)
            trailer = self._table(table.end()) if table else self._table_in_stream(at)
            self.trailer = trailer | self.trailer
            if "Prev" in trailer:
                waiting.append(self._integer(trailer["Prev"]))

    def _table(self, at: int) -> dict[str, Any]:
        sections = []
        while section := _SECTION.match(self.data, at):
            self._allowance.spend()
            first, count = int(section[1]), int(section[2])
            sections.append(_Section(first, count, self.data, section.end()))
            at = section.end() + count * _ENTRY_SIZE
        word, at = self._token(self.data, at)
        trailer, _ = self._value(self.data, at)
        if word != b"trailer" or not isinstance(trailer, dict):
            raise damaged()
        if "XRefStm" in trailer:  # what older readers take for free
            self._table_in_stream(self._integer(trailer["XRefStm"]))
        self._sections += sections
        return trailer

    def _table_in_stream(self, at: int) -> dict[str, Any]:
        _, found = self._object_at(at)
        if not isinstance(found, Stream) or found.members.get("Type") != "XRef":
            raise damaged()
        sizes = [self._integer(width) for width in self.array(found.members.get("W"))]
        if len(sizes) != 3 or not all(0 <= size <= 8 for size in sizes) or not sizes[1]:
            raise damaged()
        rows = self.unpacked(found, MAX_UNPACKED)
        ranges = found.members.get("Index", [0, found.members.get("Size")])
        numbers = [self._integer(number) for number in self.array(ranges)]
        if any(number < 0 for number in numbers):
            raise damaged()
        at = 0
        for first, count in zip(numbers[::2], numbers[1::2], strict=False):
            self._allowance.spend()
            widths = (sizes[0], sizes[1], sizes[2])
            self._sections.append(_Section(first, count, rows, at, widths))
            at += count * sum(sizes)
        return found.members

    def _place(self, number: int) -> tuple[int, int, int]:
        """Kind, place and index of an object: free (0), at an offset (1), in a stream (2)."""
        for section in self._sections:
            self._allowance.spend()
            if section.first <= number < section.first + section.amount:
                return _row(section, number - section.first)
        return 0, 0, 0

    # --- Objects --------------------------------------------------------------------------

    def _object(self, number: int) -> Any:
        if number in self._objects:
            return self._objects[number]
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise UnreadableInput("pdf-too-complex")
        kind, place, index = self._place(number)
        found, value = number, None
        if kind == 1:
            found, value = self._object_at(place)
        elif kind == 2:
            found, value = self._object_in(place, index)
        if found != number:
            raise damaged()
        self._depth -= 1
        self._objects[number] = value
        return value

    def _object_at(self, at: int) -> tuple[int, Any]:
        head = _OBJECT.match(self.data, at)
        if head is None:
            raise damaged()
        value, end = self._value(self.data, head.end())
        stream = _STREAM.match(self.data, end) if isinstance(value, dict) else None
        return int(head[1]), Stream(value, stream.end()) if stream else value

    def _object_in(self, number: int, index: int) -> tuple[int, Any]:
        """The object of this index in a stream of objects.

        PDF 2.0 section 7.5.7
        """
        inside, numbers = self._objects_in(number)
        if index * 2 + 1 >= len(numbers):
            raise damaged()
        value, _ = self._value(inside, numbers[index * 2 + 1])
        return numbers[index * 2], value

    def _objects_in(self, number: int) -> tuple[bytes, list[int]]:
        """A stream of objects, and for each its number and where it begins."""
        if number not in self._packed:
            stream = self.resolve(Reference(number))
            if not isinstance(stream, Stream):
                raise damaged()
            inside = self.unpacked(stream, MAX_UNPACKED)
            first = self._integer(stream.members.get("First"))
            words = inside[: max(0, first)].split()
            self._allowance.spend(len(inside) + len(words) * 64)
            if not all(word.isdigit() and len(word) <= 10 for word in words):
                raise damaged()
            numbers = [int(word) for word in words]
            numbers[1::2] = [offset + first for offset in numbers[1::2]]
            self._packed[number] = inside, numbers
        return self._packed[number]

    def _integer(self, value: Any) -> int:
        found = self.resolve(value)
        if not isinstance(found, int):
            raise damaged()
        return found

    # --- Syntax ---------------------------------------------------------------------------

    def _token(self, data: bytes, at: int) -> tuple[Any, int]:
        """The next token and where it ends: bytes of a mark or word, or a whole value."""
        found = _TOKEN.match(data, at)
        if found is None:
            raise damaged()
        self._allowance.spend(found.end() - at)
        if found["name"] is not None:
            name = found["name"].decode("latin-1")
            return _ESCAPE.sub(lambda code: chr(int(code[1], 16)), name), found.end()
        if found["mark"] == b"(":
            return self._skip_text(data, found.end())
        return found["mark"] or found["word"] or b"", found.end()

    def _skip_text(self, data: bytes, at: int) -> tuple[None, int]:
        """No text inside a document is of interest to us, only where it ends."""
        open_ones, start = 1, at
        while open_ones:
            at = _PLAIN.match(data, at).end()  # type: ignore[union-attr]
            self._allowance.spend(at - start)
            open_ones += 1 if data[at : at + 1] == b"(" else -1
            at += 1
            start = at
            if at > len(data):
                raise damaged()
        return None, at

    def _value(self, data: bytes, at: int, depth: int = 0) -> tuple[Any, int]:
        """The value at a place, and where it ends."""
        if depth > MAX_DEPTH:
            raise UnreadableInput("pdf-too-complex")
        reference = _REFERENCE.match(data, at)
        if reference:
            self._allowance.spend(reference.end() - at)
            return Reference(int(reference[1])), reference.end()
        token, at = self._token(data, at)
        match token:
            case b"[":
                values, at = self._values(data, at, b"]", depth)
                return values, at
            case b"<<":
                values, at = self._values(data, at, b">>", depth)
                names = values[::2]
                if len(values) % 2 or not all(isinstance(name, str) for name in names):
                    raise damaged()
                members = dict(zip(names, values[1::2], strict=True))
                if len(members) < len(names):  # two readers would see two documents
                    raise damaged()
                return members, at
            case b"]" | b">>":
                raise damaged()
            case bytes():
                return _plain(token), at
        return token, at

    def _values(self, data: bytes, at: int, end: bytes, depth: int) -> tuple[list[Any], int]:
        values = []
        while not data.startswith(end, start := _BLANKS.match(data, at).end()):  # type: ignore[union-attr]
            value, at = self._value(data, start, depth + 1)
            values.append(value)
        return values, start + len(end)

    def _without_prediction(self, data: bytes, given: Any) -> bytes:
        """Undo what makes tables pack better: rows written as differences to the row above.

        PDF 2.0 section 7.4.4.4
        """
        told = self.array(given)
        parameters = self.dictionary(told[0] if told else given)
        if self._integer(parameters.get("Predictor", 1)) < 2:
            return data
        width = self._integer(parameters.get("Columns", 1)) + 1
        if not 1 < width <= 64 or parameters.keys() & {"Colors", "BitsPerComponent"}:
            raise UnreadableInput("pdf-too-complex")
        return b"".join(self._rows(data, width))

    def _rows(self, data: bytes, width: int) -> Iterator[bytes]:
        above = bytes(width - 1)
        for start in range(0, len(data), width):
            self._allowance.spend()
            row = data[start + 1 : start + width]
            if data[start] == 2:
                row = bytes((a + b) & 255 for a, b in zip(row, above, strict=False))
            elif data[start]:
                raise UnreadableInput("pdf-too-complex")
            yield row
            above = row


def _row(section: _Section, number: int) -> tuple[int, int, int]:
    if section.widths is None:
        start = section.start + number * _ENTRY_SIZE
        entry = _ENTRY.match(section.rows, start)
        if entry is None:
            raise damaged()
        return int(entry[2] == b"n"), int(entry[1]), 0
    kind, place, index = section.widths
    start = section.start + number * (kind + place + index)
    row = section.rows[start : start + kind + place + index]
    if len(row) < kind + place + index:
        raise damaged()
    return (
        int.from_bytes(row[:kind], "big") if kind else 1,
        int.from_bytes(row[kind : kind + place], "big"),
        int.from_bytes(row[kind + place :], "big"),
    )


def _plain(word: bytes) -> Any:
    """A number or a word; what is neither a whole number nor a word we use is not kept."""
    if _NUMBER.fullmatch(word):
        return int(word)
    return _WORDS.get(word)


def _inflated(data: bytes, limit: int) -> bytes:
    inflator = zlib.decompressobj()
    try:
        unpacked = inflator.decompress(data, limit + 1)
    except zlib.error:
        raise damaged() from None
    if len(unpacked) > limit:
        raise UnreadableInput("pdf-too-complex")
    if not inflator.eof:
        raise damaged()
    return unpacked
