"""Tiles: where they lie, what is in them, and that proofs can be made from them alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealwright.credentials.errors import Refused
from sealwright.credentials.transparency.tiles import (
    HEIGHT,
    WIDTH,
    FromTiles,
    Tile,
    read_entries,
    width_at,
    write_entries,
)
from sealwright.credentials.transparency.tree import consistency_path, inclusion_path, root
from tests.credentials.transparency.logs import Leaves, some_leaves

LEAVES = some_leaves(70_000)


def tile_of(level: int, index: int, size: int) -> bytes:
    """A tile computed from all leaves."""
    width = width_at(level, index, size)
    below = Leaves(LEAVES[:size])
    return b"".join(below(HEIGHT * level, index * WIDTH + n) for n in range(width))


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 0), "0/000"),
        (Tile(2, 1_234_067), "2/x001/x234/067"),
        (Tile(1, 1000, width=1), "1/x001/000.p/1"),
        (Tile(None, 273, width=112), "entries/273.p/112"),
    ],
)
def test_a_tile_lies_where_the_specification_says(tile: Tile, path: str) -> None:
    assert tile.path == path
    assert Tile.at(path) == tile


@given(st.none() | st.integers(0, 63), st.integers(0, 10**15), st.integers(1, WIDTH))
def test_every_tile_is_found_at_its_path(level: int | None, index: int, width: int) -> None:
    assert Tile.at(Tile(level, index, width).path) == Tile(level, index, width)


@pytest.mark.parametrize(
    "path",
    ["", "0", "0/1", "00/001", "0/x001", "0/x000/001", "0/001.p/0", "0/001.p/256", "0/001.p/257",
     "0/001.p/01", "entry/001", "0/001/002", "100/001", "0/٠٠١"],
)  # fmt: skip
def test_there_is_one_spelling_for_each_tile(path: str) -> None:
    assert Tile.at(path) is None


def test_the_widths_are_those_of_the_example_in_the_specification() -> None:
    size = 70_000

    assert [width_at(0, n, size) for n in (272, 273, 274)] == [256, 112, 0]
    assert [width_at(1, n, size) for n in (0, 1)] == [256, 17]
    assert width_at(2, 0, size) == 1
    assert width_at(3, 0, size) == 0


@pytest.mark.parametrize(
    ("tile", "there"),
    [
        (Tile(0, 272), True),
        (Tile(0, 273), False),
        (Tile(0, 273, width=112), True),
        (Tile(0, 273, width=113), False),
        (Tile(1, 1, width=17), True),
        (Tile(None, 273, width=112), True),
        (Tile(63, 0), False),
    ],
)
def test_a_tile_is_there_once_all_of_it_is(tile: Tile, there: bool) -> None:
    assert tile.is_within(70_000) is there


@pytest.mark.parametrize("size", [1, 255, 256, 257, 65_536, 70_000])
def test_proofs_made_from_tiles_are_those_made_from_leaves(size: int) -> None:
    tiles = FromTiles(lambda level, index: tile_of(level, index, size))
    leaves = Leaves(LEAVES[:size])

    assert root(size, tiles) == root(size, leaves)
    for index in (0, size // 3, size - 1):
        assert inclusion_path(index, size, tiles) == inclusion_path(index, size, leaves)
        assert consistency_path(index, size, tiles) == consistency_path(index, size, leaves)


def test_a_tile_that_is_too_short_is_no_ground_for_a_proof() -> None:
    tiles = FromTiles(lambda level, index: b"x" * 31)

    with pytest.raises(Refused) as refused:
        root(1, tiles)

    assert refused.value.code == "log-tile-short"
    assert "0/000" in str(refused.value)


@given(st.lists(st.binary(max_size=40)))
def test_what_is_bundled_comes_out_again(entries: list[bytes]) -> None:
    assert read_entries(write_entries(entries)) == entries


@pytest.mark.parametrize("bundle", [b"\x00", b"\x00\x02x", b"\x00\x01xy"])
def test_a_bundle_that_was_cut_off_is_refused(bundle: bytes) -> None:
    with pytest.raises(Refused) as refused:
        read_entries(bundle)

    assert refused.value.code == "log-bundle-malformed"
