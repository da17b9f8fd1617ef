"""Messages about reading the input: JSON, tokens, images.

Each says what was found and, where it helps, what to ask for instead.
"""

from __future__ import annotations

from sealwright.credentials.messages._message import (
    JOSE_COSE,
    OB2,
    OB3,
    RFC7515,
    RFC8259,
    VC1,
    VC2,
    Message,
)

MESSAGES: dict[str, Message] = {
    # What was handed in
    "input-empty": Message("There is nothing here. Paste a credential, or choose a file."),
    "input-too-large": Message(
        "This is too large: we read up to {limit} bytes. Ask for the credential by itself."
    ),
    "no-credential": Message(
        "We found no credential here. We read badge files (PNG, SVG, JSON, PDF), signed tokens "
        "and links to them."
    ),
    "no-credential-in-json": Message(
        "This is JSON, but no credential: its type is none that we know.", VC2 + "#types"
    ),
    "no-credential-in-token": Message(
        "This is a signed token, but there is no credential in it.", JOSE_COSE
    ),
    "several-credentials": Message(
        "There are {count} credentials here. Please check them one by one."
    ),
    "too-many-credentials": Message(
        "This presentation holds {count} credentials; we read up to {limit}.",
        VC2 + "#verifiable-presentations",
    ),
    "definition-not-award": Message(
        "This describes a badge or its issuer, not an award to a person. Ask for the award.",
        OB3 + "#achievement",
    ),
    "open-badges-1": Message(
        "This is an Open Badge of version 1, which we do not read. Ask the issuer for "
        "version 2 or 3.",
        OB2,
    ),
    "sd-jwt": Message(
        "This is an SD-JWT credential, which we do not read yet. Ask for the same credential "
        "as an Open Badge, a VC-JWT or JSON.",
        "https://www.rfc-editor.org/rfc/rfc9901",
    ),
    "cbor": Message(
        "This is a binary (CBOR) credential, such as a mobile driving licence, which we do not "
        "read. Ask for the credential as JSON or as a signed token.",
    ),
    "pdf": Message(
        "This is the inside of a PDF as text, which does not survive copying. Choose the file "
        "itself."
    ),
    "picture": Message(
        "This picture carries no badge data. Was it a screenshot or a copy? Ask for the "
        "original PNG or SVG file, or for its link."
    ),
    "archive": Message("This is an archive. Please unpack it and check one file at a time."),
    "html-page": Message(
        "This is a web page or other markup, not a credential. Use the page's link, or its "
        "download."
    ),
    "wallet-invitation": Message(
        "This is an invitation for a wallet, not a credential. Open it with your wallet first."
    ),
    "key-or-certificate": Message(
        "This is a key or a certificate of a server, not a credential. If it is a private "
        "key, keep it to yourself."
    ),
    # JSON
    "json-syntax": Message(
        "This is not complete JSON: {problem} in line {line}, column {column}. Was all of it "
        "copied?",
        RFC8259,
    ),
    "json-not-utf-8": Message(
        "This is neither text in UTF-8 nor a kind of file that we know.", RFC8259 + "#section-8.1"
    ),
    "json-byte-order-mark": Message(
        "The text begins with a byte order mark. Save it as UTF-8 without one.",
        RFC8259 + "#section-8.1",
    ),
    "json-lone-surrogate": Message(
        "A text in this JSON contains half a character (a lone surrogate).",
        RFC8259 + "#section-8.2",
    ),
    "json-duplicate-member": Message(
        "The member “{name}” is given twice in one object, so that two readers may see "
        "different credentials.",
        RFC8259 + "#section-4",
    ),
    "json-not-a-number": Message("{name} is not a number that JSON knows.", RFC8259 + "#section-6"),
    "json-number-out-of-range": Message(
        "The number {number} is too large to be read exactly.", RFC8259 + "#section-6"
    ),
    "json-number-too-long": Message(
        "A number in this JSON has more than {limit} digits.", RFC8259 + "#section-6"
    ),
    "json-too-deep": Message(
        "This JSON is nested more than {limit} levels deep.", RFC8259 + "#section-9"
    ),
    # Tokens, envelopes, presentations
    "token-malformed": Message(
        "This looks like a signed token, but its parts are not well formed. Was all of it copied?",
        RFC7515 + "#section-7.1",
    ),
    "token-encrypted": Message(
        "This token is encrypted. Ask for the credential itself.",
        "https://www.rfc-editor.org/rfc/rfc7516",
    ),
    "token-ambiguous": Message(
        "This token holds two documents, so that two readers may see different credentials.",
        JOSE_COSE + "#securing-json-ld-verifiable-credentials-with-jose",
    ),
    "claim-disagrees": Message(
        "The token's claim “{claim}” says something else than the credential at {pointer}.",
        VC1 + "#jwt-decoding",
    ),
    "claim-malformed": Message(
        "The token's claim “{claim}” is no date.", "https://www.rfc-editor.org/rfc/rfc7519"
    ),
    "envelope-malformed": Message(
        "The envelope around this credential is not well formed: it must name its context and "
        "carry a signed token in a data: address.",
        VC2 + "#enveloped-verifiable-credentials",
    ),
    "presentation-entry": Message(
        "One of the things presented here is no credential.", VC2 + "#verifiable-presentations"
    ),
    # Images
    "image-without-credential": Message(
        "This picture carries no badge data. Was it a screenshot or a copy? Ask for the "
        "original file, or for its link.",
        OB3 + "#baked-badge",
    ),
    "image-with-several-credentials": Message(
        "There are {count} credentials in this picture, so that two readers may see different "
        "ones. Ask for a picture with exactly one.",
        OB3 + "#baked-badge",
    ),
    "png-damaged": Message(
        "This PNG picture is damaged: {problem}. Ask for the original file.",
        "https://www.w3.org/TR/png-3/#5DataRep",
    ),
    "png-too-large": Message(
        "This picture is too large, with {width} by {height} pixels. Ask for a smaller one, or "
        "for the credential as JSON."
    ),
    "svg-damaged": Message(
        "This SVG picture is damaged in line {line}. Ask for the original file.",
        "https://www.w3.org/TR/xml/#sec-well-formed",
    ),
    "svg-with-doctype": Message(
        "This SVG picture declares a document type, which can hide things. Save it without "
        "one, or ask for the credential as JSON.",
        "https://www.w3.org/TR/SVG2/intro.html",
    ),
    "svg-too-complex": Message(
        "This SVG picture is nested deeper than {depth} levels or has more than {elements} "
        "elements. Ask for the credential as JSON."
    ),
    "baked-text-malformed": Message(
        "What is baked into this picture is damaged. Ask for the original file.",
        OB3 + "#baked-badge",
    ),
    "baked-text-too-large": Message(
        "What is baked into this picture is larger than {limit} bytes. Ask for the credential "
        "as JSON."
    ),
    # PDF documents
    "pdf-without-credential": Message(
        "This PDF carries no credential: it may be a scan or a print. If a link or a QR code is "
        "printed on it, check that instead."
    ),
    "pdf-with-a-link": Message(
        "This PDF carries no credential, but a link: {link}. If it leads to the issuer's own "
        "page of the award, check that link."
    ),
    "pdf-with-several-credentials": Message(
        "There are {count} credentials attached to this PDF, so that two readers may see "
        "different ones. Take out the one you mean and check it by itself."
    ),
    "pdf-damaged": Message(
        "This PDF is damaged, so that we cannot look inside. Ask for the original file, or "
        "check the link or the QR code that is printed on it."
    ),
    "pdf-encrypted": Message(
        "This PDF is encrypted, so that we cannot look inside. Save it without a password, or "
        "check the link or the QR code that is printed on it."
    ),
    "pdf-too-complex": Message(
        "This PDF is larger or more entangled inside than a certificate is. Check the link or "
        "the QR code that is printed on it, or ask for the credential as JSON."
    ),
    "nothing-to-bake": Message(
        "This is no credential that can be baked into a picture. Give a signed credential, as "
        "JSON or as a token.",
        OB3 + "#baked-badge",
    ),
    "not-an-image": Message(
        "A credential can be baked into a PNG or an SVG picture, and this is neither.",
        OB3 + "#baked-badge",
    ),
    # Instants
    "instant-malformed": Message(
        "The date at {pointer} is not written as the standard asks for, like 2026-03-01T09:00:00Z.",
        VC2 + "#representing-time",
    ),
    "instant-without-zone": Message(
        "The date at {pointer} names no time zone, so nobody can tell when it is. It should "
        "read like 2026-03-01T09:00:00Z.",
        VC2 + "#representing-time",
    ),
}
