"""Messages about proofs, canonicalisation and keys."""

from __future__ import annotations

from sealwright.credentials.messages._message import JSON_LD, RDF_CANON, VC2, Message

MESSAGES: dict[str, Message] = {
    "unknown-context": Message(
        "We do not know the vocabulary {url}, so we cannot tell what was signed.",
        VC2 + "#contexts",
    ),
    "undefined-term": Message(
        "The member at {pointer} is not defined by the credential's contexts, so no "
        "signature covers it.",
        VC2 + "#extensibility",
    ),
    "unsupported-json-ld": Message(
        "The value at {pointer} uses a form of JSON-LD that we do not support: {problem}.",
        JSON_LD,
    ),
    "malformed": Message("The value at {pointer} is not allowed: {problem}."),
    "work-budget": Message(
        "Checking this document would take more work than we allow: {problem}.",
        RDF_CANON + "#dataset-poisoning",
    ),
}
