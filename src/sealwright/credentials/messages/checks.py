"""Messages about the checks of the pipeline."""

from __future__ import annotations

from sealwright.credentials.messages._message import Message

MESSAGES: dict[str, Message] = {}
