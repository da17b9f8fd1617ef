"""Messages about transparency logs and their proofs."""

from __future__ import annotations

from sealwright.credentials.messages._message import Message

_CHECKPOINT = "https://c2sp.org/tlog-checkpoint"
_NOTE = "https://c2sp.org/signed-note"
_TILES = "https://c2sp.org/tlog-tiles"
_INCLUSION = "https://www.rfc-editor.org/rfc/rfc9162#section-2.1.3"
_CONSISTENCY = "https://www.rfc-editor.org/rfc/rfc9162#section-2.1.4"

MESSAGES: dict[str, Message] = {
    "log-proof-malformed": Message("The proof from the log is damaged: {problem}.", _INCLUSION),
    "log-inconsistent": Message(
        "The log of {new} entries does not begin with the {old} entries that it had before: "
        "something in it was changed.",
        _CONSISTENCY,
    ),
    "log-entry-changed": Message(
        "Entry {index} of the log is not the one that was hashed: it was changed.", _CONSISTENCY
    ),
    "log-root-differs": Message(
        "The first {size} entries of the log do not lead to the root that was signed: something "
        "among them was changed.",
        _CONSISTENCY,
    ),
    "key-withdrawn-later": Message(
        "The issuer has withdrawn its key {method} as of {since}. The log {log} shows that this "
        "credential was there by {by}, before that, so it stands.",
        _INCLUSION,
    ),
    "log-proof-nowhere": Message(
        "Nothing says where the proof from the log is: the credential has no web address. Name "
        "the proof with --proof."
    ),
    "log-pending": Message(
        "The log has not signed for this credential yet. It does so about a minute after a "
        "credential was issued."
    ),
    "log-not-included": Message(
        "This credential does not stand at place {index} of the log {origin}.", _INCLUSION
    ),
    "log-other-credential": Message("The proof from the log is about another credential."),
    "log-origin": Message(
        "The checkpoint is one of the log {origin}, and none of the keys given is that log's.",
        _CHECKPOINT,
    ),
    "log-key-ended": Message(
        "The checkpoint of size {size} is signed with a key that the log gave up at size {until}: "
        "somebody else may have it.",
        _CHECKPOINT,
    ),
    "log-handovers-differ": Message(
        "A key of the log {name} names two successors: somebody else has it.", _CHECKPOINT
    ),
    "log-handover-malformed": Message(
        "A handover of the log {origin} does not name the key that follows.", _CHECKPOINT
    ),
    "log-checkpoint-malformed": Message("The checkpoint is damaged: {problem}.", _CHECKPOINT),
    "log-note-malformed": Message("The signed note is damaged: {problem}.", _NOTE),
    "log-note-unsigned": Message("The note is not signed by {names}.", _NOTE),
    "log-note-signature": Message("The signature of {name} under the note is false.", _NOTE),
    "log-key-malformed": Message("The key of the log cannot be used: {problem}.", _NOTE),
    "log-tile-short": Message("The tile {tile} of the log is not complete.", _TILES),
    "log-bundle-malformed": Message(
        "The bundle of entries of the log is damaged at byte {place}.", _TILES
    ),
}
