"""From a JSON document to the bytes that a proof signs: compiled contexts and RDFC-1.0."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sealwright.credentials.jsonld.contexts import ContextStore, PinnedContext
from sealwright.credentials.jsonld.rdfc import Work, canonical_text
from sealwright.credentials.jsonld.transform import transform

__all__ = ["ContextStore", "PinnedContext", "Work", "canonize"]


def canonize(
    document: Mapping[str, Any],
    *,
    contexts: ContextStore,
    hash_name: str = "sha256",
    work: Work | None = None,
    plain: bool = False,
) -> bytes:
    """`document` as canonical N-Quads in UTF-8 (RDFC-1.0 with the hash `hash_name`).

    `work` is an allowance that it shares with other documents of the same origin; `plain`
    says that no text in it has a character to escape (see `strict_json.Traits`).

    Every member is in the result, or the document is refused: `UnknownContext` with the
    context's url, `UndefinedTerm`, `MalformedCredential` and `UnsupportedFeature` with the
    member's JSON pointer, `WorkBudgetExceeded`.
    """
    return canonical_text(transform(document, contexts, plain), hash_name, work).encode()
