"""Messages about status lists and revocation."""

from __future__ import annotations

from sealwright.credentials.messages._message import BITSTRING, VC2, Message

_ENTRY = BITSTRING + "#bitstringstatuslistentry"
_LIST = BITSTRING + "#bitstringstatuslistcredential"
_VALIDATE = BITSTRING + "#validate-algorithm"
_UNREAD = "The status could not be read, so we cannot tell whether it was withdrawn: "

MESSAGES: dict[str, Message] = {
    "revoked": Message("The issuer has revoked this credential. {reason}", _ENTRY),
    "suspended": Message("The issuer has suspended this credential for now. {reason}", _ENTRY),
    "status-clear": Message("The issuer's list at {url} shows no {purpose}.", _VALIDATE),
    "status-not-listed": Message("The issuer's list at {url} does not name this credential."),
    "status-message": Message("The issuer notes on its status: {message}.", _ENTRY),
    "status-refresh": Message("The issuer has a newer edition of this credential.", _ENTRY),
    "status-none": Message(
        "The issuer keeps no list on which it could be withdrawn.", VC2 + "#status"
    ),
    "unknown-status-type": Message(
        _UNREAD + "we do not know the kind of list {type}.", VC2 + "#status"
    ),
    "unknown-status-purpose": Message(
        "The issuer's list at {url} has a mark for {purpose}, and we do not know what that means.",
        _ENTRY,
    ),
    "status-too-many": Message(
        "It names {entries} places of its status; we looked at the first {limit}.", VC2 + "#status"
    ),
    "status-entry-malformed": Message(
        "The status at {pointer} can never be read: {problem}. Ask the issuer for a new "
        "credential.",
        _ENTRY,
    ),
    "status-index-out-of-range": Message(
        "It names place {index} of a status list that has only {entries}. Ask the issuer for a "
        "new credential.",
        _VALIDATE,
    ),
    "status-purpose-mismatch": Message(
        "It names a list for {purpose}, and the issuer's list at {url} is not for that.",
        _VALIDATE,
    ),
    "status-list-not-fetched": Message(
        _UNREAD + "{problem}", BITSTRING + "#STATUS_RETRIEVAL_ERROR"
    ),
    "status-list-unverified": Message(
        _UNREAD + "the list at {url} is not proven. {problem}",
        BITSTRING + "#STATUS_VERIFICATION_ERROR",
    ),
    "status-list-issuer": Message(
        _UNREAD + "the list at {url} is not the issuer's but that of {issuer}.",
        BITSTRING + "#STATUS_VERIFICATION_ERROR",
    ),
    "status-list-mismatch": Message(
        _UNREAD + "what {url} serves is another list, {found}.",
        BITSTRING + "#STATUS_VERIFICATION_ERROR",
    ),
    "status-list-malformed": Message(
        _UNREAD + "the list at {url} is not of the expected form. {problem}", _LIST
    ),
    "status-bits-malformed": Message("The encoded list is damaged: {problem}.", _LIST),
    "status-list-length": Message(
        _UNREAD + "the list at {url} has {entries} places, and {minimum} are the least.",
        BITSTRING + "#STATUS_LIST_LENGTH_ERROR",
    ),
    "status-list-not-current": Message(
        _UNREAD + "the list at {url} is out of date or not in force yet.",
        BITSTRING + "#validity-periods",
    ),
}
