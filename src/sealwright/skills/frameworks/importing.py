"""Reading a framework from its publisher's files, whichever of the known formats they have."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final, NoReturn

from sealwright.skills.errors import UnreadableFramework
from sealwright.skills.frameworks import case, ctdl, esco, index, onet, osmt
from sealwright.skills.frameworks.model import Framework
from sealwright.skills.frameworks.reading import (
    FOREIGN,
    Intake,
    Part,
    Problem,
    Progress,
    columns_of,
    head_of,
    parts_of,
)


class Format(StrEnum):
    """A format that can be read."""

    ESCO = "esco"
    ONET = "onet"
    OSMT = "osmt"
    CASE = "case"
    CTDL = "ctdl-asn"
    INDEX = "index"


@dataclass(frozen=True, slots=True)
class Imported:
    """A framework, and what its files had besides."""

    framework: Framework
    format: Format
    problems: tuple[Problem, ...] = ()
    """The first thousand rows that were left out, each with its reason."""
    left_out: int = 0
    """How many rows were left out in all."""
    unused: tuple[str, ...] = ()
    """Files that hold nothing that belongs in a framework."""


Tables = Mapping[Part, str]
TABLES: Final[Mapping[Format, Callable[[frozenset[str]], str]]] = {
    Format.ESCO: esco.table_of,
    Format.ONET: onet.table_of,
    Format.OSMT: osmt.table_of,
}
READERS: Final[Mapping[Format, Callable[[Tables, Intake, str], Framework]]] = {
    Format.ESCO: esco.read,
    Format.ONET: onet.read,
    Format.OSMT: osmt.read,
}


def load(*paths: Path, version: str = "", progress: Progress = lambda name, rows: None) -> Imported:
    """Read one framework from files, folders or ZIP archives; the format is told from them.

    A row that cannot be used is left out and named; the rest goes on. `version` counts
    before what the files' names tell of it. `progress` is called every thousand rows.

    Raises:
        UnreadableFramework: nothing there is a framework, or there are several, or a file is
            damaged, too large or too deep. No other exception escapes.
    """
    intake = Intake(progress)
    try:
        return _load(parts_of(paths), intake, version)
    except FOREIGN as problem:
        reason = str(problem)[:200] or type(problem).__name__
        raise UnreadableFramework(f"the files cannot be read: {reason}") from problem


def _load(parts: Iterable[Part], intake: Intake, version: str) -> Imported:
    found: dict[Format, dict[Part, str]] = {}
    unused: list[str] = []
    for part in parts:
        format_, table = _recognised(part)
        if format_ is None:
            unused.append(part.name)
        else:
            found.setdefault(format_, {})[part] = table
    if len(found) > 1:
        _refuse(f"there are files of {' and '.join(sorted(found))}; give one framework at a time")
    if not found:
        _refuse("no file there is in a format of frameworks that is known here")
    [(format_, tables)] = found.items()
    framework = _read(format_, tables, intake, version)
    if not framework.concepts and not framework.occupations:
        _refuse("there is neither a skill nor an occupation in it")
    return Imported(framework, format_, tuple(intake.problems), intake.left_out, tuple(unused))


def _read(format_: Format, tables: Tables, intake: Intake, version: str) -> Framework:
    if format_ in READERS:
        return READERS[format_](tables, intake, version)
    if len(tables) > 1:
        _refuse("give one such file at a time")
    [part] = tables
    if format_ is Format.INDEX:
        return index.read(part, intake)
    read = case.read if format_ is Format.CASE else ctdl.read
    return read(part.name, intake.document(part), intake)


def _recognised(part: Part) -> tuple[Format | None, str]:
    head = head_of(part).lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(index.MAGIC):
        return Format.INDEX, ""
    if head[:1] in (b"{", b"["):
        return _of_document(part, head), ""
    columns = columns_of(part)
    for format_, table_of in TABLES.items():
        table = table_of(columns)
        if table:
            return format_, table
    return None, ""


def _of_document(part: Part, head: bytes) -> Format | None:
    """JSON members come in any order, so the head may not tell; then the whole is looked at."""
    intake = Intake()
    for mark, format_ in MARKS:
        if mark in head:
            return format_
    with intake.opened(part) as stream:
        whole = stream.read()
    return next((format_ for mark, format_ in MARKS if mark in whole), None)


MARKS: Final = ((b'"CFDocument"', Format.CASE), (b"ceasn:", Format.CTDL))


def _refuse(message: str) -> NoReturn:
    raise UnreadableFramework(message)
