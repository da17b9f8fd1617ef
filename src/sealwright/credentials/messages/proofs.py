"""Messages about proofs, canonicalisation and keys."""

from __future__ import annotations

from sealwright.credentials.messages._message import (
    CID,
    ECDSA,
    FIPS186,
    JSON_LD,
    RDF_CANON,
    RFC7517,
    RFC7518,
    RFC8032,
    VC2,
    Message,
)

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
    "encoding-invalid": Message(
        "An encoded value cannot be read: {problem}.",
        CID + "#multibase-0",
    ),
    "key-unusable": Message("The key cannot be used."),
    "key-malformed": Message("The key cannot be read: {problem}.", CID + "#Multikey"),
    "key-private": Message(
        "A private key was published where a public one belongs. Its owner must withdraw it.",
        RFC7517 + "#section-9.2",
    ),
    "key-non-canonical": Message(
        "The Ed25519 key is not in its one proper spelling.",
        RFC8032 + "#section-5.1.3",
    ),
    "key-low-order": Message(
        "The Ed25519 key is one of the few with which a signature fits every message.",
        RFC8032 + "#section-5.1.7",
    ),
    "key-off-curve": Message("The key is not a point of its curve.", ECDSA + "#multikey"),
    "key-size": Message(
        "The RSA key has {bits} bits; we accept 2048 to 4096.",
        RFC7518 + "#section-3.3",
    ),
    "key-exponent": Message(
        "The RSA key has an unsafe exponent; we accept odd ones from 65537 to 32 bits.",
        FIPS186,
    ),
    "key-use": Message(
        "The key says that it is not for checking signatures of this kind: {problem}.",
        RFC7517 + "#section-4.2",
    ),
    "key-kind": Message("The key is of the kind {kind} where {wanted} is needed."),
    "key-halves": Message(
        "The private and the public half of the key do not belong together.",
        RFC7517 + "#section-9.3",
    ),
    "unsupported-key": Message(
        "We do not support keys of the kind {kind}. Ask for Ed25519, P-256, P-384 or RSA.",
        CID + "#Multikey",
    ),
    "signature-mismatch": Message(
        "The signature does not fit: the document was changed after signing, or another key "
        "signed it."
    ),
    "signature-malformed": Message(
        "The signature is not in its one proper spelling: {problem}.",
        RFC8032 + "#section-5.1.7",
    ),
}
