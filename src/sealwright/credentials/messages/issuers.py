"""Messages about issuers, their documents, and fetching."""

from __future__ import annotations

from sealwright.credentials.messages._message import Message

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

MESSAGES: dict[str, Message] = {**_FETCHING}
