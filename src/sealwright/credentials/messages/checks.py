"""Messages about the checks of the pipeline."""

from __future__ import annotations

from sealwright.credentials.messages._message import (
    DATA_INTEGRITY,
    JOSE_COSE,
    OB2,
    OB3,
    VC1,
    VC2,
    Message,
)

_CLR = "https://www.imsglobal.org/spec/clr/v2p0/"
_REFRESH = "https://www.imsglobal.org/spec/vcrs/v1p0/"
_HOSTED = OB2 + "#HostedBadge"

_INPUT: dict[str, Message] = {
    "file-not-found": Message("There is no file {path}."),
    "file-not-readable": Message("The file {path} cannot be read: {problem}."),
    "link-is-a-page": Message(
        "{url} is a web page that does not say where the credential is. Open it, download "
        "the credential, and check that file."
    ),
    "link-to-a-link": Message(
        "What was found only points on to {url}. Check that address, or the file behind it."
    ),
    "from-presentation": Message(
        "The credential came inside a presentation. Who made the presentation was not checked."
    ),
    "presentation-of-several": Message(
        "This presentation holds {count} credentials. Check them one at a time."
    ),
    "token-has-no-quads": Message(
        "It is a token, whose signature covers the text itself and no canonical form."
    ),
    "not-a-presentation": Message("A presentation was expected, and this is a credential."),
}

_PROOF: dict[str, Message] = {
    "proof-missing": Message(
        "It carries no signature, so anybody could have written it. Ask for the signed one.",
        VC2 + "#securing-mechanisms",
    ),
    "proof-holds": Message(
        "The signature fits the key {key} ({suite}): nothing was changed since it was made.",
        DATA_INTEGRITY + "#verify-proof",
    ),
    "token-holds": Message(
        "The signature fits the key {key} ({algorithm}): nothing was changed since it was made.",
        JOSE_COSE + "#verifying",
    ),
    "proof-chain-open": Message(
        "The signature of {method} fits, but it builds on another one that does not hold or "
        "could not be checked.",
        DATA_INTEGRITY + "#proof-chains",
    ),
    "too-many-signatures": Message(
        "It brings more than {limit} signatures with it, and not all of them were tried."
    ),
    "key-of-a-stranger": Message(
        "The proof names the key {method}, which is not one of the issuer {issuer}.",
        VC2 + "#issuer",
    ),
    "key-not-named": Message(
        "The token does not say with which key of {issuer} it was signed.", JOSE_COSE + "#kid"
    ),
    "assertion-served": Message("Its own address {url} serves this very badge.", _HOSTED),
    "assertion-gone": Message(
        "It was withdrawn: its own address {url} says that it is gone.", _HOSTED
    ),
    "assertion-withdrawn": Message(
        "It was withdrawn: its own address {url} says so (reason: {reason}).", OB2 + "#Assertion"
    ),
    "assertion-elsewhere": Message("What {url} serves is not this badge.", _HOSTED),
    "assertion-differs": Message(
        "It differs from what its own address {url} serves, at {pointer}.", _HOSTED
    ),
}

_ISSUER: dict[str, Message] = {
    "issuer-is-its-key": Message(
        "The issuer's identifier is the key itself, so only the issuer can have signed. It says "
        "nothing about who that is.",
        VC2 + "#issuer",
    ),
    "issuer-lists-key": Message(
        "The issuer {issuer} lists the signing key in its own document.", VC2 + "#issuer"
    ),
    "issuer-serves-key": Message(
        "The signing key is published on the site of the issuer {issuer}.", OB3 + "#jwt-proof"
    ),
    "assertion-in-scope": Message(
        "The issuer {issuer} lets {url} speak for it.", OB2 + "#VerificationObject"
    ),
    "assertion-out-of-scope": Message(
        "The badge lies at {url}, where the issuer {issuer} does not publish badges.",
        OB2 + "#VerificationObject",
    ),
    "identifier-missing": Message(
        "The identifier at {pointer} is missing or is no text.", VC2 + "#identifiers"
    ),
}

_SKIPPED: dict[str, Message] = {
    "skipped-proof-failed": Message("Not checked, because the signature does not hold."),
    "skipped-proof-unknown": Message("Not checked, because the signature could not be checked."),
    "skipped-not-the-issuer": Message("Not checked, because it was not the issuer who signed."),
}

_REFRESHING: dict[str, Message] = {
    "refreshed": Message(
        "The issuer has a newer edition at {url}, which is judged here.", _REFRESH
    ),
    "refresh-unchanged": Message("The issuer serves the same edition at {url}.", _REFRESH),
    "refresh-not-possible": Message(
        "No newer edition could be had, so this one is judged as it is: {problem}", _REFRESH
    ),
    "refresh-of-another": Message("What {url} serves is another credential.", _REFRESH),
    "refresh-not-proven": Message("The signature of what {url} serves does not hold.", _REFRESH),
}

_STATUS: dict[str, Message] = {
    "too-long-lists": Message(
        "The status lists that it names come to more than {limit} bytes, and not all of them "
        "were read."
    ),
    "status-served": Message("Its own address serves it and does not withdraw it.", _HOSTED),
}

_VALIDITY: dict[str, Message] = {
    "within-validity": Message(
        "It is within its dates: until {valid_until}.", VC2 + "#validity-period"
    ),
    "validity-open-ended": Message(
        "It is in force since {valid_from} and has no end date.", VC2 + "#validity-period"
    ),
    "validity-undated": Message("It names no dates of validity.", VC2 + "#validity-period"),
    "expired": Message(
        "It has expired: it was valid until {valid_until}.", VC2 + "#validity-period"
    ),
    "not-yet-valid": Message("It is not valid before {valid_from}.", VC2 + "#validity-period"),
}

_RECIPIENT: dict[str, Message] = {
    "holder-not-proven": Message(
        "Nobody was named to check for, and the file alone does not prove who holds it.",
        VC1 + "#binding",
    ),
    "recipient-matches": Message(
        "It was awarded to {recipient}. That the person before you is the same, only they "
        "can show.",
        OB3 + "#identityobject",
    ),
    "recipient-differs": Message("It was not awarded to {recipient}.", OB3 + "#identityobject"),
    "recipient-unnamed": Message(
        "It does not say to whom it was awarded, so it may be {recipient} or not.",
        OB3 + "#achievementsubject",
    ),
    "recipient-hash-unknown": Message(
        "It names its recipient in a form that we cannot compare with {recipient}.",
        OB3 + "#identityobject",
    ),
}

_EMBEDDED: dict[str, Message] = {
    "contained-valid": Message("The credential at {pointer}, of {issuer}, is valid.", _CLR),
    "covered-by-the-whole": Message(
        "It has no signature of its own; the issuer signed it as part of the whole.", _CLR
    ),
    "contained-invalid": Message("The credential at {pointer}, of {issuer}, is not valid.", _CLR),
    "contained-undecided": Message(
        "Whether the credential at {pointer}, of {issuer}, is valid could not be decided.", _CLR
    ),
    "contained-out-of-date": Message(
        "The credential at {pointer}, of {issuer}, is genuine and outside its dates.", _CLR
    ),
    "endorsement-valid": Message(
        "{issuer} endorses it (at {pointer}), and the endorsement is valid.",
        OB3 + "#endorsementcredential",
    ),
    "endorsement-invalid": Message(
        "The endorsement at {pointer}, of {issuer}, is not valid and counts for nothing.",
        OB3 + "#endorsementcredential",
    ),
    "endorsement-undecided": Message(
        "Whether the endorsement at {pointer}, of {issuer}, is valid could not be decided.",
        OB3 + "#endorsementcredential",
    ),
    "endorsement-elsewhere": Message(
        "The endorsement at {pointer}, of {issuer}, is genuine but is about something else.",
        OB3 + "#endorsementsubject",
    ),
    "embedded-unreadable": Message("What is embedded at {pointer} could not be read: {problem}"),
    "embedded-too-many": Message(
        "There are {count} of them, and only the first {examined} were examined."
    ),
    "embedded-too-deep": Message(
        "It is embedded more than {limit} levels deep, so what it holds was not checked."
    ),
}

_REGISTRY: dict[str, Message] = {
    "registry-none": Message("No registry of issuers was asked who the issuer is."),
    "registry-lists-issuer": Message("{registry} lists the issuer as {name}."),
    "registry-unlisted": Message("None of the registries asked knows the issuer: {registries}."),
    "registry-malformed": Message("The registry {registry} is not of the expected form."),
}

_PRESENTATION: dict[str, Message] = {
    "presentation-unsigned": Message(
        "The presentation is not signed, so it does not show who presents it.",
        VC2 + "#verifiable-presentations",
    ),
    "presentation-holder": Message(
        "The holder {holder} signed the presentation.", VC2 + "#verifiable-presentations"
    ),
    "presentation-signer": Message(
        "{signer} signed the presentation, which names no holder.",
        VC2 + "#verifiable-presentations",
    ),
    "token-audience": Message(
        "The presentation was made for somebody else than {wanted}.",
        "https://www.rfc-editor.org/rfc/rfc7519#section-4.1.3",
    ),
    "token-nonce": Message("The presentation does not answer the question that was put for it."),
}

MESSAGES: dict[str, Message] = {
    **_INPUT,
    **_PROOF,
    **_ISSUER,
    **_SKIPPED,
    **_REFRESHING,
    **_STATUS,
    **_VALIDITY,
    **_RECIPIENT,
    **_EMBEDDED,
    **_REGISTRY,
    **_PRESENTATION,
}
