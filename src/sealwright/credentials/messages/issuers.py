"""Messages about issuers, their documents, and fetching."""

from __future__ import annotations

from sealwright.credentials.messages._message import Message

MESSAGES: dict[str, Message] = {}
