"""Messages about building, linting and issuing."""

from __future__ import annotations

from sealwright.credentials.messages._message import Message

MESSAGES: dict[str, Message] = {}
