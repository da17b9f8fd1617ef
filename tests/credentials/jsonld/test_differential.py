"""Our canonical form against that of two independent processors, on random documents.

PyLD expands to quads; pyoxigraph canonicalises them, and so does PyLD where no control
character is about (PyLD leaves some of those unescaped, against the standard; it also writes
a quad twice that the document states twice, so its lines are made a set). The number of
documents is 400, or `SEALWRIGHT_FUZZ`.
"""

from __future__ import annotations

import os
from collections import Counter
from random import Random
from typing import Any

import pyoxigraph
import pytest
from pyld import jsonld

from sealwright.credentials.errors import (
    MalformedCredential,
    UndefinedTerm,
    UnsupportedFeature,
    WorkBudgetExceeded,
)
from sealwright.credentials.jsonld import ContextStore, canonize
from tests.credentials.jsonld.documents import Grower

STORE = ContextStore.shipped()
DOCUMENTS = int(os.environ.get("SEALWRIGHT_FUZZ", "400"))
BATCH = 50


def load(url: str, options: object = None) -> dict[str, Any]:
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": url,
        "document": {"@context": STORE.load(url)},
        "tag": "static",
    }


def by_pyoxigraph(document: dict[str, Any]) -> str:
    text = jsonld.to_rdf(document, {"format": "application/n-quads", "documentLoader": load})
    dataset = pyoxigraph.Dataset(pyoxigraph.parse(text, pyoxigraph.RdfFormat.N_QUADS))
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    lines = pyoxigraph.serialize(dataset, format=pyoxigraph.RdfFormat.N_QUADS) or b""
    return b"".join(sorted(lines.splitlines(keepends=True))).decode()


def by_pyld(document: dict[str, Any]) -> str:
    options = {
        "algorithm": "URDNA2015",
        "format": "application/n-quads",
        "documentLoader": load,
    }
    lines = str(jsonld.normalize(document, options)).split("\n")
    return "".join(f"{line}\n" for line in sorted(set(lines) - {""}))


def has_graphs(text: str) -> bool:
    """Whether a quad stands in a named graph.

    There pyoxigraph 0.5 may number nodes otherwise that resemble each other and are told apart
    by their graphs alone; PyLD then decides. In the one case met among 10,000 documents (seed
    7091) PyLD and rdf-canonize, whose authors wrote the standard, agree with us.
    https://www.w3.org/TR/rdf-canon/#hash-nd-quads
    """
    quads = pyoxigraph.parse(text, pyoxigraph.RdfFormat.N_QUADS)
    return any(not isinstance(quad.graph_name, pyoxigraph.DefaultGraph) for quad in quads)


@pytest.mark.parametrize("batch", range(-(-DOCUMENTS // BATCH)))
def test_random_documents_have_the_same_canonical_form_everywhere(batch: int) -> None:
    refused: Counter[str] = Counter()

    for seed in range(batch * BATCH, min((batch + 1) * BATCH, DOCUMENTS)):
        controls = seed % 4 == 0
        document = Grower(Random(seed), STORE, controls=controls).document()
        try:
            ours = canonize(document, contexts=STORE).decode()
        except (UnsupportedFeature, UndefinedTerm, MalformedCredential, WorkBudgetExceeded) as no:
            refused[no.code] += 1
            continue
        if has_graphs(ours) and ours != by_pyoxigraph(document):
            assert ours == by_pyld(document), (seed, document)
            continue
        assert ours == by_pyoxigraph(document), (seed, document)
        if not controls:
            assert ours == by_pyld(document), (seed, document)

    assert refused.total() <= BATCH // 5, refused
