"""The Merkle tree against the RFC's own recursion, its known answers, and its rules."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealwright.credentials.errors import Refused
from sealwright.credentials.transparency.tree import (
    EMPTY_ROOT,
    MAX_SIZE,
    Growing,
    check_consistency,
    consistency_path,
    inclusion_path,
    leaf_hash,
    root,
    root_of,
    root_of_inclusion,
)
from tests.credentials.transparency.logs import (
    Leaves,
    naive_path,
    naive_proof,
    naive_root,
    some_leaves,
)

# The inputs that the test suites of Certificate Transparency use, and their roots by size.
KNOWN_LEAVES = [
    bytes.fromhex(text)
    for text in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
KNOWN_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
SIZES = st.integers(1, 70)


@pytest.mark.parametrize("size", range(1, 9))
def test_the_roots_are_those_of_certificate_transparency(size: int) -> None:
    leaves = KNOWN_LEAVES[:size]

    assert root_of(leaves).hex() == KNOWN_ROOTS[size - 1]
    assert root(size, Leaves(leaves)).hex() == KNOWN_ROOTS[size - 1]


def test_an_empty_tree_has_the_hash_of_nothing_as_its_root() -> None:
    assert root_of([]) == root(0, Leaves([])) == EMPTY_ROOT == naive_root([])


@given(SIZES)
def test_a_tree_grown_leaf_by_leaf_is_the_tree_of_the_rfc(size: int) -> None:
    leaves, tree = some_leaves(size), Growing()

    for number, leaf in enumerate(leaves, start=1):
        tree.add(leaf)
        assert tree.root() == root(number, Leaves(leaves))

    assert tree.root() == naive_root(leaves)
    assert tree.size == size
    assert len(tree.edge) == size.bit_count()


@given(SIZES, st.data())
def test_every_leaf_can_be_shown_to_be_included(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    leaves = some_leaves(size)

    path = inclusion_path(index, size, Leaves(leaves))

    assert path == naive_path(index, leaves)
    assert root_of_inclusion(leaf_hash(leaves[index]), index, size, path) == naive_root(leaves)


@given(SIZES, st.data())
def test_no_other_leaf_place_size_or_path_leads_to_the_root(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    leaves = some_leaves(size)
    path = inclusion_path(index, size, Leaves(leaves))
    leaf, expected = leaf_hash(leaves[index]), naive_root(leaves)

    assert not leads_to(expected, leaf_hash(b"another"), index, size, path)
    assert not leads_to(expected, leaf, index, size, [*path, b"x" * 32])
    if path:
        place = data.draw(st.integers(0, len(path) - 1))
        assert not leads_to(expected, leaf, index, size, path[:-1])
        changed = [*path[:place], b"x" * 32, *path[place + 1 :]]
        assert not leads_to(expected, leaf, index, size, changed)
        other = data.draw(st.integers(0, size - 1).filter(lambda n: n != index))
        assert not leads_to(expected, leaf, other, size, path)


def leads_to(expected: bytes, leaf: bytes, index: int, size: int, path: list[bytes]) -> bool:
    try:
        return root_of_inclusion(leaf, index, size, path) == expected
    except Refused:
        return False


@given(st.integers(0, 70), st.integers(0, 70))
def test_a_grown_tree_can_be_shown_to_begin_with_the_old_one(old: int, more: int) -> None:
    leaves = some_leaves(old + more)
    new = len(leaves)

    path = consistency_path(old, new, Leaves(leaves))

    assert path == (naive_proof(old, leaves) if old else [])
    check_consistency(old, naive_root(leaves[:old]), new, naive_root(leaves), path)


@given(st.integers(1, 70), st.integers(0, 70), st.data())
def test_a_tree_in_which_something_was_changed_is_found_out(
    old: int, more: int, data: st.DataObject
) -> None:
    leaves = some_leaves(old + more)
    changed = list(leaves)
    changed[data.draw(st.integers(0, old - 1))] = b"changed"
    path = consistency_path(old, len(changed), Leaves(changed))

    with pytest.raises(Refused) as refused:
        check_consistency(old, naive_root(leaves[:old]), len(changed), naive_root(changed), path)

    assert refused.value.code == "log-inconsistent"


@given(st.integers(1, 40), st.integers(1, 40), st.data())
def test_a_path_with_something_added_taken_away_or_changed_shows_nothing(
    old: int, more: int, data: st.DataObject
) -> None:
    leaves = some_leaves(old + more)
    roots = (old, naive_root(leaves[:old]), old + more, naive_root(leaves))
    path = consistency_path(old, old + more, Leaves(leaves))
    place = data.draw(st.integers(0, len(path) - 1))

    for broken in (
        [*path, b"x" * 32],
        path[:-1],
        [],
        [*path[:place], b"x" * 32, *path[place + 1 :]],
    ):
        with pytest.raises(Refused):
            check_consistency(*roots, broken)


def test_an_empty_old_tree_is_the_beginning_of_every_tree() -> None:
    check_consistency(0, EMPTY_ROOT, 3, naive_root(some_leaves(3)), [])

    with pytest.raises(Refused) as refused:
        check_consistency(0, b"x" * 32, 3, naive_root(some_leaves(3)), [])

    assert refused.value.code == "log-inconsistent"


def test_trees_of_one_size_have_one_root() -> None:
    with pytest.raises(Refused) as refused:
        check_consistency(2, b"a" * 32, 2, b"b" * 32, [])

    assert refused.value.code == "log-inconsistent"


def test_trees_that_are_equal_or_empty_need_no_path() -> None:
    for old, before in ((3, naive_root(some_leaves(3))), (0, EMPTY_ROOT)):
        with pytest.raises(Refused) as refused:
            check_consistency(old, before, 3, naive_root(some_leaves(3)), [b"x" * 32])
        assert refused.value.code == "log-proof-malformed"


@pytest.mark.parametrize(("old", "new"), [(-1, 3), (4, 3), (1, MAX_SIZE + 1)])
def test_a_tree_does_not_shrink(old: int, new: int) -> None:
    with pytest.raises(Refused) as refused:
        check_consistency(old, EMPTY_ROOT, new, EMPTY_ROOT, [])

    assert refused.value.code == "log-proof-malformed"


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0), (0, MAX_SIZE + 1)])
def test_a_leaf_outside_of_the_tree_is_refused(index: int, size: int) -> None:
    with pytest.raises(Refused):
        root_of_inclusion(b"l" * 32, index, size, [])


def test_proofs_are_made_of_what_is_there_only() -> None:
    with pytest.raises(IndexError):
        inclusion_path(3, 3, Leaves(some_leaves(3)))
    with pytest.raises(IndexError):
        consistency_path(4, 3, Leaves(some_leaves(4)))
