"""Reading files that a stranger may have made: parts of folders and archives, rows, documents.

What is too large, too deep, not text or not a file of its kind is refused or named by row;
no exception of a reader below escapes. Nothing is ever written to a path from an archive.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Final, Literal, NoReturn, cast

from sealwright.skills.errors import UnreadableFramework

MIB: Final = 1024 * 1024
LARGEST_PART: Final = 256 * MIB
LARGEST_DOCUMENT: Final = 128 * MIB
LARGEST_TOTAL: Final = 1024 * MIB
MOST_PARTS: Final = 500
MOST_ROWS: Final = 2_000_000
MOST_PROBLEMS: Final = 1_000
LONGEST_ADDRESS: Final = 1_000
LONGEST_LABEL: Final = 1_000
LONGEST_TEXT: Final = 50_000
PROGRESS_EVERY: Final = 1_000
HEAD: Final = 4_096

Progress = Callable[[str, int], None]
"""Called with a file's name and how many of its rows have been read."""

ADDRESS: Final = re.compile(
    r"(?:https?://[^/\s\"<>\\^`{|}]|urn:[a-zA-Z0-9-]+:|did:)[^\s\"<>\\^`{|}]*"
)
UNWANTED: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]"
)
UNDECODED: Final = re.compile("[\ud800-\udfff]")

# What the readers of archives, text and JSON raise at bad input.
FOREIGN: Final = (
    OSError, EOFError, ValueError, RuntimeError, OverflowError, zlib.error, zipfile.BadZipFile,
    csv.Error, lzma.LZMAError, struct.error,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in one row, which was left out.

    `row` counts from 1 as a spreadsheet does, the header included; in a JSON document it is
    the place in its list. `line` is the line of the file, 0 in JSON.
    """

    file: str
    row: int
    line: int
    column: str
    what: str


class BadCell(Exception):
    """One cell makes its row unusable. Never leaves this package."""

    def __init__(self, column: str, what: str) -> None:
        self.column = column
        self.what = what
        super().__init__(what)


@dataclass(frozen=True, slots=True)
class Part:
    """One file, or one member of an archive. `origin` is what was given to be read."""

    name: str
    origin: str
    open: Callable[[], BinaryIO]


@dataclass(slots=True)
class Row:
    """One record of a table."""

    file: str
    number: int
    line: int
    cells: Sequence[str]
    columns: Mapping[str, int]

    def text(self, column: str, *, longest: int = LONGEST_TEXT) -> str:
        """The cell without blanks around it; empty where the column is not there."""
        place = self.columns.get(column.lower())
        if place is None or place >= len(self.cells):
            return ""
        return cleaned(self.cells[place], column, longest=longest)

    def needed(self, column: str, *, longest: int = LONGEST_LABEL) -> str:
        """The cell, which may not be blank."""
        return self.text(column, longest=longest) or bad(column, "nothing is here")

    def address(self, column: str) -> str:
        """The cell, which must be an address."""
        return address(self.needed(column), column)

    def number_in(self, column: str, low: float, high: float) -> float:
        """The cell, which must be a number from `low` to `high`."""
        try:
            number = float(self.needed(column))
        except ValueError:
            bad(column, "is no number")
        return number if low <= number <= high else bad(column, f"is not from {low:g} to {high:g}")

    def one_of(self, column: str, known: Mapping[str, Any]) -> Any:
        """What the cell's word stands for."""
        word = self.needed(column).lower()
        return known[word] if word in known else bad(column, f"“{word[:40]}” is not known here")


@dataclass(slots=True)
class Intake:
    """One import: what is left to read, what went wrong, and whom to tell how far it is."""

    progress: Progress = lambda name, rows: None
    problems: list[Problem] = field(default_factory=list)
    left_out: int = 0
    _left: int = LARGEST_TOTAL

    def refuse(self, file: str, row: int, line: int, problem: BadCell) -> None:
        """Note that a row was left out; the first thousand are kept with their reason."""
        self.left_out += 1
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(file, row, line, problem.column, problem.what))

    def each(self, part: Part, take: Callable[[Row], None]) -> int:
        """Give every row of a table to `take`; how many rows there were, good and bad."""
        number = 1
        with self.opened(part) as stream:
            for row in _records(part.name, _text(stream), self):
                number = row.number
                try:
                    take(row)
                except BadCell as problem:
                    self.refuse(row.file, row.number, row.line, problem)
        self.progress(part.name, number - 1)
        return number - 1

    def items(self, name: str, items: Iterable[Any], take: Callable[[Any], None]) -> None:
        """Give every item of a list in a document to `take`."""
        number = 0
        for number, item in enumerate(items, start=1):
            try:
                take(item)
            except BadCell as problem:
                self.refuse(name, number, 0, problem)
            if number % PROGRESS_EVERY == 0:
                self.progress(name, number)
        self.progress(name, number)

    def document(self, part: Part) -> Any:
        """A JSON document, whole.

        Raises:
            UnreadableFramework: it is no JSON, or too large or too deep.
        """
        with self.opened(part, LARGEST_DOCUMENT) as stream:
            return parsed(stream.read())

    @contextmanager
    def opened(self, part: Part, largest: int = LARGEST_PART) -> Iterator[BinaryIO]:
        """The part's bytes, counted; what the readers raise comes out as our own error."""
        with guarded(part.name):
            stream = part.open()
            counted = _Counted(stream, min(largest, self._left), part.name)
            try:
                yield io.BufferedReader(counted)
            finally:
                self._left -= counted.seen
                stream.close()


class _Counted(io.RawIOBase):
    """A stream that ends the import where it gives more than it may."""

    def __init__(self, stream: BinaryIO, most: int, name: str) -> None:
        self.seen = 0
        self._stream = stream
        self._most = most
        self._name = name

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = self._stream.read(len(buffer))
        self.seen += len(piece)
        if self.seen > self._most:
            raise UnreadableFramework(f"{self._name} is too large", "framework-too-large")
        buffer[: len(piece)] = piece
        return len(piece)


@contextmanager
def guarded(name: str) -> Iterator[None]:
    """Turn whatever a reader below raises into an UnreadableFramework."""
    try:
        yield
    except FOREIGN as problem:
        reason = UNWANTED.sub(" ", str(problem)[:200]) or type(problem).__name__
        raise UnreadableFramework(f"{name} cannot be read: {reason}", file=name) from problem


def parts_of(paths: Iterable[Path]) -> list[Part]:
    """Every file in these files, folders (one level) and ZIP archives, in order of name.

    Raises:
        UnreadableFramework: something is not there, is damaged, or there are too many.
    """
    parts: list[Part] = []
    for path in paths:
        with guarded(path.name):
            inside = sorted(path.iterdir()) if path.is_dir() else [path]
            for file in inside:
                if file.is_file() or file == path:
                    parts.extend(_parts_of_file(file, str(path)))
        if len(parts) > MOST_PARTS:
            raise UnreadableFramework("there are too many files", "framework-too-large")
    return parts


def head_of(part: Part) -> bytes:
    """The first bytes of a part, to tell what it is."""
    with guarded(part.name), part.open() as stream:
        return stream.read(HEAD)


def columns_of(part: Part) -> frozenset[str]:
    """The column names of a table, in small letters; of anything else, whatever is there."""
    first, _, _ = _text(io.BytesIO(head_of(part))).readline().partition("\n")
    cells = next(csv.reader([first], delimiter=_delimiter(first)), [])
    return frozenset(cell.strip().lower() for cell in cells)


def parsed(raw: bytes) -> Any:
    """A JSON value; a ValueError where there is none, or a text in it is no Unicode."""
    value = json.loads(raw, parse_constant=_no_constant)
    if b"\\ud" in raw.lower() and UNDECODED.search(json.dumps(value, ensure_ascii=False)):
        raise ValueError("a text in it is no Unicode")
    return value


def bad(column: str, what: str) -> NoReturn:
    """Say that a cell makes its row unusable."""
    raise BadCell(column, what)


def cleaned(text: str, column: str, *, longest: int = LONGEST_TEXT) -> str:
    """A text without control characters and blanks around it.

    Raises:
        BadCell: it is longer than it may be, or was not UTF-8.
    """
    if len(text) > longest:
        bad(column, f"is longer than {longest} characters")
    if not text.isascii() and UNDECODED.search(text):
        bad(column, "is not text in UTF-8")
    return UNWANTED.sub(" ", text).strip()


def address(text: str, column: str) -> str:
    """An address that is safe to show as a link.

    >>> address("javascript:alert(1)", "uri")
    Traceback (most recent call last):
    ...
    sealwright.skills.frameworks.reading.BadCell: is no address that begins with http or urn
    """
    if len(text) > LONGEST_ADDRESS or not ADDRESS.fullmatch(text):
        bad(column, "is no address that begins with http or urn")
    return text


def _parts_of_file(path: Path, origin: str) -> list[Part]:
    if not zipfile.is_zipfile(path):
        with path.open("rb") as stream:
            packed = stream.read(2) == b"\x1f\x8b"
        name = re.sub(r"\.gz$", "", path.name, flags=re.IGNORECASE) if packed else path.name
        return [Part(name, origin, lambda: _unpacked(path) if packed else path.open("rb"))]
    archive = zipfile.ZipFile(path)
    members = [member for member in archive.infolist() if not member.is_dir()]
    return [
        Part(_shown(member.filename), str(path), _opener(archive, member))
        for member in sorted(members, key=lambda member: member.filename)[: MOST_PARTS + 1]
        if "__MACOSX" not in member.filename
    ]


def _unpacked(path: Path) -> BinaryIO:
    return cast("BinaryIO", gzip.open(path, "rb"))


def _opener(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Callable[[], BinaryIO]:
    return lambda: cast("BinaryIO", archive.open(member))


def _shown(name: str) -> str:
    return UNWANTED.sub(" ", name.replace("\\", "/").rsplit("/", 1)[-1])[:120]


def _text(stream: BinaryIO) -> io.TextIOWrapper:
    # What is no UTF-8 is let through marked, so that only its row is refused.
    return io.TextIOWrapper(stream, "utf-8-sig", errors="surrogateescape", newline="")


def _records(name: str, stream: io.TextIOWrapper, intake: Intake) -> Iterator[Row]:
    first = stream.readline(HEAD)
    delimiter = _delimiter(first)
    # O*NET's tab-delimited text has quotes that mean nothing.
    quoting: Literal[0, 3] = csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL
    names = next(csv.reader([first], delimiter=delimiter, quoting=quoting), [])
    columns = {column.strip().lower(): place for place, column in enumerate(names)}
    records = csv.reader(stream, delimiter=delimiter, quoting=quoting)
    number, line = 1, 2
    while True:
        number += 1
        try:
            cells = next(records, None)
        except csv.Error as problem:
            intake.refuse(name, number, line, BadCell("", str(problem)))
            cells = []
        if cells is None:
            return
        if number > MOST_ROWS:
            raise UnreadableFramework(f"{name} has too many rows", "framework-too-large")
        if number % PROGRESS_EVERY == 0:
            intake.progress(name, number)
        row = Row(name, number, line, cells, columns)
        line = records.line_num + 2
        if len(cells) not in (0, len(names)):
            wrong = f"the row has {len(cells)} cells, the header {len(names)}"
            intake.refuse(name, number, row.line, BadCell("", wrong))
        elif cells:
            yield row


def _delimiter(first: str) -> str:
    return "\t" if "\t" in first else ","


def _no_constant(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number in JSON")
