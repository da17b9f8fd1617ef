"""Messages about proofs, canonicalisation and keys."""

from __future__ import annotations

from sealwright.credentials.messages._message import (
    CID,
    DATA_INTEGRITY,
    ECDSA,
    EDDSA,
    FIPS186,
    JOSE_COSE,
    JSON_LD,
    RDF_CANON,
    RFC7515,
    RFC7517,
    RFC7518,
    RFC8032,
    RFC8785,
    VC2,
    Message,
)

MESSAGES: dict[str, Message] = {
    "credential-error": Message("Something is wrong with the credential."),
    "refused": Message("The credential, or something that it leans on, is wrong."),
    "undecided": Message("This cannot be decided here and now."),
    "unsupported": Message("This is part of a standard that we do not support yet."),
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
    "inline-context": Message(
        "The credential brings definitions of its own in @context. We read credentials whose "
        "contexts are addresses of published documents.",
        VC2 + "#contexts",
    ),
    "too-many-contexts": Message(
        "The credential names {count} contexts; we read up to {most}.", VC2 + "#contexts"
    ),
    "context-too-deep": Message("A context names others, too many steps deep."),
    "context-hash-mismatch": Message(
        "The context {url} does not have the hash it was pinned with: {expected} was expected, "
        "{found} was found."
    ),
    "not-a-context": Message("The document given for {url} is not a JSON-LD context.", JSON_LD),
    "unsupported-context": Message(
        "A context uses a part of JSON-LD that we do not support: {feature}.", JSON_LD
    ),
    "protected-term-redefined": Message(
        "The contexts and types used here contradict each other about “{term}”.",
        JSON_LD + "#protected-term-definitions",
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
    "not-canonical-json": Message(
        "The document holds a number or a text that has no one spelling in JSON, such as a "
        "whole number beyond 2^53.",
        RFC8785 + "#section-3.2.2",
    ),
    "token-not-json": Message("The document holds a value that cannot be written as JSON."),
    "unknown-suite": Message(
        "We do not know proofs of the kind {suite}, so we cannot check this one.",
        DATA_INTEGRITY + "#proofs",
    ),
    "unsupported-suite": Message(
        "We do not support proofs of the kind {suite} yet. Ask the issuer for eddsa-rdfc-2022, "
        "or for a VC-JWT.",
        DATA_INTEGRITY + "#proofs",
    ),
    "key-suite": Message(
        "A key of the kind {kind} cannot be used with {suite}.",
        DATA_INTEGRITY + "#cryptographic-suites",
    ),
    "context-not-signed": Message(
        "Vocabularies were added after signing, and no signature covers them.",
        EDDSA + "#verify-proof-eddsa-jcs-2022",
    ),
    "proof-context": Message(
        "The proof was made for other vocabularies than the document names.",
        EDDSA + "#verify-proof-eddsa-jcs-2022",
    ),
    "proof-value": Message(
        "The signature of the proof cannot be read: {problem}.",
        DATA_INTEGRITY + "#proofs",
    ),
    "proof-purpose": Message(
        "The proof was made for the purpose {purpose}, where {wanted} is needed.",
        DATA_INTEGRITY + "#proof-purposes",
    ),
    "proof-expired": Message(
        "The proof expired at {expires}.",
        DATA_INTEGRITY + "#proofs",
    ),
    "proof-domain": Message(
        "The proof was not made for {wanted}.",
        DATA_INTEGRITY + "#verify-proof",
    ),
    "proof-challenge": Message(
        "The proof does not answer the challenge that was set.",
        DATA_INTEGRITY + "#verify-proof",
    ),
    "too-many-proofs": Message("The document has more than {limit} proofs."),
    "previous-proof-missing": Message(
        "The proof continues another one ({id}) that is not there.",
        DATA_INTEGRITY + "#verify-proof-sets-and-chains",
    ),
    "proof-id-twice": Message(
        "Two proofs of the document have the same id.",
        DATA_INTEGRITY + "#proof-chains",
    ),
    "proof-chain-circular": Message(
        "The proofs of the document continue each other in a circle.",
        DATA_INTEGRITY + "#proof-chains",
    ),
    "token-header": Message(
        "The header of the token may not say what it says about {member}.",
        RFC7515 + "#section-4",
    ),
    "token-header-unknown": Message(
        "The header of the token has a member that we do not know: {member}.",
        RFC7515 + "#section-4",
    ),
    "token-algorithm": Message(
        "The token says that it is signed with {alg}; its key is for {wanted}.",
        RFC7515 + "#section-4.1.1",
    ),
    "token-type": Message(
        "The token is of the type {typ}, which is no credential.",
        JOSE_COSE + "#securing-json-ld-verifiable-credentials-with-jose",
    ),
    "token-key": Message(
        "The key in the header of the token is not the issuer's.",
        RFC7515 + "#section-4.1.3",
    ),
}
