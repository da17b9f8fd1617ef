"""The web that the site's tests see: nothing but what they put there."""

from __future__ import annotations

from typing import Any

from sealwright.credentials.fetching import Fetcher, RecordedWeb

DOCUMENTS: dict[str, Any] = {}


def web() -> Fetcher:
    return RecordedWeb(DOCUMENTS)
