"""Messages about the form of a document: its members, and what shape they are of."""

from __future__ import annotations

from sealwright.credentials.messages._message import OB2, OB3, VC2, Message

MESSAGES: dict[str, Message] = {
    "structure-sound": Message("It has the form that its standard ({standard}) asks for."),
    "context-first": Message(
        "The first vocabulary at {pointer} must be {expected}.", VC2 + "#contexts"
    ),
    "type-missing": Message("The type at {pointer} is missing or is no text.", VC2 + "#types"),
    "type-incomplete": Message("The type at {pointer} must name {expected}.", VC2 + "#types"),
    "type-expected": Message("The type at {pointer} must name {expected}.", OB3 + "#data-model"),
    "member-missing": Message("The member {pointer} is missing.", VC2 + "#basic-concepts"),
    "badge-member-missing": Message(
        "The member {pointer} is missing, which every badge of this kind needs.",
        OB3 + "#data-model",
    ),
    "assertion-member-missing": Message(
        "The member {pointer} is missing or is not of the expected form.", OB2 + "#Assertion"
    ),
    "assertion-context": Message(
        "The vocabulary {expected} must be at {pointer}.", OB2 + "#jsonld"
    ),
    "url-expected": Message(
        "What stands at {pointer} must be one whole address (a URL or a DID).",
        VC2 + "#identifiers",
    ),
    "text-expected": Message("What stands at {pointer} must be a text.", OB3 + "#data-model"),
    "flag-expected": Message(
        "What stands at {pointer} must be true or false.", OB3 + "#identityobject"
    ),
    "object-expected": Message("What stands at {pointer} must be an object.", VC2 + "#types"),
    "name-malformed": Message(
        "What stands at {pointer} must be a text, or a text with its language.",
        VC2 + "#language-and-base-direction",
    ),
    "digest-missing": Message(
        "The related resource at {pointer} has no digest to know it by.",
        VC2 + "#integrity-of-related-resources",
    ),
    "window-backwards": Message(
        "It ends before it begins: {pointer} is earlier than {start}.", VC2 + "#validity-period"
    ),
    "subject-empty": Message(
        "The subject at {pointer} is empty, so nothing is said about anybody.",
        VC2 + "#credential-subject",
    ),
    "recipient-missing": Message(
        "The subject at {pointer} names no recipient, neither by id nor by identifier.",
        OB3 + "#achievementsubject",
    ),
    "criteria-empty": Message(
        "The criteria at {pointer} say nothing: they need an address or a narrative.",
        OB3 + "#criteria",
    ),
    "unsigned-members": Message(
        "Nulls and empty lists are not covered by a signature, and are left out of what is "
        "shown: {pointers}.",
        "https://www.w3.org/TR/json-ld11-api/#expansion-algorithm",
    ),
}
