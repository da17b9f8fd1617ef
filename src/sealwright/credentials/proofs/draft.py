"""A proof that lacks only the document, made once for many of them.

Before a document is signed, the options of its proof are put into canonical form and hashed.
They are the same for all documents with one `@context` that a key signs in one second.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sealwright.credentials.jsonld import ContextStore
from sealwright.credentials.jsonld.tables import context_urls
from sealwright.credentials.keys import KeyKind, Signer
from sealwright.credentials.proofs.data_integrity import proof_options, with_signature
from sealwright.credentials.proofs.suites import suite_named

MAX_DRAFTS = 64
"""Drafts that are kept; a batch needs one."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The options of a proof in RDF form; `head` is what is signed before a document's hash."""

    options: Mapping[str, Any]
    hash_name: str
    head: bytes

    def proof(self, canonical: bytes, signer: Signer) -> dict[str, Any]:
        """The proof for the document of this canonical form, by the signer it is meant for."""
        digest = hashlib.new(self.hash_name, canonical).digest()
        return with_signature(self.options, signer.sign(self.head + digest))


def draft_for(
    context: object, *, signer: Signer, suite: str, created: datetime, contexts: ContextStore
) -> Draft:
    """The draft for unsigned documents with this `@context`. `suite` is one in RDF form.

    Raises `KeyUnusable` for a key that does not fit the suite, and as `canonize` does for
    contexts.
    """
    return _draft(
        context_urls(context),
        suite,
        signer.public_key.kind,
        signer.verification_method,
        created.replace(microsecond=0),
        contexts,
    )


@lru_cache(maxsize=MAX_DRAFTS)
def _draft(
    urls: tuple[str, ...],
    suite: str,
    kind: KeyKind,
    verification_method: str,
    created: datetime,
    contexts: ContextStore,
) -> Draft:
    chosen = suite_named(suite)
    hash_name = chosen.hash_name(kind)
    document = {"@context": list(urls)}
    options = proof_options(
        document, suite=suite, verification_method=verification_method, created=created
    )
    configuration = chosen.configuration(options, document)
    form = chosen.canonical(configuration, contexts=contexts, hash_name=hash_name)
    return Draft(options, hash_name, hashlib.new(hash_name, form).digest())
