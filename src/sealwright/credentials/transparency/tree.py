"""The Merkle tree of a log: its hashes, its roots, and two kinds of proof.

An inclusion proof shows that a leaf stands at a place of a tree; a consistency proof shows
that a larger tree begins with all of a smaller one, unchanged and in the same order.

The tree is read through `Subtrees`, which gives the hash of a complete subtree by its level
and index (level 0 are the leaves), so that whoever stores them decides how.

https://www.rfc-editor.org/rfc/rfc6962#section-2.1
https://www.rfc-editor.org/rfc/rfc9162#section-2.1
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from sealwright.credentials.errors import Refused

HASH_BYTES: Final = 32
EMPTY_ROOT: Final = sha256(b"").digest()
MAX_SIZE: Final = 1 << 62
"""More leaves than any log will have; what claims to have more is refused."""

Subtrees = Callable[[int, int], bytes]
"""`subtrees(level, index)` is the hash of the leaves from `index * 2**level` on, 2**level of
them, all of which must be there."""


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf; the prefix keeps leaves and inner nodes apart."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return sha256(b"\x01" + left + right).digest()


def root(size: int, subtrees: Subtrees) -> bytes:
    """The root of the tree of the first `size` leaves."""
    return _span(0, size, subtrees) if size else EMPTY_ROOT


def inclusion_path(index: int, size: int, subtrees: Subtrees) -> list[bytes]:
    """The hashes beside the way from leaf `index` to the root, the leaf's neighbour first.

    Raises `IndexError` for a leaf that the tree of `size` does not have.
    """
    if not 0 <= index < size:
        raise IndexError(f"no leaf {index} in a tree of {size}")
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(_span(middle, end, subtrees))
            end = middle
        else:
            path.append(_span(start, middle, subtrees))
            start = middle
    return path[::-1]


def consistency_path(old: int, new: int, subtrees: Subtrees) -> list[bytes]:
    """The hashes that show the tree of `old` leaves to be the beginning of that of `new`.

    Raises `IndexError` unless 0 <= old <= new.
    """
    if not 0 <= old <= new:
        raise IndexError(f"no tree of {old} in one of {new}")
    path: list[bytes] = []
    start, end, whole = 0, new, True
    while start < old < end:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(_span(middle, end, subtrees))
            end = middle
        else:
            path.append(_span(start, middle, subtrees))
            start, whole = middle, False
    if not whole:
        path.append(_span(start, end, subtrees))
    return path[::-1]


def root_of_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """The root that `path` leads to from the hash of leaf `index` in a tree of `size`.

    Raises `Refused("log-proof-malformed")` for a path that cannot be one.
    """
    if not 0 <= index < size <= MAX_SIZE:
        raise _malformed(f"no leaf {index} in a tree of {size}")
    node, last, here = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            raise _malformed("the path is too long")
        if node & 1 or node == last:
            here = node_hash(sibling, here)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            here = node_hash(here, sibling)
        node, last = node >> 1, last >> 1
    if last:
        raise _malformed("the path is too short")
    return here


def check_consistency(
    old: int, old_root: bytes, new: int, new_root: bytes, path: Sequence[bytes]
) -> None:
    """Raise `Refused` unless `path` shows that the second tree begins with the first.

    `log-proof-malformed` for a path that cannot be one, `log-inconsistent` for one that leads
    to other roots: then something that had been logged was changed or taken away.
    """
    if not 0 <= old <= new <= MAX_SIZE:
        raise _malformed(f"no tree of {old} in one of {new}")
    if old in (0, new):
        if path:
            raise _malformed("the path is too long")
        before, after = (new_root if old else EMPTY_ROOT), new_root
    else:
        before, after = _both_roots(old, old_root, new, path)
    if (before, after) != (old_root, new_root):
        raise _inconsistent(old, new)


def _both_roots(old: int, old_root: bytes, new: int, path: Sequence[bytes]) -> tuple[bytes, bytes]:
    """The roots that the path leads to: RFC 9162, section 2.1.4.2."""
    hashes = [old_root, *path] if old & (old - 1) == 0 else list(path)
    if not hashes:
        raise _malformed("the path is too short")
    node, last = old - 1, new - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    before = after = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            raise _malformed("the path is too long")
        if node & 1 or node == last:
            before, after = node_hash(sibling, before), node_hash(sibling, after)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            after = node_hash(after, sibling)
        node, last = node >> 1, last >> 1
    if last:
        raise _malformed("the path is too short")
    return before, after


@dataclass(slots=True)
class Growing:
    """A tree that leaves are added to, one after the other; it keeps no more than its edge.

    >>> tree = Growing()
    >>> tree.add(b"first"); tree.root() == leaf_hash(b"first")
    True
    """

    size: int = 0
    edge: list[bytes] = field(default_factory=list)
    """The hashes of the complete subtrees that the size is made of, the largest first."""

    def add(self, data: bytes) -> None:
        """Add a leaf."""
        self.add_hash(leaf_hash(data))

    def add_hash(self, leaf: bytes) -> None:
        """Add a leaf by its hash."""
        here, size = leaf, self.size
        while size & 1:
            here = node_hash(self.edge.pop(), here)
            size >>= 1
        self.edge.append(here)
        self.size += 1

    def root(self) -> bytes:
        """The root as it is now."""
        if not self.edge:
            return EMPTY_ROOT
        here = self.edge[-1]
        for left in reversed(self.edge[:-1]):
            here = node_hash(left, here)
        return here


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root of a tree of these leaves."""
    tree = Growing()
    for data in leaves:
        tree.add(data)
    return tree.root()


def _span(start: int, end: int, subtrees: Subtrees) -> bytes:
    """The hash over the leaves from `start` to before `end`, which is a node of the tree."""
    size = end - start
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return subtrees(level, start >> level)
    middle = start + _split(size)
    return node_hash(_span(start, middle, subtrees), _span(middle, end, subtrees))


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << ((size - 1).bit_length() - 1)


def _malformed(problem: str) -> Refused:
    return Refused("log-proof-malformed", problem=problem)


def _inconsistent(old: int, new: int) -> Refused:
    return Refused("log-inconsistent", old=old, new=new)
