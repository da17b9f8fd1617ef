"""Canonicalisation beyond the published suite: isomorphism, graphs, and the budget."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealwright.credentials.errors import WorkBudgetExceeded
from sealwright.credentials.jsonld.rdfc import Quad, canonical_names, canonical_quads

NODES = 6
node = st.integers(0, NODES - 1)
term = node | st.sampled_from(["<a:a>", "<b:b>"])
quads_of_six = st.lists(
    st.tuples(term, st.just("<p:p>"), term, st.just("") | node), max_size=8, unique=True
)


def canonical(quads: list[Quad], nodes: int = NODES) -> str:
    return canonical_quads(quads, canonical_names(quads, nodes))


def renamed(quads: list[Quad], order: list[int]) -> list[Quad]:
    def name(term: str | int) -> str | int:
        return order[term] if isinstance(term, int) else term

    return [(name(s), p, name(o), name(g)) for s, p, o, g in quads]


@given(quads_of_six, st.permutations(range(NODES)), st.randoms(use_true_random=False))
def test_names_and_order_do_not_matter(quads: list[Quad], order: list[int], random: Random) -> None:
    other = renamed(quads, order)
    random.shuffle(other)

    try:
        expected = canonical(quads)
    except WorkBudgetExceeded:
        return

    assert canonical(other) == expected


def test_a_node_that_nothing_mentions_has_no_name() -> None:
    quads: list[Quad] = [(2, "<p:p>", "<a:a>", "")]

    assert canonical_names(quads, 3) == ["", "", "c14n0"]


def test_a_node_that_is_related_many_times_is_not_told_apart_from_itself() -> None:
    links: list[Quad] = [(hub, f"<p:{n}>", hub + 2, "") for hub in (0, 1) for n in range(9)]
    graphs: list[Quad] = [(hub, "<p:p>", f"<a:{n}>", hub + 4) for hub in (0, 1) for n in range(9)]

    assert canonical([*links, *graphs], 6).count("_:c14n") == 72


def test_a_poor_order_is_given_up_before_its_end() -> None:
    spokes = [(0, "<p:p>", spoke, "") for spoke in range(1, 4)]
    twins: list[Quad] = [(4 + s, p, 4 + o, g) for s, p, o, g in spokes]
    rims: list[Quad] = [(1, "<p:q>", 2, ""), (5, "<p:q>", 6, ""), (3, "<p:q>", 3, "")]
    rims.append((7, "<p:q>", 7, ""))

    assert canonical([*spokes, *twins, *rims], 8).count("_:c14n") == 20


@pytest.mark.parametrize("nodes", [7, 12, 200])
def test_a_clique_is_refused_within_the_budget(nodes: int) -> None:
    quads: list[Quad] = [(a, "<p:p>", b, "") for a in range(nodes) for b in range(nodes) if a != b]

    with pytest.raises(WorkBudgetExceeded):
        canonical_names(quads, nodes)


def test_a_long_chain_of_equals_is_refused_before_the_stack_is_full() -> None:
    quads: list[Quad] = [(n, "<p:p>", (n + 1) % 3000, "") for n in range(3000)]

    with pytest.raises(WorkBudgetExceeded):
        canonical_names(quads, 3000)
