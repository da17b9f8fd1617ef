"""The bits of a status list: unpacking them from strangers, looking one up, packing our own.

https://www.w3.org/TR/vc-bitstring-status-list/#bitstring-encoding
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping

from sealwright.credentials.errors import MalformedCredential
from sealwright.credentials.keys.multibase import base64url_decode, base64url_encode

MIN_ENTRIES = 131_072
"""A list holds at least so many, so that asking for it tells nobody about whom (section 6.1)."""

MAX_BYTES = 16 * 1024 * 1024
"""How long a list may be when unpacked: 134 million entries of one bit."""

MAX_STATUS_SIZE = 16
"""Bits of one entry; a wider one would have to explain more than 65,536 values."""

_GZIP = 31
"""zlib's window for gzip: header, checksum and length are checked and must be there."""

_SMALLEST_GZIP = 18
_TO_URL_ALPHABET = str.maketrans("+/", "-_")


def decode_list(encoded: object, *, prefixed: bool = True) -> bytes:
    """The bits behind an `encodedList`: multibase base64url (`u`) of one gzip member.

    The length that the gzip promises in its last four bytes is looked at first; no more
    than that is unpacked, and it must come out exactly. RFC 1952 lets several members
    follow each other; we take one, because nobody writes more and each reader treats the
    rest differently. Lists of 2021 carry no prefix (`prefixed=False`), and some of them
    padding and the other alphabet.

    Raises `MalformedCredential("status-bits-malformed")`.
    """
    if not isinstance(encoded, str):
        raise _malformed("encodedList is missing")
    if prefixed and not encoded.startswith("u"):
        raise _malformed("encodedList does not begin with u")
    if not prefixed:
        encoded = "u" + encoded.removeprefix("u").rstrip("=").translate(_TO_URL_ALPHABET)
    try:
        return _inflated(base64url_decode(encoded[1:]))
    except MalformedCredential as problem:
        raise _malformed(problem.evidence["problem"]) from problem


def _inflated(packed: bytes) -> bytes:
    if len(packed) < _SMALLEST_GZIP:
        raise _malformed("too short for gzip")
    promised = int.from_bytes(packed[-4:], "little")
    if promised > MAX_BYTES:
        raise _malformed(f"longer than {MAX_BYTES} bytes")
    stream = zlib.decompressobj(_GZIP)
    try:
        bits = stream.decompress(packed, promised + 1)
    except zlib.error:
        raise _malformed("no gzip, or damaged") from None
    if len(bits) != promised or not stream.eof or stream.unused_data:
        raise _malformed("not as long as it promises")
    return bits


def status_at(bits: bytes, index: int, status_size: int = 1) -> int:
    """The value of an entry; the first bit of the list is the left-most.

    Raises `MalformedCredential("status-index-out-of-range")`.

    >>> status_at(bytes([0b01000000]), 1), status_at(bytes([0b00100000]), 1, 2)
    (1, 2)
    """
    start = index * status_size
    end = start + status_size
    if index < 0 or end > 8 * len(bits):
        entries = 8 * len(bits) // status_size
        raise MalformedCredential("status-index-out-of-range", index=index, entries=entries)
    if status_size == 1:
        return bits[start >> 3] >> (7 - (start & 7)) & 1
    last = (end + 7) >> 3
    window = int.from_bytes(bits[start >> 3 : last], "big")
    return window >> (8 * last - end) & ((1 << status_size) - 1)


def encode_list(set_indexes: Iterable[int], entries: int = MIN_ENTRIES, *, level: int = 6) -> str:
    """The `encodedList` of one bit an entry, set at `set_indexes`.

    `entries` is a multiple of 8 and at least `MIN_ENTRIES`. The same facts give the same
    text. Raises `ValueError` for an index outside of the list, or a list too short or long.
    """
    bits = bytearray(_length(entries, 1))
    for index in set_indexes:
        if not 0 <= index < entries:
            raise ValueError(f"no entry {index} in a list of {entries}")
        bits[index >> 3] |= 0x80 >> (index & 7)
    return _encoded(bits, level)


def encode_values(
    values: Mapping[int, int], entries: int = MIN_ENTRIES, *, status_size: int, level: int = 6
) -> str:
    """The `encodedList` of `status_size` bits an entry; what is not in `values` is 0.

    Raises `ValueError` as `encode_list`, and for a value that does not fit.
    """
    length = _length(entries, status_size)
    packed = bytearray(length)
    for index, value in values.items():
        if not 0 <= index < entries:
            raise ValueError(f"no entry {index} in a list of {entries}")
        if not 0 <= value < 1 << status_size:
            raise ValueError(f"{value} does not fit into {status_size} bits")
        end = (index + 1) * status_size
        first, last = (end - status_size) >> 3, (end + 7) >> 3
        mask = (1 << status_size) - 1
        shift = 8 * last - end
        window = int.from_bytes(packed[first:last], "big") & ~(mask << shift) | value << shift
        packed[first:last] = window.to_bytes(last - first, "big")
    return _encoded(packed, level)


def _length(entries: int, status_size: int) -> int:
    """The bytes of a list that we may write."""
    if not 0 < status_size <= MAX_STATUS_SIZE:
        raise ValueError(f"an entry has 1 to {MAX_STATUS_SIZE} bits")
    if entries < MIN_ENTRIES or entries % 8 or entries * status_size > 8 * MAX_BYTES:
        raise ValueError(f"a list has at least {MIN_ENTRIES} entries, in eights, in 16 MB")
    return entries * status_size // 8


def _encoded(bits: bytearray, level: int) -> str:
    stream = zlib.compressobj(level, zlib.DEFLATED, _GZIP)
    return "u" + base64url_encode(stream.compress(bits) + stream.flush())


def _malformed(problem: str) -> MalformedCredential:
    return MalformedCredential("status-bits-malformed", problem=problem)
