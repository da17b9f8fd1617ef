"""A file of arrays is read as it was written, or refused with a code."""

from __future__ import annotations

import hashlib
import json
import struct
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sealwright.skills.errors import UnreadableIndex
from sealwright.skills.matching import StaticMatcher, Target, TokenTable, arrays, build, load
from sealwright.skills.matching.index import FORMAT, KIND
from tests.skills.matching.small import SKILLS, a_table, an_index


def test_two_who_write_one_file_at_once_leave_a_whole_one(tmp_path: Path) -> None:
    path = tmp_path / "one"
    parts = {"a": np.zeros(200_000, np.int8)}

    with ThreadPoolExecutor(8) as pool:
        writing = [pool.submit(arrays.write, path, "numbers", {}, parts) for _ in range(16)]
        digests = {each.result() for each in writing}

    assert digests == {arrays.read(path, "numbers").digest}
    assert list(tmp_path.iterdir()) == [path]


def test_what_was_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "one"
    parts: dict[str, Any] = {
        "a": np.arange(6, dtype="<f4").reshape(2, 3),
        "b": np.zeros((0, 4), np.int8),
    }

    digest = arrays.write(path, "numbers", {"by": "me"}, parts)
    found = arrays.read(path, "numbers")

    assert (found.kind, found.about, found.digest) == ("numbers", {"by": "me"}, digest)
    assert all((found.arrays[name] == part).all() for name, part in parts.items())
    assert list(tmp_path.iterdir()) == [path]


def sealed(path: Path, header: bytes, rest: bytes = b"", length: int | None = None) -> Path:
    """A file with a sound checksum, whatever its header says."""
    body = struct.pack("<I", len(header) if length is None else length) + header + rest
    path.write_bytes(b"SWARRAY1" + hashlib.sha256(body).digest() + body)
    return path


def entry(**changes: Any) -> bytes:
    """A header with one array of four bytes, changed."""
    one = {"name": "a", "type": "|i1", "shape": [4], "place": 0} | changes
    return json.dumps({"kind": "numbers", "about": {}, "arrays": [one]}).encode()


@pytest.mark.parametrize(
    "header",
    [
        b"",
        b"[]",
        b"{",
        b"\xff",
        b"[" * 100_000,
        b'{"kind": 1}',
        entry(type="|O"),
        entry(shape=[-1]),
        entry(shape=[]),
        entry(shape=["4"]),
        entry(shape=[5]),
        entry(shape=[2**62, 4]),
        entry(place=-1),
        entry(place=5),
        entry(place="0"),
        json.dumps({"kind": "numbers", "about": 3, "arrays": []}).encode(),
    ],
)
def test_a_header_that_does_not_fit_is_refused(tmp_path: Path, header: bytes) -> None:
    path = sealed(tmp_path / "one", header, b"\0\0\0\0")

    with pytest.raises(UnreadableIndex) as refused:
        arrays.read(path, "numbers")

    assert refused.value.code == "index-damaged"


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    path = sealed(tmp_path / "one", entry(), b"\0\0\0\0")
    (tmp_path / "text").write_text("no vectors", "utf-8")

    for name, kind, code in (
        (path, "other", "index-other-kind"),
        (tmp_path / "text", "numbers", "index-unreadable"),
    ):
        with pytest.raises(UnreadableIndex) as refused:
            arrays.read(name, kind)
        assert refused.value.code == code


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_a_damaged_index_is_always_refused(tmp_path: Path, data: st.DataObject) -> None:
    path = tmp_path / "small.index"
    if not path.exists():
        an_index(tmp_path, a_table(tmp_path))
    octets = path.read_bytes()
    place = data.draw(st.integers(0, len(octets) - 1))
    other = data.draw(st.integers(1, 255))
    cut = data.draw(st.booleans())
    changed = octets[:place] + (
        b"" if cut else bytes([octets[place] ^ other]) + octets[place + 1 :]
    )
    broken = tmp_path / "broken.index"
    broken.write_bytes(changed)

    with pytest.raises(UnreadableIndex) as refused:
        load(broken)

    assert refused.value.code in {"index-damaged", "index-unreadable"}


def rewritten(folder: Path, **changes: Any) -> Path:
    """The small index with some of its parts changed, under a sound checksum."""
    an_index(folder, a_table(folder))
    found = arrays.read(folder / "small.index", KIND)
    parts = {**found.arrays}
    for name, part in changes.items():
        full = f"skills.{name.replace('__', '.').replace('_', '-')}"
        parts[full] = part(parts[full]) if callable(part) else part
    arrays.write(folder / "changed.index", KIND, found.about, parts)
    return folder / "changed.index"


def packed(_: Any) -> Any:
    return np.frombuffer(b"no zlib", np.uint8)


def shorter(part: Any) -> Any:
    return part[:-1]


def lower(part: Any) -> Any:
    return part - 1


def reversed_(part: Any) -> Any:
    return part[::-1].copy()


def huge(part: Any) -> Any:
    return part + 1_000


@pytest.mark.parametrize(
    "changes",
    [
        {"uris": packed},
        {"labels": packed},
        {"names": shorter},
        {"name_scales": shorter},
        {"starts": shorter},
        {"starts": lower},
        {"starts": reversed_},
        {"letters__rarity": shorter},
        {"letters__starts": shorter},
        {"letters__starts": reversed_},
        {"letters__owners": shorter},
        {"letters__owners": huge},
        {"letters__owners": lower},
        {"letters__weights": shorter},
        {"by_label__numbers": shorter},
        {"by_label__numbers": reversed_},
        {"by_alternative__owners": huge},
        {"by_address__owners": lower},
    ],
)
def test_parts_that_do_not_fit_each_other_are_refused(
    tmp_path: Path, changes: dict[str, Any]
) -> None:
    path = rewritten(tmp_path, **changes)

    with pytest.raises(UnreadableIndex) as refused:
        load(path)

    assert refused.value.code == "index-damaged"


def test_an_index_of_another_version_is_built_again(tmp_path: Path) -> None:
    an_index(tmp_path, a_table(tmp_path))
    found = arrays.read(tmp_path / "small.index", KIND)
    older = {**found.about, "format": FORMAT - 1}
    arrays.write(tmp_path / "small.index", KIND, older, found.arrays)

    with pytest.raises(UnreadableIndex) as refused:
        load(tmp_path / "small.index")

    assert refused.value.code == "index-outdated"


def test_an_index_of_another_table_is_built_again(tmp_path: Path) -> None:
    table = a_table(tmp_path)
    index = an_index(tmp_path, table)
    other = TokenTable(table.pieces, table._rows, table._scales, "another")

    with pytest.raises(UnreadableIndex) as refused:
        StaticMatcher(index, other)

    assert refused.value.code == "index-outdated"


def test_a_table_that_is_not_whole_is_refused(tmp_path: Path) -> None:
    a_table(tmp_path)
    found = arrays.read(tmp_path / "table.bin", "token table")
    fewer = {**found.arrays, "rows": found.arrays["rows"][:-1]}
    without = {name: part for name, part in found.arrays.items() if name != "scales"}

    for parts in (fewer, without, {**found.arrays, "pieces": np.zeros(3, np.uint8)}):
        arrays.write(tmp_path / "other.bin", "token table", {}, parts)
        with pytest.raises(UnreadableIndex) as refused:
            TokenTable.read(tmp_path / "other.bin")
        assert refused.value.code == "index-damaged"


def test_the_same_entries_give_the_same_bytes(tmp_path: Path) -> None:
    table = a_table(tmp_path)

    for name in ("one", "two"):
        build(tmp_path / name, {Target.SKILLS: SKILLS}, table, {})

    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
