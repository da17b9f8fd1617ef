"""Messages about reading the input: JSON, tokens, images."""

from __future__ import annotations

from sealwright.credentials.messages._message import Message

MESSAGES: dict[str, Message] = {}
