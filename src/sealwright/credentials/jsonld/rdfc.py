"""RDF Dataset Canonicalization (RDFC-1.0), with a budget for hostile input.

https://www.w3.org/TR/rdf-canon/. Most credentials need its first step only: every blank
node's quads hash differently, and the order of the hashes names the nodes. The full
algorithm runs for the others, and stops with `WorkBudgetExceeded` where its cost explodes
(https://www.w3.org/TR/rdf-canon/#dataset-poisoning).
"""

from __future__ import annotations

import hashlib
from bisect import insort
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import permutations
from operator import eq
from typing import Protocol

from sealwright.credentials.errors import WorkBudgetExceeded
from sealwright.credentials.jsonld.transform import Dataset, Graph, Subject

Term = str | int
"""An N-Quads term as text, or a blank node by its number."""

Quad = tuple[Term, str, Term, Term]
"""Subject, predicate, object, and the graph ('' for the default graph)."""

WORK = 12_000
"""Related hashes and steps of paths; about 40 ms on one core of 2024."""

MAX_RECURSION = 150

MAX_ALIKE = 1000
"""Nodes that are alike at first sight; so many could only be cells of a list."""


class Work:
    """The work that documents may still cause: one allowance for all that come together."""

    __slots__ = ("left",)

    def __init__(self, left: int = WORK) -> None:
        self.left = left

    def spend(self, units: int) -> None:
        """Count some of it. Raises `WorkBudgetExceeded` when there was not enough left."""
        self.left -= units
        if self.left < 0:
            raise WorkBudgetExceeded(problem="its unnamed parts resemble each other too much")


Hash = Callable[[str], str]


class Labels(Protocol):
    """What a blank node is called, by its number."""

    def __getitem__(self, node: int, /) -> str: ...


def canonical_text(dataset: Dataset, hash_name: str = "sha256", work: Work | None = None) -> str:
    """The dataset, which is used up, as canonical N-Quads, sorted, one line a quad.

    `work` is what the dataset may cost, `WORK` if it comes alone. Raises
    `WorkBudgetExceeded`.
    """
    if not dataset.graphs:
        _sort(dataset)
        labels = _labels_by_first_degree(dataset, hash_name)
        if labels is not None:
            return _text(dataset, labels)
    quads = quads_of(dataset)
    return canonical_quads(quads, canonical_names(quads, dataset.nodes, hash_name, work))


def _sort(dataset: Dataset) -> None:
    """Put the tails of each subject in order, equal ones once."""
    for tails in dataset.tails.values():
        if len(tails) > 1:
            tails.sort()
            if any(map(eq, tails, tails[1:])):
                tails[:] = sorted({*tails})


def _labels_by_first_degree(dataset: Dataset, hash_name: str) -> dict[int, str] | None:
    """The name of each blank node, where all first-degree hashes differ; else None.

    https://www.w3.org/TR/rdf-canon/#hash-1d-quads. A dataset is a set, so equal quads count
    once; quads that only look equal because a node is masked count each. A node is the
    object of one quad at the most, whose line sorts before its own ("<") or after ("_:z").
    Only a node that is alone may be without a quad, and it needs no hash: it is the first.
    """
    if dataset.nodes == 1:
        return {0: "_:c14n0 "}
    masked: dict[int, list[str]] = {}
    before: dict[int, str] = {}
    after: dict[int, str] = {}
    for subject, predicate, node in dataset.links:
        if type(subject) is int:
            masked.setdefault(subject, []).append(f"{predicate}_:z .\n")
            after[node] = f"_:z {predicate}_:a .\n"
        else:
            before[node] = f"{subject}{predicate}_:a .\n"
    digest = getattr(hashlib, hash_name)
    hashes = {}
    for subject, tails in dataset.tails.items():
        if type(subject) is int:
            own = sorted(tails + masked[subject]) if subject in masked else tails
            text = f"_:a {'_:a '.join(own)}" if own else ""
            text = f"{before.get(subject, '')}{text}{after.get(subject, '')}"
            hashes[subject] = digest(text.encode()).digest()
    if (alike := len(hashes) - len(set(hashes.values()))) > MAX_ALIKE:
        raise WorkBudgetExceeded(problem="too many of its unnamed parts are alike")
    if alike:
        return None
    return {
        node: f"_:c14n{rank} " for rank, node in enumerate(sorted(hashes, key=hashes.__getitem__))
    }


def _text(dataset: Dataset, labels: Mapping[int, str]) -> str:
    """The lines in order: no subject begins with another, so they sort by subject first."""
    for subject, predicate, node in dataset.links:
        insort(dataset.tails[subject], f"{predicate}{labels[node]}.\n")
    written = []
    for subject, tails in dataset.tails.items():
        if tails:
            name = subject if isinstance(subject, str) else labels[subject]
            written.append(name + name.join(tails))
    written.sort()
    return "".join(written)


def quads_of(dataset: Dataset) -> list[Quad]:
    """All quads of a dataset as tuples of terms, equal ones once."""
    quads: dict[Quad, None] = {}
    graphs: list[tuple[Term, Graph]] = [("", dataset), *dataset.graphs]
    for name, graph in graphs:
        for subject, tails in graph.tails.items():
            for tail in tails:
                predicate, rest = tail.split(" ", 1)
                quads[_term(subject), predicate, rest.removesuffix(" .\n"), name] = None
        for subject, predicate, node in graph.links:
            quads[_term(subject), predicate[:-1], node, name] = None
    return list(quads)


def _term(subject: Subject) -> Term:
    return subject if type(subject) is int else str(subject)[:-1]


def canonical_names(
    quads: Sequence[Quad], nodes: int, hash_name: str = "sha256", work: Work | None = None
) -> list[str]:
    """The canonical names ("c14n0"...) of the blank nodes 0 to `nodes` - 1.

    A node that no quad mentions has the name ''. Raises `WorkBudgetExceeded`. https://www.w3.org/TR/rdf-canon/#canon-algorithm
    """
    return _Canonicalizer(quads, nodes, hash_name, work or Work()).names()


def canonical_quads(quads: Sequence[Quad], names: Sequence[str]) -> str:
    """Distinct quads as sorted N-Quads, blank nodes called by `names`."""
    labels = [f"_:{name}" for name in names]
    return "".join(sorted(_line(quad, labels) for quad in quads))


class _Issuer:
    """Hands out names in order. https://www.w3.org/TR/rdf-canon/#issue-identifier"""

    __slots__ = ("issued", "prefix")

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.issued: dict[int, str] = {}

    def issue(self, node: int) -> str:
        if node not in self.issued:
            self.issued[node] = f"{self.prefix}{len(self.issued)}"
        return self.issued[node]

    def copy(self) -> _Issuer:
        other = _Issuer(self.prefix)
        other.issued = dict(self.issued)
        return other


class _Canonicalizer:
    def __init__(self, quads: Sequence[Quad], nodes: int, hash_name: str, work: Work) -> None:
        algorithm = getattr(hashlib, hash_name)
        self.hash: Hash = lambda text: algorithm(text.encode()).hexdigest()
        self.quads: list[list[Quad]] = [[] for _ in range(nodes)]
        for quad in quads:
            for node in {term for term in quad if type(term) is int}:
                self.quads[node].append(quad)
        self.canonical = _Issuer("c14n")
        self.first_degree = [self._first_degree(node) for node in range(nodes)]
        self.work = work

    def names(self) -> list[str]:
        groups: dict[str, list[int]] = {}
        for node, digest in enumerate(self.first_degree):
            if self.quads[node]:
                groups.setdefault(digest, []).append(node)
        shared = []
        for digest in sorted(groups):
            if len(groups[digest]) == 1:
                self.canonical.issue(groups[digest][0])
            else:
                shared.append(groups[digest])
        for group in shared:
            self._name_group(group)
        return [self.canonical.issued.get(node, "") for node in range(len(self.quads))]

    def _name_group(self, group: list[int]) -> None:
        """Steps 5.2 and 5.3 of the algorithm: nodes that look alike from one step away."""
        results = []
        for node in group:
            if node not in self.canonical.issued:
                issuer = _Issuer("b")
                issuer.issue(node)
                results.append(self._n_degree(node, issuer, MAX_RECURSION))
        for _, issuer in sorted(results, key=lambda result: result[0]):
            for node in issuer.issued:
                self.canonical.issue(node)

    def _first_degree(self, node: int) -> str:
        masked = _Masked(node)
        return self.hash("".join(sorted(_line(quad, masked) for quad in self.quads[node])))

    def _related_hash(self, related: int, quad: Quad, issuer: _Issuer, position: str) -> str:
        """https://www.w3.org/TR/rdf-canon/#hash-related-blank-node"""
        name = self.canonical.issued.get(related) or issuer.issued.get(related)
        text = position if position == "g" else f"{position}{quad[1]}"
        return self.hash(f"{text}_:{name}" if name else f"{text}{self.first_degree[related]}")

    def _related(self, node: int, issuer: _Issuer) -> dict[str, list[int]]:
        related: dict[str, list[int]] = {}
        for quad in self.quads[node]:
            for position, term in zip("sog", (quad[0], quad[2], quad[3]), strict=True):
                if type(term) is int and term != node:
                    self.work.spend(1)
                    digest = self._related_hash(term, quad, issuer, position)
                    related.setdefault(digest, []).append(term)
        return related

    def _n_degree(self, node: int, issuer: _Issuer, depth: int) -> tuple[str, _Issuer]:
        """https://www.w3.org/TR/rdf-canon/#hash-nd-quads"""
        if depth == 0:
            raise WorkBudgetExceeded(problem="its unnamed parts form too long a chain")
        related = self._related(node, issuer)
        data = ""
        for digest in sorted(related):
            path, issuer = self._best_path(related[digest], issuer, depth)
            data += digest + path
        return self.hash(data), issuer

    def _best_path(self, related: list[int], issuer: _Issuer, depth: int) -> tuple[str, _Issuer]:
        best, chosen = "", issuer
        for order in _orders(related):
            path, copied = self._path(order, issuer.copy(), depth, best)
            if path and (not best or path < best):
                best, chosen = path, copied
        return best, chosen

    def _path(
        self, order: Sequence[int], issuer: _Issuer, depth: int, best: str
    ) -> tuple[str, _Issuer]:
        """The path for one order of related nodes; '' once it cannot beat `best`."""
        self.work.spend(len(order) + len(issuer.issued) // 16)
        path = ""
        pending = []
        for node in order:
            if node in self.canonical.issued:
                path += f"_:{self.canonical.issued[node]}"
            else:
                if node not in issuer.issued:
                    pending.append(node)
                path += f"_:{issuer.issue(node)}"
            if best and len(path) >= len(best) and path > best:
                return "", issuer
        for node in pending:
            digest, returned = self._n_degree(node, issuer, depth - 1)
            path += f"_:{issuer.issue(node)}<{digest}>"
            issuer = returned
            if best and len(path) >= len(best) and path > best:
                return "", issuer
        return path, issuer


def _orders(related: list[int]) -> Iterator[tuple[int, ...]]:
    """The distinct orders of these nodes; a node that is there twice is not told apart."""
    counts = Counter(related)
    if len(counts) == len(related):
        return permutations(related)
    return _distinct_orders(counts, len(related))


def _distinct_orders(counts: Counter[int], length: int) -> Iterator[tuple[int, ...]]:
    if length == 0:
        yield ()
    for node in [node for node, count in counts.items() if count]:
        counts[node] -= 1
        for rest in _distinct_orders(counts, length - 1):
            yield (node, *rest)
        counts[node] += 1


class _Masked:
    """Labels as https://www.w3.org/TR/rdf-canon/#hash-1d-quads has them: this node, or another."""

    def __init__(self, node: int) -> None:
        self.node = node

    def __getitem__(self, node: int) -> str:
        return "_:a" if node == self.node else "_:z"


def _line(quad: Quad, labels: Labels) -> str:
    subject, predicate, value, graph = (
        labels[term] if type(term) is int else term for term in quad
    )
    return f"{subject} {predicate} {value}{f' {graph}' if graph else ''} .\n"
