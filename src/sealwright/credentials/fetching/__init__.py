"""Documents from elsewhere: through the guard, from a recorded web, or not at all."""

from __future__ import annotations

from sealwright.credentials.fetching.fetcher import (
    MAX_BYTES,
    Fetched,
    Fetcher,
    Offline,
    Trail,
    fetch_json,
)
from sealwright.credentials.fetching.guard import GuardedFetcher
from sealwright.credentials.fetching.policy import destination, is_public
from sealwright.credentials.fetching.recorded import RecordedWeb

__all__ = [
    "MAX_BYTES",
    "Fetched",
    "Fetcher",
    "GuardedFetcher",
    "Offline",
    "RecordedWeb",
    "Trail",
    "destination",
    "fetch_json",
    "is_public",
]
