"""Our own file of one framework: one JSON value a line, compressed with gzip.

The first line says what it is, whose framework it holds, from which format it came, how
many entries follow and what was left out. Then come concepts, then occupations, in the
framework's order. The same framework gives the same bytes.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable
from dataclasses import astuple
from typing import BinaryIO, Final

from sealwright.skills.errors import UnreadableFramework
from sealwright.skills.frameworks import members
from sealwright.skills.frameworks.model import Concept, Framework, Occupation
from sealwright.skills.frameworks.reading import (
    BadCell,
    Intake,
    Part,
    Problem,
    bad,
    parsed,
)

FORMAT: Final = "sealwright-framework"
VERSION: Final = 1
MAGIC: Final = b'{"format":"sealwright-framework"'
LONGEST_LINE: Final = 16 * 1024 * 1024


def write(
    framework: Framework, stream: BinaryIO, *, source: str, problems: Iterable[Problem] = (),
    left_out: int = 0,
) -> None:  # fmt: skip
    """Write a framework; `source` names the format it came from."""
    head = {
        "format": FORMAT,
        "version": VERSION,
        "source": source,
        "about": members.of_about(framework.about),
        "concepts": len(framework.concepts),
        "occupations": len(framework.occupations),
        "left_out": left_out,
        "problems": [astuple(problem) for problem in problems],
    }
    # The clock stays out of the header of gzip, so that the same input gives the same bytes.
    with gzip.GzipFile(filename="", mode="wb", fileobj=stream, mtime=0) as packed:
        packed.write(_line(head))
        for entry in framework.entries():
            packed.write(_line(members.of_entry(entry)))


def digest(framework: Framework) -> str:
    """The SHA-256 of all that a framework says, in hex; the same for the same framework."""
    whole = hashlib.sha256(_line(members.of_about(framework.about)))
    for entry in framework.entries():
        whole.update(_line(members.of_entry(entry)))
    return whole.hexdigest()


def read(part: Part, intake: Intake) -> Framework:
    """Read such a file, and tell again what was left out when it was written.

    Raises:
        UnreadableFramework: it is not whole, damaged, or of a later version.
    """
    try:
        with intake.opened(part) as stream:
            return _read(part.name, stream, intake)
    except BadCell as problem:
        message = f"{part.name}: {problem.column} {problem.what}"
        raise UnreadableFramework(message, file=part.name) from problem


def _read(name: str, stream: BinaryIO, intake: Intake) -> Framework:
    lines = iter(lambda: stream.readline(LONGEST_LINE), b"")
    head = members.mapping(parsed(next(lines, b"null")), "head")
    if head.get("version") != VERSION:
        bad("version", "is not one that this program reads")
    about = members.about_from(members.mapping(head.get("about"), "about"))
    wanted = members.count_in(head, "concepts")
    concepts: list[Concept] = []
    occupations: list[Occupation] = []
    for number, line in enumerate(lines):
        entry = members.mapping(parsed(line), "entry")
        if number < wanted:
            concepts.append(members.concept_from(entry))
        else:
            occupations.append(members.occupation_from(entry))
    if len(concepts) != wanted or len(occupations) != members.count_in(head, "occupations"):
        bad("entries", "are fewer or more than its first line says")
    intake.problems += members.problems_in(head)
    intake.left_out += members.count_in(head, "left_out")
    intake.progress(name, len(concepts) + len(occupations))
    return Framework(about, tuple(concepts), tuple(occupations))


def _line(value: members.Members) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
