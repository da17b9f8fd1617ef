"""One file of named arrays: eight bytes that say so, a checksum, a header in JSON, the arrays.

    magic · SHA-256 of the rest · length of the header · header · arrays, each at a multiple of 64

The arrays are mapped into memory, not copied. The checksum covers all that follows it, so a
file that was cut or changed by accident is refused before anything of it is used.
"""

from __future__ import annotations

import hashlib
import json
import math
import mmap
import secrets
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sealwright.skills.errors import UnreadableIndex

Array = NDArray[Any]

_MAGIC: Final = b"SWARRAY1"
_FRONT: Final = len(_MAGIC) + 32
_ALIGNED: Final = 64
_TYPES: Final = frozenset({"|i1", "|u1", "<f2", "<f4", "<i4", "<u4", "<i8"})


@dataclass(frozen=True, slots=True)
class Arrays:
    """What a file holds: what it is, what is said about it, its arrays, and its checksum."""

    kind: str
    about: Mapping[str, Any]
    arrays: Mapping[str, Array]
    digest: str


def write(path: Path, kind: str, about: Mapping[str, Any], arrays: Mapping[str, Array]) -> str:
    """Write a file whole or not at all; returns its checksum.

    Two who write the same file at once do not disturb each other: the last one stays.
    """
    entries: list[dict[str, Any]] = []
    place = 0
    for name, array in arrays.items():
        entries.append(
            {"name": name, "type": array.dtype.str, "shape": array.shape, "place": place}
        )
        place += -(-array.nbytes // _ALIGNED) * _ALIGNED
    header = json.dumps({"kind": kind, "about": about, "arrays": entries}).encode()
    header += b" " * (-(_FRONT + 4 + len(header)) % _ALIGNED)
    parts = [struct.pack("<I", len(header)), header]
    for array in arrays.values():
        parts += [np.ascontiguousarray(array).tobytes(), bytes(-array.nbytes % _ALIGNED)]
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    beside = path.with_name(f"{path.name}.{secrets.token_hex(8)}.part")
    try:
        with beside.open("xb") as file:
            file.writelines([_MAGIC, digest.digest(), *parts])
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return digest.hexdigest()


def read(path: Path, kind: str) -> Arrays:
    """Map the file at `path`, which must be of this kind.

    Raises:
        UnreadableIndex: it is no such file, or damaged.
        OSError: it cannot be opened.
    """
    with path.open("rb") as file:
        if file.read(len(_MAGIC)) != _MAGIC:
            raise UnreadableIndex(f"{path.name} is no file of vectors of Sealwright")
        whole = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    digest = hashlib.sha256(whole[_FRONT:])
    if whole[len(_MAGIC) : _FRONT] != digest.digest():
        raise UnreadableIndex(f"{path.name} is damaged: build it again", "index-damaged")
    try:
        found = _parsed(whole[_FRONT:], digest.hexdigest())
    except (
        ValueError,
        KeyError,
        TypeError,
        struct.error,
        RecursionError,
        OverflowError,
    ) as problem:
        raise UnreadableIndex(f"{path.name} is damaged: {problem}", "index-damaged") from problem
    if found.kind != kind:
        raise UnreadableIndex(
            f"{path.name} holds “{found.kind}”, wanted was “{kind}”", "index-other-kind"
        )
    return found


def _parsed(body: memoryview, digest: str) -> Arrays:
    (length,) = struct.unpack_from("<I", body)
    header = json.loads(bytes(body[4 : 4 + length]))
    rest = body[4 + length :]
    arrays: dict[str, Array] = {}
    for entry in header["arrays"]:
        arrays[entry["name"]] = _array(rest, entry["type"], entry["shape"], entry["place"])
    return Arrays(str(header["kind"]), dict(header["about"]), arrays, digest)


def _array(rest: memoryview, kind: str, shape: list[int], place: int) -> Array:
    if kind not in _TYPES or min(shape) < 0:
        raise ValueError(f"no array is of type {kind} and shape {shape}")
    return np.frombuffer(rest, np.dtype(kind), math.prod(shape), place).reshape(shape)
