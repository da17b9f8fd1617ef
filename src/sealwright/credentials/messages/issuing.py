"""Messages about building, linting and issuing.

Codes that begin with `lint-` come from `issue.lint`; those with `sheet-` and `description-`
from reading what a person wrote.
"""

from __future__ import annotations

from sealwright.credentials.messages._message import BITSTRING, OB3, VC2, Message

MESSAGES: dict[str, Message] = {
    # What stops a credential from being issued.
    "not-issued": Message("Nothing was signed, because the credential is not in order: {problems}"),
    "lint-old-model": Message(
        "We issue on the Verifiable Credentials Data Model 2.0 only: begin @context with "
        "https://www.w3.org/ns/credentials/v2.",
        VC2 + "#contexts",
    ),
    "lint-never-issued": Message(
        "The member at {pointer} is defined by only one of the two circulating copies of the "
        "Open Badges context, so some verifiers would find it unsigned. Leave it out."
    ),
    "lint-email-in-clear": Message(
        "There is a plain e-mail address at {pointer}. Use the holder's DID or an opaque id, or "
        "a salted hash of the address.",
        OB3 + "#identityobject",
    ),
    "lint-identity-hash": Message(
        "The value at {pointer} is said to be a hash but is not written as sha256$ and 64 "
        "hexadecimal digits.",
        OB3 + "#org.1edtech.ob.v3p0.identityhash.class",
    ),
    "lint-word-not-allowed": Message(
        "“{value}” at {pointer} is not one of the words for this member ({words}); a word of "
        "your own begins with “ext:”.",
        OB3 + "#enumeration-classes",
    ),
    "lint-language": Message(
        "“{value}” at {pointer} is not a language tag such as “en” or “pt-BR”.",
        OB3 + "#org.1edtech.ob.v3p0.languagecode.class",
    ),
    "lint-result-not-described": Message(
        "The result at {pointer} points to {id}, which the achievement does not describe.",
        OB3 + "#result",
    ),
    "lint-status-index": Message(
        "The status index at {pointer} must be a whole number in quotation marks, such as “94567”.",
        BITSTRING + "#bitstringstatuslistentry",
    ),
    # Advice: the credential can be issued, but a reader would be better served.
    "lint-hash-can-be-guessed": Message(
        "The salt of the e-mail hash at {pointer} is public, so whoever has a list of addresses "
        "can find out whose it is. Use it only where somebody needs it."
    ),
    "lint-salt-missing": Message("The hash at {pointer} has no salt, so it is easy to guess."),
    "lint-email-in-text": Message(
        "The text at {pointer} seems to hold an e-mail address; everybody who sees the "
        "credential will see it."
    ),
    "lint-subject-without-id": Message(
        "The recipient has no id, so the credential cannot become a token (VC-JWT) and the "
        "holder cannot prove later that it is theirs.",
        OB3 + "#achievementsubject",
    ),
    "lint-no-alignment": Message(
        "The achievement names no skill of a framework (alignment), so machines cannot tell what "
        "it shows.",
        OB3 + "#alignment",
    ),
    "lint-caption-missing": Message(
        "The image at {pointer} has no caption for those who cannot see it.", OB3 + "#image"
    ),
    "lint-http-address": Message(
        "The address at {pointer} begins with http:, which anybody on the way can change. "
        "Use https:."
    ),
    "lint-achievement-without-page": Message(
        "The achievement's id, {id}, is no web address, so nobody can look up what was awarded.",
        OB3 + "#achievement",
    ),
    "lint-instant-not-canonical": Message(
        "{value} at {pointer} is better written {better}: UTC, whole seconds, and Z."
    ),
    "lint-type-not-array": Message(
        "The type at {pointer} is a plain string; the schema of Open Badges wants an array of "
        "strings.",
        OB3 + "#json-schema",
    ),
    "lint-no-name": Message(
        "The credential has no name to show in lists and wallets.", VC2 + "#names-and-descriptions"
    ),
    "lint-endorsement-unsigned": Message(
        "The endorsement at {pointer} has no proof, so nobody can check who made it.",
        OB3 + "#endorsementcredential",
    ),
    # Signing.
    "key-not-of-issuer": Message(
        "The key {method} does not belong to the issuer {issuer}, so nobody would accept the "
        "signature. Sign with a key of the issuer, or name the key's owner as the issuer.",
        VC2 + "#issuer",
    ),
    "key-without-suite": Message(
        "A key of the kind {kind} cannot make a Data Integrity proof. Issue a token (VC-JWT) "
        "with it, or use an Ed25519 or P-256 key."
    ),
    "token-needs-subject-id": Message(
        "A token (VC-JWT) names its holder in “sub”, so credentialSubject needs an id. Give the "
        "recipient a DID or an opaque id, or issue with an embedded proof.",
        OB3 + "#jwt-proof",
    ),
    "not-an-email": Message("“{value}” is not an e-mail address."),
    # Descriptions and sheets.
    "not-toml": Message("{path} cannot be read as TOML: {problem}."),
    "description-wrong": Message("The description is not in order: {problems}."),
    "sheet-not-utf-8": Message(
        "The sheet is not in UTF-8. Save it again as “CSV UTF-8” from your spreadsheet."
    ),
    "sheet-not-csv": Message("The sheet cannot be read as CSV: {problem}."),
    "sheet-empty": Message("The sheet is empty. Its first row must hold the names of the columns."),
    "sheet-column-twice": Message(
        "The columns “{one}” and “{two}” mean the same. Take one of them out."
    ),
    "sheet-column-missing": Message(
        "The description asks for {{{{{column}}}}}, but the sheet has no column “{column}”."
    ),
    "sheet-email-in-text": Message(
        "The description puts {{{{email}}}} into a text. An e-mail address never goes into a "
        "credential in clear; a column “email” alone adds it as a salted hash."
    ),
    "sheet-row-too-long": Message(
        "The row has more cells than there are columns: “{value}” is left over. A text with a "
        "comma in it needs quotation marks around it."
    ),
    "sheet-control-character": Message(
        "The cell holds a character that cannot be seen. Type the text again."
    ),
    "sheet-cell-empty": Message(
        "The cell is empty, but the description asks for “{column}”. Fill it in."
    ),
    "sheet-not-a-date": Message(
        "“{value}” is no date that we know. Write 2026-06-30, or 2026-06-30T10:00:00Z."
    ),
    "sheet-not-an-id": Message(
        "“{value}” is no id that we know. Write a DID (did:…), urn:uuid:… or https://…, or leave "
        "the cell empty for a new one."
    ),
    "sheet-not-an-email": Message(
        "“{value}” is no e-mail address. Write it like mira@harbour.example."
    ),
    "sheet-repeated": Message("“{value}” is in row {first} already. Take one of the two rows out."),
    # Templates.
    "slot-without-value": Message("The template needs a value for “{name}”."),
    "slot-unknown": Message("The template has no place for “{name}”."),
    "slot-not-text": Message("The value for “{name}” must be text."),
    "template-signed": Message("The document has a proof already; a template needs one without."),
    "slot-not-possible": Message(
        "A template cannot have a place to fill in at {pointer}: it would change the structure "
        "of the credential."
    ),
    "half-a-character": Message(
        "The value for “{name}” holds half of a character (a lone surrogate), which no JSON "
        "document may."
    ),
}
