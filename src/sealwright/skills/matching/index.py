"""An index: what can be found in texts, as vectors, in one file that is mapped into memory."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from sealwright.skills.errors import UnfitRequest, UnreadableIndex
from sealwright.skills.frameworks import Concept, Framework, Occupation
from sealwright.skills.matching import arrays
from sealwright.skills.matching.arrays import Array
from sealwright.skills.matching.letters import BUCKETS, Letters
from sealwright.skills.matching.names import By, Names, plain, same
from sealwright.skills.matching.table import TokenTable, Whole, quantised

KIND: Final = "index"
FORMAT: Final = 2
"""Goes up with every change of the file; an index of another one is built again."""

_AT_ONCE: Final = 4_096

Floats = NDArray[np.float32]

NO_ROWS: Final[Whole] = np.zeros((0, 1), np.int8)
NO_SCALES: Final[NDArray[np.float16]] = np.zeros(0, np.float16)


class Encoder(Protocol):
    """Whatever turns texts into vectors: a `TokenTable`, or a model (`onnx.OnnxModel`)."""

    @property
    def digest(self) -> str:
        """The checksum of all that can change a vector."""
        ...

    def texts(self, texts: Sequence[str], /) -> Floats:
        """One unit vector a text, always of the same length; zeros for one without words."""
        ...


class Target(StrEnum):
    """What is looked for."""

    SKILLS = "skills"
    OCCUPATIONS = "occupations"


@dataclass(frozen=True, slots=True)
class Named:
    """Something that can be found, with the names it goes by."""

    uri: str
    label: str
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """All skills of an index, or all occupations."""

    uris: Sequence[str]
    labels: Sequence[str]
    vectors: Floats
    """One unit vector a label."""
    names: Whole
    """The vectors of all names, the label of each entry first."""
    name_scales: NDArray[np.float16]
    starts: NDArray[np.int32]
    """Where the names of each entry start; one more than there are entries."""
    letters: Letters
    goes_by: Mapping[By, Names]
    """By which addresses and names each entry goes."""
    model: tuple[Whole, NDArray[np.float16]]
    """The vectors of the labels by a sentence model, and their scales; none without one."""


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """What `sealwright skills build` writes and a matcher reads; each is one of its own."""

    sections: Mapping[Target, Section]
    table: str
    """The checksum of the token table it was built with."""
    about: Mapping[str, Any]
    model: str = ""
    """The checksum of the sentence model it was built with, if one."""


def named(framework: Framework, language: str = "en") -> Mapping[Target, list[Named]]:
    """What can be found of a framework: skills that are no groups, and occupations."""
    skills = [_named(each, language) for each in framework.skills()]
    return {
        Target.SKILLS: skills,
        Target.OCCUPATIONS: [_named(each, language) for each in framework.occupations],
    }


def build(
    path: Path,
    entries: Mapping[Target, Iterable[Named]],
    table: TokenTable,
    about: Mapping[str, Any],
    model: Encoder | None = None,
) -> Mapping[Target, int]:
    """Write an index of `entries` to `path`; how many of each there are.

    Of two entries with one address the first counts. With a sentence model it holds the vectors
    of the labels that a `SentenceMatcher` needs.

    Raises:
        UnfitRequest: there is nothing to find.
    """
    parts, counts = _gathered(entries, table, model)
    head = {"format": FORMAT, "table": table.digest, "about": dict(about)}
    if model is not None:
        head["model"] = model.digest
    arrays.write(path, KIND, head, parts)
    return counts


def held(
    entries: Mapping[Target, Iterable[Named]], table: TokenTable, model: Encoder | None = None
) -> Index:
    """An index of `entries` that is in no file, for few of them or for a process that stays.

    Raises:
        UnfitRequest: there is nothing to find.
    """
    parts, counts = _gathered(entries, table, model)
    sections = {
        target: _section(parts, f"{target}.", with_model=model is not None)
        for target, number in counts.items()
        if number
    }
    return Index(sections, table.digest, {}, model.digest if model else "")


def load(path: Path) -> Index:
    """The index in the file at `path`.

    Raises:
        UnreadableIndex: it is no index, damaged, or of another version of Sealwright.
        OSError: it cannot be opened.
    """
    found = arrays.read(path, KIND)
    if found.about.get("format") != FORMAT:
        raise UnreadableIndex(
            f"{path.name} was built by another version: build it again", "index-outdated"
        )
    sections: dict[Target, Section] = {}
    model = str(found.about.get("model", ""))
    try:
        for target in Target:
            if f"{target}.names" in found.arrays:
                sections[target] = _section(found.arrays, f"{target}.", with_model=bool(model))
        table, about = str(found.about["table"]), dict(found.about["about"])
    except (KeyError, ValueError, TypeError, IndexError, zlib.error) as problem:
        raise UnreadableIndex(f"{path.name} is not whole: {problem}", "index-damaged") from problem
    return Index(sections, table, about, model)


def _gathered(
    entries: Mapping[Target, Iterable[Named]], table: TokenTable, model: Encoder | None
) -> tuple[dict[str, Array], dict[Target, int]]:
    parts: dict[str, Array] = {}
    counts: dict[Target, int] = {}
    for target in Target:
        distinct = {each.uri: each for each in reversed(list(entries.get(target, ())))}
        ordered = sorted(distinct.values(), key=lambda each: each.uri)
        counts[target] = len(ordered)
        if ordered:
            parts |= {f"{target}.{name}": part for name, part in _parts(ordered, table, model)}
    if not parts:
        raise UnfitRequest("there is no skill and no occupation to be found", "index-empty")
    return parts, counts


def _named(entry: Concept | Occupation, language: str) -> Named:
    label = entry.label(language)
    own = {tag.partition("-")[0].lower() for tag, text in entry.labels if text == label}
    own |= {"und"}
    others = (text for tag, text in entry.alternatives if tag.partition("-")[0].lower() in own)
    return Named(entry.uri, label, tuple(others))


def _parts(
    entries: Sequence[Named], table: TokenTable, model: Encoder | None
) -> Iterator[tuple[str, Array]]:
    names: list[str] = []
    starts = [0]
    for each in entries:
        names += dict.fromkeys((each.label, *each.alternatives))
        starts.append(len(names))
    labels = [" ".join(each.label.split()) for each in entries]
    yield "uris", _packed([" ".join(each.uri.split()) for each in entries])
    yield "labels", _packed(labels)
    rows, scales = _as_whole(names, table)
    yield "names", rows
    yield "name-scales", scales
    yield "starts", np.array(starts, np.int32)
    letters = Letters.of(labels)
    yield "letters.rarity", letters.rarity
    yield "letters.starts", letters.starts
    yield "letters.owners", letters.owners
    yield "letters.weights", letters.weights
    if model is not None:
        rows, scales = quantised(model.texts(labels))
        yield "model", rows
        yield "model-scales", scales
    for by, called in _goes_by(entries).items():
        yield f"{_prefix(by)}.numbers", called.numbers
        yield f"{_prefix(by)}.owners", called.owners


def _as_whole(names: Sequence[str], table: TokenTable) -> tuple[Whole, NDArray[np.float16]]:
    """The vectors of names as whole numbers; a few thousand at a time are held as fractions."""
    rows = np.empty((len(names), table.dimensions), np.int8)
    scales = np.empty(len(names), np.float16)
    for start in range(0, len(names), _AT_ONCE):
        some = slice(start, start + _AT_ONCE)
        rows[some], scales[some] = quantised(table.texts(names[some]))
    return rows, scales


def _goes_by(entries: Sequence[Named]) -> Mapping[By, Names]:
    numbered = [(each, owner) for owner, each in enumerate(entries)]
    others = ((name, owner) for each, owner in numbered for name in each.alternatives)
    return {
        By.ADDRESS: Names.of((same(each.uri), owner) for each, owner in numbered),
        By.LABEL: Names.of((plain(each.label), owner) for each, owner in numbered),
        By.ALTERNATIVE: Names.of((plain(name), owner) for name, owner in others),
    }


def _prefix(by: By) -> str:
    return f"by-{by.name.lower()}"


def _section(found: Mapping[str, Array], prefix: str, *, with_model: bool) -> Section:
    def part(name: str) -> Array:
        return found[prefix + name]

    uris, labels, starts = _unpacked(part("uris")), _unpacked(part("labels")), part("starts")
    names, scales = part("names"), part("name-scales")
    firsts = starts[:-1]
    size = len(uris)
    model = found.get(f"{prefix}model", NO_ROWS), found.get(f"{prefix}model-scales", NO_SCALES)
    owners, places = part("letters.owners"), part("letters.starts")
    goes_by = {
        by: Names(part(f"{_prefix(by)}.numbers"), part(f"{_prefix(by)}.owners")) for by in By
    }
    whole = (
        len(labels) == size == len(firsts)
        and (np.diff(starts) > 0).all()
        and starts[0] == 0
        and starts[-1] == len(names) == len(scales)
        and len(part("letters.rarity")) == BUCKETS == len(places) - 1
        and (np.diff(places) >= 0).all()
        and places[-1] == len(owners) == len(part("letters.weights"))
        and ((owners >= 0) & (owners < size)).all()
        and all(each.fits(size) for each in goes_by.values())
        and len(model[0]) == len(model[1]) == (size if with_model else 0)
    )
    if not whole:
        raise ValueError("its parts do not fit each other")
    letters = Letters(part("letters.rarity"), places, owners, part("letters.weights"), size)
    vectors = dense(names[firsts], scales[firsts])
    return Section(uris, labels, vectors, names, scales, starts, letters, goes_by, model)


def dense(rows: Whole, scales: NDArray[np.float16]) -> Floats:
    """Vectors as they are calculated with."""
    found: Floats = rows.astype(np.float32) * scales.astype(np.float32)[:, None]
    return found


def _packed(texts: Iterable[str]) -> Array:
    return np.frombuffer(zlib.compress("\n".join(texts).encode("utf-8", "replace"), 6), np.uint8)


def _unpacked(part: Array) -> list[str]:
    return zlib.decompress(part.tobytes()).decode("utf-8").split("\n")
