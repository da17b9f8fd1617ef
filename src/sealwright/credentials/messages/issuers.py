"""Messages about issuers, their documents, and fetching."""

from __future__ import annotations

from sealwright.credentials.messages._message import CID, DID_KEY, Message

_HTTP_STATUS = "https://www.rfc-editor.org/rfc/rfc9110#section-15"
_FETCHING: dict[str, Message] = {
    "not-fetched": Message("The document at {url} could not be had."),
    "network-refused": Message("We do not go to {url}."),
    "offline": Message("{url} was not asked, because we work without the network."),
    "not-recorded": Message("{url} is not among the recorded documents."),
    "recording-malformed": Message("The recording of {url} is not of the expected form."),
    "url-malformed": Message(
        "{url} is not an address that we can ask: {problem}.",
        "https://www.rfc-editor.org/rfc/rfc3986#section-3",
    ),
    "scheme-refused": Message("{url} was not asked: we ask https addresses only, not {scheme}."),
    "port-refused": Message("{url} was not asked: we ask port 443 only, not {port}."),
    "address-not-public": Message(
        "{url} was not asked: {host} ({address}) is not on the public internet.",
        "https://www.rfc-editor.org/rfc/rfc6890",
    ),
    "dns-failure": Message("The name {host} could not be found, so {url} could not be asked."),
    "no-connection": Message("{url} did not answer: no connection, or it was broken off."),
    "tls-failure": Message("There was no secure connection to {url}: {problem}."),
    "timed-out": Message("{url} did not answer in full within {seconds} seconds."),
    "answer-too-large": Message("{url} sent more than the {max_bytes} bytes that we take."),
    "answer-broken": Message("{url} sent an answer that is not proper HTTP or is cut short."),
    "encoding-refused": Message("{url} sent its answer as {encoding}, which we did not ask for."),
    "too-many-redirects": Message(
        "{url} led from one address to the next more than {max_redirects} times."
    ),
    "too-many-fetches": Message(
        "{url} was not asked: this credential had us ask {fetches} addresses before."
    ),
    "http-not-found": Message("There is nothing at {url} (404).", _HTTP_STATUS + ".5.5"),
    "http-gone": Message("What was at {url} has been taken away (410).", _HTTP_STATUS + ".5.11"),
    "http-server-error": Message("{url} has trouble of its own ({status}).", _HTTP_STATUS + ".6"),
    "http-status": Message("{url} did not give the document ({status}).", _HTTP_STATUS),
    "not-json": Message("What {url} sent is not JSON that we accept: {problem}"),
}

_CONTROLLERS: dict[str, Message] = {
    "did-malformed": Message(
        "{did} is not a DID that can be resolved: {problem}.",
        "https://www.w3.org/TR/did-core/#did-syntax",
    ),
    "unsupported-did-method": Message(
        "We cannot look up {did}: of DIDs we support did:key, did:web and did:jwk, not "
        "did:{method}.",
        "https://www.w3.org/TR/did-core/#methods",
    ),
    "unsupported-controller": Message(
        "{controller} is neither a DID nor a web address, so its keys cannot be looked up."
    ),
    "method-malformed": Message(
        "The proof names {method} as its key, which is no address of a key.",
        CID + "#verification-methods",
    ),
    "document-malformed": Message(
        "The document at {url} is not of the expected form: {problem}.",
        CID + "#controlled-identifier-documents",
    ),
    "document-id-mismatch": Message(
        "The document at {url} is the one of {found}, not of {expected}.",
        CID + "#retrieve-verification-method",
    ),
    "key-not-listed": Message(
        "{controller} does not list the key {method} for this purpose ({purpose}).",
        CID + "#verification-relationships",
    ),
    "key-controller": Message(
        "The key {method} in the document of {document} belongs to {controller}.",
        CID + "#retrieve-verification-method",
    ),
    "key-revoked": Message(
        "The key {method} has been revoked since {since}.", CID + "#verification-methods"
    ),
    "key-expired": Message(
        "The key {method} has expired at {since}.", CID + "#verification-methods"
    ),
    "unsupported-key-type": Message(
        "We cannot read keys of the type {type} yet.", CID + "#verification-methods"
    ),
    "key-not-issuers": Message(
        "The key {method} is sound but does not speak for the issuer {issuer}.",
        CID + "#retrieve-verification-method",
    ),
    "method-without-fragment": Message(
        "The proof names its did:key without the part after #, which we read in.",
        DID_KEY,
    ),
}

MESSAGES: dict[str, Message] = {**_FETCHING, **_CONTROLLERS}
