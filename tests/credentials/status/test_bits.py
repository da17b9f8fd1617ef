from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealwright.credentials.errors import MalformedCredential
from sealwright.credentials.keys.multibase import base64url_encode
from sealwright.credentials.status import (
    MIN_ENTRIES,
    decode_list,
    encode_list,
    encode_values,
    status_at,
)
from sealwright.credentials.status.bits import MAX_BYTES

INDEXES = st.sets(st.integers(0, MIN_ENTRIES - 1), max_size=20)


def packed(value: bytes) -> str:
    return "u" + base64url_encode(value)


def refused(encoded: object, *, prefixed: bool = True) -> str:
    with pytest.raises(MalformedCredential) as refusal:
        decode_list(encoded, prefixed=prefixed)
    assert refusal.value.code == "status-bits-malformed"
    return str(refusal.value.evidence["problem"])


def test_the_example_of_the_standard_is_an_empty_list() -> None:
    encoded = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA"

    assert decode_list(encoded) == bytes(16384)


@given(INDEXES)
def test_what_is_set_comes_back_and_nothing_else(indexes: set[int]) -> None:
    bits = decode_list(encode_list(indexes))

    assert len(bits) * 8 == MIN_ENTRIES
    assert {index for index in indexes if status_at(bits, index)} == indexes
    assert int.from_bytes(bits, "big").bit_count() == len(indexes)


@given(st.integers(1, 16), st.dictionaries(st.integers(0, MIN_ENTRIES - 1), st.integers(0)))
def test_wider_values_come_back_too(size: int, values: dict[int, int]) -> None:
    values = {index: value % (1 << size) for index, value in values.items()}

    bits = decode_list(encode_values(values, status_size=size))

    assert {index: status_at(bits, index, size) for index in values} == values
    assert int.from_bytes(bits, "big").bit_count() == sum(v.bit_count() for v in values.values())


def test_a_value_may_be_written_over() -> None:
    first = encode_values({5: 3}, status_size=3)
    second = encode_values({5: 3, 6: 7}, status_size=3)

    assert status_at(decode_list(first), 6, 3) == 0
    assert status_at(decode_list(second), 5, 3) == 3


@given(INDEXES)
def test_one_bit_is_written_the_same_in_both_ways(indexes: set[int]) -> None:
    assert encode_list(indexes) == encode_values(dict.fromkeys(indexes, 1), status_size=1)


def test_the_first_index_is_the_left_most_bit() -> None:
    assert decode_list(encode_list([0]))[0] == 0b1000_0000
    assert decode_list(encode_list([MIN_ENTRIES - 1]))[-1] == 1


@pytest.mark.parametrize("index", [-1, MIN_ENTRIES, 10**17])
@pytest.mark.parametrize("size", [1, 2])
def test_a_place_outside_of_the_list_has_no_status(index: int, size: int) -> None:
    bits = bytes(MIN_ENTRIES * size // 8)

    with pytest.raises(MalformedCredential) as refusal:
        status_at(bits, index, size)

    assert refusal.value.code == "status-index-out-of-range"
    assert refusal.value.evidence["entries"] == MIN_ENTRIES


@pytest.mark.parametrize(
    ("indexes", "entries"), [([-1], MIN_ENTRIES), ([MIN_ENTRIES], MIN_ENTRIES)]
)
def test_we_write_no_place_outside_of_a_list(indexes: list[int], entries: int) -> None:
    with pytest.raises(ValueError, match="no entry"):
        encode_list(indexes, entries)
    with pytest.raises(ValueError, match="no entry"):
        encode_values(dict.fromkeys(indexes, 1), entries, status_size=2)


@pytest.mark.parametrize("value", [-1, 4])
def test_we_write_no_value_that_does_not_fit(value: int) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        encode_values({0: value}, status_size=2)


@pytest.mark.parametrize(
    ("entries", "size"),
    [(8, 1), (MIN_ENTRIES + 1, 1), (8 * MAX_BYTES + 8, 1), (MIN_ENTRIES, 0), (MIN_ENTRIES, 17)],
)
def test_we_write_no_list_that_nobody_would_take(entries: int, size: int) -> None:
    with pytest.raises(ValueError, match="entr"):
        encode_values({}, entries, status_size=size)


def test_the_largest_list_can_be_read() -> None:
    assert len(decode_list(encode_list([], 8 * MAX_BYTES, level=1))) == MAX_BYTES


@pytest.mark.parametrize("encoded", [None, 7, [], {}, b"u"])
def test_a_list_that_is_no_text_is_refused(encoded: object) -> None:
    assert refused(encoded) == "encodedList is missing"


def test_a_list_without_its_prefix_is_refused() -> None:
    assert "begin with u" in refused(encode_list([])[1:])


@pytest.mark.parametrize(
    "spelling",
    [
        lambda text: text,
        lambda text: text[1:],
        lambda text: text[1:] + "==",
        lambda text: text[1:].replace("-", "+").replace("_", "/"),
    ],
)
def test_a_list_of_2021_is_read_in_each_spelling(spelling) -> None:  # type: ignore[no-untyped-def]
    bits = decode_list(spelling(encode_list([3, 77_777])), prefixed=False)

    assert status_at(bits, 77_777) == 1


def unfinished() -> bytes:
    """Gzip that breaks off before its checksum, and yet ends in the right length."""
    stream = zlib.compressobj(wbits=31)
    return stream.compress(bytes(16384)) + stream.flush(zlib.Z_SYNC_FLUSH) + b"\x00\x40\x00\x00"


@pytest.mark.parametrize(
    "value",
    [
        b"",
        unfinished(),
        b"\x1f\x8b",
        bytes(40),
        zlib.compress(bytes(16384)),
        gzip.compress(bytes(16384))[:-1],
        gzip.compress(bytes(16384)) + b"\0",
        gzip.compress(bytes(8192)) + gzip.compress(bytes(8192)),
        gzip.compress(bytes(16384)) + gzip.compress(b""),
        gzip.compress(bytes(16384))[:-8] + bytes(8),
        gzip.compress(bytes(16384))[:-4] + (16385).to_bytes(4, "little"),
        gzip.compress(bytes(16384))[:-4] + (100).to_bytes(4, "little"),
    ],
)
def test_bytes_that_are_not_one_whole_gzip_are_refused(value: bytes) -> None:
    assert refused(packed(value))


def test_a_bomb_that_admits_its_size_is_not_unpacked() -> None:
    bomb = gzip.compress(bytes(MAX_BYTES + 1))

    assert "longer than" in refused(packed(bomb))


def test_a_bomb_that_lies_about_its_size_is_unpacked_no_further_than_it_said() -> None:
    bomb = gzip.compress(bytes(4 * MAX_BYTES))

    assert refused(packed(bomb[:-4] + (16384).to_bytes(4, "little")))


@pytest.mark.parametrize("text", ["u=", "uA", "u H4s", "uH4sI\u00e9", "u\ud800", "u" + "A" * 50])
def test_text_that_is_no_base64url_is_refused(text: str) -> None:
    assert refused(text)


@given(st.text(max_size=60) | st.binary(max_size=60).map(packed), st.booleans())
def test_any_text_is_a_list_or_refused(text: str, prefixed: bool) -> None:
    try:
        bits = decode_list(text, prefixed=prefixed)
    except MalformedCredential:
        return
    assert len(bits) <= MAX_BYTES


@given(st.integers(0), st.binary(min_size=1, max_size=4))
def test_any_change_of_a_list_is_noticed_or_harmless(position: int, noise: bytes) -> None:
    whole = gzip.compress(bytes(16384), mtime=0)
    at = position % len(whole)
    changed = whole[:at] + noise + whole[at + len(noise) :]

    try:
        bits = decode_list(packed(changed))
    except MalformedCredential:
        return
    assert bits == bytes(16384)
