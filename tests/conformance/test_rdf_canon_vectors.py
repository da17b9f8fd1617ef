"""The W3C suite of RDF Dataset Canonicalization: 64 evaluations, 21 maps, 1 poison.

https://w3c.github.io/rdf-canon/tests/. No deviations: all 86 pass, the poison graph by
being refused within the budget.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from sealwright.credentials.errors import WorkBudgetExceeded
from sealwright.credentials.jsonld.rdfc import canonical_names, canonical_quads
from tests.nquads import parse

FOLDER = Path(os.environ.get("SEALWRIGHT_SHARED", "../shared")) / "vectors" / "rdf-canon"


def entries() -> list[Any]:
    manifest = FOLDER / "manifest.jsonld"
    if not manifest.exists():
        reason = pytest.mark.skip(reason=f"no test vectors in {FOLDER}")
        return [pytest.param({}, marks=reason, id="absent")]
    found = json.loads(manifest.read_text("utf-8"))["entries"]
    return [pytest.param(entry, id=entry["id"]) for entry in found]


@pytest.mark.vectors
@pytest.mark.parametrize("entry", entries())
def test_the_published_result_is_ours(entry: dict[str, str]) -> None:
    quads, labels = parse((FOLDER / entry["action"]).read_text("utf-8"))
    hash_name = entry.get("hashAlgorithm", "SHA256").lower()

    if entry["type"] == "rdfc:RDFC10NegativeEvalTest":
        with pytest.raises(WorkBudgetExceeded):
            canonical_names(quads, len(labels), hash_name)
        return
    names = canonical_names(quads, len(labels), hash_name)

    expected = (FOLDER / entry["result"]).read_text("utf-8")
    if entry["type"] == "rdfc:RDFC10MapTest":
        assert dict(zip(labels, names, strict=True)) == json.loads(expected)
    else:
        assert canonical_quads(quads, names) == expected


@pytest.mark.vectors
def test_all_86_tests_of_the_suite_are_here(vectors: Path) -> None:
    assert len(entries()) == 86
